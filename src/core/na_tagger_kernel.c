/*
 * na_tagger_kernel.c
 *		The tagger's arithmetic, written once where compilers make vectors of it, and
 *		by hand for some processors where it takes the time.
 *
 * Sums of products are exact in integers, so their order does not matter and
 * all kernels give the same bits.  Where floats are used there is one
 * operation an element between roundings; the library must be compiled with
 * -ffp-contract=off where the compiler would fuse multiply and add otherwise.
 */
#include <math.h>

#include "na_tagger_work.h"
#include "na_utf8.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define NA_TAGGER_X86 1
#include <immintrin.h>
#endif

/* gcc knows the instructions in any function that asks for them, others where the processor is said to have them */
#if defined(__ARM_FEATURE_DOTPROD)
#define NA_TAGGER_DOT 1
#define TARGET_DOT
#elif defined(__aarch64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define NA_TAGGER_DOT 1
#define TARGET_DOT __attribute__((target("arch=armv8.2-a+dotprod")))
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif
#ifdef NA_TAGGER_DOT
#include <arm_neon.h>
#endif

#define SLICE NA_TAGGER_SLICE

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define NOT_INLINE static __attribute__((noinline))

/* ---- written once, compiled for several processors ------------------------- */

/*
 * Layer norm of z (Q10, |z| < 2^14), added to h when `add`, else stored there;
 * q gets the 7-bit form.
 */
ALWAYS_INLINE void
norm_add(const int32_t *z, const int32_t *gamma, const int32_t *beta, bool add, int16_t *restrict h,
		 uint8_t *restrict q)
{
	const int hidden = NA_TAGGER_HIDDEN;
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
	const int hidden = NA_TAGGER_HIDDEN;
	const float *scale = AT2(m, float, l->scale);
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
	norm_add(z, AT2(m, int32_t, l->gamma), AT2(m, int32_t, l->beta), true, h, q);
}

