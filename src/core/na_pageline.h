/*
 * na_pageline.h
 *		The lines of a page and their words, as na_page.c and na_agency.c see
 *		them.  Private to the core.
 */
#ifndef NA_PAGELINE_H
#define NA_PAGELINE_H

#include "na_base.h"

/* what stands before a word, or behind the last one */
#define PD_COLON 0x0001
#define PD_COMMA 0x0002
#define PD_DASH 0x0004
#define PD_SLASH 0x0008
#define PD_PIPE 0x0010
#define PD_STOP 0x0020
#define PD_OPEN 0x0040
#define PD_CLOSE 0x0080
#define PD_QUOTE 0x0100
#define PD_WIDE 0x0200	/* three blanks and more */
#define PD_SPACE 0x0400 /* any blank */
#define PD_HASH 0x0800
#define PD_AT 0x1000
#define PD_STAR 0x2000
#define PD_OTHER 0x4000
#define PD_DELIMITER (PD_COLON | PD_DASH | PD_SLASH | PD_PIPE)

/* classes of a word */
#define PW_ARABIC 0x01
#define PW_LATIN 0x02
#define PW_NUMBER 0x04

typedef struct na_pword
{
	uint32_t byte;
	uint16_t nbytes; /* of very long words: the first 65535 */
	uint16_t before; /* PD_* between the word before and this one */
	uint32_t hash;	 /* of its folded form */
	uint32_t lex;	 /* lexicon entry, once looked up */
	uint8_t cls;	 /* PW_* */
	bool looked_up;
} na_pword;

/* fold a word as the token stream does, into out[size]; 0 = too long */
extern uint32_t na_pword_key(const char *text, const na_pword *w, char *out, uint32_t size);

/* lexicon entry of a word */
extern uint32_t na_pword_lex(const char *text, na_pword *w);

/*
 * The longest phrase of a topic at word i; returns the number of words, 0 =
 * none.  Numbers are no part of phrases.
 */
extern uint32_t na_pword_phrase(const char *text, na_pword *w, uint32_t n, uint32_t i,
								unsigned topic, uint32_t *value);

/* the same for names of places */
extern uint32_t na_pword_place(const char *text, na_pword *w, uint32_t n, uint32_t i);

/* a dateline or byline at the start of a line */
typedef struct na_dateline
{
	uint32_t nwords; /* words that it takes, 0 = there is none */
	bool whole;		 /* nothing behind it */
	bool agency;	 /* names an agency or outlet */
} na_dateline;

/* after: what stands behind the last word */
extern void na_dateline_find(const char *text, na_pword *w, uint32_t n, uint16_t after,
							 na_dateline *out);

#endif /* NA_PAGELINE_H */
