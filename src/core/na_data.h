/*
 * na_data.h
 *		The compiled-in data: one flat, read-only blob made by src/gen from the
 *		files under data/, mapped with the library and shared by all backends.
 *
 * Everything is an offset from the blob's start; nothing is parsed, relocated
 * or allocated at run time.  A section is an array of one fixed-size record
 * type or raw bytes.  The lexicon is the one look-up for words: it maps a
 * normalised word (the key that na_token computes) to an entry, whose payloads
 * say what the word is to each topic (a month, the first word of a place, a
 * verb of saying ...).  Phrases of several words are a trie over entries.
 */
#ifndef NA_DATA_H
#define NA_DATA_H

#include "na_base.h"

#define NA_DATA_MAGIC 0x3152414Eu /* "NAR1" */
#define NA_DATA_LAYOUT 2		  /* raise with every change of a record type */

/* Sections; src/gen writes them, one reader file per topic. */
typedef enum na_section
{
	NA_SEC_STRINGS,	  /* bytes: zero-terminated strings, offset 0 is "" */
	NA_SEC_LEX_HASH,  /* uint32: open addressing, NA_SLOT_*, 0 = free */
	NA_SEC_LEX,		  /* na_lex, entry 0 unused */
	NA_SEC_TRIE_HASH, /* na_trie_edge: open addressing, next = 0 free */
	NA_SEC_TRIE,	  /* na_trie_node, node 0 unused */
	NA_SEC_PAYLOAD,	  /* uint32: topic << 24 | value */
	NA_SEC_HIJRI,	  /* calendar */
	NA_SEC_DATE_WORD, /* dates */
	NA_SEC_GAZ,		  /* gazetteer entries */
	NA_SEC_AGENCY,	  /* agencies */
	NA_SEC_TITLE,	  /* titles and roles */
	NA_SEC_CUE,		  /* unused */
	NA_SEC_VERB,	  /* verbs of saying */
	NA_SEC_STEM,	  /* stem lexicon */
	NA_SEC_STEM_AUX,
	NA_SEC_MODEL, /* tagger */
	NA_SEC_MODEL_AUX,
	NA_SEC_ORG_HEAD,
	NA_SEC_FIELD,		/* fields of ministries */
	NA_SEC_PAGE_WEIGHT, /* page labeller: int16 by feature and state */
	NA_SEC_PAGE_STEP,	/* the same by state and state */
	NA_SEC_STEM_KEY,	/* hash of stems */
	NA_SEC_STEM_FIRST,
	NA_SEC_STEM_LETTER, /* letters of words by code point */
	NA_SEC_STEM_KNOWN,	/* frequent words */
	NA_SEC_LEX_DATES,	/* uint32: NA_DATES_BITS bits, 1 where the hash of a word of dates falls */
	NA_SEC_COUNT
} na_section;

/* What a payload's value means. */
typedef enum na_topic
{
	NA_TOPIC_NONE,
	NA_TOPIC_DATE,		 /* index into NA_SEC_DATE_WORD */
	NA_TOPIC_GAZ,		 /* index into NA_SEC_GAZ */
	NA_TOPIC_GAZ_SHORT,	 /* the same, for a short form of the name */
	NA_TOPIC_AGENCY,	 /* index into NA_SEC_AGENCY */
	NA_TOPIC_TITLE,		 /* index into NA_SEC_TITLE */
	NA_TOPIC_CUE,		 /* NA_CUE_VALUE() of na_page_def.h */
	NA_TOPIC_VERB,		 /* index into NA_SEC_VERB */
	NA_TOPIC_STOP,		 /* stop word; value unused */
	NA_TOPIC_STEM,		 /* see na_stem.h */
	NA_TOPIC_GIVEN,		 /* given name; value = flags */
	NA_TOPIC_FAMILY,	 /* family name; value = flags */
	NA_TOPIC_ORG_HEAD,	 /* head word of an organisation; index into NA_SEC_ORG_HEAD */
	NA_TOPIC_CONTEXT,	 /* words that tell what stands beside them; value = enum */
	NA_TOPIC_FIELD,		 /* field of a ministry; index into NA_SEC_FIELD */
	NA_TOPIC_QUOTE_WORD, /* na_quote_word of na_quote_def.h */
	NA_TOPIC_NISBA,		 /* nationality adjective or demonym; index into NA_SEC_GAZ */
	NA_TOPIC_BODY,		 /* public body without its country; value unused */
	NA_TOPIC_LANGUAGE,	 /* head word of a language's name; value unused */
	NA_TOPIC_COUNT
} na_topic;

