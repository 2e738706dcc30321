/*
 * na_page_work.h
 *		A window of a page while it is read: what na_page_line.c, na_page_feature.c,
 *		na_page.c and na_page_field.c share.  Private to the core.
 */
#ifndef NA_PAGE_WORK_H
#define NA_PAGE_WORK_H

#include "na_chartab.h"
#include "na_page.h"
#include "na_pageline.h"

/* words of a line that are kept: lines up to this length whole */
#define KEEP_WORDS 64
/* of longer lines the first and the last ones */
#define KEEP_HEAD 16
#define KEEP_TAIL 8
/* lines beyond this length are not searched for cues inside */
#define CUE_WORDS 24
#define CUE_SHORT 12
#define CUE_TAIL 4
#define MAX_FEATURES 96
/* lines near the top among which titles are compared */
#define TITLE_LINES 48
/* and they are not longer than this */
#define TITLE_WORDS 25
/* states this far behind the best one are given up: no line weighs that much */
#define BEAM 4000
#define DEAD (INT32_MIN / 2)

/* flags of a line */
#define LF_ENDS_STOP 0x0001
#define LF_ENDS_QUESTION 0x0002
#define LF_ENDS_COLON 0x0004
#define LF_ENDS_COMMA 0x0008
#define LF_ENDS_PAREN 0x0010
#define LF_QUOTED 0x0020
#define LF_URL 0x0040
#define LF_EMAIL 0x0080
#define LF_HTML 0x0100
#define LF_COPYRIGHT 0x0200
#define LF_INDENT 0x0400
#define LF_BLANK_BEFORE 0x0800
#define LF_BLANK_AFTER 0x1000
#define LF_DIGIT 0x2000
#define LF_ARABIC 0x4000
#define LF_DATE 0x8000
#define LF_DATE_ONLY 0x10000
#define LF_RELATED_HEAD 0x20000
#define LF_TAGS_HEAD 0x40000
#define LF_SOURCE_HEAD 0x80000
#define LF_COMMENTS_HEAD 0x100000
#define LF_FURNITURE 0x200000 /* a cue says that it is no text, however long */
#define LF_TIME_ONLY 0x400000
#define LF_BYLINE 0x800000
#define LF_SECTION 0x1000000
#define LF_SIGNED 0x2000000 /* ends in something in brackets behind the last sentence */

typedef struct na_pline
{
	uint32_t number;
	uint32_t byte;
	uint32_t nbytes;
	uint32_t chr;
	uint32_t nchars;
	uint32_t word0;	 /* first kept word */
	uint32_t nkept;	 /* kept words */
	uint32_t nwords; /* all */
	uint32_t hash;	 /* of all words */
	uint32_t flags;
	uint16_t after; /* PD_* behind the last word */
	uint16_t npipes;
	uint16_t nwide;
	uint16_t nslash;
	uint16_t nhash;
	uint16_t nquote;
	uint8_t first; /* first visible character if ASCII or its counterpart */
	uint8_t state;
} na_pline;

typedef struct na_page_work
{
	const na_env *env;
	na_arena arena; /* of the window */
	const unsigned char *text;
	uint32_t n;
	/* scan position */
	uint32_t pos;
	uint32_t chr;
	uint32_t number;
	bool blank; /* an empty line stands before pos */
	uint32_t polled;
	/* the window */
	na_pline *lines;
	uint32_t nlines;
	na_pword *words;
	uint32_t nwords;
	uint32_t words_cap;
	uint8_t *bloom;
	uint32_t bloom_mask; /* bits - 1 */
	uint32_t first_long;
	uint32_t last_long;
	uint32_t first_five; /* first line of five words and more that is no furniture */
	bool blanks;		 /* the page has empty lines between its lines */
	bool first_window;
	int last_state; /* of the window before, -1 = none */
	na_page_trace_fn trace;
	void *trace_ctx;
} na_page_work;

typedef struct na_page_features
{
	uint16_t f[MAX_FEATURES];
	int n;
} na_page_features;

static inline void
na_page_poll(na_page_work *w)
{
	if (w->pos - w->polled >= NA_POLL_BYTES)
	{
		w->polled = w->pos;
		w->env->poll(w->env->ctx);
	}
}

static inline uint32_t
na_page_scramble(uint32_t h)
{
	h ^= h >> 16;
	h *= 0x85EBCA6Bu;
	h ^= h >> 13;
	h *= 0xC2B2AE35u;
	return h ^ h >> 16;
}

static inline bool
na_page_bloom_has(const na_page_work *w, uint32_t a, uint32_t b)
{
	uint32_t h = na_page_scramble(a * 31 + b) & w->bloom_mask;

	return (w->bloom[h >> 3] >> (h & 7)) & 1;
}

static inline bool
na_page_is_long(const na_pline *l)
{
	return l->nwords >= NA_PAGE_LONG && !(l->flags & LF_FURNITURE) && (l->flags & LF_ARABIC) &&
		   (l->nwords >= 22 || (l->flags & (LF_ENDS_STOP | LF_ENDS_QUESTION)) ||
			(l->flags & LF_INDENT));
}

/* the kind of delimiter (PD_*) a character is; *sig gets its ASCII counterpart */
extern uint16_t na_page_delimiter(uint32_t c, na_class cls, uint8_t *sig);
/* read one line at pos; *blank tells that nothing but white space is on it */
extern na_status na_page_read_line(na_page_work *w, na_pline *l, bool *blank);
/* all words of b stand at the start or the end of a, which has more */
extern bool na_page_holds(const na_page_work *w, const na_pline *a, const na_pline *b);
/* three of five words of b stand in a */
extern bool na_page_like(const na_page_work *w, const na_pline *a, const na_pline *b);
/* what needs line i alone */
extern na_status na_page_own_features(na_page_work *w, uint32_t i, na_page_features *fs);
/* what line i has to do with the others */
extern void na_page_neighbour_features(const na_page_work *w, uint32_t i, na_page_features *fs,
									   const uint32_t *run, const uint32_t *run_len,
									   const uint32_t *same_before, const uint32_t *same_after);
/* lines with the same words: the nearest one before and after, or UINT32_MAX */
extern na_status na_page_find_repeats(na_page_work *w, uint32_t *before, uint32_t *after);

#endif /* NA_PAGE_WORK_H */
