/*
 * ar_dict.c
 *		TEXT SEARCH TEMPLATE arabic_news: the dictionary that turns a token into
 *		its lexeme.
 */
#include "news_ar.h"

#include "commands/defrem.h"
#include "tsearch/ts_public.h"
#include "tsearch/ts_type.h"

#include "na_normalize.h"
#include "na_stem.h"
#include "na_token.h"

PG_FUNCTION_INFO_V1(ar_dict_init);
PG_FUNCTION_INFO_V1(ar_dict_lexize);

/* lexemes of words seen before, but for the frequent ones that the data knows */
#define CACHE_SLOTS 512
#define CACHE_BYTES 40

typedef struct cached
{
	uint8 len;	/* of the word; 0 = free */
	uint8 nout; /* of the lexeme; 0 = a stop word */
	char word[CACHE_BYTES];
	char out[CACHE_BYTES];
} cached;

typedef struct dict
{
	StopList stop; /* the user's */
	bool own_stop; /* a file was given */
	bool stem;	   /* lexemes, else words as they are */
	bool quick;	   /* nothing in the options changes lexemes of search */
	bool families; /* one lexeme for a verb and its verbal noun, for spellings of a name */
	bool keep_marks;
	bool keep_hamza;
	bool filter;	   /* lexemes go on to the next dictionary */
	bool pass_unknown; /* words that the lexicon does not know do, too */
	uint32 steps;	   /* of normalisation, when words stay as they are */
	MemoryContext mcx;
	na_env env; /* memory that lives as long as the dictionary */
	na_buf key;
	cached *cache;
} dict;

static void *
dict_alloc(void *ctx, size_t size)
{
	return MemoryContextAlloc((MemoryContext) ctx, size);
}

static void
dict_release(void *ctx, void *p)
{
	pfree(p);
}

static void
dict_poll(void *ctx)
{
	CHECK_FOR_INTERRUPTS();
}

/* a line of a stop-word file as the dictionary will see words; readstoplist() says how it calls */
static char *
#if PG_VERSION_NUM >= 180000
normal_word(const char *s, size_t n, Oid collation)
{
#else
normal_word(const char *s)
{
	size_t n = strlen(s);
#endif
	na_buf b;

	na_buf_init(&b, &nar_env);
	nar_check(na_normalize(&nar_env, s, n, NA_STEPS_ALL, &b));
	return pnstrdup(b.data ? b.data : "", b.len);
}

/*
 * Options: StopWords (a file of the server's tsearch_data folder instead of
 * the built-in list), Stem, Families, KeepMarks, KeepHamza, Filter, PassUnknown.
 */
Datum
ar_dict_init(PG_FUNCTION_ARGS)
{
	List *options = (List *) PG_GETARG_POINTER(0);
	dict *d = palloc0(sizeof *d);
	ListCell *l;

	nar_check_encoding();
	d->stem = d->families = true;
	foreach (l, options)
	{
		DefElem *o = (DefElem *) lfirst(l);

		if (strcmp(o->defname, "stopwords") == 0)
		{
			if (d->own_stop)
				ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
								errmsg("multiple StopWords parameters")));
			d->own_stop = true;
			/* "none" is no file: no word is a stop word */
			if (strcmp(defGetString(o), "none") != 0)
				readstoplist(defGetString(o), &d->stop, normal_word);
		}
		else if (strcmp(o->defname, "stem") == 0)
			d->stem = defGetBoolean(o);
		else if (strcmp(o->defname, "families") == 0)
			d->families = defGetBoolean(o);
		else if (strcmp(o->defname, "keepmarks") == 0)
			d->keep_marks = defGetBoolean(o);
		else if (strcmp(o->defname, "keephamza") == 0)
			d->keep_hamza = defGetBoolean(o);
		else if (strcmp(o->defname, "filter") == 0)
			d->filter = defGetBoolean(o);
		else if (strcmp(o->defname, "passunknown") == 0)
			d->pass_unknown = defGetBoolean(o);
		else
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("unrecognized parameter \"%s\" of an arabic_news dictionary",
								   o->defname),
							errhint("Parameters are StopWords, Stem, Families, KeepMarks, "
									"KeepHamza, Filter, PassUnknown.")));
	}
	if (d->keep_marks || d->keep_hamza)
		d->stem = false;
	d->steps = NA_STEPS_ALL;
	if (d->keep_marks)
		d->steps &= ~(uint32) NA_STEP_MARKS;
	if (d->keep_hamza)
		d->steps &=
			~(uint32) (NA_STEP_ALEF | NA_STEP_HAMZA | NA_STEP_ALEF_MAQSURA | NA_STEP_TA_MARBUTA);
	d->quick = d->stem && d->families && !d->own_stop && !d->pass_unknown;
	d->mcx = CurrentMemoryContext;
	d->env.alloc = dict_alloc;
	d->env.release = dict_release;
	d->env.poll = dict_poll;
	d->env.ctx = d->mcx;
	na_buf_init(&d->key, &d->env);
	d->cache = palloc0(sizeof(cached) * CACHE_SLOTS);
	PG_RETURN_POINTER(d);
}

