/*
 * gen_pages.c
 *		data/pages: cue phrases, weights and steps of the page labeller.
 */
#include <stdlib.h>
#include <string.h>

#include "../core/na_page_def.h"
#include "gen.h"

#define X_NAME(id, name) name,
#define X_STATE_NAME(id, name, zone, kind) name,
#define X_STATE_KIND(id, name, zone, kind) NA_BLOCK_##kind,

static const char *const block_names[] = {NA_BLOCK_KINDS(X_NAME) NULL};
static const char *const state_names[] = {NA_PAGE_STATES(X_STATE_NAME) NULL};
static const int state_kinds[] = {NA_PAGE_STATES(X_STATE_KIND)};
static const char *const cue_names[] = {NA_CUE_KINDS(X_NAME) NULL};
static const char *const match_names[] = {NA_CUE_MATCHES(X_NAME) NULL};
static const char *const feature_names[] = {NA_PAGE_FEATURES(X_NAME) NULL};

static void
cues(gen *g)
{
	gen_table *t = gen_read(g, "pages/cues.tsv");
	int c_cue = gen_col(t, "cue");
	int c_kind = gen_col(t, "kind");
	int c_match = gen_col(t, "match");

	for (int r = 0; r < t->nrows; r++)
	{
		int kind = gen_index(t->rows[r][c_kind], cue_names);
		int match = gen_index(t->rows[r][c_match], match_names);
		char **alt = gen_split(t->rows[r][c_cue]);

		if (kind < 0)
			gen_fail(t, r, "unknown kind \"%s\"", t->rows[r][c_kind]);
		if (match < 0)
			gen_fail(t, r, "unknown match \"%s\"", t->rows[r][c_match]);
		for (; *alt != NULL; alt++)
			if (!gen_key(g, *alt, NA_TOPIC_CUE, NA_CUE_VALUE(kind, match)))
				gen_fail(t, r, "\"%s\" has no word", *alt);
	}
}

static int16_t
number(const gen_table *t, int row, const char *s)
{
	char *end;
	double v;

	if (strcmp(s, "never") == 0)
		return NA_PAGE_NEVER;
	v = strtod(s, &end);
	if (end == s || *end != '\0' || v < -200 || v > 200)
		gen_fail(t, row, "\"%s\" is no weight", s);
	return (int16_t) (v * 100 + (v < 0 ? -0.5 : 0.5));
}

/*
 * The states that a name means: a state, a kind ("body" is both; the state
 * wins), all states of a zone ("tail.*"), all ("*").
 */
static bool
means(const char *name, int state)
{
	size_t n = strlen(name);

	if (strcmp(name, "*") == 0)
		return true;
	if (gen_index(name, state_names) >= 0)
		return strcmp(name, state_names[state]) == 0;
	if (n > 2 && strcmp(name + n - 2, ".*") == 0)
		return strncmp(name, state_names[state], n - 1) == 0;
	return strcmp(name, block_names[state_kinds[state]]) == 0;
}

static void
weights(gen *g, const char *file, int16_t w[NA_PF_COUNT][NA_PS_COUNT])
{
	gen_table *t = gen_read(g, file);
	int c_feature = gen_col(t, "feature");
	int c_target = gen_col(t, "target");
	int c_weight = gen_col(t, "weight");

	for (int r = 0; r < t->nrows; r++)
	{
		const char *name = t->rows[r][c_feature];
		int16_t v = number(t, r, t->rows[r][c_weight]);
		int f = gen_index(name, feature_names);
		bool any = false;

		if (f < 0 && strncmp(name, "cue.", 4) == 0)
		{
			char *copy = gen_strdup(name + 4);
			char *dot = strchr(copy, '.');

			if (dot != NULL)
			{
				int kind, match;

				*dot = '\0';
				kind = gen_index(copy, cue_names);
				match = gen_index(dot + 1, match_names);
				if (kind >= 0 && match >= 0)
					f = NA_PF_CUE(kind, match);
			}
		}
		if (f < 0)
			gen_fail(t, r, "unknown feature \"%s\"", name);
		for (int s = 0; s < NA_PS_COUNT; s++)
			if (means(t->rows[r][c_target], s))
			{
				w[f][s] = (int16_t) (w[f][s] + v);
				any = true;
			}
		if (!any)
			gen_fail(t, r, "unknown target \"%s\"", t->rows[r][c_target]);
	}
}

/* the last row that speaks of a step counts; rows of learned steps add up */
static void
steps(gen *g, const char *file, bool add, int16_t w[NA_PS_COUNT + 1][NA_PS_COUNT + 1])
{
	gen_table *t = gen_read(g, file);
	int c_from = gen_col(t, "from");
	int c_to = gen_col(t, "to");
	int c_weight = gen_col(t, "weight");

	for (int r = 0; r < t->nrows; r++)
	{
		const char *from = t->rows[r][c_from];
		const char *to = t->rows[r][c_to];
		int16_t v = number(t, r, t->rows[r][c_weight]);
		bool any = false;

		for (int a = 0; a <= NA_PS_COUNT; a++)
			for (int b = 0; b <= NA_PS_COUNT; b++)
				if ((a == NA_PS_COUNT ? strcmp(from, "start") == 0 : means(from, a)) &&
					(b == NA_PS_COUNT ? strcmp(to, "end") == 0 : means(to, b)))
				{
					if (!add)
						w[a][b] = v;
					else if (w[a][b] != NA_PAGE_NEVER)
						w[a][b] = (int16_t) (w[a][b] + v);
					any = true;
				}
		if (!any)
			gen_fail(t, r, "unknown states \"%s\" and \"%s\"", from, to);
	}
}

void
gen_pages(gen *g)
{
	static int16_t w[NA_PF_COUNT][NA_PS_COUNT];
	static int16_t st[NA_PS_COUNT + 1][NA_PS_COUNT + 1];

	cues(g);
	weights(g, "pages/weights.tsv", w);
	weights(g, "pages/learned-weights.tsv", w);
	gen_section(g, NA_SEC_PAGE_WEIGHT, w, sizeof(int16_t), NA_PF_COUNT * NA_PS_COUNT);
	steps(g, "pages/steps.tsv", false, st);
	steps(g, "pages/learned-steps.tsv", true, st);
	gen_section(g, NA_SEC_PAGE_STEP, st, sizeof(int16_t), (NA_PS_COUNT + 1) * (NA_PS_COUNT + 1));
}
