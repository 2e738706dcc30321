/*
 * fuzz.h
 *		What the fuzz targets share: a text out of the fuzzer's bytes, memory that
 *		is counted and runs out on demand, checks, and a mutator that knows Arabic
 *		news pages (mutate.c).
 *
 * The first FUZZ_HEAD bytes of an input are parameters (options of the function
 * under test, the call at which memory runs out), the rest is the text.  The
 * text lies in a heap block of exactly its size, so that a read of one byte
 * too many is seen.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "na_base.h"
#include "na_chartab.h"
#include "na_utf8.h"

#define FUZZ_HEAD 8

typedef struct fuzz_input
{
	uint8_t head[FUZZ_HEAD];
	char *text; /* exactly n bytes */
	uint32_t n;
	bool valid; /* what PostgreSQL would store: well-formed UTF-8 without NUL */
} fuzz_input;

/* the environment of the core: counts what is not given back */
typedef struct fuzz_memory
{
	long live; /* blocks */
	long left; /* allocations until memory runs out, negative = never */
} fuzz_memory;

/* what a target defines; called twice when the input asks for failing allocations */
extern void fuzz_one(const na_env *env, const fuzz_input *in);

/* is this call one in which memory runs out?  Results then mean nothing. */
extern bool fuzz_failing(const na_env *env);

/* characters of n bytes */
extern uint32_t fuzz_chars(const char *s, uint32_t n);

/* well-formed UTF-8 without NUL */
extern bool fuzz_valid(const char *s, size_t n);

/* a span (bytes and 0-based characters) lies inside the text, on characters' bounds */
extern void fuzz_span(const fuzz_input *in, uint32_t byte, uint32_t nbytes, uint32_t chr,
					  uint32_t nchars);

#define FUZZ_CHECK(condition)                                                                      \
	do                                                                                             \
	{                                                                                              \
		if (!(condition))                                                                          \
		{                                                                                          \
			fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);              \
			abort();                                                                               \
		}                                                                                          \
	} while (0)

/* NA_OK, or NA_NO_MEMORY where memory was made to run out */
#define FUZZ_STATUS(env, status)                                                                   \
	do                                                                                             \
	{                                                                                              \
		na_status fuzz_status_ = (status);                                                         \
		FUZZ_CHECK(fuzz_status_ == NA_OK || (fuzz_status_ == NA_NO_MEMORY && fuzz_failing(env)));  \
	} while (0)

#endif /* FUZZ_H */
