/*
 * ar_dict.c
 *		TEXT SEARCH TEMPLATE arabic_news: the dictionary that turns a token into
 *		its lexeme.
 */
#include "news_ar.h"

#include "commands/defrem.h"
#include "tsearch/ts_public.h"

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
	uint32 steps; /* of normalisation, when words stay as they are */
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

/* a line of a stop-word file as the dictionary will see words */
static char *
normal_word(const char *s)
{
	na_buf b;

	na_buf_init(&b, &nar_env);
	nar_check(na_normalize(&nar_env, s, strlen(s), NA_STEPS_ALL, &b));
	return pnstrdup(b.data ? b.data : "", b.len);
}

/*
 * Options: StopWords (a file of the server's tsearch_data folder instead of
 * the built-in list), Stem, Families, KeepMarks, KeepHamza.
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
		else
			ereport(
				ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unrecognized parameter \"%s\" of an arabic_news dictionary", o->defname),
				 errhint("Parameters are StopWords, Stem, Families, KeepMarks, KeepHamza.")));
	}
	if (d->keep_marks || d->keep_hamza)
		d->stem = false;
	d->steps = NA_STEPS_ALL;
	if (d->keep_marks)
		d->steps &= ~(uint32) NA_STEP_MARKS;
	if (d->keep_hamza)
		d->steps &=
			~(uint32) (NA_STEP_ALEF | NA_STEP_HAMZA | NA_STEP_ALEF_MAQSURA | NA_STEP_TA_MARBUTA);
	d->quick = d->stem && d->families && !d->own_stop;
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
word_lexeme(dict *d, const char *s, uint32 n)
{
	na_stem_result r;
	na_str key;

	d->key.len = 0;
	if (!na_normalize_word(s, n, &d->key))
		nar_check(NA_NO_MEMORY);
	key.p = d->key.data;
	key.n = (uint32) d->key.len;
	if (key.n == 0)
		return key;
	na_stem(key.p, key.n, s, n, &r);
	if (is_stop(d, key.p, key.n, r.stop))
		key.n = 0;
	else
		key = d->families ? r.family : r.lemma;
	return key;
}

/* the words of a token that is not one plain word, joined as the token is */
static TSLexeme *
other_lexeme(dict *d, const char *s, uint32 n)
{
	na_scanner scan;
	const na_segment *seg;
	StringInfoData out;
	TSLexeme *res;

	initStringInfo(&out);
	na_scan_init(&scan, &nar_env, s, n, false);
	for (;;)
	{
		nar_check(na_scan_next(&scan, &seg));
		if (seg == NULL)
			break;
		for (uint32 i = 0; i < seg->ntok; i++)
		{
			const na_token *t = &seg->tok[i];
			na_str k = na_key(seg, t);

			switch ((na_kind) t->kind)
			{
				case NA_WORD:
					if (seg->ntok == 1)
						k = word_lexeme(d, s + t->byte, t->nbytes);
					break;
				case NA_HASHTAG: appendStringInfoChar(&out, '#'); break;
				case NA_MENTION: appendStringInfoChar(&out, '@'); break;
				case NA_ABBREVIATION:
					/* U.N. and UN, أ.ف.ب and أ ف ب written in one word are the same */
					for (uint32 b = 0; b < k.n; b++)
						if (k.p[b] != '.')
							appendStringInfoChar(&out, k.p[b]);
					k.n = 0;
					break;
				case NA_LATIN:
				case NA_NUMBER:
				case NA_URL:
				case NA_EMAIL:
				case NA_EMOJI: break;
				default:
					/* inside a longer token punctuation holds the parts together */
					if (seg->ntok == 1)
						k.n = 0;
					break;
			}
			appendBinaryStringInfo(&out, k.p, (int) k.n);
		}
	}
	na_scan_end(&scan);
	if (is_stop(d, out.data, out.len, false))
		out.len = 0;
	res = one_lexeme(out.data, out.len);
	/* a text has many tokens, and nobody resets the context between them */
	pfree(out.data);
	return res;
}

static inline bool
all_digits(const char *s, int n)
{
	int i = 0;

	while (i < n && s[i] >= '0' && s[i] <= '9')
		i++;
	return n > 0 && i == n;
}

Datum
ar_dict_lexize(PG_FUNCTION_ARGS)
{
	dict *d = (dict *) PG_GETARG_POINTER(0);
	const char *s = (const char *) PG_GETARG_POINTER(1);
	int n = PG_GETARG_INT32(2);
	na_str lexeme;
	cached *c = NULL;

	if (d->quick)
	{
		char out[2 * NA_STEM_LETTERS];
		int nout = n > 1 ? na_stem_frequent(s, (uint32_t) n, out) : -1;

		if (nout >= 0)
			PG_RETURN_POINTER(one_lexeme(out, (size_t) nout));
		if (all_digits(s, n))
			PG_RETURN_POINTER(one_lexeme(s, (size_t) n));
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
		if (!d->own_stop && plain_word(s, n) && key.n > 0)
		{
			na_stem_result r;

			na_stem(key.p, key.n, s, (uint32) n, &r);
			if (r.stop)
				PG_RETURN_POINTER(one_lexeme(NULL, 0));
		}
		else if (is_stop(d, key.p, key.n, false))
			PG_RETURN_POINTER(one_lexeme(NULL, 0));
		na_buf_init(&b, &nar_env);
		nar_check(na_normalize(&nar_env, s, (size_t) Max(n, 0), d->steps, &b));
		res = one_lexeme(b.data, b.len);
		na_buf_free(&b);
		PG_RETURN_POINTER(res);
	}
	if (!plain_word(s, n))
		PG_RETURN_POINTER(other_lexeme(d, s, (uint32) Max(n, 0)));
	if (n <= CACHE_BYTES)
	{
		uint32 h = 0;

		for (int i = 1; i < n; i += 2)
			h = (h ^ (unsigned char) s[i] ^ (uint32) (unsigned char) s[i - 1] << 8) * 0x9E3779B1u;
		c = &d->cache[h >> 23];
		if (c->len == n && memcmp(c->word, s, (size_t) n) == 0)
			PG_RETURN_POINTER(one_lexeme(c->out, c->nout));
	}
	lexeme = word_lexeme(d, s, (uint32) n);
	if (c != NULL && lexeme.n <= CACHE_BYTES)
	{
		c->len = (uint8) n;
		c->nout = (uint8) lexeme.n;
		memcpy(c->word, s, (size_t) n);
		if (lexeme.n > 0)
			memcpy(c->out, lexeme.p, lexeme.n);
	}
	PG_RETURN_POINTER(one_lexeme(lexeme.p, lexeme.n));
}
