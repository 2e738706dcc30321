/*
 * na_fingerprint.c
 *		Near-duplicates: shingles of words, similarity, fingerprints.
 */
#include <math.h>
#include <stdlib.h>

#include "na_data.h"
#include "na_fingerprint.h"
#include "na_token.h"

#define SAMPLE_MAX 65536

/* called for every shingle, in order; start is true for the first of a line */
typedef bool (*shingle_fn)(void *ctx, uint64_t hash, bool start);

static inline bool
is_word(const na_token *t)
{
	return t->kind == NA_WORD || t->kind == NA_LATIN || t->kind == NA_NUMBER ||
		   t->kind == NA_ABBREVIATION || t->kind == NA_HASHTAG;
}

/* the shingles of tokens [i, j), which hold at least NA_SHINGLE words */
static bool
line_shingles(const na_segment *seg, uint32_t i, uint32_t j, shingle_fn fn, void *ctx)
{
	uint64_t window[NA_SHINGLE];
	uint32_t words = 0;

	for (; i < j; i++)
	{
		const na_token *t = &seg->tok[i];
		uint64_t h;

		if (!is_word(t))
			continue;
		window[words % NA_SHINGLE] = na_hash64(seg->keys + t->key, t->nkey);
		words++;
		if (words < NA_SHINGLE)
			continue;
		h = 0;
		for (uint32_t k = 0; k < NA_SHINGLE; k++)
			h = (h ^ window[(words + k) % NA_SHINGLE]) * 0x9E3779B97F4A7C15u;
		h ^= h >> 29;
		h *= 0xBF58476D1CE4E5B9u;
		h ^= h >> 32;
		if (!fn(ctx, h, words == NA_SHINGLE))
			return false;
	}
	return true;
}

/* every shingle of a segment's lines with at least min_words words; *longest grows to the longest line */
static bool
segment_shingles(const na_segment *seg, uint32_t min_words, shingle_fn fn, void *ctx,
				 uint32_t *longest)
{
	for (uint32_t i = 0; i < seg->ntok;)
	{
		uint32_t j = i;
		uint32_t words = 0;

		while (j < seg->ntok && seg->tok[j].kind != NA_NEWLINE)
			words += is_word(&seg->tok[j++]);
		if (words > *longest)
			*longest = words;
		if (words >= min_words && words >= NA_SHINGLE && !line_shingles(seg, i, j, fn, ctx))
			return false;
		i = j + 1;
	}
	return true;
}

/* the same for a text */
static na_status
shingles(const na_env *env, const char *text, uint32_t n, uint32_t min_words, shingle_fn fn,
		 void *ctx, uint32_t *longest)
{
	na_scanner s;
	const na_segment *seg;
	na_status status;

	*longest = 0;
	na_scan_init(&s, env, text, n, NA_LOOKUP_NONE);
	while ((status = na_scan_next(&s, &seg)) == NA_OK && seg != NULL)
		if (!segment_shingles(seg, min_words, fn, ctx, longest))
		{
			status = NA_NO_MEMORY;
			break;
		}
	na_scan_end(&s);
	return status;
}

/* all words of a text as one shingle, if it has any */
static na_status
one_shingle(const na_env *env, const char *text, uint32_t n, shingle_fn fn, void *ctx)
{
	na_scanner s;
	const na_segment *seg;
	na_status status;
	uint64_t h = 0;
	bool some = false;

	na_scan_init(&s, env, text, n, NA_LOOKUP_NONE);
	while ((status = na_scan_next(&s, &seg)) == NA_OK && seg != NULL)
		for (uint32_t i = 0; i < seg->ntok; i++)
			if (is_word(&seg->tok[i]))
			{
				h = (h ^ na_hash64(seg->keys + seg->tok[i].key, seg->tok[i].nkey)) *
					0x9E3779B97F4A7C15u;
				h ^= h >> 32;
				some = true;
			}
	na_scan_end(&s);
	if (status == NA_OK && some && !fn(ctx, h, true))
		return NA_NO_MEMORY;
	return status;
}

/* what is left when no line is long: all lines, or all words when no line has a shingle */
static na_status
short_shingles(const na_env *env, const char *text, uint32_t n, uint32_t longest, shingle_fn fn,
			   void *ctx)
{
	return longest >= NA_SHINGLE ? shingles(env, text, n, 0, fn, ctx, &longest)
								 : one_shingle(env, text, n, fn, ctx);
}

