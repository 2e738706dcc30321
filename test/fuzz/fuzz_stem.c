/*
 * fuzz_stem.c
 *		Stems of words as they are, and of any bytes.
 */
#include "fuzz.h"
#include "na_normalize.h"
#include "na_stem.h"
#include "na_token.h"

static void
check(const char *key, uint32_t nkey, const char *surface, uint32_t nsurface, bool valid)
{
	na_stem_result r, again;

	na_stem(key, nkey, surface, nsurface, &r);
	na_stem(key, nkey, surface, nsurface, &again);
	FUZZ_CHECK(r.lemma.n > 0 || nkey == 0);
	FUZZ_CHECK(r.lemma.n == again.lemma.n && r.lemma.p == again.lemma.p && r.stop == again.stop);
	FUZZ_CHECK(r.cls <= NA_STEM_CLASSES);
	if (valid)
		FUZZ_CHECK(fuzz_valid(r.lemma.p, r.lemma.n) && fuzz_valid(r.family.p, r.family.n));
}

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	na_scanner s;
	const na_segment *seg;
	na_status status;

	na_scan_init(&s, env, in->text, in->n, in->head[2] % 2 ? NA_LOOKUP_ALL : NA_LOOKUP_NONE);
	while ((status = na_scan_next(&s, &seg)) == NA_OK && seg != NULL)
		for (uint32_t i = 0; i < seg->ntok; i++)
		{
			const na_token *t = &seg->tok[i];

			check(seg->keys + t->key, t->nkey, in->text + t->byte, t->nbytes, in->valid);
			check(seg->keys + t->key, t->nkey, NULL, 0, in->valid);
		}
	FUZZ_STATUS(env, status);
	na_scan_end(&s);
	/* keys that no scanner makes */
	for (uint32_t i = 0; i < in->n && i < 256; i += 7)
	{
		uint32_t n = in->n - i < 64 ? in->n - i : in->head[3] % 64;
		char *exact = malloc(n ? n : 1);

		memcpy(exact, in->text + i, n);
		check(exact, n, NULL, 0, false);
		check(exact, n, exact, n, false);
		free(exact);
	}
}
