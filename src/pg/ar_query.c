/*
 * ar_query.c
 *		A user's words as a tsquery.
 *
 * websearch_to_tsquery() asks the locale what a blank and a letter is; here
 * the same text is the same query in every database.
 */
#include "news_ar.h"

#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"
#include "utils/builtins.h"

#include "na_chartab.h"
#include "na_utf8.h"

PG_FUNCTION_INFO_V1(ar_query);

/* a query of more items than this is no user's any more */
#define MAX_ITEMS 1000

typedef enum sign
{
	S_NONE, /* a character of a word */
	S_BLANK,
	S_QUOTE,
	S_DASH
} sign;

static sign
sign_of(uint32 cp)
{
	na_class c = na_char_class(cp);

	switch (cp)
	{
		case '"':
		case 0xAB:
		case 0xBB:
		case 0x201C:
		case 0x201D:
		case 0x201E:
		case 0x201F:
		case 0x2039:
		case 0x203A: return S_QUOTE;
		case '-':
		case 0x2010:
		case 0x2011:
		case 0x2012:
		case 0x2013:
		case 0x2014:
		case 0x2212: return S_DASH;
	}
	return c == NA_C_SPACE || c == NA_C_NEWLINE || c == NA_C_CONTROL ? S_BLANK : S_NONE;
}

static bool
is_or(const char *s, size_t n)
{
	return (n == 2 && (s[0] | 32) == 'o' && (s[1] | 32) == 'r') ||
		   (n == 4 && (memcmp(s, "أو", 4) == 0 || memcmp(s, "او", 4) == 0));
}

/* NULL is the query of stop words */
static TSQuery
join(PGFunction f, TSQuery a, TSQuery b)
{
	if (a == NULL || b == NULL)
		return a == NULL ? b : a;
	return DatumGetTSQuery(DirectFunctionCall2(f, TSQueryGetDatum(a), TSQueryGetDatum(b)));
}

/* one word or phrase; NULL when it is made of stop words */
static TSQuery
query_of(Oid config, const char *s, size_t n)
{
	Datum word = PointerGetDatum(cstring_to_text_with_len(s, (int) n));
	TSVector v =
		DatumGetTSVector(DirectFunctionCall2(to_tsvector_byid, ObjectIdGetDatum(config), word));

	/* the server would say at each stop word that there is nothing to look for */
	if (v->size == 0)
		return NULL;
	return DatumGetTSQuery(
		DirectFunctionCall2(phraseto_tsquery_byid, ObjectIdGetDatum(config), word));
}

/*
 * ar_query(regconfig, text) -> tsquery
 */
Datum
ar_query(PG_FUNCTION_ARGS)
{
	Oid config = PG_GETARG_OID(0);
	NAR_TEXT(1, s, n);
	const unsigned char *p = (const unsigned char *) s;
	const unsigned char *end = p + n;
	TSQuery any = NULL; /* alternatives before the last OR */
	TSQuery all = NULL; /* what stands behind it */
	bool negate = false;
	int items = 0;

	nar_check_encoding();
	while (p < end)
	{
		int len;
		uint32 cp = na_utf8_decode(p, end, &len);
		sign c = sign_of(cp);
		const unsigned char *start = p;
		bool quoted = c == S_QUOTE;
		TSQuery q;

		CHECK_FOR_INTERRUPTS();
		p += len;
		if (c == S_BLANK)
			continue;
		if (c == S_DASH)
		{
			/* "غزة - القاهرة" excludes nothing */
			negate = p < end && sign_of(na_utf8_decode(p, end, &len)) != S_BLANK;
			continue;
		}
		/* a word to the next blank or quotation mark, a phrase to the next quotation mark */
		if (quoted)
			start = p;
		while (p < end)
		{
			sign x = sign_of(na_utf8_decode(p, end, &len));

			CHECK_FOR_INTERRUPTS();
			if (x == S_QUOTE || (x == S_BLANK && !quoted))
				break;
			p += len;
		}
		if (!quoted && !negate && is_or((const char *) start, (size_t) (p - start)))
		{
			if (all != NULL)
			{
				any = join(tsquery_or, any, all);
				all = NULL;
			}
			continue;
		}
		if (++items > MAX_ITEMS)
			ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
							errmsg("more than %d words in a query", MAX_ITEMS)));
		q = query_of(config, (const char *) start, (size_t) (p - start));
		if (quoted && p < end)
		{
			na_utf8_decode(p, end, &len);
			p += len;
		}
		if (negate && q != NULL)
			q = DatumGetTSQuery(DirectFunctionCall1(tsquery_not, TSQueryGetDatum(q)));
		negate = false;
		all = join(tsquery_and, all, q);
	}
	all = join(tsquery_or, any, all);
	if (all == NULL)
	{
		/* nothing to look for: the empty query */
		all = palloc0(HDRSIZETQ);
		SET_VARSIZE(all, HDRSIZETQ);
	}
	PG_RETURN_TSQUERY(all);
}
