/*
 * ar_analyze.c
 *		ar_analyze(): page, dates, entities, quotations and fingerprint as jsonb.
 *
 * The text is scanned once for dates, entities and quotations; the keys of the
 * result are part of the contract (docs/analyze.md).
 */
#include "news_ar.h"

#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "na_calendar.h"
#include "na_data.h"
#include "na_date.h"
#include "na_entity.h"
#include "na_fingerprint.h"
#include "na_page.h"
#include "na_quote.h"

PG_FUNCTION_INFO_V1(ar_analyze);

/* ---- writing jsonb -------------------------------------------------------------- */

typedef JsonbParseState *json;

static void
put_key(json *j, const char *key)
{
	JsonbValue v;

	v.type = jbvString;
	v.val.string.val = unconstify(char *, key);
	v.val.string.len = (int) strlen(key);
	pushJsonbValue(j, WJB_KEY, &v);
}

static void
put_string_n(json *j, JsonbIteratorToken where, const char *p, size_t n)
{
	JsonbValue v;

	if (p == NULL)
		v.type = jbvNull;
	else
	{
		v.type = jbvString;
		v.val.string.val = pnstrdup(p, n);
		v.val.string.len = (int) n;
	}
	pushJsonbValue(j, where, &v);
}

/* a field with a string; empty strings are null */
static void
field_string(json *j, const char *key, const char *p, size_t n)
{
	put_key(j, key);
	put_string_n(j, WJB_VALUE, n ? p : NULL, n);
}

static void
field_cstring(json *j, const char *key, const char *s)
{
	field_string(j, key, s, strlen(s));
}

static void
put_int(json *j, JsonbIteratorToken where, int64 i)
{
	JsonbValue v;

	v.type = jbvNumeric;
	v.val.numeric = int64_to_numeric(i);
	pushJsonbValue(j, where, &v);
}

static void
field_int(json *j, const char *key, int64 i)
{
	put_key(j, key);
	put_int(j, WJB_VALUE, i);
}

static void
field_bool(json *j, const char *key, bool b)
{
	JsonbValue v;

	v.type = jbvBool;
	v.val.boolean = b;
	put_key(j, key);
	pushJsonbValue(j, WJB_VALUE, &v);
}

/* a day as YYYY-MM-DD; NA_NO_DAY is null */
static void
field_day(json *j, const char *key, int32 day)
{
	int y, m, d;
	char b[32];

	if (day == NA_NO_DAY)
	{
		put_key(j, key);
		put_string_n(j, WJB_VALUE, NULL, 0);
		return;
	}
	na_civil_from_day(day, &y, &m, &d);
	if (y > 0)
		snprintf(b, sizeof b, "%04d-%02d-%02d", y, m, d);
	else
		snprintf(b, sizeof b, "%04d-%02d-%02d BC", 1 - y, m, d);
	field_cstring(j, key, b);
}

static void
field_list(json *j, const char *key, const na_str_list *l)
{
	put_key(j, key);
	pushJsonbValue(j, WJB_BEGIN_ARRAY, NULL);
	for (uint32 i = 0; i < l->n; i++)
		put_string_n(j, WJB_ELEM, l->item[i].p, l->item[i].n);
	pushJsonbValue(j, WJB_END_ARRAY, NULL);
}

/* a finished array of another builder */
static void
field_built(json *j, const char *key, json *other)
{
	JsonbValue *array = pushJsonbValue(other, WJB_END_ARRAY, NULL);
	Jsonb *b = JsonbValueToJsonb(array);
	JsonbValue v;

	put_key(j, key);
	v.type = jbvBinary;
	v.val.binary.data = &b->root;
	v.val.binary.len = VARSIZE(b) - VARHDRSZ;
	pushJsonbValue(j, WJB_VALUE, &v);
}

/* ---- the parts -------------------------------------------------------------------- */

typedef struct analysis
{
	const char *text;
	json dates;
	json entities;
	json quotes;
	const char **ids;
	uint32 nids;
	uint32 cap_ids;
	bool countries[26 * 26];
} analysis;

