/*
 * core.c
 *		Time, memory and interrupts of the core on texts that have no end: every
 *		function over every worst shape that we know, at growing sizes.
 *
 *	core [--from KB] [--to KB] [--factor F] [--quick] [--plain] [function ...]
 *
 * For each pair: nanoseconds of processor time per byte at the smallest and at
 * the largest size (--quick: sizes are a quarter of a MB and four times that;
 * --plain: only the six shapes that need no thought, and from 8 MB on none of
 * one-byte tokens where the tagger is asked),
 * peak memory of the largest, the longest time between two calls of poll, and
 * the bytes between them.  A pair is not ok when the time per byte grows by more than the factor
 * (default 2; each doubling of a quadratic function doubles it), or when poll
 * is called less than once per 64 kB by a function that reads to the end, or of
 * 8 MB and more not for half of its time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "na_date.h"
#include "na_entity.h"
#include "na_fingerprint.h"
#include "na_highlight.h"
#include "na_normalize.h"
#include "na_page.h"
#include "na_quote.h"
#include "na_stem.h"
#include "na_token.h"

/* ---- memory and interrupts ---- */

typedef struct meter
{
	size_t live;
	size_t peak;
	double poll; /* time of the last call */
	double longest;
	size_t polls;
} meter;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static void *
meter_alloc(void *ctx, size_t size)
{
	meter *m = ctx;
	size_t *p = malloc(size + 16);

	if (p == NULL)
		return NULL;
	*p = size;
	m->live += size;
	if (m->live > m->peak)
		m->peak = m->live;
	return (char *) p + 16;
}

static void
meter_release(void *ctx, void *p)
{
	meter *m = ctx;
	size_t *q = (size_t *) (void *) ((char *) p - 16);

	m->live -= *q;
	free(q);
}

static void
meter_poll(void *ctx)
{
	meter *m = ctx;
	double t = now();

	if (t - m->poll > m->longest)
		m->longest = t - m->poll;
	m->poll = t;
	m->polls++;
}

/* ---- shapes ---- */

/* a shape is a unit that is repeated; %d in it becomes a running number */
static const struct
{
	const char *name;
	const char *unit;
	const char *before;
} shapes[] = {
	{"one word", "ب", ""},
	{"one Latin word", "x", ""},
	{"marks", "\u064E", ""},
	{"word with marks", "\u0651\u064E", "ب"},
	{"tatweel", "\u0640", "ب"},
	{"digits", "7", ""},
	{"Arabic digits", "٣", ""},
	{"digit groups", "1,250", ""},
	{"quotes", "\"", ""},
	{"guillemets", "«", ""},
	{"closing quotes", "»", "«"},
	{"newlines", "\n", ""},
	{"blanks", " ", "ب"},
	{"bidi controls", "\u202E", "ب"},
	{"open brackets", "(", ""},
	{"open tags", "<", ""},
	{"open tag", "a", "<a href="},
	{"ampersands", "&", ""},
	{"hashtag", "ب_", "#"},
	{"hashes", "#", ""},
	{"ats", "@a", ""},
	{"url", "a/", "http://"},
	{"dots", ".", ""},
	{"abbreviation", "أ.", ""},
	{"hyphens", "ب-", ""},
	{"proclitics", "وبكلسف", ""},
	{"proclitic words", "وب ", ""},
	{"one name", "محمد ", ""},
	{"names and titles", "الرئيس محمد بن عبد الله ", ""},
	{"countries", "لبنان ", ""},
	{"nationalities", "اللبناني ", ""},
	{"new names", "السيد خالد%d ", ""},
	{"heads", "وزارة ", ""},
	{"lines of names", "محمد بن سلمان\n", ""},
	{"same lines", "لقاء في بيروت يبحث ملف المياه\n", ""},
	{"new lines", "لقاء %d في بيروت يبحث ملف المياه وملفات %d أخرى في جلسة رقم %d\n", ""},
	{"short lines", "ب\n", ""},
	{"days", "3 ", ""},
	{"months", "نوفمبر ", ""},
	{"date fragments", "3/", ""},
	{"ranges", "من 3 إلى ", ""},
	{"units", "قبل ", ""},
	{"number words", "وعشرين ", "خمسة "},
	{"weekdays", "الأحد ", ""},
	{"sayings", "قال ", ""},
	{"clauses", "وقال إن ", ""},
	{"quotes without end", "قال: \"نعم ", ""},
	{"quotes and newlines", "\"\n", ""},
	{"speakers", "وقال محمد: \"لا\" ", ""},
	{"emoji", "😀", ""},
	{"joined emoji", "\U0001F468\u200D", ""},
	{"ligatures", "ﷺ", ""},
	{"decomposed", "\u0627\u0654", ""},
	{"unknown", "\uE000", ""},
};

