/*
 * core.c
 *		Runs functions of the core over pages, without PostgreSQL: what callgrind
 *		and perf look at.
 *
 *	core FILE ROUNDS [FUNCTION ...]
 *
 * FILE holds pages separated by form feeds.  Every function of the list below
 * is called ROUNDS times for every page; the line of a function tells pages,
 * bytes and a sum over its results.  The tagger runs on the kernels that
 * NA_KERNELS names (na_tagger_kernels(): 1 = portable), so that counts do not
 * hang on the processor.
 */
#include <stdio.h>
#include <stdlib.h>

#include "na_date.h"
#include "na_entity.h"
#include "na_fingerprint.h"
#include "na_highlight.h"
#include "na_normalize.h"
#include "na_page.h"
#include "na_quote.h"
#include "na_stem.h"

#define RUN static __attribute__((noinline)) uint64_t

static int kernels;

static void
check(na_status status)
{
	if (status != NA_OK)
	{
		fprintf(stderr, "core: status %d\n", (int) status);
		exit(1);
	}
}

static uint64_t
buffer_sum(na_buf *b)
{
	uint64_t sum = na_fnv((const unsigned char *) b->data, b->len);

	na_buf_free(b);
	return sum;
}

RUN
run_normalize(const char *text, uint32_t n)
{
	na_buf out;

	na_buf_init(&out, &na_env_malloc);
	check(na_normalize(&na_env_malloc, text, n, NA_STEPS_ALL, &out));
	return buffer_sum(&out);
}

RUN
run_clean(const char *text, uint32_t n)
{
	na_buf out;

	na_buf_init(&out, &na_env_malloc);
	check(na_clean(&na_env_malloc, text, n, &out));
	return buffer_sum(&out);
}

RUN
run_tokens(const char *text, uint32_t n)
{
	na_scanner s;
	const na_segment *seg;
	uint64_t sum = 0;

	na_scan_init(&s, &na_env_malloc, text, n, NA_LOOKUP_ALL);
	for (;;)
	{
		check(na_scan_next(&s, &seg));
		if (seg == NULL)
			break;
		sum += seg->ntok;
	}
	na_scan_end(&s);
	return sum;
}

/* on top of run_tokens: the lexemes of its words */
RUN
run_stem(const char *text, uint32_t n)
{
	na_scanner s;
	const na_segment *seg;
	uint64_t sum = 0;

	na_scan_init(&s, &na_env_malloc, text, n, NA_LOOKUP_NONE);
	for (;;)
	{
		check(na_scan_next(&s, &seg));
		if (seg == NULL)
			break;
		for (uint32_t i = 0; i < seg->ntok; i++)
			if (seg->tok[i].kind == NA_WORD)
			{
				na_str key = na_key(seg, &seg->tok[i]);
				na_stem_result r;

				na_stem(key.p, key.n, text + seg->tok[i].byte, seg->tok[i].nbytes, &r);
				sum += r.stop;
			}
	}
	na_scan_end(&s);
	return sum;
}

static bool
count_date(void *ctx, const na_date *d)
{
	*(uint64_t *) ctx += d->chr + d->nchars;
	return true;
}

RUN
run_dates(const char *text, uint32_t n)
{
	na_date_options options = {20000, 0};
	uint64_t sum = 0;

	check(na_dates(&na_env_malloc, text, n, &options, count_date, &sum));
	return sum;
}

static bool
count_block(void *ctx, const na_block *b)
{
	*(uint64_t *) ctx += b->kind * 1000u + b->nchars;
	return true;
}

RUN
run_page_blocks(const char *text, uint32_t n)
{
	uint64_t sum = 0;

	check(na_page_blocks(&na_env_malloc, text, n, count_block, &sum));
	return sum;
}

RUN
run_page(const char *text, uint32_t n)
{
	na_page page;
	uint64_t sum;

	check(na_page_read(&na_env_malloc, text, n, &page));
	sum = page.headline.n + page.body.n + page.lead.n;
	na_page_free(&page);
	return sum;
}

