/*
 * na_base.c
 *		Arena, growing buffer, the malloc environment.
 */
#include <stdlib.h>

#include "na_base.h"
#include "na_utf8.h"

typedef struct na_arena_chunk
{
	struct na_arena_chunk *older;
	size_t size;
} na_arena_chunk;

#define ARENA_CHUNK ((size_t) 8192)

void
na_arena_init(na_arena *a, const na_env *env)
{
	a->env = env;
	a->chunks = NULL;
	a->next = a->end = NULL;
}

void *
na_arena_alloc(na_arena *a, size_t size)
{
	void *p;

	size = (size + 7) & ~(size_t) 7;
	if (a->next == NULL || (size_t) (a->end - a->next) < size)
	{
		size_t want = a->chunks ? a->chunks->size * 2 : ARENA_CHUNK;
		na_arena_chunk *c;

		if (want > ((size_t) 1 << 20))
			want = (size_t) 1 << 20;
		if (want < size + sizeof(na_arena_chunk))
			want = size + sizeof(na_arena_chunk);
		c = a->env->alloc(a->env->ctx, want);
		if (c == NULL)
			return NULL;
		c->older = a->chunks;
		c->size = want;
		a->chunks = c;
		a->next = (char *) (c + 1);
		a->end = (char *) c + want;
	}
	p = a->next;
	a->next += size;
	return p;
}

void
na_arena_reset(na_arena *a)
{
	na_arena_chunk *c = a->chunks;

	if (c == NULL)
		return;
	while (c->older != NULL)
	{
		na_arena_chunk *o = c->older;

		c->older = o->older;
		a->env->release(a->env->ctx, o);
	}
	a->next = (char *) (c + 1);
	a->end = (char *) c + c->size;
}

void
na_arena_free(na_arena *a)
{
	while (a->chunks != NULL)
	{
		na_arena_chunk *o = a->chunks;

		a->chunks = o->older;
		a->env->release(a->env->ctx, o);
	}
	a->next = a->end = NULL;
}

void
na_buf_init(na_buf *b, const na_env *env)
{
	b->env = env;
	b->data = NULL;
	b->len = b->cap = 0;
}

void
na_buf_free(na_buf *b)
{
	if (b->data != NULL)
		b->env->release(b->env->ctx, b->data);
	b->data = NULL;
	b->len = b->cap = 0;
}

bool
na_buf_grow(na_buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 256;
	char *p;

	if (n > SIZE_MAX / 4 - b->len)
		return false;
	while (cap - b->len < n)
		cap *= 2;
	p = b->env->alloc(b->env->ctx, cap);
	if (p == NULL)
		return false;
	if (b->data != NULL)
	{
		memcpy(p, b->data, b->len);
		b->env->release(b->env->ctx, b->data);
	}
	b->data = p;
	b->cap = cap;
	return true;
}

uint32_t
na_utf8_length(const char *s, size_t n)
{
	uint32_t k = 0;

	/* every byte that does not continue a character starts one */
	for (size_t i = 0; i < n; i++)
		k += ((unsigned char) s[i] & 0xC0) != 0x80;
	return k;
}

static void *
malloc_alloc(void *ctx, size_t size)
{
	(void) ctx;
	return malloc(size);
}

static void
malloc_release(void *ctx, void *p)
{
	(void) ctx;
	free(p);
}

static void
no_poll(void *ctx)
{
	(void) ctx;
}

const na_env na_env_malloc = {malloc_alloc, malloc_release, no_poll, NULL};

bool
na_grow(const na_env *env, void *list, uint32_t n, uint32_t *cap, size_t size)
{
	uint32_t more = *cap ? *cap * 2 : 64;
	void *p;
	void *q;

	if (n < *cap)
		return true;
	q = env->alloc(env->ctx, more * size);
	if (q == NULL)
		return false;
	/* the pointer's own type is not known here */
	memcpy(&p, list, sizeof(p));
	if (p != NULL)
	{
		memcpy(q, p, n * size);
		env->release(env->ctx, p);
	}
	memcpy(list, &q, sizeof(q));
	*cap = more;
	return true;
}