typedef struct na_data_header
{
	uint32_t magic;
	uint32_t layout;
	uint32_t size; /* of the whole blob, bytes */
	uint32_t nsections;
	uint64_t checksum; /* FNV-1a 64 over everything behind the header */
	struct
	{
		uint32_t offset; /* bytes from the blob's start, multiple of 64 */
		uint32_t size;	 /* bytes */
	} section[32];
} na_data_header;

typedef struct na_lex
{
	uint32_t str;	 /* key: offset into NA_SEC_STRINGS */
	uint32_t node;	 /* trie node of the phrases that start here, 0 = none */
	uint32_t pay;	 /* first payload */
	uint16_t npay;	 /* number of payloads */
	uint16_t nbytes; /* length of the key in bytes */
	uint32_t topics; /* NA_TOPIC_BIT() of the payloads */
	uint32_t heads;	 /* the same for the phrases that start here */
} na_lex;

typedef struct na_trie_edge
{
	uint32_t node; /* from */
	uint32_t lex;  /* by this word */
	uint32_t next; /* to */
} na_trie_edge;

typedef struct na_trie_node
{
	uint32_t pay;
	uint32_t npay;	 /* 0 = no phrase ends here */
	uint32_t topics; /* NA_TOPIC_BIT() of the payloads */
	uint32_t below;	 /* the same for the phrases that go on from here */
} na_trie_node;

#define NA_PAY_TOPIC(p) ((p) >> 24)
#define NA_PAY_VALUE(p) ((p) &0xFFFFFFu)

#define NA_TOPIC_BIT(t) ((uint32_t) 1 << (t))

/* a slot of NA_SEC_LEX_HASH: entry in the low bits, upper bits of the word's hash above */
#define NA_SLOT_BITS 20
#define NA_SLOT_ENTRY(s) ((s) & (((uint32_t) 1 << NA_SLOT_BITS) - 1))
#define NA_SLOT_TAG(hash) ((hash) &0xFFF00000u)

/* words with a payload of NA_TOPIC_DATE or in a phrase with one, by their hash: few others pass */
#define NA_DATES_BITS ((uint32_t) 1 << 15)
#define NA_DATES_BIT(hash) ((hash) >> 17)

#if defined(__GNUC__) && !defined(__APPLE__)
extern const unsigned char na_blob[] __attribute__((visibility("hidden")));
#else
extern const unsigned char na_blob[];
#endif

/* start of a section; *n gets the number of records of that size */
static inline const void *
na_section_at(na_section s, size_t record, uint32_t *n)
{
	const na_data_header *h = (const na_data_header *) (const void *) na_blob;

	if (n != NULL)
		*n = (uint32_t) (h->section[s].size / record);
	return na_blob + h->section[s].offset;
}

/* a string of the pool, by offset */
static inline const char *
na_string(uint32_t offset)
{
	return (const char *) na_section_at(NA_SEC_STRINGS, 1, NULL) + offset;
}

/* 1 .. 8 bytes as a number, the first byte lowest: hashes are stored (fingerprints) */
static inline uint64_t
na_load_bytes(const char *p, uint32_t n)
{
	uint64_t w = 0;

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (n == 8)
		memcpy(&w, p, 8);
	else if (n >= 4)
	{
		uint32_t a, b;

		memcpy(&a, p, 4);
		memcpy(&b, p + n - 4, 4);
		w = a | (uint64_t) b << (8 * (n - 4));
	}
	else
#endif
		for (uint32_t i = 0; i < n; i++)
			w |= (uint64_t) (unsigned char) p[i] << (8 * i);
	return w;
}