static TSLexeme *
one_lexeme(const char *s, size_t n)
{
	TSLexeme *res = palloc0(sizeof(TSLexeme) * 2);

	/* none: a stop word, found by this dictionary and by no other */
	if (n > 0)
	{
		res[0].lexeme = palloc(n + 1);
		memcpy(res[0].lexeme, s, n);
		res[0].lexeme[n] = '\0';
	}
	return res;
}

/* take the lexemes out of a list: nobody resets the context between the tokens of a text */
static TSLexeme *
no_lexeme(TSLexeme *res)
{
	for (TSLexeme *l = res; l->lexeme != NULL; l++)
		pfree(l->lexeme);
	res[0].lexeme = NULL;
	return res;
}

static bool
is_stop(dict *d, const char *key, size_t n, bool builtin)
{
	char *z;
	bool found;

	if (!d->own_stop)
		return builtin;
	if (d->stop.len == 0)
		return false;
	z = pnstrdup(key, n);
	found = searchstoplist(&d->stop, z);
	pfree(z);
	return found;
}

/* nothing but letters and marks of the Arabic block; its digits are no letters */
static inline bool
plain_word(const char *s, int n)
{
	if (n < 2 || n % 2 != 0)
		return false;
	for (int i = 0; i < n; i += 2)
	{
		unsigned c = (unsigned) (s[i] & 0x1F) << 6 | (s[i + 1] & 0x3F);

		if (((unsigned char) s[i] & 0xFC) != 0xD8 || (c >= 0x660 && c <= 0x66C) ||
			(c >= 0x6F0 && c <= 0x6F9))
			return false;
	}
	return true;
}

/* the lexeme of an Arabic word; empty = stop word */
static na_str
word_lexeme(dict *d, const char *s, uint32 n, bool *known)
{
	na_stem_result r;
	na_str key;

	d->key.len = 0;
	if (!na_normalize_word(s, n, &d->key))
		nar_check(NA_NO_MEMORY);
	key.p = d->key.data;
	key.n = (uint32) d->key.len;
	*known = false;
	if (key.n == 0)
		return key;
	na_stem(key.p, key.n, s, n, &r);
	*known = r.cls != NA_STEM_CLASSES;
	if (is_stop(d, key.p, key.n, r.stop))
	{
		key.n = 0;
		*known = true;
	}
	else
		key = d->families ? r.family : r.lemma;
	return key;
}

static void
put(TSLexeme *l, uint16 variant, const char *s, size_t n)
{
	l->nvariant = variant;
	l->lexeme = pnstrdup(s, n);
}

/*
 * A word and its number are found as one (G20 for G-20) or as two words: the
 * lexemes are two variants, to be joined by OR in a query.
 */
static TSLexeme *
numword_lexemes(const char *a, size_t na, const char *b, size_t nb)
{
	TSLexeme *res = palloc0(sizeof(TSLexeme) * 4);

	res[0].nvariant = 1;
	res[0].lexeme = palloc(na + nb + 1);
	memcpy(res[0].lexeme, a, na);
	memcpy(res[0].lexeme + na, b, nb);
	res[0].lexeme[na + nb] = '\0';
	put(&res[1], 2, a, na);
	put(&res[2], 2, b, nb);
	return res;
}

/* letters, then digits and nothing else: the number of letters, else 0 */
static size_t
letters_then_digits(const char *s, size_t n)
{
	size_t i = n;

	while (i > 0 && s[i - 1] >= '0' && s[i - 1] <= '9')
		i--;
	if (i == n)
		return 0;
	for (size_t k = 0; k < i; k++)
		if (s[k] >= '0' && s[k] <= '9')
			return 0;
	return i;
}

static void
append_lower(StringInfo out, na_str k)
{
	for (uint32 i = 0; i < k.n; i++)
		appendStringInfoChar(out, k.p[i] >= 'A' && k.p[i] <= 'Z' ? k.p[i] + 32 : k.p[i]);
}