static bool
put_date(void *ctx, const na_date *d)
{
	json *j = &((analysis *) ctx)->dates;

	CHECK_FOR_INTERRUPTS();
	pushJsonbValue(j, WJB_BEGIN_OBJECT, NULL);
	field_int(j, "start", (int64) d->chr + 1);
	field_int(j, "length", d->nchars);
	field_string(j, "surface", ((analysis *) ctx)->text + d->byte, d->nbytes);
	field_cstring(j, "kind", na_date_kind_name(d->kind));
	field_cstring(j, "timex", d->timex);
	field_day(j, "from", d->lo);
	field_day(j, "until", d->hi);
	field_cstring(j, "grain", na_date_grain_name(d->grain));
	pushJsonbValue(j, WJB_END_OBJECT, NULL);
	return true;
}

static bool
put_quote(void *ctx, const na_quote *q)
{
	json *j = &((analysis *) ctx)->quotes;

	CHECK_FOR_INTERRUPTS();
	pushJsonbValue(j, WJB_BEGIN_OBJECT, NULL);
	field_int(j, "start", (int64) q->chr + 1);
	field_int(j, "length", q->nchars);
	field_string(j, "quote", ((analysis *) ctx)->text + q->byte, q->nbytes);
	field_bool(j, "direct", q->direct);
	field_string(j, "speaker", q->speaker.p, q->speaker.p ? q->speaker.n : 0);
	field_cstring(j, "speaker_id", q->speaker_id);
	field_cstring(j, "verb", q->verb);
	field_cstring(j, "stance", na_stance_name(q->stance));
	pushJsonbValue(j, WJB_END_OBJECT, NULL);
	return true;
}

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static void
distinct_ids(analysis *a)
{
	uint32 k = 0;

	qsort(a->ids, a->nids, sizeof *a->ids, compare_ids);
	for (uint32 i = 0; i < a->nids; i++)
		if (k == 0 || strcmp(a->ids[k - 1], a->ids[i]) != 0)
			a->ids[k++] = a->ids[i];
	a->nids = k;
}

static void
put_entity(analysis *a, const na_entity *e)
{
	json *j = &a->entities;
	const char *id = na_entity_id(e);
	JsonbValue v;

	pushJsonbValue(j, WJB_BEGIN_OBJECT, NULL);
	field_int(j, "start", (int64) e->chr + 1);
	field_int(j, "length", e->nchars);
	field_string(j, "surface", a->text + e->byte, e->nbytes);
	field_cstring(j, "kind", na_entity_kind_name(e->kind));
	field_cstring(j, "id", id);
	field_string(j, "name", e->name.p, e->name.n);
	field_cstring(j, "name_en", e->gaz ? na_string(na_gaz_at(e->gaz)->name_en) : "");
	field_string(j, "country", e->country, e->country[0] ? 2 : 0);
	put_key(j, "score");
	v.type = jbvNumeric;
	v.val.numeric = DatumGetNumeric(
		DirectFunctionCall1(float4_numeric, Float4GetDatum(roundf(e->score * 1000) / 1000)));
	pushJsonbValue(j, WJB_VALUE, &v);
	pushJsonbValue(j, WJB_END_OBJECT, NULL);

	if (e->country[0] >= 'A' && e->country[0] <= 'Z' && e->country[1] >= 'A' &&
		e->country[1] <= 'Z')
		a->countries[(e->country[0] - 'A') * 26 + e->country[1] - 'A'] = true;
	if (*id == '\0')
		return;
	if (a->nids == a->cap_ids)
	{
		distinct_ids(a);
		if (a->nids > a->cap_ids / 2)
		{
			a->cap_ids *= 2;
			a->ids = repalloc(a->ids, a->cap_ids * sizeof *a->ids);
		}
	}
	a->ids[a->nids++] = id;
}

static void
put_page(json *j, const na_page *p)
{
	put_key(j, "page");
	pushJsonbValue(j, WJB_BEGIN_OBJECT, NULL);
	field_string(j, "headline", p->headline.p, p->headline.n);
	field_string(j, "kicker", p->kicker.p, p->kicker.n);
	field_string(j, "byline", p->byline.p, p->byline.n);
	field_string(j, "author", p->author.p, p->author.n);
	field_string(j, "dateline", p->dateline.p, p->dateline.n);
	field_day(j, "published", p->published);
	field_day(j, "page_date", p->page_date);
	field_string(j, "lead", p->lead.p, p->lead.n);
	field_string(j, "body", p->body.p, p->body.n);
	field_list(j, "subheads", &p->subheads);
	field_list(j, "captions", &p->captions);
	field_list(j, "credits", &p->credits);
	field_list(j, "agencies", &p->agencies);
	field_list(j, "sources", &p->sources);
	pushJsonbValue(j, WJB_END_OBJECT, NULL);
}

