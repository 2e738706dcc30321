/*
 * fuzz_page.c
 *		Blocks cover the page; the fields of a page are text.
 */
#include "fuzz.h"
#include "na_date.h"
#include "na_page.h"

typedef struct sink
{
	const fuzz_input *in;
	uint32_t end;
	uint32_t line;
	uint32_t n;
	uint32_t stop;
} sink;

/* is there anything to see in [from, to)? */
static bool
visible(const fuzz_input *in, uint32_t from, uint32_t to)
{
	const unsigned char *p = (const unsigned char *) in->text + from;
	const unsigned char *end = (const unsigned char *) in->text + to;
	int len;

	for (; p < end; p += len)
	{
		na_class c = na_char_class(na_utf8_decode(p, end, &len));

		if (c != NA_C_SPACE && c != NA_C_NEWLINE && c != NA_C_CONTROL)
			return true;
	}
	return false;
}

static bool
put(void *ctx, const na_block *b)
{
	sink *s = ctx;

	FUZZ_CHECK(b->line > s->line && b->byte >= s->end && b->nbytes > 0);
	fuzz_span(s->in, b->byte, b->nbytes, b->chr, b->nchars);
	FUZZ_CHECK(!visible(s->in, s->end, b->byte));
	FUZZ_CHECK(memchr(s->in->text + b->byte, '\n', b->nbytes) == NULL);
	FUZZ_CHECK(na_block_kind_name(b->kind)[0] != '\0');
	s->end = b->byte + b->nbytes;
	s->line = b->line;
	return ++s->n != s->stop;
}

static void
check_string(const fuzz_input *in, na_str s)
{
	if (s.p != NULL && in->valid)
		FUZZ_CHECK(fuzz_valid(s.p, s.n));
}

static void
check_list(const fuzz_input *in, const na_str_list *l)
{
	FUZZ_CHECK(l->n <= l->cap);
	for (uint32_t i = 0; i < l->n; i++)
	{
		FUZZ_CHECK(l->item[i].p != NULL && l->item[i].n > 0);
		check_string(in, l->item[i]);
	}
}

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	sink s = {in, 0, 0, 0, 0};
	na_page page;
	na_status status = na_page_blocks(env, in->text, in->n, put, &s);

	FUZZ_STATUS(env, status);
	if (status == NA_OK)
		FUZZ_CHECK(!visible(in, s.end, in->n));
	s = (sink){in, 0, 0, 0, 1};
	FUZZ_STATUS(env, na_page_blocks(env, in->text, in->n, put, &s));
	FUZZ_CHECK(s.n <= 1);

	status = na_page_read(env, in->text, in->n, &page);
	FUZZ_STATUS(env, status);
	if (status == NA_OK)
	{
		check_string(in, page.headline);
		check_string(in, page.kicker);
		check_string(in, page.byline);
		check_string(in, page.author);
		check_string(in, page.dateline);
		check_string(in, page.lead);
		check_string(in, page.body);
		check_list(in, &page.subheads);
		check_list(in, &page.captions);
		check_list(in, &page.credits);
		check_list(in, &page.agencies);
		check_list(in, &page.sources);
	}
	na_page_free(&page);
}
