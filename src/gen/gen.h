/*
 * gen.h
 *		The generator: data/ to the blob of na_data.h.
 *
 * A topic is one file gen_TOPIC.c with one function gen_TOPIC(gen *), listed
 * in gen_main.c.  It reads its tables with gen_read(), puts names and words
 * with gen_key(), strings with gen_string() and its records with
 * gen_section().  The generator is a build tool: it stops at the first error
 * with file and line, and frees nothing.
 */
#ifndef GEN_H
#define GEN_H

#include <stdio.h>

#include "../core/na_base.h"
#include "../core/na_data.h"

typedef struct gen gen;

/* a table of data/: columns by the names in its first line that is no comment */
typedef struct gen_table
{
	const char *file;
	int ncols;
	char **cols;
	int nrows;
	char ***rows; /* rows[r][c], never NULL */
	int *lines;	  /* line number of each row */
} gen_table;

/* the folder data/ */
extern const char *gen_dir(const gen *g);

/* read data/NAME; it must exist */
extern gen_table *gen_read(gen *g, const char *name);

/* all files data/PATTERN (shell pattern), sorted by name; NULL-terminated */
extern char **gen_glob(gen *g, const char *pattern);

/* number of a column; stops when there is none */
extern int gen_col(const gen_table *t, const char *name);

/* stop with a message about a row of a table */
extern void gen_fail(const gen_table *t, int row, const char *format, ...)
	__attribute__((format(printf, 3, 4), noreturn));

/* the alternatives of a column, split at '|' and trimmed; NULL-terminated, fresh */
extern char **gen_split(const char *s);

/* offset of a string in the pool; equal strings share one */
extern uint32_t gen_string(gen *g, const char *s);

/* a string of the pool, valid until the next gen_string() */
extern const char *gen_string_at(const gen *g, uint32_t offset);

/*
 * Say that a word or phrase has this meaning to a topic.  The phrase goes
 * through the scanner, so its key is what the scanner will make of the text.
 * The same (phrase, topic, value) is kept once.  false when the phrase has no
 * token.
 */
extern bool gen_key(gen *g, const char *phrase, na_topic topic, uint32_t value);

/* put a section's records; the memory is copied */
extern void gen_section(gen *g, na_section section, const void *data, size_t record, uint32_t n);

/* the normalised key of a word or phrase, all steps (fresh, zero-terminated) */
extern char *gen_fold(const char *s);

/* growing array: p = gen_grow(p, n, size) makes room for element n */
extern void *gen_grow(void *p, size_t n, size_t size);

extern void *gen_alloc(size_t size);
extern char *gen_strdup(const char *s);

/* index of s in a NULL-terminated list of names; -1 = not there */
extern int gen_index(const char *s, const char *const *names);

/* the topics */
extern void gen_dates(gen *g);
extern void gen_gazetteer(gen *g);
extern void gen_agency(gen *g);
extern void gen_pages(gen *g);
extern void gen_quotes(gen *g);
extern void gen_stem(gen *g);
extern void gen_model(gen *g);

#endif /* GEN_H */
