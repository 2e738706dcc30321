/*
 * ar_query.c
 *		A user's words as a tsquery.
 *
 * websearch_to_tsquery() asks the locale what a blank and a letter is; here
 * the same text is the same query in every database.
 */
#include "news_ar.h"

#include "access/transam.h"
#include "catalog/pg_ts_dict.h"
#include "catalog/pg_ts_template.h"
#include "lib/stringinfo.h"
#include "tsearch/ts_cache.h"
#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "na_chartab.h"
#include "na_utf8.h"

PG_FUNCTION_INFO_V1(ar_query);

/* in ar_dict.c; takes one word at a time */
extern Datum ar_dict_lexize(PG_FUNCTION_ARGS);

/* a query of more words than this is no user's any more; the server goes into a query by recursion */
#define MAX_WORDS 1000
/* the server finds the lexemes of a query by offsets of 20 bits */
#define MAX_BYTES (MAXSTRPOS - 1)
/* a phrase is counted in pieces of this length: its words may be many */
#define PIECE 65536

typedef struct query
{
	Oid config;
	bool joins;	 /* a dictionary may make one lexeme of several words */
	TSQuery any; /* alternatives before the last OR */
	TSQuery all; /* what stands behind it */
	int words;
	size_t bytes;
	MemoryContext mcx; /* what a word needs while it is looked at */
	/* plain words in a row that go through the configuration together */
	StringInfoData run;
	int run_words; /* all of them, and those that give lexemes */
	int run_lexemes;
} query;

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
	TSQuery q;

	if (a == NULL || b == NULL)
		return a == NULL ? b : a;
	q = DatumGetTSQuery(DirectFunctionCall2(f, TSQueryGetDatum(a), TSQueryGetDatum(b)));
	pfree(a);
	pfree(b);
	return q;
}

/* what a dictionary's template calls for each word; ours and the server's but one see one word */
static bool
takes_several(Oid lexize)
{
	FmgrInfo f;

	if (lexize < FirstNormalObjectId)
		return lexize == F_THESAURUS_LEXIZE;
	fmgr_info(lexize, &f);
	return f.fn_addr != ar_dict_lexize;
}

static bool
dictionary_joins(Oid dict)
{
	HeapTuple d = SearchSysCache1(TSDICTOID, ObjectIdGetDatum(dict));
	HeapTuple t;
	Oid lexize = InvalidOid;

	if (!HeapTupleIsValid(d))
		return false;
	t = SearchSysCache1(TSTEMPLATEOID,
						ObjectIdGetDatum(((Form_pg_ts_dict) GETSTRUCT(d))->dicttemplate));
	ReleaseSysCache(d);
	if (HeapTupleIsValid(t))
	{
		lexize = ((Form_pg_ts_template) GETSTRUCT(t))->tmpllexize;
		ReleaseSysCache(t);
	}
	return OidIsValid(lexize) && takes_several(lexize);
}

/* can the configuration make one lexeme of several words? */
static bool
config_joins(Oid config)
{
	TSConfigCacheEntry *c = lookup_ts_config_cache(config);
	Oid last = InvalidOid;

	for (int i = 0; i < c->lenmap; i++)
		for (int k = 0; k < c->map[i].len; k++)
		{
			/* one dictionary serves most kinds of tokens */
			if (c->map[i].dictIds[k] == last)
				continue;
			last = c->map[i].dictIds[k];
			if (dictionary_joins(last))
				return true;
		}
	return false;
}

/*
 * Words of a text, and bytes of their lexemes.  Stop words between them count,
 * as they have a place in a phrase; a text of nothing but stop words has none.
 */
static int
count_words(query *b, const char *s, size_t n, size_t *bytes)
{
	MemoryContext old = MemoryContextSwitchTo(b->mcx);
	int64 words = 0;

	*bytes = 0;
	for (size_t at = 0; at < n;)
	{
		ParsedText prs = {.lenwords = 16};
		size_t end = n;

		if (n - at > PIECE)
		{
			/* to a blank when there is one, else to a character */
			end = at + PIECE;
			while (end > at + PIECE / 2 && s[end] != ' ')
				end--;
			if (s[end] != ' ')
				for (end = at + PIECE; ((unsigned char) s[end] & 0xC0) == 0x80 && end > at + 1;)
					end--;
		}
		prs.words = palloc(sizeof(ParsedWord) * (size_t) prs.lenwords);
		parsetext(b->config, &prs, unconstify(char *, s + at), (int) (end - at));
		for (int i = 0; i < prs.curwords; i++)
			*bytes += (size_t) prs.words[i].len + 1;
		words += prs.pos;
		at = end;
		MemoryContextReset(b->mcx);
		CHECK_FOR_INTERRUPTS();
		if (*bytes > 0 && words > MAX_WORDS)
			break;
	}
	MemoryContextSwitchTo(old);
	return *bytes > 0 ? (int) Min(words, MAX_WORDS + 1) : 0;
}

