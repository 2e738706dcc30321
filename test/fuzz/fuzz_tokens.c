/*
 * fuzz_tokens.c
 *		The scanner: tokens tile the text, positions are right, keys are keys.
 */
#include "fuzz.h"
#include "na_data.h"
#include "na_normalize.h"
#include "na_token.h"

/* blanks are no tokens; nothing else may lie between two of them */
static void
check_gap(const fuzz_input *in, uint32_t from, uint32_t to)
{
	const unsigned char *p = (const unsigned char *) in->text + from;
	const unsigned char *end = (const unsigned char *) in->text + to;
	int len;

	for (; p < end; p += len)
	{
		na_class c = na_char_class(na_utf8_decode(p, end, &len));

		FUZZ_CHECK(c == NA_C_SPACE || c == NA_C_CONTROL || c == NA_C_TATWEEL);
	}
}

static void
check_token(const na_env *env, const fuzz_input *in, const na_segment *seg, const na_token *t,
			na_buf *key)
{
	static const unsigned topics[] = {NA_TOPIC_DATE, NA_TOPIC_GAZ};

	FUZZ_CHECK(t->kind >= NA_WORD && t->kind <= NA_OTHER);
	FUZZ_CHECK(na_kind_name(t->kind)[0] != '\0');
	for (int k = 0; k < 2; k++)
	{
		const na_reading *r = &t->alt[k];

		if (r->nchars > 0)
			FUZZ_CHECK(r->nchars < t->nchars && r->nkey < t->nkey && r->first != 0 &&
					   (r->second != 0) == (k == 1));
	}
	for (int reading = 0; reading < 3; reading++)
		for (unsigned i = 0; i < NA_LENGTHOF(topics); i++)
		{
			uint32_t value;

			FUZZ_CHECK(na_phrase(seg, (uint32_t) (t - seg->tok), reading, topics[i], &value) <=
					   seg->ntok - (uint32_t) (t - seg->tok));
		}
	if (!in->valid)
		return;
	FUZZ_CHECK(fuzz_valid(seg->keys + t->key, t->nkey));
	if (t->kind != NA_WORD)
		return;
	/* the key of a word is what ar_normalize() makes of it */
	key->len = 0;
	if (na_normalize(env, in->text + t->byte, t->nbytes, NA_STEPS_ALL, key) == NA_OK)
		FUZZ_CHECK(key->len == t->nkey && memcmp(key->data, seg->keys + t->key, t->nkey) == 0);
	key->len = 0;
	if (na_normalize_word(in->text + t->byte, t->nbytes, key))
		FUZZ_CHECK(key->len == t->nkey && memcmp(key->data, seg->keys + t->key, t->nkey) == 0);
}

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	na_scanner s;
	const na_segment *seg;
	na_buf key;
	uint32_t byte = 0, chr = 0;
	na_status status;

	na_buf_init(&key, env);
	na_scan_init(&s, env, in->text, in->n,
				 in->head[2] % 4 == 0	? NA_LOOKUP_NONE
				 : in->head[2] % 4 == 1 ? NA_LOOKUP_DATES
										: NA_LOOKUP_ALL);
	while ((status = na_scan_next(&s, &seg)) == NA_OK && seg != NULL)
	{
		uint32_t pos = seg->byte;
		uint32_t nchars = chr;

		FUZZ_CHECK(seg->byte == byte && (seg->chr == chr || !in->valid));
		FUZZ_CHECK(seg->byte_end <= in->n && seg->byte_end > seg->byte);
		FUZZ_CHECK(seg->last == (seg->byte_end == in->n));
		for (uint32_t i = 0; i < seg->ntok; i++)
		{
			const na_token *t = &seg->tok[i];

			FUZZ_CHECK(t->byte >= pos && t->nbytes > 0 && t->nbytes <= in->n - t->byte);
			nchars += fuzz_chars(in->text + pos, t->byte - pos);
			FUZZ_CHECK(t->chr == nchars || !in->valid);
			FUZZ_CHECK(!in->valid || t->nchars == fuzz_chars(in->text + t->byte, t->nbytes));
			check_gap(in, pos, t->byte);
			check_token(env, in, seg, t, &key);
			pos = t->byte + t->nbytes;
			nchars += t->nchars;
		}
		FUZZ_CHECK(pos <= seg->byte_end);
		check_gap(in, pos, seg->byte_end);
		chr = nchars + fuzz_chars(in->text + pos, seg->byte_end - pos);
		byte = seg->byte_end;
		FUZZ_CHECK(seg->chr_end == chr || !in->valid);
	}
	FUZZ_STATUS(env, status);
	if (status == NA_OK)
		FUZZ_CHECK(byte == in->n);
	na_scan_end(&s);
	na_buf_free(&key);
}
