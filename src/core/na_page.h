/*
 * na_page.h
 *		The article inside a copied page: what each line is, and the fields.
 *
 * Lines become features (form, cues, dates, datelines, repetition, place on
 * the page); the sequence of kinds with the highest sum of weights is found
 * by Viterbi search.  Pages of more than NA_PAGE_WINDOW lines are labelled in
 * windows, so that memory stays bounded; the last state of a window is the
 * first of the next.
 */
#ifndef NA_PAGE_H
#define NA_PAGE_H

#include "na_base.h"
#include "na_page_def.h"

/* lines labelled together */
#define NA_PAGE_WINDOW 4096

typedef struct na_block
{
	uint32_t line; /* 1-based, empty lines are counted */
	uint32_t byte; /* the line without its line break */
	uint32_t nbytes;
	uint32_t chr; /* 0-based character */
	uint32_t nchars;
	uint8_t kind;  /* na_block_kind */
	uint8_t state; /* na_page_state */
} na_block;

/* false = no more, please */
typedef bool (*na_block_fn)(void *ctx, const na_block *b);

/*
 * Every line of the text that is not blank, in order.  Every character that
 * is no blank or line break belongs to exactly one block.
 */
extern na_status na_page_blocks(const na_env *env, const char *text, uint32_t n, na_block_fn fn,
								void *ctx);

typedef struct na_str_list
{
	na_str *item;
	uint32_t n;
	uint32_t cap;
} na_str_list;

/*
 * The fields of a page.  Strings live in the arena or are constants; p is
 * NULL where the page has no such part.  Days are day numbers of
 * na_calendar.h or NA_NO_DAY.
 */
typedef struct na_page
{
	na_arena arena;
	na_str headline;
	na_str kicker;
	na_str byline;
	na_str author;
	na_str dateline;
	na_str lead;
	na_str body; /* paragraphs, an empty line between them */
	int32_t published;
	int32_t page_date;
	na_str_list subheads;
	na_str_list captions;
	na_str_list credits;
	na_str_list agencies; /* canonical names, each once */
	na_str_list sources;
} na_page;

/* Read a page; release it with na_page_free() whatever the status. */
extern na_status na_page_read(const na_env *env, const char *text, uint32_t n, na_page *page);
extern void na_page_free(na_page *page);

/* names for SQL */
extern const char *na_block_kind_name(int kind);

/*
 * For tests and tools: the features of every line, called before the block's
 * state is known.  line counts the lines that are not blank, from 0.
 */
typedef void (*na_page_trace_fn)(void *ctx, uint32_t line, const uint16_t *features, int n);
extern na_status na_page_trace(const na_env *env, const char *text, uint32_t n,
							   na_page_trace_fn trace, na_block_fn fn, void *ctx);
extern const char *na_page_feature_name(int feature, char *buf, size_t size);
extern const char *na_page_state_name(int state);

#endif /* NA_PAGE_H */
