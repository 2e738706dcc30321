/*
 * na_base.h
 *		What every core file shares: the caller's environment, status codes,
 *		strings by pointer and length, an arena, and a growing buffer.
 *
 * The core knows no PostgreSQL.  All memory comes from na_env.alloc; an
 * allocator that longjmps on failure (palloc) and one that returns NULL
 * (malloc) both work.  The core may be left by longjmp out of alloc and
 * poll; it then holds nothing but memory of the caller's allocator.
 */
#ifndef NA_BASE_H
#define NA_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef enum na_status
{
	NA_OK = 0,
	NA_NO_MEMORY,	/* alloc returned NULL */
	NA_BAD_ARGUMENT /* what was asked for does not exist; see the function */
} na_status;

#define NA_POLL_BYTES 65536 /* bytes between two looks at interrupts, at most */

typedef struct na_env
{
	/* memory for size > 0 bytes, aligned to 8; NULL when there is none */
	void *(*alloc)(void *ctx, size_t size);
	void (*release)(void *ctx, void *p);
	/* called at least once per NA_POLL_BYTES of input; may longjmp (interrupts) */
	void (*poll)(void *ctx);
	void *ctx;
} na_env;

/* Bytes of UTF-8 that somebody else owns. */
typedef struct na_str
{
	const char *p;
	uint32_t n;
} na_str;

/* Arena: many small allocations, freed all at once. */
typedef struct na_arena
{
	const na_env *env;
	struct na_arena_chunk *chunks;
	char *next;
	char *end;
} na_arena;

extern void na_arena_init(na_arena *a, const na_env *env);
/* size bytes aligned to 8, or NULL */
extern void *na_arena_alloc(na_arena *a, size_t size);
extern void na_arena_free(na_arena *a);
/* keep the newest chunk, free the others; everything allocated is gone */
extern void na_arena_reset(na_arena *a);

/*
 * Room for one more element in an array of n elements of a size.  list is the
 * address of the pointer to the array, which moves when the array does; false:
 * there is no memory, and the array stays as it is.
 */
extern bool na_grow(const na_env *env, void *list, uint32_t n, uint32_t *cap, size_t size);

/* Growing byte buffer; data is NULL until the first reserve. */
typedef struct na_buf
{
	const na_env *env;
	char *data;
	size_t len;
	size_t cap;
} na_buf;

extern void na_buf_init(na_buf *b, const na_env *env);
extern void na_buf_free(na_buf *b);
/* make room for n more bytes; false when there is no memory */
extern bool na_buf_grow(na_buf *b, size_t n);

static inline bool
na_buf_reserve(na_buf *b, size_t n)
{
	return b->cap - b->len >= n || na_buf_grow(b, n);
}

static inline bool
na_buf_put(na_buf *b, const void *p, size_t n)
{
	if (!na_buf_reserve(b, n))
		return false;
	if (n > 0)
		memcpy(b->data + b->len, p, n);
	b->len += n;
	return true;
}

/* the malloc environment for tests, tools and the generator; poll does nothing */
extern const na_env na_env_malloc;

#if defined(__GNUC__)
#define NA_PREFETCH(p) __builtin_prefetch(p)
#else
#define NA_PREFETCH(p) ((void) (p))
#endif

#define NA_LENGTHOF(a) (sizeof(a) / sizeof((a)[0]))

#endif /* NA_BASE_H */
