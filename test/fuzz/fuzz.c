/*
 * fuzz.c
 *		Entry of all fuzz targets, and what they share.
 */
#include "fuzz.h"

extern int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *
fuzz_alloc(void *ctx, size_t size)
{
	fuzz_memory *m = ctx;
	void *p;

	FUZZ_CHECK(size > 0);
	if (m->left == 0)
		return NULL;
	if (m->left > 0)
		m->left--;
	p = malloc(size);
	FUZZ_CHECK(p != NULL);
	/* memory as a server gives it: not zero */
	memset(p, 0x7F, size);
	m->live++;
	return p;
}

static void
fuzz_release(void *ctx, void *p)
{
	fuzz_memory *m = ctx;

	FUZZ_CHECK(p != NULL);
	m->live--;
	free(p);
}

static void
fuzz_poll(void *ctx)
{
	(void) ctx;
}

bool
fuzz_failing(const na_env *env)
{
	return ((const fuzz_memory *) env->ctx)->left == 0;
}

uint32_t
fuzz_chars(const char *s, uint32_t n)
{
	const unsigned char *p = (const unsigned char *) s;
	const unsigned char *end = n ? p + n : p; /* s may be NULL */
	uint32_t k = 0;
	int len;

	for (; p < end; p += len, k++)
		(void) na_utf8_decode(p, end, &len);
	return k;
}

bool
fuzz_valid(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *) s;
	const unsigned char *end = n ? p + n : p; /* s may be NULL */
	int len;

	for (; p < end; p += len)
	{
		uint32_t cp = na_utf8_decode(p, end, &len);

		/* U+FFFD in one byte is what ill-formed bytes decode to */
		if (cp == 0 || (cp == NA_REPLACEMENT && len == 1))
			return false;
	}
	return true;
}

void
fuzz_span(const fuzz_input *in, uint32_t byte, uint32_t nbytes, uint32_t chr, uint32_t nchars)
{
	FUZZ_CHECK(byte <= in->n && nbytes <= in->n - byte);
	/* of ill-formed bytes nobody can say how many characters they are */
	if (!in->valid)
		return;
	FUZZ_CHECK(byte == in->n || (in->text[byte] & 0xC0) != 0x80);
	FUZZ_CHECK(fuzz_chars(in->text, byte) == chr);
	FUZZ_CHECK(fuzz_chars(in->text + byte, nbytes) == nchars);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_input in;
	fuzz_memory memory = {0, -1};
	na_env env = {fuzz_alloc, fuzz_release, fuzz_poll, &memory};

	if (size < FUZZ_HEAD)
		return 0;
	memcpy(in.head, data, FUZZ_HEAD);
	in.n = (uint32_t) (size - FUZZ_HEAD);
	in.text = malloc(in.n);
	if (in.n > 0)
		memcpy(in.text, data + FUZZ_HEAD, in.n);
	in.valid = fuzz_valid(in.text, in.n);
	fuzz_one(&env, &in);
	FUZZ_CHECK(memory.live == 0);
	/* once more with memory that runs out: nothing is lost, nothing is touched */
	if (in.head[0] % 4 == 3)
	{
		memory.left = in.head[1];
		fuzz_one(&env, &in);
		FUZZ_CHECK(memory.live == 0);
	}
	free(in.text);
	return 0;
}