/* 64-bit hash of n bytes, the same on every machine */
static inline uint64_t
na_hash64(const char *key, uint32_t n)
{
	uint64_t h = 0x9E3779B97F4A7C15u ^ n;

	while (n > 0)
	{
		uint32_t k = n < 8 ? n : 8;

		h = (h ^ na_load_bytes(key, k)) * 0xFF51AFD7ED558CCDu;
		h ^= h >> 32;
		key += k;
		n -= k;
	}
	return h * 0xC4CEB9FE1A85EC53u;
}

/* the hash of the lexicon, also used by the generator */
static inline uint32_t
na_lex_hash(const char *key, uint32_t n)
{
	return (uint32_t) (na_hash64(key, n) >> 32);
}

/* entry index of a normalised word, 0 = not in the lexicon */
extern uint32_t na_lex_find(const char *key, uint32_t n);

/* the same when its na_lex_hash() is known */
extern uint32_t na_lex_find_hashed(const char *key, uint32_t n, uint32_t hash);

static inline const na_lex *
na_lex_entry(uint32_t lex)
{
	return (const na_lex *) na_section_at(NA_SEC_LEX, sizeof(na_lex), NULL) + lex;
}

/* can the word with this hash say something of dates? */
static inline bool
na_lex_of_dates(uint32_t hash)
{
	const uint32_t *set = na_section_at(NA_SEC_LEX_DATES, sizeof(uint32_t), NULL);
	const uint32_t bit = NA_DATES_BIT(hash);

	return (set[bit / 32] >> bit % 32 & 1) != 0;
}

/* have what na_lex_find_hashed() will read come nearer: its slot, and later its entry */
static inline void
na_lex_prefetch_slot(uint32_t hash)
{
	uint32_t size;
	const uint32_t *slot = na_section_at(NA_SEC_LEX_HASH, sizeof(uint32_t), &size);

	if (size != 0)
		NA_PREFETCH(&slot[hash & (size - 1)]);
}

static inline void
na_lex_prefetch_entry(uint32_t hash)
{
	uint32_t size;
	const uint32_t *slot = na_section_at(NA_SEC_LEX_HASH, sizeof(uint32_t), &size);
	uint32_t s;

	if (size == 0)
		return;
	s = slot[hash & (size - 1)];
	if (s != 0 && NA_SLOT_TAG(s ^ hash) == 0)
		NA_PREFETCH(na_lex_entry(NA_SLOT_ENTRY(s)));
}

/* first payload of that topic among n payloads; -1 = none */
extern int32_t na_payload_find(uint32_t first, uint32_t n, na_topic topic);

/* first payload of that topic of a lexicon entry; -1 = none (lex 0: none) */
static inline int32_t
na_lex_payload(uint32_t lex, na_topic topic)
{
	/* entry 0 has no topics */
	const na_lex *e = na_lex_entry(lex);

	return e->topics & NA_TOPIC_BIT(topic) ? na_payload_find(e->pay, e->npay, topic) : -1;
}

static inline const na_trie_node *
na_trie_at(uint32_t node)
{
	return (const na_trie_node *) na_section_at(NA_SEC_TRIE, sizeof(na_trie_node), NULL) + node;
}

/* the hash of the trie's edges, also used by the generator */
extern uint32_t na_trie_hash(uint32_t node, uint32_t lex);

/* trie step; 0 = no such phrase */
extern uint32_t na_trie_step(uint32_t node, uint32_t lex);

/* magic, layout, sizes and checksum are right; for tests and the first load */
extern bool na_data_verify(void);
/* FNV-1a of n bytes; the generator uses it, too */
extern uint64_t na_fnv(const unsigned char *p, size_t n);
/* checksum of the data, as a version */
extern uint64_t na_data_version(void);

#endif /* NA_DATA_H */
