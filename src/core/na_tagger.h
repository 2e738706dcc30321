/*
 * na_tagger.h
 *		The sequence tagger: names in running text, by a small neural network
 *		(dilated convolutions and a linear-chain CRF) in integer arithmetic.
 *
 * The tagger reads tokens and the gazetteer's flags and gives every token a
 * BIO tag with its probability.  It knows neither ids nor spans inside a
 * token; the entity engine makes entities of its tags.  Every processor gives
 * the same tags and the same probabilities, bit for bit.
 */
#ifndef NA_TAGGER_H
#define NA_TAGGER_H

#include "na_base.h"
#include "na_token.h"

/* BIO tags; B is odd, its I follows it */
typedef enum na_tag
{
	NA_TAG_O,
	NA_TAG_B_PER,
	NA_TAG_I_PER,
	NA_TAG_B_LOC,
	NA_TAG_I_LOC,
	NA_TAG_B_ORG,
	NA_TAG_I_ORG,
	NA_TAG_B_MISC,
	NA_TAG_I_MISC,
	NA_TAG_B_NAT,
	NA_TAG_I_NAT,
	NA_TAG_COUNT
} na_tag;

#define NA_TAG_IS_BEGIN(t) (((t) &1) != 0)
#define NA_TAG_IS_INSIDE(t) ((t) != 0 && ((t) &1) == 0)
/* 0 = none, 1 = PER, 2 = LOC, 3 = ORG, 4 = MISC, 5 = NAT */
#define NA_TAG_TYPE(t) (((t) + 1) / 2)

/*
 * What the gazetteer knows about a token: one bit each.  The order is part of
 * the model; add new ones at the end and train again.
 */
typedef enum na_tagger_flag
{
	NA_TG_PER_B = 1 << 0, /* a known person's name starts here */
	NA_TG_PER_I = 1 << 1, /* … goes on here */
	NA_TG_LOC_B = 1 << 2,
	NA_TG_LOC_I = 1 << 3,
	NA_TG_ORG_B = 1 << 4,
	NA_TG_ORG_I = 1 << 5,
	NA_TG_MISC_B = 1 << 6,
	NA_TG_MISC_I = 1 << 7,
	NA_TG_NAT = 1 << 8,		  /* nationality adjective or demonym */
	NA_TG_COUNTRY = 1 << 9,	  /* the known place is a country */
	NA_TG_GIVEN = 1 << 10,	  /* given name */
	NA_TG_FAMILY = 1 << 11,	  /* family name */
	NA_TG_TITLE = 1 << 12,	  /* title or role */
	NA_TG_ORG_HEAD = 1 << 13, /* head word of organisations */
	NA_TG_CUE = 1 << 14,	  /* a word that tells what stands beside it */
	NA_TG_SAYING = 1 << 15,	  /* verb of saying */
	NA_TG_CLITIC = 1 << 16,	  /* known only without its proclitics */
	NA_TG_SHORT = 1 << 17,	  /* the known name is a short form */
	NA_TG_STOP = 1 << 18	  /* stop word */
} na_tagger_flag;

#define NA_TG_COUNT 19

typedef struct na_tagged
{
	uint8_t tag; /* na_tag on the best path */
	uint8_t pad;
	uint16_t prob;					 /* probability of that tag here, 65535 = 1 */
	uint16_t marginal[NA_TAG_COUNT]; /* of every tag, in the same unit */
} na_tagged;

/* probability that a name of the type of this beginning covers the token, 65535 = 1 */
static inline uint32_t
na_chance(const na_tagged *g, na_tag begin)
{
	return (uint32_t) g->marginal[begin] + g->marginal[begin + 1];
}

/* Working state: some 210 kB from env, whatever the text's size. */
typedef struct na_tagger
{
	const na_env *env;
	struct na_tagger_work *work;
} na_tagger;

/* there is a model in the data, and it is one that this code can read */
extern bool na_tagger_available(void);

/* NA_BAD_ARGUMENT when there is no usable model */
extern na_status na_tagger_init(na_tagger *t, const na_env *env);
extern void na_tagger_end(na_tagger *t);

/*
 * The flags of tokens first .. last - 1 from the compiled-in gazetteer;
 * flags[0] belongs to token first.  Training and serving both use this one.
 */
extern void na_tagger_flags(const na_segment *seg, uint32_t first, uint32_t last, uint32_t *flags);

/*
 * Tag tokens first .. last - 1 of a segment, best one line (paragraph) at a
 * time; newline tokens in between start afresh.  flags may be NULL (nothing
 * is known), else flags[0] belongs to token first, as does out[0].
 */
extern na_status na_tagger_run(na_tagger *t, const na_segment *seg, uint32_t first, uint32_t last,
							   const uint32_t *flags, na_tagged *out);

#endif /* NA_TAGGER_H */