/* Bias and features of one token. */
ALWAYS_INLINE void
input_features(const model *m, uint64_t bits, int32_t *restrict acc)
{
	const int hidden = NA_TAGGER_HIDDEN;

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
	const int hidden = NA_TAGGER_HIDDEN;
	const float *scale = AT(m, float, inscale);

	for (int k = 0; k < hidden; k++)
		acc[k] = clamp((int32_t) ((float) acc[k] * scale[k]), -16383, 16383);
	norm_add(acc, AT(m, int32_t, ingamma), AT(m, int32_t, inbeta), false, h, q);
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
	for (uint32_t d = 0; d < NA_TAGGER_DIM; d++)
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
	const int hidden = NA_TAGGER_HIDDEN;
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
	const int hidden = NA_TAGGER_HIDDEN;
	const int16_t *w = AT(m, int16_t, inweight);
	int32_t acc[NA_TAGGER_HIDDEN];

	input_features(m, bits, acc);
	for (int i = 0; i < NA_TAGGER_DIM; i += 2)
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
	const ptrdiff_t hidden = NA_TAGGER_HIDDEN;
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

/* ---- by slices of outputs -------------------------------------------------- */

/* sums of some tokens for the outputs of a slice; they begin at the bias */
typedef void (*slice_fn)(const uint8_t *in, ptrdiff_t step, const int8_t *w, const int16_t *centre,
						 const int32_t *bias, int32_t *acc);

#define SLICE_BLOCK 12 /* tokens for which a slice's weights stay in the first cache */

/*
 * A layer by sums of so many tokens at a time, a divisor of SLICE_BLOCK.  The
 * last tokens of a line are padded: what follows them is read and thrown away.
 */
ALWAYS_INLINE void
layer_in_slices(const model *m, const na_tagger_layer *l, const uint8_t *in, int n, int16_t *h,
				uint8_t *out, slice_fn slice, int tokens)
{
	const ptrdiff_t hidden = NA_TAGGER_HIDDEN;
	const int8_t *w = AT2(m, int8_t, l->weight);
	const int16_t *centre = AT2(m, int16_t, l->centre);
	const int32_t *bias = AT2(m, int32_t, l->bias);
	const ptrdiff_t step = l->dilation * hidden;
	int32_t acc[SLICE_BLOCK * 2 * NA_TAGGER_HIDDEN];

	for (ptrdiff_t t = 0; t < n; t += SLICE_BLOCK)
	{
		const ptrdiff_t nt = n - t < SLICE_BLOCK ? n - t : SLICE_BLOCK;

		for (ptrdiff_t o = 0; o < 2 * hidden; o += SLICE)
			for (ptrdiff_t i = 0; i < nt; i += tokens)
				slice(in + (t + i) * hidden, step, w + o * 3 * hidden, centre + o * 3 * hidden / 8,
					  bias + o, acc + i * 2 * hidden + o);
		for (ptrdiff_t i = 0; i < nt; i++)
			gate(m, l, acc + i * 2 * hidden, h + (t + i) * hidden, out + (t + i) * hidden);
	}
}

/* sums have names and are no array, which compilers keep writing to the stack */
#define EACH3(M) M(0) M(1) M(2)
#define EACH4(M) EACH3(M) M(3)
#define EACH6(M) EACH4(M) M(4) M(5)

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
slice_avx2(const uint8_t *in, ptrdiff_t step, const int8_t *w, const int16_t *centre,
		   const int32_t *bias, int32_t *acc)
{
	const ptrdiff_t hidden = NA_TAGGER_HIDDEN;
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

TARGET_AVX2 static void
layer_avx2(const model *m, const na_tagger_layer *l, const uint8_t *in, int n, int16_t *h,
		   uint8_t *out)
{
	layer_in_slices(m, l, in, n, h, out, slice_avx2, AVX2_TOKENS);
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
	TARGET_VNNI NOT_INLINE void name(const uint8_t *in, ptrdiff_t step, const int8_t *w,           \
									 const int32_t *bias, int32_t *acc)                            \
	{                                                                                              \
		const ptrdiff_t hidden = NA_TAGGER_HIDDEN;                                                 \
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
	const ptrdiff_t hidden = NA_TAGGER_HIDDEN;
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
				slices_vnni(x, step, w + o * 3 * hidden, bias + o, acc + o);
			else
				slices_vnni_few(x, step, w + o * 3 * hidden, bias + o, acc + o);
		for (ptrdiff_t i = 0; i < nt && t + i < n; i++)
			gate(m, l, acc + i * 2 * hidden, h + (t + i) * hidden, out + (t + i) * hidden);
		t += nt;
	}
}

/* What the input kernels start with: inputs of 16 bits, of which two are multiplied at a time. */
ALWAYS_INLINE void
input_pairs(const model *m, const int8_t *x, uint64_t bits, int16_t *restrict wide,
			int32_t *restrict acc)
{
	for (int i = 0; i < NA_TAGGER_DIM; i++)
		wide[i] = x[i];
	input_features(m, bits, acc);
}

/* The same sums by pairs: weights of two inputs stand side by side. */
TARGET_AVX2 static void
input_avx2(const model *m, const int8_t *x, uint64_t bits, int16_t *h, uint8_t *q)
{
	const int hidden = NA_TAGGER_HIDDEN;
	const int16_t *w = AT(m, int16_t, inweight);
	int32_t acc[NA_TAGGER_HIDDEN];
	int16_t wide[NA_TAGGER_DIM];

	input_pairs(m, x, bits, wide, acc);
	/* 32 outputs at a time stay in registers */
	for (int o = 0; o < hidden; o += 32)
	{
		__m256i a0 = LOAD256(acc + o);
		__m256i a1 = LOAD256(acc + o + 8);
		__m256i a2 = LOAD256(acc + o + 16);
		__m256i a3 = LOAD256(acc + o + 24);

		for (int i = 0; i < NA_TAGGER_DIM; i += 2)
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

/* 64 outputs at a time */
TARGET_VNNI static void
input_vnni(const model *m, const int8_t *x, uint64_t bits, int16_t *h, uint8_t *q)
{
	const int hidden = NA_TAGGER_HIDDEN;
	const int16_t *w = AT(m, int16_t, inweight);
	int32_t acc[NA_TAGGER_HIDDEN];
	int16_t wide[NA_TAGGER_DIM];

	input_pairs(m, x, bits, wide, acc);
	for (int o = 0; o < hidden; o += 64)
	{
		__m512i a0 = _mm512_loadu_si512(acc + o);
		__m512i a1 = _mm512_loadu_si512(acc + o + 16);
		__m512i a2 = _mm512_loadu_si512(acc + o + 32);
		__m512i a3 = _mm512_loadu_si512(acc + o + 48);

		for (int i = 0; i < NA_TAGGER_DIM; i += 2)
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

/* ---- ARM kernels ----------------------------------------------------------- */

#ifdef NA_TAGGER_DOT

/* Sums of four tokens for the outputs of a slice, with the dot product of ARMv8.2. */
#define DOT_TOKENS 4
#define DOT_START(t) int32x4_t a##t = b0, c##t = b1, d##t = b2, e##t = b3;
#define DOT_LOAD(t)                                                                                \
	const int8x16_t x##t = vreinterpretq_s8_u8(vsubq_u8(vld1q_u8(x + (t) *hidden), zero));
#define DOT_ADD(t, lane)                                                                           \
	a##t = vdotq_laneq_s32(a##t, w0, x##t, lane);                                                  \
	c##t = vdotq_laneq_s32(c##t, w1, x##t, lane);                                                  \
	d##t = vdotq_laneq_s32(d##t, w2, x##t, lane);                                                  \
	e##t = vdotq_laneq_s32(e##t, w3, x##t, lane);
#define DOT_INPUTS(lane)                                                                           \
	{                                                                                              \
		const int8x16_t w0 = vld1q_s8(w + 4 * SLICE * (lane));                                     \
		const int8x16_t w1 = vld1q_s8(w + 4 * SLICE * (lane) + 16);                                \
		const int8x16_t w2 = vld1q_s8(w + 4 * SLICE * (lane) + 32);                                \
		const int8x16_t w3 = vld1q_s8(w + 4 * SLICE * (lane) + 48);                                \
                                                                                                   \
		DOT_ADD(0, lane) DOT_ADD(1, lane) DOT_ADD(2, lane) DOT_ADD(3, lane)                        \
	}
#define DOT_STORE(t)                                                                               \
	vst1q_s32(acc + (t) *2 * hidden, a##t);                                                        \
	vst1q_s32(acc + (t) *2 * hidden + 4, c##t);                                                    \
	vst1q_s32(acc + (t) *2 * hidden + 8, d##t);                                                    \
	vst1q_s32(acc + (t) *2 * hidden + 12, e##t);

TARGET_DOT NOT_INLINE void
slice_dot(const uint8_t *in, ptrdiff_t step, const int8_t *w, const int16_t *centre,
		  const int32_t *bias, int32_t *acc)
{
	const ptrdiff_t hidden = NA_TAGGER_HIDDEN;
	const uint8x16_t zero = vdupq_n_u8(ACT_ZERO);
	const int32x4_t b0 = vld1q_s32(bias);
	const int32x4_t b1 = vld1q_s32(bias + 4);
	const int32x4_t b2 = vld1q_s32(bias + 8);
	const int32x4_t b3 = vld1q_s32(bias + 12);

	(void) centre;
	EACH4(DOT_START)
	for (int tap = -1; tap <= 1; tap++)
	{
		const uint8_t *x = in + tap * step;
		const uint8_t *end = x + hidden;

		for (; x < end; x += 16, w += 16 * SLICE)
		{
			EACH4(DOT_LOAD)
			DOT_INPUTS(0)
			DOT_INPUTS(1)
			DOT_INPUTS(2)
			DOT_INPUTS(3)
		}
	}
	EACH4(DOT_STORE)
}

TARGET_DOT static void
layer_dot(const model *m, const na_tagger_layer *l, const uint8_t *in, int n, int16_t *h,
		  uint8_t *out)
{
	layer_in_slices(m, l, in, n, h, out, slice_dot, DOT_TOKENS);
}

static bool
have_dot(void)
{
#ifdef __ARM_FEATURE_DOTPROD
	return true;
#else
	return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
#endif
}

#endif /* NA_TAGGER_DOT */

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
#ifdef NA_TAGGER_DOT
	if (have_dot() && (which == 0 || which == 4))
	{
		w->layer = layer_dot;
		return true;
	}
#endif
	return which <= 1;
}
