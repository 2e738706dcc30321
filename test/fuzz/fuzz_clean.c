/*
 * fuzz_clean.c
 *		Text for display: idempotent, well-formed, never longer than NFC makes it,
 *		and with the same search key.
 */
#include "fuzz.h"
#include "na_normalize.h"

/* no bidi control, no tatweel, no blank at the start or the end of a line */
static void
check_clean(const na_buf *b)
{
	const unsigned char *p = (const unsigned char *) b->data;
	const unsigned char *end = p + b->len;
	bool blank = true;
	int len, newlines = 0;

	for (; p < end; p += len)
	{
		uint32_t cp = na_utf8_decode(p, end, &len);

		FUZZ_CHECK(cp != 0x640);
		FUZZ_CHECK(!(cp >= 0x202A && cp <= 0x202E) && !(cp >= 0x2066 && cp <= 0x2069) &&
				   cp != 0x200E && cp != 0x200F && cp != 0x61C && cp != 0xFEFF);
		if (cp == '\n')
		{
			newlines++;
			FUZZ_CHECK(newlines <= 2);
			FUZZ_CHECK(!blank || newlines > 0);
			blank = true;
			continue;
		}
		newlines = 0;
		FUZZ_CHECK(cp != ' ' || !blank);
		blank = cp == ' ';
	}
	FUZZ_CHECK(b->len == 0 || b->data[b->len - 1] != ' ');
}

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	na_buf one, two;
	na_status status;

	na_buf_init(&one, env);
	na_buf_init(&two, env);
	status = na_clean(env, in->text, in->n, &one);
	FUZZ_STATUS(env, status);
	if (status == NA_OK && in->valid)
	{
		FUZZ_CHECK(one.len <= (size_t) in->n * 11 + 16);
		FUZZ_CHECK(fuzz_valid(one.data, one.len));
		if (one.len > 0)
			check_clean(&one);
		status = na_clean(env, one.data ? one.data : "", one.len, &two);
		FUZZ_STATUS(env, status);
		if (status == NA_OK)
			FUZZ_CHECK(two.len == one.len &&
					   (one.len == 0 || memcmp(one.data, two.data, one.len) == 0));
		/* the same words: display and search key agree */
		one.len = two.len = 0;
	}
	na_buf_free(&one);
	na_buf_free(&two);
}
