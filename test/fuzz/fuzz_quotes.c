/*
 * fuzz_quotes.c
 *		Quotations: inside the text, in order.
 */
#include "fuzz.h"
#include "na_quote.h"

typedef struct sink
{
	const fuzz_input *in;
	uint32_t n;
	uint32_t stop;
	uint32_t last;
} sink;

static bool
put(void *ctx, const na_quote *q)
{
	sink *s = ctx;

	FUZZ_CHECK(q->nbytes > 0);
	fuzz_span(s->in, q->byte, q->nbytes, q->chr, q->nchars);
	FUZZ_CHECK(q->byte >= s->last);
	s->last = q->byte;
	FUZZ_CHECK(q->speaker_id != NULL && q->verb != NULL);
	FUZZ_CHECK(q->speaker.p == NULL || q->speaker.n > 0);
	if (s->in->valid)
	{
		FUZZ_CHECK(q->speaker.p == NULL || fuzz_valid(q->speaker.p, q->speaker.n));
		FUZZ_CHECK(fuzz_valid(q->verb, strlen(q->verb)));
	}
	FUZZ_CHECK(na_stance_name(q->stance) != NULL);
	return ++s->n != s->stop;
}

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	sink s = {in, 0, 0, 0};

	FUZZ_STATUS(env, na_quotes(env, in->text, in->n, put, &s));
	if (in->head[2] % 8 == 0)
	{
		s = (sink){in, 0, 1, 0};
		FUZZ_STATUS(env, na_quotes(env, in->text, in->n, put, &s));
		FUZZ_CHECK(s.n <= 1);
	}
}
