/*
 * na_tagger.c
 *		Inference of the sequence tagger in integer arithmetic.
 *
 * A word becomes a vector: a row of the table, or for rare words what its
 * characters give, added to the row of its form without clitics.  Vector and
 * feature bits go through an input layer, then through layers of dilated
 * convolution with a gate, layer norm and residual.  A linear-chain CRF picks
 * the best tags and gives every tag its probability.
 *
 * Sums of products are exact in integers, so their order does not matter and
 * all kernels give the same bits.  Where floats are used there is one
 * operation an element between roundings; the library must be compiled with
 * -ffp-contract=off where the compiler would fuse multiply and add otherwise.
 */
#include "na_tagger_model.h"
#include "na_data.h"
#include "na_utf8.h"

#include <math.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define NA_TAGGER_X86 1
#include <immintrin.h>
#endif

/* tokens at a time; longer lines are cut, at a full stop if there is one */
#define WINDOW 256
#define WINDOW_MIN 160
/* tokens that are read beyond the last one, at most */
#define BEYOND 5
/* outputs whose weights lie together */
#define SLICE 16

#define ACT_ZERO 64 /* 7-bit activations carry this offset */
#define LANES 16	/* the tags, padded */

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define NOT_INLINE static __attribute__((noinline))

typedef struct model
{
	const unsigned char *base;
	const na_tagger_header *h;
} model;

#define AT(m, type, field) ((const type *) (const void *) ((m)->base + (m)->h->field))
#define AT2(m, type, off) ((const type *) (const void *) ((m)->base + (off)))

typedef void (*input_fn)(const model *m, const int8_t *x, uint64_t bits, int16_t *h, uint8_t *q);
typedef void (*layer_fn)(const model *m, const na_tagger_layer *l, const uint8_t *in, int n,
						 int16_t *h, uint8_t *out);
typedef void (*chars_fn)(const model *m, const char *s, uint32_t n, int sign, int32_t *x);
typedef void (*tags_fn)(struct na_tagger_work *w, int n, na_tagged *out);

struct na_tagger_work
{
	model m;
	input_fn input;
	layer_fn layer;
	chars_fn chars;
	tags_fn tags;
	/* the chain's tables, padded: scores, and exponentials by column */
	int32_t step[NA_TAG_COUNT + 1][LANES];
	float exp_column[NA_TAG_COUNT][LANES];
	uint8_t *q[2]; /* (WINDOW + 2 * NA_TAGGER_DILATION + BEYOND) rows of H */
	int16_t *h;	   /* WINDOW rows of H */
	int32_t row[WINDOW];
	uint64_t bits[WINDOW];
	int32_t emit[WINDOW][LANES];
	float exp_emit[WINDOW][LANES];
	float alpha[WINDOW][LANES];
	float beta[WINDOW][LANES];
	uint8_t back[WINDOW][LANES];
};

/* ---- the arithmetic, written once, compiled for several processors -------- */

