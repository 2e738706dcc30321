/*
 * na_tagger_work.h
 *		The tagger's working state, and the kernels that it runs on: what na_tagger.c
 *		and na_tagger_kernel.c share.  Private to the core.
 */
#ifndef NA_TAGGER_WORK_H
#define NA_TAGGER_WORK_H

#include "na_tagger_model.h"

/* tokens at a time; longer lines are cut, at a full stop if there is one */
#define WINDOW 256
/* tokens that are read beyond the last one, at most */
#define BEYOND 3

#define ACT_ZERO 64 /* 7-bit activations carry this offset */
#define LANES 16	/* the tags, padded */

typedef struct model
{
	const unsigned char *base;
	const na_tagger_header *h;
} model;

#define AT(m, type, field) ((const type *) (const void *) ((m)->base + (m)->h->field))
#define AT2(m, type, off) ((const type *) (const void *) ((m)->base + (off)))

/* vector and features of a token to its first activations: Q10, and 7 bits with ACT_ZERO */
typedef void (*input_fn)(const model *m, const int8_t *x, uint64_t bits, int16_t *h, uint8_t *q);
/* a layer over n tokens: h is added to; in is read up to the dilation and BEYOND outside them */
typedef void (*layer_fn)(const model *m, const na_tagger_layer *l, const uint8_t *in, int n,
						 int16_t *h, uint8_t *out);
/* what the characters of a word give, times sign, added to x in units of the table */
typedef void (*chars_fn)(const model *m, const char *s, uint32_t n, int sign, int32_t *x);
/* tags and their probabilities from the last activations */
typedef void (*tags_fn)(struct na_tagger_work *w, int n, na_tagged *out);

struct na_tagger_work
{
	model m;
	/* kernels, by na_tagger_kernels() */
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

static inline int32_t
clamp(int32_t v, int32_t lo, int32_t hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

#endif /* NA_TAGGER_WORK_H */