/* one word, marks, digits, quotes, newlines, one name over and over: for sizes where all would take days */
static bool
is_plain(const char *name)
{
	static const char *const plain[] = {"one word", "marks",	"digits",
										"quotes",	"newlines", "one name"};

	for (size_t i = 0; i < NA_LENGTHOF(plain); i++)
		if (strcmp(plain[i], name) == 0)
			return true;
	return false;
}

static char *
make_shape(size_t which, size_t size, uint32_t *n)
{
	char *s = malloc(size + 4096);
	const char *unit = shapes[which].unit;
	size_t k = strlen(shapes[which].before);
	int number = 0;

	memcpy(s, shapes[which].before, k);
	while (k < size)
		for (const char *p = unit; *p;)
		{
			if (p[0] == '%' && p[1] == 'd')
			{
				k += (size_t) sprintf(s + k, "%d", number++);
				p += 2;
			}
			else
				s[k++] = *p++;
		}
	*n = (uint32_t) k;
	return realloc(s, k);
}

/* ---- functions ---- */

static bool
ignore_date(void *ctx, const na_date *d)
{
	return true;
}

static bool
ignore_block(void *ctx, const na_block *b)
{
	return true;
}

static bool
ignore_quote(void *ctx, const na_quote *q)
{
	return true;
}

static void
run_normalize(const na_env *env, const char *s, uint32_t n)
{
	na_buf b;

	na_buf_init(&b, env);
	na_normalize(env, s, n, NA_STEPS_ALL, &b);
	na_buf_free(&b);
}

static void
run_compatibility(const na_env *env, const char *s, uint32_t n)
{
	na_buf b;

	na_buf_init(&b, env);
	na_normalize(env, s, n, NA_STEP_COMPATIBILITY, &b);
	na_buf_free(&b);
}

static void
run_clean(const na_env *env, const char *s, uint32_t n)
{
	na_buf b;

	na_buf_init(&b, env);
	na_clean(env, s, n, &b);
	na_buf_free(&b);
}

static void
run_tokens(const na_env *env, const char *s, uint32_t n)
{
	na_scanner scan;
	const na_segment *seg;

	na_scan_init(&scan, env, s, n, NA_LOOKUP_ALL);
	while (na_scan_next(&scan, &seg) == NA_OK && seg != NULL)
		for (uint32_t i = 0; i < seg->ntok; i++)
		{
			const na_token *t = &seg->tok[i];
			na_stem_result r;

			if (t->kind == NA_WORD)
				na_stem(seg->keys + t->key, t->nkey, s + t->byte, t->nbytes, &r);
		}
	na_scan_end(&scan);
}

static void
run_dates(const na_env *env, const char *s, uint32_t n)
{
	na_date_options options = {20000, 0};

	na_dates(env, s, n, &options, ignore_date, NULL);
}

static void
run_date(const na_env *env, const char *s, uint32_t n)
{
	na_date_line line;

	na_date_header(env, s, n, 20000, &line);
}

static void
run_entities(const na_env *env, const char *s, uint32_t n)
{
	na_entity_reader *r = na_entity_reader_new(env, NULL);
	na_scanner scan;
	const na_segment *seg;
	const na_entity *list;
	uint32_t k;

	na_scan_init(&scan, env, s, n, NA_LOOKUP_ALL);
	while (na_scan_next(&scan, &seg) == NA_OK && seg != NULL)
		na_entities_segment(r, seg, &list, &k);
	na_scan_end(&scan);
	na_entity_reader_free(r);
}

static void
run_page(const na_env *env, const char *s, uint32_t n)
{
	na_page page;

	na_page_read(env, s, n, &page);
	na_page_free(&page);
}

static void
run_blocks(const na_env *env, const char *s, uint32_t n)
{
	na_page_blocks(env, s, n, ignore_block, NULL);
}

static void
run_quotes(const na_env *env, const char *s, uint32_t n)
{
	na_quotes(env, s, n, ignore_quote, NULL);
}

static void
run_fingerprint(const na_env *env, const char *s, uint32_t n)
{
	int32_t *v;
	uint32_t k;

	if (na_fingerprint(env, s, n, &v, &k) == NA_OK && v != NULL)
		env->release(env->ctx, v);
}

static void
run_similarity(const na_env *env, const char *s, uint32_t n)
{
	float x;

	na_similarity(env, s, n, s, n, &x);
}

