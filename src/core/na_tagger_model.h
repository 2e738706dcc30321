/*
 * na_tagger_model.h
 *		The tagger's weights as they lie in NA_SEC_MODEL (data/model/tagger.bin).
 *
 * Written by src/train/export.py, read by na_tagger.c and na_tagger_kernel.c; little-endian.  All
 * offsets count from the header's first byte and are multiples of 64.
 */
#ifndef NA_TAGGER_MODEL_H
#define NA_TAGGER_MODEL_H

#include "na_tagger.h"

#define NA_TAGGER_MAGIC 0x3154414Eu /* "NAT1" */
#define NA_TAGGER_VERSION 2
#define NA_TAGGER_LAYERS 8	  /* at most */
#define NA_TAGGER_DILATION 16 /* at most */
#define NA_TAGGER_HIDDEN 128  /* H: kernels are compiled for it; a multiple of 64 */
#define NA_TAGGER_DIM 96	  /* D: the same; even */
#define NA_TAGGER_FILTERS 64  /* of each of the two widths */
#define NA_TAGGER_CODES 0x700 /* code points from here on are unknown characters */
#define NA_TAGGER_SLICE 16	  /* outputs of a layer whose weights lie together */
#define NA_TAGGER_LANE 511	  /* see centre below */
#define NA_TAGGER_CHARS 18	  /* characters of a word that are looked at, ^ and $ included */

typedef struct na_tagger_layer
{
	/* int8 [2H / 16][3H / 4][16][4]: slice of outputs, group of inputs, output, input */
	uint32_t weight;

	/*
	 * int16 [2H / 16][3H / 16][16][2]: -64 times the sum of an output's weights of
	 * 16 inputs, apart for places 0, 1 and 2, 3 of every four.  These eight weights
	 * amount to NA_TAGGER_LANE at most: with activations of 7 bits and sign their
	 * products stay in 16 bits, and what passes it on the way comes back (the
	 * activations lie in memory with 64 added).
	 */
	uint32_t centre;
	uint32_t bias;	  /* int32 [2H], in units of the accumulator */
	uint32_t lowered; /* int32 [2H]: bias less 64 times the sum of all weights */
	uint32_t scale;	  /* float [2H]: accumulator to Q10 */
	uint32_t gamma;	  /* int32 [H] Q10 */
	uint32_t beta;	  /* int32 [H] Q20 */
	uint32_t dilation;
} na_tagger_layer;

typedef struct na_tagger_header
{
	uint32_t magic;
	uint32_t version;
	uint32_t size;
	uint32_t nwords;
	uint32_t dim;	 /* NA_TAGGER_DIM */
	uint32_t hidden; /* NA_TAGGER_HIDDEN */
	uint32_t nlayers;
	uint32_t nchars;
	uint32_t bucket;   /* uint32 [65537]: first row of a hash bucket */
	uint32_t print;	   /* uint32 [nwords]: upper half of the hash */
	uint32_t table;	   /* int8 [nwords][D] */
	uint32_t code;	   /* uint8 [NA_TAGGER_CODES]: character of a code point */
	uint32_t conv3;	   /* int16 [3][nchars][FILTERS] Q8: what a character gives to the filters */
	uint32_t conv5;	   /* int16 [5][nchars][FILTERS] Q8 */
	uint32_t convbias; /* int32 [2 * FILTERS] Q8 */
	uint32_t charout;  /* int16 [D][2 * FILTERS] Q10 */
	uint32_t charbias; /* int32 [D] Q18 */
	uint32_t inweight; /* int16 [D / 2][H][2] */
	uint32_t inbias;   /* int32 [H], in units of the accumulator */
	uint32_t inscale;  /* float [H]: accumulator to Q10 */
	uint32_t feature;  /* int32 [64][H], in units of the accumulator */
	uint32_t ingamma;  /* int32 [H] Q10 */
	uint32_t inbeta;   /* int32 [H] Q20 */
	uint32_t out;	   /* int16 [NA_TAG_COUNT][H] Q8 */
	uint32_t outbias;  /* int32 [NA_TAG_COUNT] Q16 */
	uint32_t tr;	   /* int32 [NA_TAG_COUNT + 1][NA_TAG_COUNT] Q8, last row = start */
	uint32_t exptr;	   /* float [NA_TAG_COUNT + 1][16]: e to those */
	uint32_t exphi;	   /* float [32]: exp(-i) */
	uint32_t explo;	   /* float [256]: exp(-i / 256) */
	na_tagger_layer layer[NA_TAGGER_LAYERS];
} na_tagger_header;

/* for tests: a model that is not in the blob; it must outlive the tagger */
extern na_status na_tagger_init_model(na_tagger *t, const na_env *env, const void *model,
									  size_t size);

/* for tests: 0 = the processor's best kernels, 1 = portable, 2 = AVX2, 3 = AVX-512 VNNI,
 * 4 = ARM dot product; false when the processor has none such */
extern bool na_tagger_kernels(na_tagger *t, int which);

#endif /* NA_TAGGER_MODEL_H */