/* long lines only; when there is none, what is left */
static na_status
body_shingles(const na_env *env, const char *text, uint32_t n, shingle_fn fn, void *ctx)
{
	uint32_t longest;
	na_status status = shingles(env, text, n, NA_SHORT_LINE, fn, ctx, &longest);

	if (status == NA_OK && longest < NA_SHORT_LINE)
		status = short_shingles(env, text, n, longest, fn, ctx);
	return status;
}

/* ---- similarity ------------------------------------------------------------------- */

/* distinct hashes with h & mask == 0; the mask grows when there are too many */
typedef struct sample
{
	uint64_t *v;
	uint32_t n;
	uint64_t mask;
} sample;

static int
compare_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *) a;
	uint64_t y = *(const uint64_t *) b;

	return x < y ? -1 : x > y;
}

static void
sort_distinct(sample *s)
{
	uint32_t k = 0;

	qsort(s->v, s->n, sizeof *s->v, compare_u64);
	for (uint32_t i = 0; i < s->n; i++)
		if (k == 0 || s->v[k - 1] != s->v[i])
			s->v[k++] = s->v[i];
	s->n = k;
}

static void
thin(sample *s, uint64_t mask)
{
	uint32_t k = 0;

	for (uint32_t i = 0; i < s->n; i++)
		if ((s->v[i] & mask) == 0)
			s->v[k++] = s->v[i];
	s->n = k;
	s->mask = mask;
}

static bool
put_sample(void *ctx, uint64_t hash, bool start)
{
	sample *s = ctx;

	(void) start;
	if (hash & s->mask)
		return true;
	if (s->n == SAMPLE_MAX)
	{
		sort_distinct(s);
		while (s->n > SAMPLE_MAX / 2)
			thin(s, s->mask << 1 | 1);
		if (hash & s->mask)
			return true;
	}
	s->v[s->n++] = hash;
	return true;
}

