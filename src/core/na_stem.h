/*
 * na_stem.h
 *		Stemming by lexicon: the lexeme of a word.
 *
 * A word is proclitics + stem + suffixes.  The lexicon holds every stem that
 * inflection makes of its lemmas, with the class of suffixes that it takes; of
 * all readings of a word the likeliest one wins.  The likelihoods were learned
 * from word counts when the data was made.
 *
 * Letters of a key are packed in five bits each, so that a stem of up to
 * NA_STEM_LETTERS letters is one number and a look-up compares numbers.
 */
#ifndef NA_STEM_INCLUDED
#define NA_STEM_INCLUDED

#include "na_base.h"
#include "na_data.h"

#define NA_STEM_LETTERS 12 /* longer stems are not in the lexicon */
#define NA_STEM_WORD 24	   /* longer words are not analysed */
#define NA_STEM_AFFIX 6	   /* letters of the longest suffix */
#define NA_STEM_PREFIXES 32
#define NA_STEM_SUFFIXES 256
#define NA_STEM_SUFFIX_HASH 1024

/* Classes of stems by the suffixes that they take; see data/stems/suffixes.tsv. */
typedef enum na_stem_class
{
	NA_STEM_N, /* noun */
	NA_STEM_M, /* noun with a broken plural */
	NA_STEM_H, /* noun without its ta marbuta */
	NA_STEM_A, /* adjective, participle, person */
	NA_STEM_B, /* broken plural */
	NA_STEM_T, /* the same without its ta marbuta */
	NA_STEM_P, /* no suffixes */
	NA_STEM_Y, /* noun without its final alef */
	NA_STEM_Q, /* noun without its weak ya */
	NA_STEM_VP,
	NA_STEM_VL,
	NA_STEM_VS,
	NA_STEM_VR,
	NA_STEM_VY,
	NA_STEM_VW,
	NA_STEM_VK,
	NA_STEM_IP,
	NA_STEM_IR,
	NA_STEM_IS,
	NA_STEM_IY,
	NA_STEM_IW,
	NA_STEM_CLASSES
} na_stem_class;

/* Kinds of stems by the proclitics that they take. */
typedef enum na_stem_kind
{
	NA_STEM_NOUN,
	NA_STEM_PAST,
	NA_STEM_PRESENT,
	NA_STEM_DEFINITE, /* noun behind the article: a kind of prefixes only */
	NA_STEM_KINDS
} na_stem_kind;

/* How the first alef of a stem is written with care. */
typedef enum na_stem_head
{
	NA_HEAD_ANY,
	NA_HEAD_UP,	   /* أ */
	NA_HEAD_LOW,   /* إ */
	NA_HEAD_MADDA, /* آ */
	NA_HEAD_WASL   /* ا */
} na_stem_head;

typedef struct na_stem_entry
{
	uint32_t lemma; /* offset into NA_SEC_STRINGS */
	uint32_t
		family; /* the lexeme of search: lemma, or the verb of a verbal noun, or another spelling */
	uint8_t cls;   /* na_stem_class */
	uint8_t head;  /* na_stem_head */
	uint8_t cost;  /* -8 log2 of its likelihood */
	uint8_t flags; /* NA_STEM_F_* */
} na_stem_entry;

#define NA_STEM_F_LAST 0x01	   /* last entry of this stem */
#define NA_STEM_F_STOP 0x02	   /* its lemma is a stop word */
#define NA_STEM_F_MAQSURA 0x04 /* and only when written with its ى: على is, علي is a name */

typedef struct na_stem_affixes
{
	uint32_t nprefix;
	uint32_t nsuffix;
	uint32_t prefix_key[NA_STEM_PREFIXES]; /* packed letters; 0 = no prefix, at index 0 */
	uint8_t prefix_len[NA_STEM_PREFIXES];
	uint8_t prefix_kinds[NA_STEM_PREFIXES]; /* bit for each na_stem_kind */
	uint32_t prefix_first;					/* bit for each letter that starts one */
	uint16_t prefix_cost[NA_STEM_DEFINITE][NA_STEM_PREFIXES]; /* by the kind of stem */
	uint32_t suffix_key[NA_STEM_SUFFIXES];					  /* index 0 = no suffix */
	uint32_t suffix_classes[NA_STEM_SUFFIXES];
	uint32_t suffix_definite[NA_STEM_SUFFIXES]; /* classes that take it behind the article */
	uint8_t suffix_hash[NA_STEM_SUFFIX_HASH];	/* index, 0 = free */
	uint16_t suffix_cost[NA_STEM_CLASSES][NA_STEM_SUFFIXES];
} na_stem_affixes;

