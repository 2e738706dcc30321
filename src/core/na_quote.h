/*
 * na_quote.h
 *		Quotations: who said what, in marks or reported.
 *
 * The reader goes over a segment once.  Verbs of saying open the way for a
 * quotation in marks, behind a colon, or for a clause with أن/إن; the speaker
 * is the name in the verb's subject, else the role phrase; pronouns, ellipsis
 * and nouns like الوزارة go back to the speakers before.
 */
#ifndef NA_QUOTE_H
#define NA_QUOTE_H

#include "na_entity.h"
#include "na_quote_def.h"
#include "na_token.h"

typedef struct na_quote
{
	uint32_t byte; /* what was said, without its marks */
	uint32_t nbytes;
	uint32_t chr; /* 0-based character */
	uint32_t nchars;
	bool direct;
	na_str speaker;			/* p is NULL when nobody can be named */
	const char *speaker_id; /* "" = unknown */
	const char *verb;		/* lemma; "" = none */
	uint8_t stance;			/* na_stance */
} na_quote;

/* false = no more, please; the strings are valid until the reader goes */
typedef bool (*na_quote_fn)(void *ctx, const na_quote *q);

typedef struct na_quote_reader na_quote_reader;

/* NULL when there is no memory */
extern na_quote_reader *na_quote_reader_new(const na_env *env);
extern void na_quote_reader_free(na_quote_reader *r);

/* the quotations of a segment, in order; entities are those of na_entities_segment() */
extern na_status na_quotes_segment(na_quote_reader *r, const na_segment *seg,
								   const na_entity *entity, uint32_t nentity, na_quote_fn fn,
								   void *ctx);

/* the quotations of a text */
extern na_status na_quotes(const na_env *env, const char *text, uint32_t n, na_quote_fn fn,
						   void *ctx);

extern const char *na_stance_name(int stance);

#endif /* NA_QUOTE_H */
