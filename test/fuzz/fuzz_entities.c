/*
 * fuzz_entities.c
 *		Named entities, with and without a gazetteer of the caller.
 */
#include "fuzz.h"
#include "na_entity.h"

static uint64_t
run(const na_env *env, const fuzz_input *in, const na_user_gazetteer *user)
{
	na_entity_reader *r = na_entity_reader_new(env, user);
	na_scanner s;
	const na_segment *seg;
	na_status status;
	uint32_t end = 0;
	uint64_t sum = 0;

	if (r == NULL)
	{
		FUZZ_CHECK(fuzz_failing(env));
		return 0;
	}
	na_scan_init(&s, env, in->text, in->n, NA_LOOKUP_ALL);
	while ((status = na_scan_next(&s, &seg)) == NA_OK && seg != NULL)
	{
		const na_entity *list;
		uint32_t n;

		status = na_entities_segment(r, seg, &list, &n);
		FUZZ_STATUS(env, status);
		if (status != NA_OK)
			break;
		for (uint32_t i = 0; i < n; i++)
		{
			const na_entity *e = &list[i];

			FUZZ_CHECK(e->nbytes > 0 && e->byte >= end);
			fuzz_span(in, e->byte, e->nbytes, e->chr, e->nchars);
			end = e->byte + e->nbytes;
			FUZZ_CHECK(e->byte >= seg->byte && end <= seg->byte_end);
			FUZZ_CHECK(e->first < e->last && e->last <= seg->ntok);
			FUZZ_CHECK(e->kind > NA_ENT_NONE && e->kind <= NA_ENT_OTHER);
			FUZZ_CHECK(e->score >= 0 && e->score <= 1);
			if (in->valid)
				FUZZ_CHECK(e->name.n > 0 && fuzz_valid(e->name.p, e->name.n));
			if (e->user)
				FUZZ_CHECK(user != NULL && na_user_gazetteer_entry(user, e->gaz)->name.n > 0);
			else
			{
				FUZZ_CHECK(e->gaz < na_gaz_count());
				FUZZ_CHECK(na_entity_id(e) != NULL);
				FUZZ_CHECK(e->country[0] == 0 || (e->country[0] >= 'A' && e->country[0] <= 'Z' &&
												  e->country[1] >= 'A' && e->country[1] <= 'Z'));
			}
			sum = sum * 31 + e->byte * 7 + e->nbytes * 3 + e->kind + e->gaz;
		}
	}
	FUZZ_STATUS(env, status);
	na_scan_end(&s);
	na_entity_reader_free(r);
	return sum;
}

/* the lines at the end of the text are names of the caller's */
static na_user_gazetteer *
gazetteer(const na_env *env, const fuzz_input *in)
{
	na_user_gazetteer *g = na_user_gazetteer_new(env);
	uint32_t lines = in->head[2] % 8 + 1;

	if (g == NULL)
	{
		FUZZ_CHECK(fuzz_failing(env));
		return NULL;
	}
	for (uint32_t to = in->n; lines > 0 && to > 0; lines--)
	{
		uint32_t from = to;
		na_user_entry e;
		na_status status;

		while (from > 0 && in->text[from - 1] != '\n')
			from--;
		memset(&e, 0, sizeof e);
		e.name.p = in->text + from;
		e.name.n = to - from;
		if (lines % 2)
			e.id = e.name;
		e.kind = (uint8_t) (NA_ENT_PERSON + in->head[3] % 5);
		memcpy(e.country, "LB", lines % 3 ? 2 : 0);
		status = na_user_gazetteer_add(g, &e);
		FUZZ_CHECK(status == NA_OK || status == NA_BAD_ARGUMENT ||
				   (status == NA_NO_MEMORY && fuzz_failing(env)));
		to = from > 0 ? from - 1 : 0;
	}
	return g;
}

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	uint64_t a = run(env, in, NULL);
	na_user_gazetteer *g;

	if (in->head[4] % 4 == 0)
	{
		uint64_t b = run(env, in, NULL);

		FUZZ_CHECK(a == b || fuzz_failing(env));
	}
	g = gazetteer(env, in);
	if (g != NULL)
	{
		(void) run(env, in, g);
		na_user_gazetteer_free(g);
	}
}
