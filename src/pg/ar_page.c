/*
 * ar_page.c
 *		ar_page(), ar_page_blocks(): the article inside a copied page.
 */
#include "news_ar.h"

#include "access/htup_details.h"
#include "datatype/timestamp.h"
#include "utils/date.h"

#include "na_date.h"
#include "na_page.h"

PG_FUNCTION_INFO_V1(ar_page);
PG_FUNCTION_INFO_V1(ar_page_blocks);

#define PAGE_COLUMNS 14
#define BLOCK_COLUMNS 5

typedef struct block_sink
{
	nar_srf srf;
	const char *text;
} block_sink;

static bool
put_block(void *ctx, const na_block *b)
{
	block_sink *sink = ctx;
	Datum values[BLOCK_COLUMNS];
	bool nulls[BLOCK_COLUMNS] = {false};

	values[0] = Int32GetDatum((int32) b->line);
	values[1] = CStringGetTextDatum(na_block_kind_name(b->kind));
	values[2] = Int32GetDatum((int32) (b->chr + 1));
	values[3] = Int32GetDatum((int32) b->nchars);
	values[4] = nar_text(sink->text + b->byte, b->nbytes);
	nar_srf_put(&sink->srf, values, nulls);
	pfree(DatumGetPointer(values[1]));
	pfree(DatumGetPointer(values[4]));
	return true;
}

/*
 * ar_page_blocks(text) -> setof (line, kind, start, length, content)
 */
Datum
ar_page_blocks(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, txt, len);
	block_sink sink;

	nar_check_encoding();
	nar_srf_begin(fcinfo, &sink.srf);
	sink.text = txt;
	nar_check(na_page_blocks(&nar_env, txt, len, put_block, &sink));
	return (Datum) 0;
}

/* a string, or NULL when the page has no such part */
static void
set_text(Datum *values, bool *nulls, int i, na_str s)
{
	if (s.p == NULL)
		nulls[i] = true;
	else
		values[i] = nar_text(s.p, s.n);
}

static void
set_day(Datum *values, bool *nulls, int i, int32 day)
{
	if (day == NA_NO_DAY)
		nulls[i] = true;
	else
		values[i] = DateADTGetDatum(day - (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE));
}

static void
set_list(Datum *values, int i, const na_str_list *list)
{
	Datum *elements = palloc(Max(list->n, 1) * sizeof(Datum));

	for (uint32 k = 0; k < list->n; k++)
		elements[k] = nar_text(list->item[k].p, list->item[k].n);
	values[i] = nar_text_array(elements, (int) list->n);
}

/*
 * ar_page(text) -> (headline, kicker, byline, author, dateline, published, page_date, lead, body,
 * subheads, captions, credits, agencies, sources)
 */
Datum
ar_page(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, txt, len);
	TupleDesc desc;
	na_page page;
	Datum values[PAGE_COLUMNS] = {0};
	bool nulls[PAGE_COLUMNS] = {false};

	nar_check_encoding();
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("function returning record called in context that cannot accept "
							   "type record")));
	nar_check(na_page_read(&nar_env, txt, len, &page));
	set_text(values, nulls, 0, page.headline);
	set_text(values, nulls, 1, page.kicker);
	set_text(values, nulls, 2, page.byline);
	set_text(values, nulls, 3, page.author);
	set_text(values, nulls, 4, page.dateline);
	set_day(values, nulls, 5, page.published);
	set_day(values, nulls, 6, page.page_date);
	set_text(values, nulls, 7, page.lead);
	set_text(values, nulls, 8, page.body);
	set_list(values, 9, &page.subheads);
	set_list(values, 10, &page.captions);
	set_list(values, 11, &page.credits);
	set_list(values, 12, &page.agencies);
	set_list(values, 13, &page.sources);
	na_page_free(&page);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls));
}