static void
check_words(int words)
{
	if (words > MAX_WORDS)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("more than %d words in a query", MAX_WORDS)));
}

/* words that were counted become part of the query */
static void
add(query *b, PGFunction f, const char *s, size_t n, int words, size_t bytes, bool negate)
{
	MemoryContext old;
	TSQuery q, copy;

	b->words += words;
	b->bytes += bytes;
	check_words(b->words);
	if (b->bytes > MAX_BYTES)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("words of a query take more than %d bytes", MAX_BYTES)));
	old = MemoryContextSwitchTo(b->mcx);
	q = DatumGetTSQuery(DirectFunctionCall2(f, ObjectIdGetDatum(b->config),
											PointerGetDatum(cstring_to_text_with_len(s, (int) n))));
	if (negate)
		q = DatumGetTSQuery(DirectFunctionCall1(tsquery_not, TSQueryGetDatum(q)));
	MemoryContextSwitchTo(old);
	copy = palloc(VARSIZE(q));
	memcpy(copy, q, VARSIZE(q));
	MemoryContextReset(b->mcx);
	b->all = join(tsquery_and, b->all, copy);
}

static void
end_run(query *b)
{
	size_t bytes;
	int words;

	if (b->run_words == 0)
		return;
	words = count_words(b, b->run.data, (size_t) b->run.len, &bytes);
	/* the server would say of stop words that there is nothing to look for */
	if (words > 0)
		add(b, plainto_tsquery_byid, b->run.data, (size_t) b->run.len, b->run_lexemes, bytes,
			false);
	resetStringInfo(&b->run);
	b->run_words = b->run_lexemes = 0;
}

/* a word, or a phrase, without its marks */
static void
take(query *b, const char *s, size_t n, bool quoted, bool negate)
{
	size_t bytes;
	int words = count_words(b, s, n, &bytes);

	/* a word of several tokens is a phrase */
	if (b->joins && !quoted && !negate && words <= 1)
	{
		if (b->run_words > 0)
			appendStringInfoChar(&b->run, ' ');
		appendBinaryStringInfo(&b->run, s, (int) n);
		b->run_lexemes += words;
		check_words(b->words + b->run_lexemes);
		if (++b->run_words == MAX_WORDS)
			end_run(b);
		return;
	}
	end_run(b);
	if (words > 0)
		add(b, phraseto_tsquery_byid, s, n, words, bytes, negate);
}

/*
 * ar_query(regconfig, text) -> tsquery
 */
Datum
ar_query(PG_FUNCTION_ARGS)
{
	NAR_TEXT(1, s, n);
	const unsigned char *p = (const unsigned char *) s;
	const unsigned char *end = p + n;
	query b = {.config = PG_GETARG_OID(0)};
	bool negate = false;

	nar_check_encoding();
	b.joins = config_joins(b.config);
	b.mcx = AllocSetContextCreate(CurrentMemoryContext, "ar_query", ALLOCSET_DEFAULT_SIZES);
	initStringInfo(&b.run);
	while (p < end)
	{
		int len;
		uint32 cp = na_utf8_decode(p, end, &len);
		sign c = sign_of(cp);
		const unsigned char *start = p;
		const unsigned char *stop;
		bool quoted = c == S_QUOTE;

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
		stop = p;
		if (quoted && p < end)
		{
			na_utf8_decode(p, end, &len);
			p += len;
		}
		if (!quoted && !negate && is_or((const char *) start, (size_t) (stop - start)))
		{
			end_run(&b);
			b.any = join(tsquery_or, b.any, b.all);
			b.all = NULL;
			continue;
		}
		take(&b, (const char *) start, (size_t) (stop - start), quoted, negate);
		negate = false;
	}
	end_run(&b);
	b.all = join(tsquery_or, b.any, b.all);
	if (b.all == NULL)
	{
		/* nothing to look for: the empty query */
		b.all = palloc0(HDRSIZETQ);
		SET_VARSIZE(b.all, HDRSIZETQ);
	}
	MemoryContextDelete(b.mcx);
	PG_RETURN_TSQUERY(b.all);
}
