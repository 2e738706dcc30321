/*
 * test_tagger.c
 *		All kernels of the tagger give the same bits; long and odd lines are safe.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../src/core/na_tagger_model.h"
#include "../../src/core/na_data.h"

static const char *const TEXTS[] = {
	"قال وزير الخارجية الأردني سامي الحلبي إن بلاده ستشارك في اجتماع الأمم المتحدة في جنيف.",
	"زار وفد من وزارة الصحة المصرية مدينة الإسكندرية، والتقى محافظها ليلى منصور.",
	"فاز الفريق الياباني على نظيره البرازيلي ٣-١ في طوكيو #كأس_القارات https://example.org/a",
	"x",
	"؟",
	"وللمستشفياتهم بالقسطنطينيتين فبالمستعمراتكما ששלום Ångström 1,250.5",
};

/* tags and probabilities of every token of a text, one behind the other */
static uint32_t
tag(na_tagger *t, const char *text, na_tagged *out, uint32_t max)
{
	na_scanner s;
	const na_segment *seg;
	uint32_t n = 0;

	na_scan_init(&s, &na_env_malloc, text, (uint32_t) strlen(text), NA_LOOKUP_ALL);
	while (na_scan_next(&s, &seg) == NA_OK && seg != NULL)
	{
		uint32_t *flags = malloc((seg->ntok + 1) * sizeof *flags);

		if (n + seg->ntok > max)
			abort();
		na_tagger_flags(seg, 0, seg->ntok, flags);
		if (na_tagger_run(t, seg, 0, seg->ntok, flags, out + n) != NA_OK)
			abort();
		n += seg->ntok;
		free(flags);
	}
	na_scan_end(&s);
	return n;
}

#define MAX_TOKENS 20000

int
main(void)
{
	na_tagged *a = calloc(MAX_TOKENS, sizeof *a);
	na_tagged *b = calloc(MAX_TOKENS, sizeof *b);
	size_t nlong = 0;
	char *text_long = malloc(1 << 20);
	int failed = 0;
	na_tagger t;

	/* one line of 6,000 tokens without a full stop, and line breaks in another */
	for (int i = 0; i < 1500; i++)
		nlong += (size_t) sprintf(text_long + nlong,
								  i % 700 == 699 ? "سافر\nأحمد " : "سافر أحمد إلى دمشق ");
	if (!na_tagger_available() || na_tagger_init(&t, &na_env_malloc) != NA_OK)
	{
		puts("not ok the data have a model");
		return 1;
	}
	puts("ok the data have a model");
	for (size_t i = 0; i <= NA_LENGTHOF(TEXTS); i++)
	{
		const char *text = i < NA_LENGTHOF(TEXTS) ? TEXTS[i] : text_long;
		uint32_t n;
		bool sane = true;

		memset(a, 0xA5, MAX_TOKENS * sizeof *a);
		(void) na_tagger_kernels(&t, 1);
		n = tag(&t, text, a, MAX_TOKENS);
		for (uint32_t k = 0; k < n; k++)
		{
			uint32_t sum = 0;

			for (int j = 0; j < NA_TAG_COUNT; j++)
				sum += a[k].marginal[j];
			if (a[k].tag >= NA_TAG_COUNT || sum > 65536 + 16 || sum < 65535 - 16 ||
				a[k].prob != a[k].marginal[a[k].tag])
				sane = false;
		}
		printf("%s text %zu: tags have probabilities that sum to one\n", sane ? "ok" : "not ok", i);
		failed += !sane;
		for (int which = 2; which <= 4; which++)
		{
			bool same;

			if (!na_tagger_kernels(&t, which))
				continue;
			memset(b, 0xA5, MAX_TOKENS * sizeof *b);
			same = tag(&t, text, b, MAX_TOKENS) == n && memcmp(a, b, n * sizeof *a) == 0;
			printf("%s text %zu: kernels %d agree with the portable ones\n", same ? "ok" : "not ok",
				   i, which);
			failed += !same;
		}
	}
	na_tagger_end(&t);
	free(a);
	free(b);
	free(text_long);
	return failed != 0;
}
