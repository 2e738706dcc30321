/*
 * test_stem.c
 *		The table of frequent words says what na_stem() says.
 */
#include <stdio.h>

#include "../../src/core/na_normalize.h"
#include "../../src/core/na_stem.h"

/* letters by their packed code, the last two only at a word's end */
static const char *const LETTERS[32] = {"",	 "ء", "ا", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ",
										"ر", "ز", "س", "ش", "ص", "ض", "ط", "ظ", "ع", "غ", "ف",
										"ق", "ك", "ل", "م", "ن", "ه", "و", "ي", "ة", "ى"};

static int failed;

static void
check(const char *surface)
{
	char out[2 * NA_STEM_LETTERS];
	na_stem_result r;
	na_buf key;
	int n = na_stem_frequent(surface, (uint32_t) strlen(surface), out);

	na_buf_init(&key, &na_env_malloc);
	if (!na_normalize_word(surface, (uint32_t) strlen(surface), &key))
		return;
	na_stem(key.data, (uint32_t) key.len, surface, (uint32_t) strlen(surface), &r);
	if (n >= 0 &&
		(n != (r.stop ? 0 : (int) r.family.n) || memcmp(out, r.family.p, (size_t) n) != 0))
	{
		failed++;
		printf("# %s is %.*s, by the long way %.*s\n", surface, n, out, (int) r.family.n,
			   r.family.p);
	}
	na_buf_free(&key);
}

int
main(void)
{
	uint32_t n, words = 0;
	const na_stem_known *known = na_section_at(NA_SEC_STEM_KNOWN, sizeof *known, &n);
	static const char *const others[] = {
		"", "ب1", "x", "كتاب١٢", "كتابhello", "وللمستشفياتهموالمستشفيات", "\xD9", "ـ", "َ", "مدرسہ"};
	char out[2 * NA_STEM_LETTERS];

	for (uint32_t i = 0; i < n; i++)
	{
		static const char *const alefs[] = {"ا", "أ", "إ", "آ", "ٱ"};

		if (known[i].key == 0)
			continue;
		words++;
		/* alef written in each way, a tatweel or a mark behind the second letter */
		for (int way = 0; way < 7; way++)
		{
			char s[8 * NA_STEM_LETTERS] = "";
			int k = 0;

			for (uint64_t w = known[i].key; w != 0; w >>= 5, k++)
			{
				strcat(s, (w & 31) == 2 && way < 5 ? alefs[way] : LETTERS[w & 31]);
				if (k == 1 && way >= 5)
					strcat(s, way == 5 ? "ـ" : "ّ");
			}
			check(s);
		}
	}
	printf("%s frequent words (%u) have the lexeme of na_stem()\n",
		   failed == 0 && words > 50000 ? "ok" : "not ok", words);
	failed += words <= 50000;
	for (size_t i = 0; i < NA_LENGTHOF(others); i++)
	{
		bool good = na_stem_frequent(others[i], (uint32_t) strlen(others[i]), out) == -1;

		printf("%s \"%s\" is no frequent word\n", good ? "ok" : "not ok", others[i]);
		failed += !good;
	}
	return failed != 0;
}
