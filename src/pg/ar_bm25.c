/*
 * ar_bm25.c
 *		BM25 over a tsvector, and the distance of two spellings.
 */
#include "news_ar.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "tsearch/ts_type.h"
#include "utils/array.h"

PG_FUNCTION_INFO_V1(ar_bm25_score);
PG_FUNCTION_INFO_V1(ar_distance);

/* as the server's text search compares lexemes: bytes, then length */
static int
compare_lexeme(const char *a, int na, const char *b, int nb)
{
	int c = memcmp(a, b, (size_t) Min(na, nb));

	return c != 0 ? c : na - nb;
}

static WordEntry *
find_lexeme(TSVector v, const char *s, int n)
{
	WordEntry *low = ARRPTR(v), *high = low + v->size;

	while (low < high)
	{
		WordEntry *mid = low + (high - low) / 2;
		int c = compare_lexeme(s, n, STRPTR(v) + mid->pos, (int) mid->len);

		if (c == 0)
			return mid;
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

static uint32
occurrences(TSVector v, WordEntry *e)
{
	return e->haspos ? POSDATALEN(v, e) : 1;
}

/*
 * ar_bm25_score(document tsvector, terms text[], weights real[],
 *		average_length float8, k1 float8, b float8) -> float8
 */
Datum
ar_bm25_score(PG_FUNCTION_ARGS)
{
	TSVector v = PG_GETARG_TSVECTOR(0);
	ArrayType *terms = PG_GETARG_ARRAYTYPE_P(1);
	ArrayType *weights = PG_GETARG_ARRAYTYPE_P(2);
	float8 average = PG_GETARG_FLOAT8(3);
	float8 k1 = PG_GETARG_FLOAT8(4);
	float8 b = PG_GETARG_FLOAT8(5);
	Datum *t, *w;
	bool *tnull, *wnull;
	int nt, nw;
	float8 length = 0, score = 0;

	if (!(k1 >= 0) || isinf(k1) || !(b >= 0 && b <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("k1 must be finite and not negative, and b must be between 0 and 1")));
	deconstruct_array(terms, TEXTOID, -1, false, TYPALIGN_INT, &t, &tnull, &nt);
	deconstruct_array(weights, FLOAT4OID, 4, true, TYPALIGN_INT, &w, &wnull, &nw);
	if (nt != nw)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
						errmsg("terms and weights must have the same number of elements")));
	if (v->size == 0 || nt == 0)
		PG_RETURN_FLOAT8(0);
	for (int i = 0; i < v->size; i++)
		length += occurrences(v, ARRPTR(v) + i);
	for (int i = 0; i < nt; i++)
	{
		WordEntry *e;
		float8 f, norm;

		if (tnull[i] || wnull[i])
			continue;
		e = find_lexeme(v, VARDATA_ANY(DatumGetPointer(t[i])),
						(int) VARSIZE_ANY_EXHDR(DatumGetPointer(t[i])));
		if (e == NULL)
			continue;
		f = occurrences(v, e);
		/* f (k1 + 1) / (f + k1 norm), which a large k1 would overflow */
		norm = 1 - b + b * (average > 0 ? length / average : 1);
		score += DatumGetFloat4(w[i]) * f / (f / (k1 + 1) + k1 / (k1 + 1) * norm);
	}
	PG_RETURN_FLOAT8(score);
}

#define MAX_LETTERS 64

static int
letters(const char *s, uint32 n, uint32 *out)
{
	int k = 0;

	for (uint32 i = 0; i < n; i++)
	{
		if (((unsigned char) s[i] & 0xC0) == 0x80)
		{
			out[k - 1] = out[k - 1] << 6 | ((unsigned char) s[i] & 0x3F);
			continue;
		}
		if (k == MAX_LETTERS)
			return -1;
		out[k++] = (unsigned char) s[i];
	}
	return k;
}

/*
 * ar_distance(text, text) -> int: letters to insert, drop, change or swap with
 * a neighbour; NULL for texts of more than 64 characters.
 */
Datum
ar_distance(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, a, alen);
	NAR_TEXT(1, b, blen);
	uint32 x[MAX_LETTERS], y[MAX_LETTERS];
	int row[3][MAX_LETTERS + 1];
	int n, m;

	nar_check_encoding();
	n = letters(a, alen, x);
	m = letters(b, blen, y);
	if (n < 0 || m < 0)
		PG_RETURN_NULL();
	for (int j = 0; j <= m; j++)
		row[0][j] = j;
	for (int i = 1; i <= n; i++)
	{
		int *now = row[i % 3], *before = row[(i + 2) % 3], *two = row[(i + 1) % 3];

		now[0] = i;
		for (int j = 1; j <= m; j++)
		{
			int d = before[j - 1] + (x[i - 1] != y[j - 1]);

			d = Min(d, Min(before[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				d = Min(d, two[j - 2] + 1);
			now[j] = d;
		}
	}
	PG_RETURN_INT32(row[n % 3][m]);
}