ALWAYS_INLINE int32_t
clamp(int32_t v, int32_t lo, int32_t hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/*
 * Layer norm of z (Q10, |z| < 2^14), added to h when `add`, else stored there;
 * q gets the 7-bit form.
 */
ALWAYS_INLINE void
norm_add(int hidden, const int32_t *z, const int32_t *gamma, const int32_t *beta, bool add,
		 int16_t *restrict h, uint8_t *restrict q)
{
	int32_t sum = 0;
	uint32_t square = 0;
	int32_t mean;
	int32_t inv;

	for (int k = 0; k < hidden; k++)
		sum += z[k];
	mean = sum / hidden;
	for (int k = 0; k < hidden; k++)
	{
		int32_t d = (z[k] - mean) >> 3;

		square += (uint32_t) (d * d);
	}
	/* sqrt and the division are exact to the last bit by IEEE 754 */
	inv = (int32_t) (2097152.0 / sqrt((double) square / hidden + 0.16));
	for (int k = 0; k < hidden; k++)
	{
		int32_t t = ((z[k] - mean) * inv) >> 14;
		int32_t y = (t * gamma[k] + beta[k] + 2048) >> 12;

		if (add)
			y += h[k];
		y = clamp(y, -32767, 32767);
		h[k] = (int16_t) y;
		q[k] = (uint8_t) (clamp((y + 16) >> 5, -64, 63) + ACT_ZERO);
	}
}

/* Gate, norm and residual of one token; acc has 2 H sums. */
ALWAYS_INLINE void
gate(const model *m, const na_tagger_layer *l, const int32_t *restrict acc, int16_t *restrict h,
	 uint8_t *restrict q)
{
	const int hidden = (int) m->h->hidden;
	const float *scale = AT2(m, float, l->scale);
	/* pointers of their own: where ints wrap, hidden + k is no run of addresses to the compiler */
	const int32_t *restrict acc2 = acc + hidden;
	const float *restrict scale2 = scale + hidden;
	int32_t z[NA_TAGGER_HIDDEN];

	for (int k = 0; k < hidden; k++)
	{
		int32_t a = (int32_t) ((float) acc[k] * scale[k]);
		int32_t g = (int32_t) ((float) acc2[k] * scale2[k]);

		a = clamp(a, -16383, 16383);
		g = clamp((g >> 2) + 512, 0, 1024);
		z[k] = (a * g) >> 10;
	}
	norm_add(hidden, z, AT2(m, int32_t, l->gamma), AT2(m, int32_t, l->beta), true, h, q);
}

/* Bias and features of one token. */
ALWAYS_INLINE void
input_features(const model *m, uint64_t bits, int32_t *restrict acc)
{
	const int hidden = (int) m->h->hidden;

	memcpy(acc, AT(m, int32_t, inbias), sizeof(int32_t) * (size_t) hidden);
	for (uint64_t b = bits; b != 0; b &= b - 1)
	{
		const int32_t *f = AT(m, int32_t, feature) + (size_t) __builtin_ctzll(b) * (size_t) hidden;

		for (int k = 0; k < hidden; k++)
			acc[k] += f[k];
	}
}

/* Scale and norm of one token's sums to the first activations. */
ALWAYS_INLINE void
input_finish(const model *m, int32_t *restrict acc, int16_t *restrict h, uint8_t *restrict q)
{
	const int hidden = (int) m->h->hidden;
	const float *scale = AT(m, float, inscale);

	for (int k = 0; k < hidden; k++)
		acc[k] = clamp((int32_t) ((float) acc[k] * scale[k]), -16383, 16383);
	norm_add(hidden, acc, AT(m, int32_t, ingamma), AT(m, int32_t, inbeta), false, h, q);
}

/* What the characters give, in units of the table, added to x times sign. */
ALWAYS_INLINE void
char_vector(const model *m, const char *s, uint32_t n, int sign, int32_t *x)
{
	const unsigned char *p = (const unsigned char *) s;
	const unsigned char *end = p + n;
	const uint8_t *code = AT(m, uint8_t, code);
	const uint32_t nchars = m->h->nchars;
	const int16_t *conv3 = AT(m, int16_t, conv3);
	const int16_t *conv5 = AT(m, int16_t, conv5);
	const int32_t *bias = AT(m, int32_t, convbias);
	const int16_t *out = AT(m, int16_t, charout);
	uint8_t ch[NA_TAGGER_CHARS + 4] = {0};
	int32_t pool[2 * NA_TAGGER_FILTERS] = {0};
	int nch = 0;

	ch[2] = 2; /* ^ */
	for (nch = 1; p < end && nch < NA_TAGGER_CHARS - 1; nch++)
	{
		int len;
		uint32_t cp = na_utf8_decode(p, end, &len);

		p += len;
		ch[2 + nch] = cp < NA_TAGGER_CODES ? code[cp] : 1;
	}
	ch[2 + nch++] = 3; /* $ */
	for (int i = 0; i < nch; i++)
	{
		int32_t a[2 * NA_TAGGER_FILTERS];
		int32_t *a5 = a + NA_TAGGER_FILTERS;

		memcpy(a, bias, sizeof(a));
		for (uint32_t tap = 0; tap < 3; tap++)
		{
			const int16_t *r =
				conv3 + (tap * nchars + ch[(uint32_t) i + 1 + tap]) * NA_TAGGER_FILTERS;

			for (int k = 0; k < NA_TAGGER_FILTERS; k++)
				a[k] += r[k];
		}
		for (uint32_t tap = 0; tap < 5; tap++)
		{
			const int16_t *r = conv5 + (tap * nchars + ch[(uint32_t) i + tap]) * NA_TAGGER_FILTERS;

			for (int k = 0; k < NA_TAGGER_FILTERS; k++)
				a5[k] += r[k];
		}
		for (int k = 0; k < 2 * NA_TAGGER_FILTERS; k++)
			pool[k] = a[k] > pool[k] ? a[k] : pool[k];
	}
	for (int k = 0; k < 2 * NA_TAGGER_FILTERS; k++)
		pool[k] = pool[k] < 2047 ? pool[k] : 2047;
	for (uint32_t d = 0; d < m->h->dim; d++)
	{
		const int16_t *w = out + (size_t) d * 2 * NA_TAGGER_FILTERS;
		int32_t sum = AT(m, int32_t, charbias)[d];

		for (int k = 0; k < 2 * NA_TAGGER_FILTERS; k++)
			sum += pool[k] * w[k];
		/* Q18 to 24 steps a unit */
		x[d] += sign * (((sum >> 4) * 3 + 1024) >> 11);
	}
}

/* The chain: what the last layer says of every tag. */
ALWAYS_INLINE void
emissions(struct na_tagger_work *w, int n)
{
	const model *m = &w->m;
	const int hidden = (int) m->h->hidden;
	const int16_t *out = AT(m, int16_t, out);
	const int32_t *bias = AT(m, int32_t, outbias);

	for (int t = 0; t < n; t++)
	{
		int16_t h[NA_TAGGER_HIDDEN];

		for (int k = 0; k < hidden; k++)
			h[k] = (int16_t) clamp(w->h[(ptrdiff_t) t * hidden + k], -4095, 4095);
		for (int j = 0; j < NA_TAG_COUNT; j++)
		{
			const int16_t *o = out + (ptrdiff_t) j * hidden;
			int32_t sum = bias[j];

			for (int k = 0; k < hidden; k++)
				sum += h[k] * o[k];
			w->emit[t][j] = sum >> 8;
		}
		for (int j = NA_TAG_COUNT; j < LANES; j++)
			w->emit[t][j] = 0;
	}
}

ALWAYS_INLINE void
best_path(struct na_tagger_work *w, int n, na_tagged *out)
{
	int32_t score[LANES];
	int best = 0;

	for (int j = 0; j < LANES; j++)
		score[j] = w->emit[0][j] + w->step[NA_TAG_COUNT][j];
	for (int t = 1; t < n; t++)
	{
		int32_t top[LANES];
		int32_t from[LANES] = {0};

		for (int j = 0; j < LANES; j++)
			top[j] = score[0] + w->step[0][j];
		for (int i = 1; i < NA_TAG_COUNT; i++)
			for (int j = 0; j < LANES; j++)
			{
				int32_t v = score[i] + w->step[i][j];

				from[j] = v > top[j] ? i : from[j];
				top[j] = v > top[j] ? v : top[j];
			}
		for (int j = 0; j < LANES; j++)
		{
			score[j] = top[j] + w->emit[t][j];
			w->back[t][j] = (uint8_t) from[j];
		}
	}
	for (int j = 1; j < NA_TAG_COUNT; j++)
		if (score[j] > score[best])
			best = j;
	for (int t = n - 1; t >= 0; t--)
	{
		out[t].tag = (uint8_t) best;
		if (t > 0)
			best = w->back[t][best];
	}
}

/* Forward and backward sums, each step scaled to 1; one rounding an operation. */
ALWAYS_INLINE void
marginals(struct na_tagger_work *w, int n, na_tagged *out)
{
	const model *m = &w->m;
	const float *tr = AT(m, float, exptr);
	const float *hi = AT(m, float, exphi);
	const float *lo = AT(m, float, explo);

	for (int t = 0; t < n; t++)
	{
		const int32_t *e = w->emit[t];
		float *x = w->exp_emit[t];
		int32_t top = e[0];

		for (int j = 1; j < NA_TAG_COUNT; j++)
			top = e[j] > top ? e[j] : top;
		for (int j = 0; j < NA_TAG_COUNT; j++)
		{
			uint32_t d = (uint32_t) (top - e[j]);

			x[j] = d < 1u << 13 ? hi[d >> 8] * lo[d & 255] : 0.0f;
		}
		for (int j = NA_TAG_COUNT; j < LANES; j++)
			x[j] = 0.0f;
	}
	for (int j = 0; j < LANES; j++)
		w->beta[n - 1][j] = 1.0f;
	/* the two directions hang on nothing of each other: they hide each other's latency */
	for (int t = 0; t < n; t++)
	{
		float a[LANES] = {0};
		float sum = 0;
		int u = n - 1 - t;

		if (t == 0)
			memcpy(a, tr + (ptrdiff_t) NA_TAG_COUNT * LANES, sizeof(a));
		else
			for (int i = 0; i < NA_TAG_COUNT; i++)
			{
				const float *row = tr + (ptrdiff_t) i * LANES;
				float p = w->alpha[t - 1][i];

				for (int j = 0; j < LANES; j++)
					a[j] += p * row[j];
			}
		for (int j = 0; j < LANES; j++)
			a[j] *= w->exp_emit[t][j];
		for (int j = 0; j < NA_TAG_COUNT; j++)
			sum += a[j];
		for (int j = 0; j < LANES; j++)
			w->alpha[t][j] = a[j] / sum;
		if (u < n - 1)
		{
			float x[LANES];
			float b[LANES] = {0};

			sum = 0;
			for (int j = 0; j < LANES; j++)
				x[j] = w->beta[u + 1][j] * w->exp_emit[u + 1][j];
			/* one sum a lane, each in the order of j */
			for (int j = 0; j < NA_TAG_COUNT; j++)
				for (int i = 0; i < LANES; i++)
					b[i] += x[j] * w->exp_column[j][i];
			for (int i = 0; i < NA_TAG_COUNT; i++)
				sum += b[i];
			for (int i = 0; i < LANES; i++)
				w->beta[u][i] = b[i] / sum;
		}
	}
	for (int t = 0; t < n; t++)
	{
		float p[LANES];
		int32_t parts[LANES];
		float sum = 0;

		for (int j = 0; j < LANES; j++)
			p[j] = w->alpha[t][j] * w->beta[t][j];
		for (int j = 0; j < NA_TAG_COUNT; j++)
			sum += p[j];
		for (int j = 0; j < LANES; j++)
			parts[j] = (int32_t) (p[j] / sum * 65535.0f);
		for (int j = 0; j < NA_TAG_COUNT; j++)
			out[t].marginal[j] = (uint16_t) parts[j];
		out[t].prob = out[t].marginal[out[t].tag];
		out[t].pad = 0;
	}
}

ALWAYS_INLINE void
tag_window(struct na_tagger_work *w, int n, na_tagged *out)
{
	emissions(w, n);
	best_path(w, n, out);
	marginals(w, n, out);
}

/* ---- portable kernels ------------------------------------------------------ */

static void
input_portable(const model *m, const int8_t *x, uint64_t bits, int16_t *h, uint8_t *q)
{
	const int hidden = (int) m->h->hidden;
	const int16_t *w = AT(m, int16_t, inweight);
	int32_t acc[NA_TAGGER_HIDDEN];

	input_features(m, bits, acc);
	for (int i = 0; i < (int) m->h->dim; i += 2)
	{
		const int16_t *wi = w + (size_t) i * (size_t) hidden;
		int32_t x0 = x[i];
		int32_t x1 = x[i + 1];

		for (int k = 0; k < hidden; k++)
			acc[k] += x0 * wi[2 * k] + x1 * wi[2 * k + 1];
	}
	input_finish(m, acc, h, q);
}

/*
 * Plain C that compilers make vectors of: four inputs' weights are brought into
 * rows of 16 bits once for several tokens, then rows are multiplied and added.
 */
#define PORTABLE_BLOCK 8

static void
layer_portable(const model *m, const na_tagger_layer *l, const uint8_t *in, int n, int16_t *h,
			   uint8_t *out)
{
	const ptrdiff_t hidden = m->h->hidden;
	const int8_t *w = AT2(m, int8_t, l->weight);
	const int32_t *bias = AT2(m, int32_t, l->lowered);
	const ptrdiff_t step = l->dilation * hidden;
	const ptrdiff_t slice = SLICE * 3 * hidden;
	int32_t acc[PORTABLE_BLOCK][2 * NA_TAGGER_HIDDEN];

	for (ptrdiff_t t = 0; t < n; t += PORTABLE_BLOCK)
	{
		const ptrdiff_t nt = n - t < PORTABLE_BLOCK ? n - t : PORTABLE_BLOCK;

		for (ptrdiff_t i = 0; i < nt; i++)
			memcpy(acc[i], bias, sizeof(int32_t) * 2 * (size_t) hidden);
		for (ptrdiff_t o = 0; o < 2 * hidden; o += 4 * SLICE)
		{
			const int8_t *wo = w + o * 3 * hidden;

			for (ptrdiff_t tap = -1; tap <= 1; tap++)
				for (ptrdiff_t k = 0; k < hidden; k += 4, wo += 4 * SLICE)
				{
					const uint8_t *x = in + t * hidden + tap * step + k;
					int16_t row[4][4 * SLICE];

					for (int p = 0; p < 4; p++)
						for (int j = 0; j < SLICE; j++)
							for (int i = 0; i < 4; i++)
								row[i][p * SLICE + j] = wo[p * slice + 4 * j + i];
					for (ptrdiff_t i = 0; i < nt; i++, x += hidden)
					{
						const int16_t x0 = x[0];
						const int16_t x1 = x[1];
						const int16_t x2 = x[2];
						const int16_t x3 = x[3];
						int32_t *restrict a = acc[i] + o;

						/* activations have 7 bits: two products fit in 16 */
						for (int j = 0; j < 4 * SLICE; j++)
						{
							const int16_t p = (int16_t) (x0 * row[0][j] + x1 * row[1][j]);
							const int16_t q = (int16_t) (x2 * row[2][j] + x3 * row[3][j]);

							a[j] += p + q;
						}
					}
				}
		}
		for (ptrdiff_t i = 0; i < nt; i++)
			gate(m, l, acc[i], h + (t + i) * hidden, out + (t + i) * hidden);
	}
}

static void
chars_portable(const model *m, const char *s, uint32_t n, int sign, int32_t *x)
{
	char_vector(m, s, n, sign, x);
}

static void
tags_portable(struct na_tagger_work *w, int n, na_tagged *out)
{
	tag_window(w, n, out);
}

/* ---- x86 kernels ----------------------------------------------------------- */

#ifdef NA_TAGGER_X86

#define TARGET_AVX2 __attribute__((target("avx2")))
#define TARGET_VNNI __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))

ALWAYS_INLINE int32_t
load4(const void *p)
{
	int32_t v;

	memcpy(&v, p, 4);
	return v;
}

/* sums have names and are no array, which compilers keep writing to the stack */
#define EACH3(M) M(0) M(1) M(2)
#define EACH6(M) EACH3(M) M(3) M(4) M(5)

/*
 * Sums of three tokens for the outputs of a slice.  Products of 16 inputs are
 * added in 16 bits, which na_tagger_layer's centre makes room for, and widened
 * once: widening costs as much as multiplying.  The empty statement keeps
 * compilers from adding in another order, which needs more registers than there are.
 */
#define AVX2_TOKENS 3
#define AVX2_START(t) __m256i a##t = b0, c##t = b1;
#define AVX2_CENTRE(t) __m256i r##t = z0, s##t = z1;
#define AVX2_ADD(t)                                                                                \
	{                                                                                              \
		const __m256i q = _mm256_set1_epi32(load4(x + (t) *hidden + i));                           \
                                                                                                   \
		r##t = _mm256_add_epi16(r##t, _mm256_maddubs_epi16(q, w0));                                \
		s##t = _mm256_add_epi16(s##t, _mm256_maddubs_epi16(q, w1));                                \
		__asm__("" : "+x"(r##t), "+x"(s##t));                                                      \
	}
#define AVX2_WIDEN(t)                                                                              \
	a##t = _mm256_add_epi32(a##t, _mm256_madd_epi16(r##t, one));                                   \
	c##t = _mm256_add_epi32(c##t, _mm256_madd_epi16(s##t, one));
#define AVX2_STORE(t)                                                                              \
	_mm256_storeu_si256((__m256i *) (void *) (acc + (t) *2 * hidden), a##t);                       \
	_mm256_storeu_si256((__m256i *) (void *) (acc + (t) *2 * hidden + 8), c##t);
#define LOAD256(p) _mm256_loadu_si256((const __m256i *) (const void *) (p))

TARGET_AVX2 NOT_INLINE void
slice_avx2(const uint8_t *in, const ptrdiff_t hidden, ptrdiff_t step, const int8_t *w,
		   const int16_t *centre, const int32_t *bias, int32_t *acc)
{
	const __m256i one = _mm256_set1_epi16(1);
	const __m256i b0 = LOAD256(bias);
	const __m256i b1 = LOAD256(bias + 8);

	EACH3(AVX2_START)
	for (int tap = -1; tap <= 1; tap++)
	{
		const uint8_t *x = in + tap * step;
		const uint8_t *end = x + hidden;

		for (; x < end; x += 16, centre += 2 * SLICE)
		{
			const __m256i z0 = LOAD256(centre);
			const __m256i z1 = LOAD256(centre + 16);

			EACH3(AVX2_CENTRE)
			for (int i = 0; i < 16; i += 4, w += 4 * SLICE)
			{
				const __m256i w0 = LOAD256(w);
				const __m256i w1 = LOAD256(w + 32);

				EACH3(AVX2_ADD)
			}
			EACH3(AVX2_WIDEN)
		}
	}
	EACH3(AVX2_STORE)
}

/*
 * A slice's weights stay in the first cache for some tokens.  The last tokens of
 * a line are padded: what follows them is read and thrown away.
 */
#define AVX2_BLOCK (4 * AVX2_TOKENS)

TARGET_AVX2 static void
layer_avx2(const model *m, const na_tagger_layer *l, const uint8_t *in, int n, int16_t *h,
		   uint8_t *out)
{
	const ptrdiff_t hidden = m->h->hidden;
	const int8_t *w = AT2(m, int8_t, l->weight);
	const int16_t *centre = AT2(m, int16_t, l->centre);
	const int32_t *bias = AT2(m, int32_t, l->bias);
	const ptrdiff_t step = l->dilation * hidden;
	int32_t acc[AVX2_BLOCK * 2 * NA_TAGGER_HIDDEN];

	for (ptrdiff_t t = 0; t < n; t += AVX2_BLOCK)
	{
		const ptrdiff_t nt = n - t < AVX2_BLOCK ? n - t : AVX2_BLOCK;

		for (ptrdiff_t o = 0; o < 2 * hidden; o += SLICE)
			for (ptrdiff_t i = 0; i < nt; i += AVX2_TOKENS)
				slice_avx2(in + (t + i) * hidden, hidden, step, w + o * 3 * hidden,
						   centre + o * 3 * hidden / 8, bias + o, acc + i * 2 * hidden + o);
		for (ptrdiff_t i = 0; i < nt; i++)
			gate(m, l, acc + i * 2 * hidden, h + (t + i) * hidden, out + (t + i) * hidden);
	}
}

/* Sums of three or six tokens for the outputs of four slices. */
#define VNNI_START(t) __m512i a##t = b0, c##t = b1, d##t = b2, e##t = b3;
#define VNNI_ADD(t)                                                                                \
	{                                                                                              \
		__m512i q = _mm512_set1_epi32(load4(x + (t) *hidden + k));                                 \
                                                                                                   \
		a##t = _mm512_dpbusd_epi32(a##t, q, w0);                                                   \
		c##t = _mm512_dpbusd_epi32(c##t, q, w1);                                                   \
		d##t = _mm512_dpbusd_epi32(d##t, q, w2);                                                   \
		e##t = _mm512_dpbusd_epi32(e##t, q, w3);                                                   \
	}
#define VNNI_STORE(t)                                                                              \
	{                                                                                              \
		_mm512_storeu_si512(acc + (t) *2 * hidden, a##t);                                          \
		_mm512_storeu_si512(acc + (t) *2 * hidden + 16, c##t);                                     \
		_mm512_storeu_si512(acc + (t) *2 * hidden + 32, d##t);                                     \
		_mm512_storeu_si512(acc + (t) *2 * hidden + 48, e##t);                                     \
	}
#define DEFINE_SLICES_VNNI(name, each)                                                             \
	TARGET_VNNI NOT_INLINE void name(const uint8_t *in, const ptrdiff_t hidden, ptrdiff_t step,    \
									 const int8_t *w, const int32_t *bias, int32_t *acc)           \
	{                                                                                              \
		const ptrdiff_t slice = SLICE * 3 * hidden;                                                \
		const __m512i b0 = _mm512_loadu_si512(bias);                                               \
		const __m512i b1 = _mm512_loadu_si512(bias + 16);                                          \
		const __m512i b2 = _mm512_loadu_si512(bias + 32);                                          \
		const __m512i b3 = _mm512_loadu_si512(bias + 48);                                          \
                                                                                                   \
		each(VNNI_START) for (int tap = -1; tap <= 1; tap++)                                       \
		{                                                                                          \
			const uint8_t *x = in + tap * step;                                                    \
                                                                                                   \
			for (ptrdiff_t k = 0; k < hidden; k += 4, w += 4 * SLICE)                              \
			{                                                                                      \
				const __m512i w0 = _mm512_loadu_si512(w);                                          \
				const __m512i w1 = _mm512_loadu_si512(w + slice);                                  \
				const __m512i w2 = _mm512_loadu_si512(w + 2 * slice);                              \
				const __m512i w3 = _mm512_loadu_si512(w + 3 * slice);                              \
                                                                                                   \
				each(VNNI_ADD)                                                                     \
			}                                                                                      \
		}                                                                                          \
		each(VNNI_STORE)                                                                           \
	}

DEFINE_SLICES_VNNI(slices_vnni, EACH6)
DEFINE_SLICES_VNNI(slices_vnni_few, EACH3)

TARGET_VNNI static void
layer_vnni(const model *m, const na_tagger_layer *l, const uint8_t *in, int n, int16_t *h,
		   uint8_t *out)
{
	const ptrdiff_t hidden = m->h->hidden;
	const int8_t *w = AT2(m, int8_t, l->weight);
	const int32_t *bias = AT2(m, int32_t, l->lowered);
	const ptrdiff_t step = l->dilation * hidden;
	int32_t acc[6 * 2 * NA_TAGGER_HIDDEN];

	for (ptrdiff_t t = 0; t < n;)
	{
		const uint8_t *x = in + t * hidden;
		const ptrdiff_t nt = n - t > 3 ? 6 : 3;

		for (ptrdiff_t o = 0; o < 2 * hidden; o += 4 * SLICE)
			if (nt == 6)
				slices_vnni(x, hidden, step, w + o * 3 * hidden, bias + o, acc + o);
			else
				slices_vnni_few(x, hidden, step, w + o * 3 * hidden, bias + o, acc + o);
		for (ptrdiff_t i = 0; i < nt && t + i < n; i++)
			gate(m, l, acc + i * 2 * hidden, h + (t + i) * hidden, out + (t + i) * hidden);
		t += nt;
	}
}

/* The same sums by pairs: weights of two inputs stand side by side. */
TARGET_AVX2 static void
input_avx2(const model *m, const int8_t *x, uint64_t bits, int16_t *h, uint8_t *q)
{
	const int hidden = (int) m->h->hidden;
	const int dim = (int) m->h->dim;
	const int16_t *w = AT(m, int16_t, inweight);
	int32_t acc[NA_TAGGER_HIDDEN];
	int16_t wide[NA_TAGGER_DIM];

	for (int i = 0; i < dim; i++)
		wide[i] = x[i];
	input_features(m, bits, acc);
	/* 32 outputs at a time stay in registers; hidden is a multiple of 32 */
	for (int o = 0; o < hidden; o += 32)
	{
		__m256i a0 = _mm256_loadu_si256((const __m256i *) (const void *) (acc + o));
		__m256i a1 = _mm256_loadu_si256((const __m256i *) (const void *) (acc + o + 8));
		__m256i a2 = _mm256_loadu_si256((const __m256i *) (const void *) (acc + o + 16));
		__m256i a3 = _mm256_loadu_si256((const __m256i *) (const void *) (acc + o + 24));

		for (int i = 0; i < dim; i += 2)
		{
			const __m256i *wi =
				(const __m256i *) (const void *) (w + (size_t) i * (size_t) hidden + 2 * o);
			const __m256i pair = _mm256_set1_epi32(load4(wide + i));

			a0 = _mm256_add_epi32(a0, _mm256_madd_epi16(_mm256_loadu_si256(wi), pair));
			a1 = _mm256_add_epi32(a1, _mm256_madd_epi16(_mm256_loadu_si256(wi + 1), pair));
			a2 = _mm256_add_epi32(a2, _mm256_madd_epi16(_mm256_loadu_si256(wi + 2), pair));
			a3 = _mm256_add_epi32(a3, _mm256_madd_epi16(_mm256_loadu_si256(wi + 3), pair));
		}
		_mm256_storeu_si256((__m256i *) (void *) (acc + o), a0);
		_mm256_storeu_si256((__m256i *) (void *) (acc + o + 8), a1);
		_mm256_storeu_si256((__m256i *) (void *) (acc + o + 16), a2);
		_mm256_storeu_si256((__m256i *) (void *) (acc + o + 24), a3);
	}
	input_finish(m, acc, h, q);
}

/* 64 outputs of a token; rest of hidden, which is a multiple of 32, by the way above */
TARGET_VNNI static void
input_vnni(const model *m, const int8_t *x, uint64_t bits, int16_t *h, uint8_t *q)
{
	const int hidden = (int) m->h->hidden;
	const int dim = (int) m->h->dim;
	const int16_t *w = AT(m, int16_t, inweight);
	int32_t acc[NA_TAGGER_HIDDEN];
	int16_t wide[NA_TAGGER_DIM];

	if (hidden % 64 != 0)
	{
		input_avx2(m, x, bits, h, q);
		return;
	}
	for (int i = 0; i < dim; i++)
		wide[i] = x[i];
	input_features(m, bits, acc);
	for (int o = 0; o < hidden; o += 64)
	{
		__m512i a0 = _mm512_loadu_si512(acc + o);
		__m512i a1 = _mm512_loadu_si512(acc + o + 16);
		__m512i a2 = _mm512_loadu_si512(acc + o + 32);
		__m512i a3 = _mm512_loadu_si512(acc + o + 48);

		for (int i = 0; i < dim; i += 2)
		{
			const int16_t *wi = w + (size_t) i * (size_t) hidden + 2 * o;
			const __m512i pair = _mm512_set1_epi32(load4(wide + i));

			a0 = _mm512_dpwssd_epi32(a0, _mm512_loadu_si512(wi), pair);
			a1 = _mm512_dpwssd_epi32(a1, _mm512_loadu_si512(wi + 32), pair);
			a2 = _mm512_dpwssd_epi32(a2, _mm512_loadu_si512(wi + 64), pair);
			a3 = _mm512_dpwssd_epi32(a3, _mm512_loadu_si512(wi + 96), pair);
		}
		_mm512_storeu_si512(acc + o, a0);
		_mm512_storeu_si512(acc + o + 16, a1);
		_mm512_storeu_si512(acc + o + 32, a2);
		_mm512_storeu_si512(acc + o + 48, a3);
	}
	input_finish(m, acc, h, q);
}

TARGET_AVX2 static void
chars_avx2(const model *m, const char *s, uint32_t n, int sign, int32_t *x)
{
	char_vector(m, s, n, sign, x);
}

TARGET_AVX2 static void
tags_avx2(struct na_tagger_work *w, int n, na_tagged *out)
{
	tag_window(w, n, out);
}

#endif /* NA_TAGGER_X86 */

bool
na_tagger_kernels(na_tagger *t, int which)
{
	struct na_tagger_work *w = t->work;

#ifdef NA_TAGGER_X86
	bool avx2;
	bool vnni;

	__builtin_cpu_init();
	avx2 = __builtin_cpu_supports("avx2");
	vnni = avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
		   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni");
	if (vnni && (which == 0 || which == 3))
	{
		w->input = input_vnni;
		w->layer = layer_vnni;
		w->chars = chars_avx2;
		w->tags = tags_avx2;
		return true;
	}
	if (avx2 && (which == 0 || which == 2))
	{
		w->input = input_avx2;
		w->layer = layer_avx2;
		w->chars = chars_avx2;
		w->tags = tags_avx2;
		return true;
	}
#endif
	w->input = input_portable;
	w->layer = layer_portable;
	w->chars = chars_portable;
	w->tags = tags_portable;
	return which <= 1;
}

/* ---- words ------------------------------------------------------------------ */

/* The table's word for a token: digits are all alike, names of the net too. */
static uint32_t
table_key(const na_segment *seg, const na_token *t, char *out, uint32_t size)
{
	const char *s = seg->keys + t->key;
	uint32_t n = t->nkey;
	uint32_t o = 0;

	switch (t->kind)
	{
		case NA_URL: memcpy(out, "<url>", 5); return 5;
		case NA_EMAIL: memcpy(out, "<email>", 7); return 7;
		case NA_MENTION: memcpy(out, "<mention>", 9); return 9;
		case NA_QUOTE: out[0] = '"'; return 1;
		case NA_PUNCT:
			/* a run is its first character */
			if (n > 1 && (unsigned char) s[0] < 0x80)
				n = 1;
			break;
		default: break;
	}
	if (n > size)
		n = size;
	for (uint32_t i = 0; i < n; i++)
	{
		char c = s[i];

		if (c >= '0' && c <= '9')
			c = '0';
		else if (c == ',' && t->kind == NA_NUMBER)
			continue;
		out[o++] = c;
	}
	return o;
}

/* Row of a word in the table, -1 = not there. */
static int32_t
table_find(const model *m, const char *s, uint32_t n)
{
	const uint32_t *bucket = AT(m, uint32_t, bucket);
	const uint32_t *print = AT(m, uint32_t, print);
	uint64_t x = UINT64_C(0xcbf29ce484222325);
	uint32_t b;
	uint32_t p;

	for (uint32_t i = 0; i < n; i++)
	{
		x ^= (unsigned char) s[i];
		x *= UINT64_C(0x100000001b3);
	}
	x ^= x >> 29;
	b = (uint32_t) (x & 0xFFFF);
	p = (uint32_t) (x >> 32);
	for (uint32_t i = bucket[b]; i < bucket[b + 1]; i++)
		if (print[i] == p)
			return (int32_t) i;
	return -1;
}

/* Clitics and endings that are taken off a word that the table lacks, in the folded spelling. */
static const char *const PROCLITIC[] = {"وبال", "وكال", "فبال", "ولل", "وال", "بال", "كال",
										"فال",	"لل",	"ال",	"وب",  "ول",  "وك",	 "و",
										"ب",	"ل",	"ك",	"ف",   "س"};
static const char *const ENDING[] = {"هما", "كما", "ها", "هم", "نا", "ات",
									 "ين",	"ون",  "يه", "ه",  "ي",	 "ا"};
#define ARTICLE "ال"
#define ARTICLE_BYTES 4
#define REST_BYTES 6 /* at least three letters must remain */

static bool
ends_with(const char *s, size_t n, const char *end, size_t nend)
{
	return n >= nend && memcmp(s + n - nend, end, nend) == 0;
}

/* Row of the nearest form that the table has; *form gets that form. */
static int32_t
table_fallback(const model *m, const char *s, uint32_t n, char *form, uint32_t *nform)
{
	int32_t row;

	/* short of letters, what the loops below test in bytes could be other scripts; no matter */
	for (size_t i = 0; i < NA_LENGTHOF(PROCLITIC); i++)
	{
		size_t np = strlen(PROCLITIC[i]);

		if (n < np + REST_BYTES || memcmp(s, PROCLITIC[i], np) != 0)
			continue;
		memcpy(form, s + np, n - np);
		*nform = n - (uint32_t) np;
		if ((row = table_find(m, form, *nform)) >= 0)
			return row;
		if (np >= 4 &&
			(ends_with(PROCLITIC[i], np, ARTICLE, 4) || ends_with(PROCLITIC[i], np, "لل", 4)))
		{
			memcpy(form, ARTICLE, ARTICLE_BYTES);
			memcpy(form + ARTICLE_BYTES, s + np, n - np);
			*nform = n - (uint32_t) np + ARTICLE_BYTES;
			if ((row = table_find(m, form, *nform)) >= 0)
				return row;
		}
	}
	memcpy(form, ARTICLE, ARTICLE_BYTES);
	memcpy(form + ARTICLE_BYTES, s, n);
	*nform = n + ARTICLE_BYTES;
	if ((row = table_find(m, form, *nform)) >= 0)
		return row;
	for (size_t i = 0; i < NA_LENGTHOF(ENDING); i++)
	{
		size_t ne = strlen(ENDING[i]);

		if (n < ne + REST_BYTES || !ends_with(s, n, ENDING[i], ne))
			continue;
		*nform = n - (uint32_t) ne;
		memcpy(form, s, *nform);
		if ((row = table_find(m, form, *nform)) >= 0)
			return row;
	}
	return -1;
}

/* Feature bits 0 .. 31: kind, spelling, length. */
static uint32_t
type_bits(const na_token *t, const char *word, uint32_t n)
{
	static const uint16_t SPELL[8] = {NA_TF_TEH,   NA_TF_MAQSURA,  NA_TF_HAMZA_UP, NA_TF_HAMZA_LOW,
									  NA_TF_MADDA, NA_TF_TANWIN_A, NA_TF_MARKS,	   NA_TF_UPPER};
	uint32_t bits = 1u << (t->kind & 15);
	uint32_t chars = 0;
	uint32_t b;

	for (uint32_t i = 0; i < 8; i++)
		if (t->flags & SPELL[i])
			bits |= 1u << (16 + i);
	for (uint32_t i = 0; i < n; i++)
		chars += ((unsigned char) word[i] & 0xC0) != 0x80;
	b = chars <= 3 ? (chars < 1 ? 0 : chars - 1) : chars <= 5 ? 3 : chars <= 7 ? 4 : 5;
	return bits | 1u << (24 + b);
}

#define WORD_BYTES 128 /* of a key that are looked at */

/* the vector of a word that the table lacks: from its characters and the nearest form */
static void
rare_vector(const struct na_tagger_work *k, const na_segment *seg, const na_token *t, int8_t *out)
{
	const model *m = &k->m;
	const uint32_t dim = m->h->dim;
	char word[WORD_BYTES];
	uint32_t n = table_key(seg, t, word, WORD_BYTES);
	int32_t x[NA_TAGGER_DIM] = {0};
	char form[WORD_BYTES + ARTICLE_BYTES];
	uint32_t nform = 0;
	int32_t row = table_fallback(m, word, n, form, &nform);

	k->chars(m, word, n, 1, x);
	if (row >= 0)
	{
		const int8_t *r = AT(m, int8_t, table) + (size_t) row * dim;

		k->chars(m, form, nform, -1, x);
		for (uint32_t d = 0; d < dim; d++)
			x[d] += r[d];
	}
	for (uint32_t d = 0; d < dim; d++)
		out[d] = (int8_t) clamp(x[d], -127, 127);
}

/* ---- running ---------------------------------------------------------------- */

static void
run_window(struct na_tagger_work *w, const na_segment *seg, uint32_t first, int n,
		   const uint32_t *flags, na_tagged *out)
{
	const model *m = &w->m;
	const int hidden = (int) m->h->hidden;
	const size_t pad = (size_t) NA_TAGGER_DILATION * (size_t) hidden;
	int cur = 0;

	/* rows of the table are seldom in the cache: ask for all of them first */
	for (int t = 0; t < n; t++)
	{
		const na_token *tok = &seg->tok[first + (uint32_t) t];
		char word[WORD_BYTES];
		uint32_t nword = table_key(seg, tok, word, WORD_BYTES);

		w->bits[t] = type_bits(tok, word, nword);
		if (flags != NULL)
			w->bits[t] |= (uint64_t) flags[t] << 32;
		w->row[t] = table_find(m, word, nword);
		if (w->row[t] >= 0)
		{
			const int8_t *r = AT(m, int8_t, table) + (size_t) w->row[t] * m->h->dim;

			NA_PREFETCH(r);
			NA_PREFETCH(r + m->h->dim - 1);
		}
	}
	for (int t = 0; t < n; t++)
	{
		int8_t x[NA_TAGGER_DIM];

		if (w->row[t] >= 0)
			memcpy(x, AT(m, int8_t, table) + (size_t) w->row[t] * m->h->dim, m->h->dim);
		else
			rare_vector(w, seg, &seg->tok[first + (uint32_t) t], x);
		w->input(m, x, w->bits[t], w->h + (ptrdiff_t) t * hidden,
				 w->q[0] + pad + (ptrdiff_t) t * hidden);
	}
	for (uint32_t l = 0; l < m->h->nlayers; l++, cur ^= 1)
	{
		/* what lies beyond the ends is zero */
		const size_t beyond = (size_t) m->h->layer[l].dilation * (size_t) hidden;

		memset(w->q[cur] + pad - beyond, ACT_ZERO, beyond);
		memset(w->q[cur] + pad + (size_t) n * (size_t) hidden, ACT_ZERO,
			   beyond + (size_t) BEYOND * (size_t) hidden);
		w->layer(m, &m->h->layer[l], w->q[cur] + pad, n, w->h, w->q[cur ^ 1] + pad);
	}
	w->tags(w, n, out);
}

/* Where to cut a line that is too long: behind its last full stop or comma, if not too early. */
static uint32_t
window_end(const na_segment *seg, uint32_t first, uint32_t last)
{
	uint32_t end = first;

	while (end < last && end - first < WINDOW && seg->tok[end].kind != NA_NEWLINE)
		end++;
	if (end == last || end - first < WINDOW)
		return end;
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t i = end; i > first + WINDOW_MIN; i--)
		{
			const na_token *t = &seg->tok[i - 1];

			if (t->kind == NA_PUNCT && (pass == 0 ? t->cp == '.' || t->cp == '?' || t->cp == '!'
												  : t->cp == ',' || t->cp == ';'))
				return i;
		}
	return end;
}

na_status
na_tagger_run(na_tagger *t, const na_segment *seg, uint32_t first, uint32_t last,
			  const uint32_t *flags, na_tagged *out)
{
	uint32_t i = first;

	while (i < last)
	{
		uint32_t end = window_end(seg, i, last);

		if (end > i)
			run_window(t->work, seg, i, (int) (end - i), flags == NULL ? NULL : flags + (i - first),
					   out + (i - first));
		if (end < last && seg->tok[end].kind == NA_NEWLINE)
		{
			memset(&out[end - first], 0, sizeof(*out));
			out[end - first].prob = out[end - first].marginal[NA_TAG_O] = UINT16_MAX;
			end++;
		}
		if (t->env->poll != NULL)
			t->env->poll(t->env->ctx);
		i = end;
	}
	return NA_OK;
}

/* ---- set-up ----------------------------------------------------------------- */

static bool
model_open(model *m, const void *data, size_t size)
{
	const na_tagger_header *h = data;

	if (size < sizeof(*h) || h->magic != NA_TAGGER_MAGIC || h->version != NA_TAGGER_VERSION ||
		h->size > size)
		return false;
	if (h->dim > NA_TAGGER_DIM || h->dim % 2 != 0 || h->hidden > NA_TAGGER_HIDDEN ||
		h->hidden % 32 != 0 || h->hidden == 0 || h->nlayers > NA_TAGGER_LAYERS)
		return false;
	for (uint32_t l = 0; l < h->nlayers; l++)
		if (h->layer[l].dilation > NA_TAGGER_DILATION)
			return false;
	m->base = data;
	m->h = h;
	return true;
}

bool
na_tagger_available(void)
{
	uint32_t size;
	const void *data = na_section_at(NA_SEC_MODEL, 1, &size);
	model m;

	return model_open(&m, data, size);
}

na_status
na_tagger_init_model(na_tagger *t, const na_env *env, const void *data, size_t size)
{
	struct na_tagger_work *w;
	model m;
	size_t rows;
	char *p;

	t->env = env;
	t->work = NULL;
	if (!model_open(&m, data, size))
		return NA_BAD_ARGUMENT;
	rows = (size_t) (WINDOW + 2 * NA_TAGGER_DILATION + BEYOND) * m.h->hidden;
	p = env->alloc(env->ctx,
				   sizeof(*w) + 2 * rows + (size_t) WINDOW * m.h->hidden * sizeof(int16_t));
	if (p == NULL)
		return NA_NO_MEMORY;
	w = (struct na_tagger_work *) (void *) p;
	p += sizeof(*w);
	w->h = (int16_t *) (void *) p;
	p += (size_t) WINDOW * m.h->hidden * sizeof(int16_t);
	w->q[0] = (uint8_t *) p;
	w->q[1] = (uint8_t *) p + rows;
	w->m = m;
	memset(w->step, 0, sizeof(w->step));
	memset(w->exp_column, 0, sizeof(w->exp_column));
	for (int i = 0; i <= NA_TAG_COUNT; i++)
		for (int j = 0; j < NA_TAG_COUNT; j++)
			w->step[i][j] = AT(&m, int32_t, tr)[i * NA_TAG_COUNT + j];
	for (int i = 0; i < NA_TAG_COUNT; i++)
		for (int j = 0; j < NA_TAG_COUNT; j++)
			w->exp_column[j][i] = AT(&m, float, exptr)[i * LANES + j];
	t->work = w;
	(void) na_tagger_kernels(t, 0);
	return NA_OK;
}

na_status
na_tagger_init(na_tagger *t, const na_env *env)
{
	uint32_t size;
	const void *data = na_section_at(NA_SEC_MODEL, 1, &size);

	return na_tagger_init_model(t, env, data, size);
}

void
na_tagger_end(na_tagger *t)
{
	if (t->work != NULL)
		t->env->release(t->env->ctx, t->work);
	t->work = NULL;
}
