/*
 * test_page.c
 *		The page labeller and the reader of quotations without PostgreSQL:
 *		lines, positions, memory, hostile input.
 */
#include <stdio.h>
#include <stdlib.h>

#include "na_agency.h"
#include "na_page.h"
#include "na_quote.h"

static int failed;

static void
check(bool ok, const char *what)
{
	printf("%s %s\n", ok ? "ok" : "not ok", what);
	failed += !ok;
}

/* an allocator that counts, and fails after a number of calls */
typedef struct counter
{
	size_t live;
	size_t peak;
	long left; /* calls until failure, negative = never */
} counter;

static void *
count_alloc(void *ctx, size_t size)
{
	counter *c = ctx;
	size_t *p;

	if (c->left == 0)
		return NULL;
	if (c->left > 0)
		c->left--;
	p = malloc(size + 16);
	if (p == NULL)
		return NULL;
	*p = size;
	c->live += size;
	if (c->live > c->peak)
		c->peak = c->live;
	return (char *) p + 16;
}

static void
count_release(void *ctx, void *p)
{
	counter *c = ctx;
	size_t *q = (size_t *) (void *) ((char *) p - 16);

	c->live -= *q;
	free(q);
}

static void
count_poll(void *ctx)
{
	(void) ctx;
}

typedef struct seen
{
	uint32_t n;
	uint32_t line;
	uint32_t byte_end;
	uint32_t chr_end;
	uint32_t visible; /* bytes in blocks that are no blank */
	bool ordered;
	const char *text;
	char kinds[64];
} seen;

static bool
see(void *ctx, const na_block *b)
{
	seen *s = ctx;

	s->ordered = s->ordered && b->line > s->line && b->byte >= s->byte_end && b->chr >= s->chr_end;
	s->line = b->line;
	s->byte_end = b->byte + b->nbytes;
	s->chr_end = b->chr + b->nchars;
	if (s->n < sizeof s->kinds - 1)
		s->kinds[s->n] = (char) ('a' + b->kind);
	for (uint32_t i = b->byte; i < s->byte_end; i++)
		s->visible += s->text[i] != ' ' && s->text[i] != '\n' && s->text[i] != '\r';
	s->n++;
	return true;
}

static seen
blocks(const na_env *env, const char *text, size_t n, na_status *st)
{
	seen s;

	memset(&s, 0, sizeof s);
	s.text = text;
	s.ordered = true;
	*st = na_page_blocks(env, text, (uint32_t) n, see, &s);
	return s;
}

static bool
count_quote(void *ctx, const na_quote *q)
{
	(void) q;
	++*(uint32_t *) ctx;
	return true;
}

static const char page[] =
	"الأحد 2 مارس / March 2025\n\n"
	"مهرجان للطائرات الورقية يجمع آلاف الأطفال في غزة\n\n"
	"مهرجان للطائرات الورقية يجمع آلاف الأطفال في غزة\n\n"
	"شارك القصة\n\n"
	"أطفال يطلقون طائراتهم على شاطئ خان يونس (الصورة: غيتي)\n"
	"أطلق آلاف الأطفال طائراتهم الورقية على شاطئ مدينة خان يونس في مهرجان يقام للمرة الأولى منذ "
	"ثلاثة أعوام.\n\n"
	"وقال منظم المهرجان سامي العمصي: \"أردنا أن تنظر العيون إلى السماء فرحا\".\n\n"
	"المصادر:\nالعربي - أ ف ب\nClose\n";

int
main(void)
{
	counter c = {0, 0, -1};
	na_env env = {count_alloc, count_release, count_poll, &c};
	na_status st;
	na_page p;
	seen s;
	char *big;
	size_t n;
	uint32_t quotes = 0;

	s = blocks(&env, page, sizeof page - 1, &st);
	check(st == NA_OK && s.n == 10 && s.ordered, "blocks of a page, in order");
	check(c.live == 0, "no memory is kept");
	check(na_page_read(&env, page, sizeof page - 1, &p) == NA_OK, "fields of a page");
	check(p.published == INT32_MIN && p.page_date == 20149,
		  "the day of viewing is not that of publication");
	check(p.agencies.n == 2 && p.credits.n == 1 && p.captions.n == 1, "agencies and credits");
	check(p.agencies.n == 2 && p.agencies.item[1].n == 3 &&
			  memcmp(p.agencies.item[1].p, "AFP", 3) == 0,
		  "canonical names");
	na_page_free(&p);
	check(c.live == 0, "no memory is kept by fields");

	/* every allocation may fail */
	{
		bool ok = true;

		for (long i = 0; i < 200; i++)
		{
			c.left = i;
			st = na_page_read(&env, page, sizeof page - 1, &p);
			ok = ok && (st == NA_OK || st == NA_NO_MEMORY);
			na_page_free(&p);
			ok = ok && c.live == 0;
		}
		c.left = -1;
		check(ok, "failing allocations leave nothing behind");
	}
	{
		bool ok = true;

		for (long i = 0; i < 200; i++)
		{
			c.left = i;
			st = na_quotes(&env, page, sizeof page - 1, count_quote, &quotes);
			ok = ok && (st == NA_OK || st == NA_NO_MEMORY) && c.live == 0;
		}
		c.left = -1;
		check(ok, "quotations: failing allocations leave nothing behind");
	}

	/* windows: more lines than are labelled together; memory stays bounded */
	n = 400000;
	big = malloc(n);
	for (size_t i = 0; i < n; i++)
		big[i] = i % 2 ? '\n' : 'x';
	c.peak = 0;
	s = blocks(&env, big, n, &st);
	check(st == NA_OK && s.n == n / 2 && s.line == n / 2 && s.ordered, "200000 lines");
	check(c.peak < 16 << 20, "memory of a window");
	check(s.visible == n / 2, "nothing is lost");

	/* bytes that are no text */
	srand(7);
	{
		bool ok = true;

		for (int k = 0; k < 300; k++)
		{
			uint32_t visible = 0;

			n = (size_t) (rand() % 3000);
			for (size_t i = 0; i < n; i++)
			{
				/* ill-formed UTF-8, and bits of the page above */
				if (rand() % 3 && i + 40 < n)
				{
					size_t from = (size_t) rand() % (sizeof page - 41);

					memcpy(big + i, page + from, 40);
					i += 39;
				}
				else
					big[i] = (char) rand();
			}
			for (size_t i = 0; i < n; i++)
				visible += big[i] != ' ' && big[i] != '\n' && big[i] != '\r';
			s = blocks(&env, big, n, &st);
			/* blank lines may hold tabs and other blanks */
			ok = ok && st == NA_OK && s.ordered && s.visible <= visible;
			ok = ok && na_page_read(&env, big, (uint32_t) n, &p) == NA_OK;
			na_page_free(&p);
			ok = ok && na_quotes(&env, big, (uint32_t) n, count_quote, &quotes) == NA_OK;
			ok = ok && c.live == 0;
		}
		check(ok, "random bytes");
	}
	free(big);
	check(na_agency_count() > 100, "agencies are there");
	check(strcmp(na_block_kind_name(NA_BLOCK_PULL_QUOTE), "pull_quote") == 0 &&
			  na_block_kind_name(99)[0] == '\0',
		  "names of kinds");
	return failed > 0;
}
