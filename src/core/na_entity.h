/*
 * na_entity.h
 *		Named entities: spans, kinds, ids, countries, coreference of names.
 */
#ifndef NA_ENTITY_H
#define NA_ENTITY_H

#include "na_gazetteer.h"
#include "na_tagger.h"
#include "na_token.h"

/* what the gazetteer finds at a token */
typedef struct na_match
{
	uint32_t gaz;		  /* entry, 0 = none */
	uint16_t ntok;		  /* tokens of the name */
	uint8_t reading;	  /* of the first token: 0 whole, 1 or 2 without proclitics */
	uint8_t is_short : 1; /* matched by a short form */
	uint8_t user : 1;	  /* entry of the caller's gazetteer: gaz is its index */
} na_match;

typedef struct na_entity
{
	uint32_t byte; /* where it stands in the text, proclitics outside */
	uint32_t nbytes;
	uint32_t chr; /* 0-based character */
	uint32_t nchars;
	uint8_t kind;	 /* na_entity_kind */
	bool user;		 /* gaz is an entry of the caller's gazetteer */
	uint32_t gaz;	 /* gazetteer entry, 0 = unknown */
	char country[2]; /* zeros = none */
	na_str name;	 /* entry's name, or the fullest form in the text as it stands there */
	float score;	 /* probability that kind and span are right, 0 .. 1 */
	uint32_t first;	 /* tokens of the segment: first .. last - 1 */
	uint32_t last;
} na_entity;

/* one entry of a caller's gazetteer */
typedef struct na_user_entry
{
	na_str id, name, name_en;
	char country[2];
	uint8_t kind;
} na_user_entry;

/* a caller's gazetteer, made by na_user_gazetteer_add(); all memory is env's */
typedef struct na_user_gazetteer na_user_gazetteer;

extern na_user_gazetteer *na_user_gazetteer_new(const na_env *env);
#define NA_USER_WORDS 1000 /* words and marks of a name, at most: how far a match may have to go */
/*
 * Put a name (all strings are copied).  Of equal names the first one stays; one
 * without any word, or with too many, is never found.
 */
extern na_status na_user_gazetteer_add(na_user_gazetteer *g, const na_user_entry *e);
extern const na_user_entry *na_user_gazetteer_entry(const na_user_gazetteer *g, uint32_t i);
extern void na_user_gazetteer_free(na_user_gazetteer *g);
/* the longest name of a caller's gazetteer at token i */
extern na_match na_user_match(const na_user_gazetteer *g, const na_segment *seg, uint32_t i);

/*
 * The reader keeps what outlives a segment: names known so far, countries
 * counted, the tagger.
 */
typedef struct na_entity_reader na_entity_reader;

/* NULL when there is no memory; user may be NULL and must outlive the reader */
extern na_entity_reader *na_entity_reader_new(const na_env *env, const na_user_gazetteer *user);
extern void na_entity_reader_free(na_entity_reader *r);

/* for tests and counts: fix the tagger's kernels, as na_tagger_kernels() does */
extern bool na_entity_reader_kernels(na_entity_reader *r, int which);

/*
 * The entities of a segment, in order, without overlap.  *list is the
 * reader's, valid until the next call.
 */
extern na_status na_entities_segment(na_entity_reader *r, const na_segment *seg,
									 const na_entity **list, uint32_t *n);

/* id of an entity, "" = none */
extern const char *na_entity_id(const na_entity *e);

/*
 * The longest name of the compiled-in gazetteer at token i (full names before
 * short forms); ntok = 0: none.
 */
extern na_match na_gazetteer_match(const na_segment *seg, uint32_t i);

/* the same for nationality adjectives and demonyms */
extern na_match na_nisba_match(const na_segment *seg, uint32_t i);

/* payload of a topic for a token, by its whole form or without proclitics; -1 = none */
extern int32_t na_token_payload(const na_token *t, na_topic topic, int *reading);

/*
 * The tagger by rules: tags of tokens first .. last - 1 from gazetteer, name
 * lists, titles and head words, in the form of na_tagger_run().
 */
extern void na_rule_tags(const na_segment *seg, uint32_t first, uint32_t last,
						 const na_match *match, na_tagged *out);

/* an adjective in ي or ية has the gender of this noun, as far as spelling shows it */
extern bool na_agrees(const na_segment *seg, const na_token *noun, const na_token *adjective);

/* entry of NA_SEC_ORG_HEAD by its payload, NULL for -1 */
extern const na_org_head *na_org_head_at(int32_t payload);

/*
 * Tokens of the organisation that a head word at token i opens with a listed
 * field, a place or a country adjective; 0 = none.  *nhead is the length of the head alone.
 * match[k] belongs to token k.
 */
extern uint32_t na_org_by_head(const na_segment *seg, uint32_t i, uint32_t first, uint32_t last,
							   const na_match *match, uint32_t *nhead, uint8_t *kind);

/*
 * Mend the tagger's tags of one line, tokens first .. last - 1, by what the
 * gazetteer, head words and grammar know.  match[k] and tagged[k] belong to token k.
 */
extern void na_mend_tags(const na_segment *seg, uint32_t first, uint32_t last,
						 const na_match *match, na_tagged *tagged);

#endif /* NA_ENTITY_H */