/* dates, entities, quotations and fingerprint in one scan */
static void
scan(analysis *a, uint32 len, const na_date_options *options, na_fingerprint_reader *prints)
{
	na_scanner s;
	const na_segment *seg;
	na_date_reader dates;
	na_entity_reader *entities = na_entity_reader_new(&nar_env, NULL);
	na_quote_reader *quotes = na_quote_reader_new(&nar_env);

	na_date_reader_init(&dates, &nar_env, options);
	na_scan_init(&s, &nar_env, a->text, len, NA_LOOKUP_ALL);
	for (;;)
	{
		const na_entity *list;
		uint32 n;

		nar_check(na_scan_next(&s, &seg));
		if (seg == NULL)
			break;
		nar_check(na_dates_segment(&dates, seg, put_date, a));
		nar_check(na_entities_segment(entities, seg, &list, &n));
		for (uint32 i = 0; i < n; i++)
		{
			CHECK_FOR_INTERRUPTS();
			put_entity(a, &list[i]);
		}
		nar_check(na_quotes_segment(quotes, seg, list, n, put_quote, a));
		nar_check(na_fingerprint_segment(prints, seg));
	}
	na_scan_end(&s);
	na_date_reader_end(&dates);
	na_quote_reader_free(quotes);
	na_entity_reader_free(entities);
}

/*
 * ar_analyze(text [, reference date]) -> jsonb
 */
Datum
ar_analyze(PG_FUNCTION_ARGS)
{
	na_date_options options = {NA_NO_DAY, 0};
	analysis a;
	json j = NULL;
	na_page page;
	na_fingerprint_reader *prints;
	const int32_t *print;
	uint32_t nprint;
	JsonbValue *result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	nar_check_encoding();
	{
		NAR_TEXT(0, txt, len);

		memset(&a, 0, sizeof a);
		a.text = txt;
		a.cap_ids = 64;
		a.ids = palloc(a.cap_ids * sizeof *a.ids);

		nar_check(na_page_read(&nar_env, txt, len, &page));
		/* what the page says of its own date is the best reference */
		options.reference = page.published != NA_NO_DAY ? page.published : page.page_date;
		if (PG_NARGS() > 1 && !PG_ARGISNULL(1))
			options.reference = nar_day_from_date(PG_GETARG_DATEADT(1), "reference date");

		pushJsonbValue(&a.dates, WJB_BEGIN_ARRAY, NULL);
		pushJsonbValue(&a.entities, WJB_BEGIN_ARRAY, NULL);
		pushJsonbValue(&a.quotes, WJB_BEGIN_ARRAY, NULL);
		prints = na_fingerprint_reader_new(&nar_env);
		scan(&a, len, &options, prints);

		pushJsonbValue(&j, WJB_BEGIN_OBJECT, NULL);
		put_page(&j, &page);
		field_built(&j, "dates", &a.dates);
		field_built(&j, "entities", &a.entities);
		field_built(&j, "quotes", &a.quotes);

		put_key(&j, "countries");
		pushJsonbValue(&j, WJB_BEGIN_ARRAY, NULL);
		for (int k = 0; k < 26 * 26; k++)
			if (a.countries[k])
			{
				char c[2] = {(char) ('A' + k / 26), (char) ('A' + k % 26)};

				put_string_n(&j, WJB_ELEM, c, 2);
			}
		pushJsonbValue(&j, WJB_END_ARRAY, NULL);

		put_key(&j, "entity_ids");
		pushJsonbValue(&j, WJB_BEGIN_ARRAY, NULL);
		distinct_ids(&a);
		for (uint32 k = 0; k < a.nids; k++)
			put_string_n(&j, WJB_ELEM, a.ids[k], strlen(a.ids[k]));
		pushJsonbValue(&j, WJB_END_ARRAY, NULL);

		nar_check(na_fingerprint_end(prints, txt, len, &print, &nprint));
		put_key(&j, "fingerprint");
		pushJsonbValue(&j, WJB_BEGIN_ARRAY, NULL);
		for (uint32 k = 0; k < nprint; k++)
			put_int(&j, WJB_ELEM, print[k]);
		pushJsonbValue(&j, WJB_END_ARRAY, NULL);
		na_fingerprint_reader_free(prints);
	}
	result = pushJsonbValue(&j, WJB_END_OBJECT, NULL);
	na_page_free(&page);
	PG_RETURN_JSONB_P(JsonbValueToJsonb(result));
}