na_status
na_similarity(const na_env *env, const char *a, uint32_t na, const char *b, uint32_t nb,
			  float *similarity)
{
	sample s[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
	na_status status = NA_NO_MEMORY;
	uint32_t i = 0, j = 0, common = 0, least;

	*similarity = 0;
	s[0].v = env->alloc(env->ctx, SAMPLE_MAX * sizeof(uint64_t));
	s[1].v = s[0].v ? env->alloc(env->ctx, SAMPLE_MAX * sizeof(uint64_t)) : NULL;
	if (s[1].v != NULL && (status = body_shingles(env, a, na, put_sample, &s[0])) == NA_OK &&
		(status = body_shingles(env, b, nb, put_sample, &s[1])) == NA_OK)
	{
		uint64_t mask = s[0].mask | s[1].mask;

		for (int k = 0; k < 2; k++)
		{
			thin(&s[k], mask);
			sort_distinct(&s[k]);
		}
		while (i < s[0].n && j < s[1].n)
		{
			if (s[0].v[i] == s[1].v[j])
			{
				common++;
				i++;
				j++;
			}
			else if (s[0].v[i] < s[1].v[j])
				i++;
			else
				j++;
		}
		least = s[0].n < s[1].n ? s[0].n : s[1].n;
		if (least > 0)
			*similarity = (float) cbrt((double) common / (double) least);
	}
	if (s[0].v)
		env->release(env->ctx, s[0].v);
	if (s[1].v)
		env->release(env->ctx, s[1].v);
	return status;
}

/* ---- fingerprint --------------------------------------------------------------------- */

typedef struct winnow
{
	const na_env *env;
	uint64_t window[NA_WINDOW];
	uint32_t seen;	   /* shingles of this line */
	uint64_t previous; /* value chosen last */
	uint32_t *v;
	uint32_t n;
	uint32_t cap;
} winnow;

static int
compare_int(const void *a, const void *b)
{
	int32_t x = (int32_t) * (const uint32_t *) a;
	int32_t y = (int32_t) * (const uint32_t *) b;

	return x < y ? -1 : x > y;
}

static void
distinct_values(winnow *w)
{
	uint32_t k = 0;

	qsort(w->v, w->n, sizeof *w->v, compare_int);
	for (uint32_t i = 0; i < w->n; i++)
		if (k == 0 || w->v[k - 1] != w->v[i])
			w->v[k++] = w->v[i];
	w->n = k;
}

static bool
put_value(winnow *w, uint64_t h)
{
	if (h == w->previous)
		return true;
	w->previous = h;
	if (w->n == w->cap)
	{
		uint32_t cap = w->cap ? w->cap * 2 : 64;
		uint32_t *v;

		if (w->cap == 2 * NA_FINGERPRINT_MAX)
		{
			/* keep the smallest: the same choice in every text that has them */
			distinct_values(w);
			if (w->n > NA_FINGERPRINT_MAX)
				w->n = NA_FINGERPRINT_MAX;
		}
		else
		{
			v = w->env->alloc(w->env->ctx, cap * sizeof *v);
			if (v == NULL)
				return false;
			if (w->v)
			{
				memcpy(v, w->v, w->n * sizeof *v);
				w->env->release(w->env->ctx, w->v);
			}
			w->v = v;
			w->cap = cap;
		}
	}
	w->v[w->n++] = (uint32_t) (h >> 32);
	return true;
}

static bool
put_winnow(void *ctx, uint64_t hash, bool start)
{
	winnow *w = ctx;
	uint64_t least;

	if (start)
	{
		w->seen = 0;
		w->previous = 0;
	}
	w->window[w->seen % NA_WINDOW] = hash;
	w->seen++;
	least = hash;
	for (uint32_t k = 0; k < NA_WINDOW && k < w->seen; k++)
		if (w->window[k] < least)
			least = w->window[k];
	/* lines of NA_SHORT_LINE words fill a window; the shingles before that wait for it */
	return w->seen < NA_WINDOW || put_value(w, least);
}

struct na_fingerprint_reader
{
	winnow w;
	uint32_t longest; /* words of the longest line */
};

na_fingerprint_reader *
na_fingerprint_reader_new(const na_env *env)
{
	na_fingerprint_reader *r = env->alloc(env->ctx, sizeof *r);

	if (r != NULL)
	{
		memset(r, 0, sizeof *r);
		r->w.env = env;
	}
	return r;
}

void
na_fingerprint_reader_free(na_fingerprint_reader *r)
{
	if (r->w.v)
		r->w.env->release(r->w.env->ctx, r->w.v);
	r->w.env->release(r->w.env->ctx, r);
}

na_status
na_fingerprint_segment(na_fingerprint_reader *r, const na_segment *seg)
{
	return segment_shingles(seg, NA_SHORT_LINE, put_winnow, &r->w, &r->longest) ? NA_OK
																				: NA_NO_MEMORY;
}

na_status
na_fingerprint_end(na_fingerprint_reader *r, const char *text, uint32_t ntext,
				   const int32_t **values, uint32_t *n)
{
	winnow *w = &r->w;
	na_status status = NA_OK;

	if (r->longest < NA_SHORT_LINE)
		status = short_shingles(w->env, text, ntext, r->longest, put_winnow, w);
	if (status != NA_OK)
		return status;
	/* a text without a full window: all it has */
	if (w->n == 0 && w->seen > 0)
	{
		uint64_t least = w->window[0];

		for (uint32_t k = 1; k < NA_WINDOW && k < w->seen; k++)
			if (w->window[k] < least)
				least = w->window[k];
		if (!put_value(w, least))
			return NA_NO_MEMORY;
	}
	if (w->n > 0)
		distinct_values(w);
	*values = (const int32_t *) w->v;
	*n = w->n < NA_FINGERPRINT_MAX ? w->n : NA_FINGERPRINT_MAX;
	return NA_OK;
}

na_status
na_fingerprint(const na_env *env, const char *text, uint32_t ntext, int32_t **values, uint32_t *n)
{
	na_fingerprint_reader *r = na_fingerprint_reader_new(env);
	const int32_t *v;
	na_scanner s;
	const na_segment *seg;
	na_status status;

	*values = NULL;
	*n = 0;
	if (r == NULL)
		return NA_NO_MEMORY;
	na_scan_init(&s, env, text, ntext, NA_LOOKUP_NONE);
	while ((status = na_scan_next(&s, &seg)) == NA_OK && seg != NULL)
		if ((status = na_fingerprint_segment(r, seg)) != NA_OK)
			break;
	na_scan_end(&s);
	if (status == NA_OK)
		status = na_fingerprint_end(r, text, ntext, &v, n);
	if (status == NA_OK)
	{
		/* the caller's from here on */
		*values = (int32_t *) r->w.v;
		r->w.v = NULL;
	}
	na_fingerprint_reader_free(r);
	return status;
}