/* The lexicon: sections of the blob, or the generator's arrays. */
typedef struct na_stem_lexicon
{
	const uint64_t *keys;  /* open addressing, 0 = free */
	const uint32_t *first; /* first entry of the stem in the same place */
	uint32_t shift;		   /* 64 - log2 of their length */
	const na_stem_entry *entries;
	const na_stem_affixes *affixes;
} na_stem_lexicon;

/*
 * A frequent word whose lexeme of search no hamza of the surface can change.
 * The table of them is a short cut: what it says is what na_stem() would say.
 * The key packs the letters as na_stem_pack() does, a final ة or ى by a code
 * of its own.
 */
typedef struct na_stem_known
{
	uint64_t key;	 /* 0 = free */
	uint64_t lexeme; /* packed, too, so that there is nothing else to fetch; 0 = a stop word */
} na_stem_known;

/*
 * Two tables, one behind the other, so that the commonest words lie close
 * together: a processor's caches hold the first one.
 */
#define NA_STEM_HOT_BITS 13 /* log2 of their lengths */
#define NA_STEM_KNOWN_BITS 17
#define NA_STEM_FINAL_TEH 30
#define NA_STEM_FINAL_MAQSURA 31

/* What a letter of U+0600 .. U+06FF is to the table: its code, and these. */
#define NA_STEM_L_CODE 0x1F
#define NA_STEM_L_MARK 0x20	   /* no letter, left out */
#define NA_STEM_L_TEH 0x40	   /* NA_STEM_FINAL_TEH at the end */
#define NA_STEM_L_MAQSURA 0x80 /* NA_STEM_FINAL_MAQSURA at the end */

/* One reading of a word. */
typedef struct na_stem_reading
{
	uint32_t entry;
	uint8_t prefix;
	uint8_t suffix;
	uint8_t start; /* letters [start, end) are the stem */
	uint8_t end;
} na_stem_reading;

typedef struct na_stem_result
{
	na_str lemma;  /* points into the blob or, for unknown words, into the key */
	na_str family; /* the same for search */
	uint8_t cls;   /* na_stem_class, NA_STEM_CLASSES when unknown */
	bool stop;	   /* a stop word, with or without proclitics */
} na_stem_result;

/*
 * The lexeme of a normalised word (the key of an NA_WORD token).  surface, if
 * not NULL, is the word as it was written: its hamzas and ta marbuta decide
 * between readings that the key leaves open.
 */
extern void na_stem(const char *key, uint32_t nkey, const char *surface, uint32_t nsurface,
					na_stem_result *r);

/*
 * The lexeme of search (na_stem_result.family) of a word as it was written, if
 * it is one of the frequent ones: writes it to out and returns its length in
 * bytes, 0 for a stop word; -1 = not one of them.
 */
extern int na_stem_frequent(const char *surface, uint32_t nsurface, char out[2 * NA_STEM_LETTERS]);

/* ---- for the generator ------------------------------------------------------ */

/* codes of the letters of a key; -1 = other characters in it, or too long */
extern int na_stem_letters(const char *key, uint32_t nkey, uint8_t *codes);

/* all readings of a word, at most max */
extern int na_stem_readings(const na_stem_lexicon *lex, const uint8_t *codes, int n,
							na_stem_reading *out, int max);

/*
 * The likeliest reading, NULL = the word is unknown, and then its light stem
 * is letters [*start, *end).
 */
extern const na_stem_entry *na_stem_analyse(const na_stem_lexicon *lex, const uint8_t *codes, int n,
											const char *surface, uint32_t nsurface, int *start,
											int *end, bool *stop);

extern na_stem_kind na_stem_kind_of(na_stem_class cls);

static inline uint64_t
na_stem_pack(const uint8_t *codes, int n)
{
	uint64_t k = 0;

	for (int i = 0; i < n; i++)
		k |= (uint64_t) codes[i] << (5 * i);
	return k;
}

static inline uint32_t
na_stem_hash(uint64_t key, uint32_t shift)
{
	return (uint32_t) ((key * UINT64_C(0x9E3779B97F4A7C15)) >> shift);
}

static inline uint32_t
na_suffix_hash(uint32_t key)
{
	return (key * 2654435769u) >> 22;
}

#endif /* NA_STEM_INCLUDED */