static void
run_highlight(const na_env *env, const char *s, uint32_t n)
{
	na_date_options options = {20000, 0};
	na_buf b;

	na_buf_init(&b, env);
	na_highlight(env, s, n, &options, &b);
	na_buf_free(&b);
}

static const struct
{
	const char *name;
	void (*run)(const na_env *env, const char *s, uint32_t n);
	bool slow;	/* runs the tagger */
	bool early; /* may end long before the text does */
} functions[] = {{"normalize", run_normalize, false, false},
				 {"compatibility", run_compatibility, false, false},
				 {"clean", run_clean, false, false},
				 {"tokens", run_tokens, false, false},
				 {"dates", run_dates, false, false},
				 {"date", run_date, false, true},
				 {"page", run_page, false, false},
				 {"blocks", run_blocks, false, false},
				 {"fingerprint", run_fingerprint, false, false},
				 {"similarity", run_similarity, false, false},
				 {"entities", run_entities, true, false},
				 {"quotes", run_quotes, true, false},
				 {"highlight", run_highlight, true, false}};

static double
measure(size_t function, size_t shape, size_t size, meter *m)
{
	na_env env = {meter_alloc, meter_release, meter_poll, m};
	uint32_t n;
	char *s = make_shape(shape, size, &n);
	double start;

	memset(m, 0, sizeof *m);
	start = m->poll = now();
	functions[function].run(&env, s, n);
	meter_poll(m);
	m->polls--;
	free(s);
	return m->poll - start;
}

int
main(int argc, char **argv)
{
	size_t from = 256, to = 1024;
	double factor = 2;
	bool quick = false, plain = false, any = false;
	int failed = 0;

	for (int i = 1; i < argc; i++)
	{
		if (strcmp(argv[i], "--from") == 0 && i + 1 < argc)
			from = (size_t) atol(argv[++i]);
		else if (strcmp(argv[i], "--to") == 0 && i + 1 < argc)
			to = (size_t) atol(argv[++i]);
		else if (strcmp(argv[i], "--factor") == 0 && i + 1 < argc)
			factor = atof(argv[++i]);
		else if (strcmp(argv[i], "--quick") == 0)
			quick = true;
		else if (strcmp(argv[i], "--plain") == 0)
			plain = true;
		else
			any = true;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t f = 0; f < NA_LENGTHOF(functions); f++)
	{
		bool wanted = !any;

		for (int i = 1; i < argc; i++)
			wanted |= strcmp(argv[i], functions[f].name) == 0;
		if (!wanted)
			continue;
		for (size_t k = 0; k < NA_LENGTHOF(shapes); k++)
		{
			/* the tagger's work is the same for every token: less text will do */
			size_t low = (quick && functions[f].slow ? from / 8 : from) * 1024;
			size_t high = (quick && functions[f].slow ? to / 8 : to) * 1024;
			/* nothing is faster than empty lines: they need more to take any time */
			size_t times = quick && strcmp(shapes[k].name, "newlines") == 0 ? 128 : 1;
			meter small, large;
			double a, b, ratio = 0;
			bool slow = true, silent;

			if (plain && !is_plain(shapes[k].name))
				continue;
			/* a token costs the tagger some microseconds: where each has one byte, 8 MB must do */
			if (plain && functions[f].slow && from >= 8192 && strcmp(shapes[k].name, "quotes") == 0)
				continue;
			/* a busy machine may spoil one measurement: the best of several counts */
			low *= times;
			high *= times;
			for (int again = 0; again < 4 && slow; again++)
			{
				a = measure(f, k, low, &small) / (double) low;
				b = measure(f, k, high, &large) / (double) high;
				if (again == 0 || b / a < ratio)
					ratio = b / a;
				slow = ratio > factor;
			}
			/*
			 * Once per 64 kB, which may end in the middle of a token or a character.
			 * Less than a nanosecond a byte: date has ended long before the text.
			 */
			silent = large.polls + 2 < high / 131072 && !(functions[f].early && b < 1e-9);
			/* what is done by segments may take half of the time of few of them */
			silent |= high >= 8 << 20 && large.longest > 0.5 * b * (double) high;
			printf("%s linear: %s of %s: %.1f ns/B, %.1f at %zu kB, peak %zu kB, polls every %zu B "
				   "and %.1f ms\n",
				   slow || silent ? "not ok" : "ok", functions[f].name, shapes[k].name, a * 1e9,
				   b * 1e9, high / 1024, large.peak / 1024, high / (large.polls + 1),
				   large.longest * 1e3);
			failed += slow || silent;
		}
	}
	return failed != 0;
}