/* www.bbc.co.uk: bbc.co.uk, and the label bbc that people call it by */
static TSLexeme *
host_lexemes(dict *d, const char *s, size_t n, bool *stop)
{
	TSLexeme *res = palloc0(sizeof(TSLexeme) * 3);
	size_t end = n;

	if (n > 4 && memcmp(s, "www.", 4) == 0)
	{
		s += 4, n -= 4, end -= 4;
		*stop = is_stop(d, s, n, false);
		if (*stop)
			return res;
	}
	put(&res[0], 1, s, n);
	/* from the right: the top level, then short ones like co, gov, com */
	for (bool top = true; end > 0; top = false)
	{
		size_t start = end;

		while (start > 0 && s[start - 1] != '.')
			start--;
		if (!top && (end - start > 3 || start == 0))
		{
			/* one letter, of one byte or two, is no name */
			if (end - start > (IS_HIGHBIT_SET(s[start]) ? 2 : 1) &&
				!is_stop(d, s + start, end - start, false))
				put(&res[1], 2, s + start, end - start);
			break;
		}
		if (start == 0)
			break;
		end = start - 1;
	}
	return res;
}

/* F-16, كوفيد19: a word and its number */
static bool
is_numword(const na_segment *seg)
{
	return (seg->ntok == 2 || (seg->ntok == 3 && seg->tok[1].cp == '-')) &&
		   (seg->tok[0].kind == NA_WORD || seg->tok[0].kind == NA_LATIN) &&
		   seg->tok[seg->ntok - 1].kind == NA_NUMBER;
}

/*
 * The words of a token that is not one plain word, joined as the token is.
 * *known: it is a stop word, or a single word that the lexicon has in another spelling.
 */
static TSLexeme *
other_lexeme(dict *d, const char *s, uint32_t n, bool *known)
{
	na_scanner scan;
	const na_segment *seg;
	StringInfoData out;
	TSLexeme *res;
	size_t first = 0; /* bytes of the first part of a word with a number */
	bool is_known;
	bool stop;
	/* the parser's sign of a host that would be an abbreviation */
	bool host = n > 2 && s[0] == '/' && s[1] == '/' && memchr(s + 2, '.', n - 2) != NULL &&
				memchr(s + 2, '/', n - 2) == NULL;

	if (host)
		s += 2, n -= 2;
	*known = false;
	initStringInfo(&out);
	na_scan_init(&scan, &nar_env, s, n, NA_LOOKUP_NONE);
	for (;;)
	{
		nar_check(na_scan_next(&scan, &seg));
		if (seg == NULL)
			break;
		for (uint32_t i = 0; i < seg->ntok; i++)
		{
			const na_token *t = &seg->tok[i];
			na_str k = na_key(seg, t);
			bool numword = !host && is_numword(seg);
			bool before = i == 0 && numword;

			switch ((na_kind) t->kind)
			{
				case NA_WORD:
					if (seg->ntok == 1 || before)
					{
						k = word_lexeme(d, s + t->byte, t->nbytes, &is_known);
						first = before ? k.n : 0;
						*known = is_known && seg->ntok == 1;
					}
					break;
				case NA_HASHTAG: appendStringInfoChar(&out, '#'); break;
				case NA_MENTION: appendStringInfoChar(&out, '@'); break;
				case NA_ABBREVIATION:
					/* in a host or a path they are what they are */
					if (seg->ntok > 1 || host)
						break;
					/* U.N. and UN, أ.ف.ب and أ ف ب written in one word are the same */
					for (uint32_t b = 0; b < k.n; b++)
						if (k.p[b] != '.')
							appendStringInfoChar(&out, k.p[b]);
					k.n = 0;
					break;
				case NA_LATIN:
					if (seg->ntok == 1)
						first = letters_then_digits(k.p, k.n);
					else if (before)
						first = k.n;
					break;
				case NA_NUMBER:
					if (seg->ntok == 2 && i == 0 && seg->tok[1].kind == NA_LATIN)
						first = k.n;
					break;
				case NA_URL:
					host |= seg->ntok == 1 && memchr(k.p, '/', k.n) == NULL;
					append_lower(&out, k);
					k.n = 0;
					break;
				case NA_EMAIL:
					append_lower(&out, k);
					k.n = 0;
					break;
				case NA_EMOJI: break;
				default:
					/* inside a longer token punctuation holds the parts together */
					if (seg->ntok == 1 || (numword && i == 1))
						k.n = 0;
					break;
			}
			appendBinaryStringInfo(&out, k.p, (int) k.n);
		}
	}
	na_scan_end(&scan);
	stop = is_stop(d, out.data, out.len, false);
	if (stop || out.len == 0)
		res = one_lexeme(NULL, 0);
	else if (host)
		res = host_lexemes(d, out.data, out.len, &stop);
	else if (first > 0 && first < (size_t) out.len)
		res = numword_lexemes(out.data, first, out.data + first, out.len - first);
	else
		res = one_lexeme(out.data, out.len);
	*known |= stop;
	/* a text has many tokens, and nobody resets the context between them */
	pfree(out.data);
	return res;
}

