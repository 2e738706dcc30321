/*
 * ar_quotes.c
 *		ar_quotes(): who said what.
 */
#include "news_ar.h"

#include "na_quote.h"

PG_FUNCTION_INFO_V1(ar_quotes);

#define QUOTE_COLUMNS 7

typedef struct quote_sink
{
	nar_srf srf;
	const char *text;
} quote_sink;

static bool
put_quote(void *ctx, const na_quote *q)
{
	quote_sink *sink = ctx;
	Datum values[QUOTE_COLUMNS];
	bool nulls[QUOTE_COLUMNS] = {false};

	CHECK_FOR_INTERRUPTS();
	values[0] = Int32GetDatum((int32) (q->chr + 1));
	values[1] = Int32GetDatum((int32) q->nchars);
	values[2] = nar_text(sink->text + q->byte, q->nbytes);
	values[3] = BoolGetDatum(q->direct);
	if (q->speaker.p != NULL)
		values[4] = nar_text(q->speaker.p, q->speaker.n);
	else
		nulls[4] = true;
	if (q->speaker_id[0] != '\0')
		values[5] = CStringGetTextDatum(q->speaker_id);
	else
		nulls[5] = true;
	if (q->verb[0] != '\0')
		values[6] = CStringGetTextDatum(q->verb);
	else
		nulls[6] = true;
	nar_srf_put(&sink->srf, values, nulls);
	for (int i = 0; i < QUOTE_COLUMNS; i++)
		if ((i == 2 || i > 3) && !nulls[i])
			pfree(DatumGetPointer(values[i]));
	return true;
}

/*
 * ar_quotes(text) -> setof (start, length, quote, direct, speaker, speaker_id, verb)
 */
Datum
ar_quotes(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, txt, len);
	quote_sink sink;

	nar_check_encoding();
	nar_srf_begin(fcinfo, &sink.srf);
	sink.text = txt;
	nar_check(na_quotes(&nar_env, txt, len, put_quote, &sink));
	return (Datum) 0;
}