RUN
run_entities(const char *text, uint32_t n)
{
	na_scanner s;
	const na_segment *seg;
	na_entity_reader *r = na_entity_reader_new(&na_env_malloc, NULL);
	uint64_t sum = 0;

	if (r == NULL || !na_entity_reader_kernels(r, kernels))
		check(NA_BAD_ARGUMENT);
	na_scan_init(&s, &na_env_malloc, text, n, NA_LOOKUP_ALL);
	for (;;)
	{
		const na_entity *list;
		uint32_t count;

		check(na_scan_next(&s, &seg));
		if (seg == NULL)
			break;
		check(na_entities_segment(r, seg, &list, &count));
		for (uint32_t i = 0; i < count; i++)
			sum += list[i].chr + list[i].kind + list[i].gaz + (uint64_t) (list[i].score * 65535.0f);
	}
	na_scan_end(&s);
	na_entity_reader_free(r);
	return sum;
}

static bool
count_quote(void *ctx, const na_quote *q)
{
	*(uint64_t *) ctx += q->chr + q->nchars;
	return true;
}

/* without the entities, which na_quotes() reads first: those have a line of their own */
RUN
run_quotes(const char *text, uint32_t n)
{
	na_scanner s;
	const na_segment *seg;
	na_quote_reader *r = na_quote_reader_new(&na_env_malloc);
	uint64_t sum = 0;

	if (r == NULL)
		check(NA_NO_MEMORY);
	na_scan_init(&s, &na_env_malloc, text, n, NA_LOOKUP_ALL);
	for (;;)
	{
		check(na_scan_next(&s, &seg));
		if (seg == NULL)
			break;
		check(na_quotes_segment(r, seg, NULL, 0, count_quote, &sum));
	}
	na_scan_end(&s);
	na_quote_reader_free(r);
	return sum;
}

RUN
run_fingerprint(const char *text, uint32_t n)
{
	int32_t *values;
	uint32_t count;

	check(na_fingerprint(&na_env_malloc, text, n, &values, &count));
	free(values);
	return count;
}

RUN
run_similarity(const char *text, uint32_t n)
{
	float s;

	check(na_similarity(&na_env_malloc, text, n, text, n, &s));
	return s > 0.5f;
}

static const struct
{
	const char *name;
	uint64_t (*run)(const char *text, uint32_t n);
} functions[] = {
	{"normalize", run_normalize},
	{"clean", run_clean},
	{"tokens", run_tokens},
	{"stem", run_stem},
	{"dates", run_dates},
	{"page_blocks", run_page_blocks},
	{"page", run_page},
	{"entities", run_entities},
	{"quotes", run_quotes},
	{"fingerprint", run_fingerprint},
	{"similarity", run_similarity},
};

static char *
read_file(const char *name, size_t *n)
{
	FILE *f = fopen(name, "rb");
	size_t cap = (size_t) 1 << 16;
	char *b = malloc(cap);

	*n = 0;
	if (f == NULL || b == NULL)
	{
		perror(name);
		exit(1);
	}
	for (;;)
	{
		size_t k = fread(b + *n, 1, cap - *n, f);

		*n += k;
		if (*n < cap)
			break;
		b = realloc(b, cap *= 2);
		if (b == NULL)
			exit(1);
	}
	fclose(f);
	return b;
}

int
main(int argc, char **argv)
{
	size_t size;
	char *data;
	int rounds;

	if (argc < 3)
	{
		fprintf(stderr, "use: core FILE ROUNDS [FUNCTION ...]\n");
		return 2;
	}
	data = read_file(argv[1], &size);
	rounds = atoi(argv[2]);
	kernels = getenv("NA_KERNELS") ? atoi(getenv("NA_KERNELS")) : 0;
	for (size_t f = 0; f < NA_LENGTHOF(functions); f++)
	{
		uint64_t sum = 0;
		uint32_t pages = 0;
		bool wanted = argc == 3;

		for (int a = 3; a < argc; a++)
			wanted = wanted || strcmp(argv[a], functions[f].name) == 0;
		if (!wanted)
			continue;
		for (size_t at = 0; at < size; pages++)
		{
			const char *end = memchr(data + at, '\f', size - at);
			uint32_t n = (uint32_t) ((end ? (size_t) (end - data) : size) - at);

			for (int k = 0; k < rounds; k++)
				sum = sum * 31 + functions[f].run(data + at, n);
			at += n + 1;
		}
		printf("%-12s %u pages, %zu bytes, sum %016llx\n", functions[f].name, pages, size,
			   (unsigned long long) sum);
	}
	free(data);
	return 0;
}