static inline bool
all_letters(const char *s, int n)
{
	int i = 0;

	while (i < n && ((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z'))
		i++;
	return n > 0 && i == n;
}

static inline bool
all_digits(const char *s, int n)
{
	int i = 0;

	while (i < n && s[i] >= '0' && s[i] <= '9')
		i++;
	return n > 0 && i == n;
}

static TSLexeme *
lexize(dict *d, const char *s, int n)
{
	na_str lexeme;
	bool known, stop;
	cached *c = NULL;

	if (d->quick)
	{
		char out[2 * NA_STEM_LETTERS];
		int nout = n > 1 ? na_stem_frequent(s, (uint32_t) n, out) : -1;

		if (nout >= 0)
			return one_lexeme(out, (size_t) nout);
		if (all_digits(s, n))
			return one_lexeme(s, (size_t) n);
		if (all_letters(s, n))
		{
			TSLexeme *l = one_lexeme(s, (size_t) n);

			for (int i = 0; i < n; i++)
				l->lexeme[i] |= 32;
			return l;
		}
	}
	if (!d->stem)
	{
		na_buf b;
		na_str key;
		TSLexeme *res;

		d->key.len = 0;
		nar_check(na_normalize(&nar_env, s, (size_t) Max(n, 0), NA_STEPS_ALL, &d->key));
		key.p = d->key.data;
		key.n = (uint32) d->key.len;
		known = false;
		stop = false;
		if (plain_word(s, n) && key.n > 0 && (!d->own_stop || d->pass_unknown))
		{
			na_stem_result r;

			na_stem(key.p, key.n, s, (uint32) n, &r);
			known = r.cls != NA_STEM_CLASSES;
			stop = r.stop;
		}
		if (is_stop(d, key.p, key.n, stop))
			return one_lexeme(NULL, 0);
		if (d->pass_unknown && !known)
			return NULL;
		na_buf_init(&b, &nar_env);
		nar_check(na_normalize(&nar_env, s, (size_t) Max(n, 0), d->steps, &b));
		res = one_lexeme(b.data, b.len);
		na_buf_free(&b);
		return res;
	}
	if (!plain_word(s, n))
	{
		TSLexeme *res;

		res = other_lexeme(d, s, (uint32) Max(n, 0), &known);
		if (!d->pass_unknown || known)
			return res;
		pfree(no_lexeme(res));
		return NULL;
	}
	if (n <= CACHE_BYTES)
	{
		uint32 h = 0;

		for (int i = 1; i < n; i += 2)
			h = (h ^ (unsigned char) s[i] ^ (uint32) (unsigned char) s[i - 1] << 8) * 0x9E3779B1u;
		c = &d->cache[h >> 23];
		if (c->len == n && memcmp(c->word, s, (size_t) n) == 0)
			return one_lexeme(c->out, c->nout);
	}
	lexeme = word_lexeme(d, s, (uint32) n, &known);
	if (d->pass_unknown && !known)
		return NULL;
	if (c != NULL && lexeme.n <= CACHE_BYTES)
	{
		c->len = (uint8) n;
		c->nout = (uint8) lexeme.n;
		memcpy(c->word, s, (size_t) n);
		if (lexeme.n > 0)
			memcpy(c->out, lexeme.p, lexeme.n);
	}
	return one_lexeme(lexeme.p, lexeme.n);
}

Datum
ar_dict_lexize(PG_FUNCTION_ARGS)
{
	dict *d = (dict *) PG_GETARG_POINTER(0);
	int n = PG_GETARG_INT32(2);
	TSLexeme *res = lexize(d, (const char *) PG_GETARG_POINTER(1), n);

	/* ﷺ becomes eleven times as long: what the server could not store is no lexeme */
	if (n >= MAXSTRLEN / 11 && res != NULL)
		for (TSLexeme *l = res; l->lexeme != NULL; l++)
			if (strlen(l->lexeme) >= MAXSTRLEN)
				return PointerGetDatum(no_lexeme(res));
	/* several lexemes cannot go on: the next dictionary takes one word */
	if (d->filter && res != NULL && res[0].lexeme != NULL && res[1].lexeme == NULL)
		res[0].flags |= TSL_FILTER;
	PG_RETURN_POINTER(res);
}
