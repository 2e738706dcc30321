/*
 * fuzz_dates.c
 *		Temporal expressions, with and without a day of writing, and the dates of
 *		headers.
 */
#include "fuzz.h"
#include "na_calendar.h"
#include "na_date.h"

typedef struct sink
{
	const fuzz_input *in;
	uint32_t end; /* of the expression before */
	uint32_t n;
	uint32_t stop; /* the caller has enough after so many */
	uint64_t sum;
} sink;

static bool
put(void *ctx, const na_date *d)
{
	sink *s = ctx;

	FUZZ_CHECK(d->nbytes > 0 && d->byte >= s->end);
	fuzz_span(s->in, d->byte, d->nbytes, d->chr, d->nchars);
	s->end = d->byte + d->nbytes;
	FUZZ_CHECK(d->kind >= NA_DATE_DATE && d->kind <= NA_DATE_SET);
	FUZZ_CHECK(d->grain >= NA_GRAIN_SECOND && d->grain <= NA_GRAIN_REF);
	FUZZ_CHECK(na_date_kind_name(d->kind)[0] && na_date_grain_name(d->grain)[0]);
	FUZZ_CHECK(memchr(d->timex, '\0', NA_TIMEX_MAX) != NULL && d->timex[0] != '\0');
	for (const char *p = d->timex; *p; p++)
		FUZZ_CHECK((unsigned char) *p > 0x20 && (unsigned char) *p < 0x7F);
	FUZZ_CHECK((d->lo == NA_NO_DAY) == (d->hi == NA_NO_DAY));
	FUZZ_CHECK(d->lo == NA_NO_DAY || d->lo < d->hi);
	s->sum = s->sum * 31 + d->byte * 7 + (uint32_t) d->lo + d->kind;
	return ++s->n != s->stop;
}

static void
run(const na_env *env, const fuzz_input *in, const na_date_options *options, uint32_t stop, sink *s)
{
	s->in = in;
	s->end = s->n = 0;
	s->stop = stop;
	s->sum = 0;
	FUZZ_STATUS(env, na_dates(env, in->text, in->n, options, put, s));
}

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	na_date_options options = {NA_NO_DAY, in->head[2] % 7};
	na_date_line line;
	sink a, b;
	int32_t reference;

	run(env, in, &options, 0, &a);
	run(env, in, &options, 0, &b);
	if (!fuzz_failing(env))
		FUZZ_CHECK(a.n == b.n && a.sum == b.sum);
	/* years 1 to 9999, as the SQL functions demand */
	FUZZ_CHECK(na_day_from_civil(1, 1, 1, &reference));
	options.reference =
		reference + (int32_t) ((in->head[3] | in->head[4] << 8 | in->head[5] << 16) % 3652058);
	run(env, in, &options, 0, &a);
	run(env, in, &options, 1, &b);
	if (!fuzz_failing(env))
		FUZZ_CHECK(b.n == (a.n > 0));
	FUZZ_STATUS(env, na_date_header(env, in->text, in->n, NA_NO_DAY, &line));
	FUZZ_STATUS(env, na_date_header(env, in->text, in->n, options.reference, &line));
}
