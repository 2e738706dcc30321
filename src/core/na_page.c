/*
 * na_page.c
 *		Lines of a copied page to block kinds: the best sequence of states by the
 *		weights of their features.
 */
#include "na_page_work.h"

#include "na_data.h"

static const char *const kind_names[] = {
#define X(id, name) name,
	NA_BLOCK_KINDS(X)
#undef X
};

static const uint8_t state_kind[] = {
#define X(id, name, zone, kind) NA_BLOCK_##kind,
	NA_PAGE_STATES(X)
#undef X
};

static const char *const state_names[] = {
#define X(id, name, zone, kind) name,
	NA_PAGE_STATES(X)
#undef X
};

const char *
na_block_kind_name(int kind)
{
	return kind >= 0 && kind < NA_BLOCK_COUNT ? kind_names[kind] : "";
}

const char *
na_page_state_name(int state)
{
	return state >= 0 && state < NA_PS_COUNT ? state_names[state] : "";
}

/*
 * The best state sequence of the window.  Scores are sums of hundredths and
 * stay far inside 32 bits: a window has NA_PAGE_WINDOW lines.
 */
static na_status
label(na_page_work *w)
{
	const int16_t *weight = na_section_at(NA_SEC_PAGE_WEIGHT, sizeof(int16_t), NULL);
	const int16_t *step = na_section_at(NA_SEC_PAGE_STEP, sizeof(int16_t), NULL);
	uint32_t n = w->nlines;
	uint8_t(*from)[NA_PS_COUNT] = na_arena_alloc(&w->arena, n * sizeof *from);
	uint32_t *run = na_arena_alloc(&w->arena, n * sizeof *run);
	uint32_t *run_len = na_arena_alloc(&w->arena, n * sizeof *run_len);
	uint32_t *before = na_arena_alloc(&w->arena, n * sizeof *before);
	uint32_t *after = na_arena_alloc(&w->arena, n * sizeof *after);
	na_page_features *all = na_arena_alloc(&w->arena, n * sizeof *all);
	int32_t score[NA_PS_COUNT];
	int32_t next[NA_PS_COUNT];
	int32_t top = 0;
	int best = 0;
	bool last_window = w->pos >= w->n;
	na_status st;

	if (from == NULL || run == NULL || run_len == NULL || before == NULL || after == NULL ||
		all == NULL)
		return NA_NO_MEMORY;
	st = na_page_find_repeats(w, before, after);
	if (st != NA_OK)
		return st;
	w->first_long = w->last_long = w->first_five = UINT32_MAX;
	for (uint32_t i = 0; i < n; i++)
	{
		all[i].n = 0;
		st = na_page_own_features(w, i, &all[i]);
		if (st != NA_OK)
			return st;
		if (na_page_is_long(&w->lines[i]))
		{
			if (w->first_long == UINT32_MAX)
				w->first_long = i;
			w->last_long = i;
		}
		if (w->first_five == UINT32_MAX && w->lines[i].nwords >= 5 &&
			!(w->lines[i].flags & (LF_FURNITURE | LF_DATE | LF_URL)) &&
			(w->lines[i].flags & LF_ARABIC))
			w->first_five = i;
		if ((i & 63) == 0)
			w->env->poll(w->env->ctx);
	}
	/* runs of short lines: menus, tags, share buttons */
	for (uint32_t i = 0; i < n; i++)
	{
		const na_pline *l = &w->lines[i];
		bool small = l->nwords <= 4 && !(l->flags & LF_DATE_ONLY);

		run[i] = small && i > 0 && run_len[i - 1] > 0 ? run[i - 1] + 1 : 0;
		run_len[i] = small;
	}
	for (uint32_t i = n; i-- > 0;)
		if (run_len[i] > 0)
			run_len[i] =
				i + 1 < n && run_len[i + 1] > 0 && run[i + 1] > 0 ? run_len[i + 1] : run[i] + 1;
	for (uint32_t i = 0; i < n; i++)
	{
		na_page_features *fs = &all[i];
		int32_t emit[NA_PS_COUNT] = {0};

		na_page_neighbour_features(w, i, fs, run, run_len, before, after);
		if (w->trace != NULL)
			w->trace(w->trace_ctx, i, fs->f, fs->n);
		for (int k = 0; k < fs->n; k++)
		{
			const int16_t *row = weight + fs->f[k] * NA_PS_COUNT;

			for (int s = 0; s < NA_PS_COUNT; s++)
				emit[s] += row[s];
		}
		for (int s = 0; s < NA_PS_COUNT; s++)
		{
			next[s] = DEAD;
			from[i][s] = 0;
		}
		if (i == 0)
		{
			int row = w->last_state >= 0 ? w->last_state : NA_PS_COUNT;

			for (int s = 0; s < NA_PS_COUNT; s++)
				next[s] = step[row * (NA_PS_COUNT + 1) + s];
		}
		else
			/* only from states that can still win */
			for (int r = 0; r < NA_PS_COUNT; r++)
			{
				const int16_t *row = step + r * (NA_PS_COUNT + 1);

				if (score[r] < top - BEAM)
					continue;
				for (int s = 0; s < NA_PS_COUNT; s++)
				{
					int32_t v = score[r] + row[s];

					if (v > next[s])
					{
						next[s] = v;
						from[i][s] = (uint8_t) r;
					}
				}
			}
		top = DEAD;
		for (int s = 0; s < NA_PS_COUNT; s++)
		{
			next[s] += emit[s];
			if (next[s] > top)
				top = next[s];
		}
		memcpy(score, next, sizeof score);
		if ((i & 255) == 0)
			w->env->poll(w->env->ctx);
	}
	for (int s = 0; s < NA_PS_COUNT; s++)
	{
		if (last_window)
			score[s] += step[s * (NA_PS_COUNT + 1) + NA_PS_COUNT];
		if (score[s] > score[best])
			best = s;
	}
	w->last_state = best;
	for (uint32_t i = n; i-- > 0;)
	{
		w->lines[i].state = (uint8_t) best;
		best = from[i][best];
	}
	return NA_OK;
}

/*
 * What the sequence alone cannot see.  Repeated headlines are compared with
 * the one that was found.  An article of one paragraph has no
 * lead: it is body; so is the first paragraph of a text without any furniture.
 */
static void
settle(na_page_work *w)
{
	const na_pline *headline = NULL;
	uint32_t lead = UINT32_MAX;
	uint32_t text = 0;
	uint32_t other = 0;

	for (uint32_t i = 0; i < w->nlines; i++)
	{
		na_pline *l = &w->lines[i];
		int kind = state_kind[l->state];

		/* a repeated headline is that of the page, whatever else is repeated */
		if (kind == NA_BLOCK_HEADLINE)
			headline = l;
		else if (headline != NULL && kind == NA_BLOCK_HEADLINE_REPEAT &&
				 l->hash != headline->hash && !na_page_like(w, headline, l) &&
				 !na_page_holds(w, headline, l) && !na_page_holds(w, l, headline))
			l->state = l->state == NA_PS_HEAD_REPEAT ? NA_PS_HEAD_CAPTION : NA_PS_BODY_CAPTION;
		else if (headline != NULL && l->hash == headline->hash && l->nwords == headline->nwords &&
				 l->nwords >= 4 && l->state != NA_PS_TAIL_RELATED)
			l->state = kind == NA_BLOCK_CAPTION || kind == NA_BLOCK_PULL_QUOTE ||
							   kind == NA_BLOCK_SUBHEAD || kind == NA_BLOCK_NAV ||
							   kind == NA_BLOCK_BODY || kind == NA_BLOCK_RELATED
						   ? NA_PS_BODY_REPEAT
						   : l->state;
		if (kind == NA_BLOCK_LEAD)
			lead = i;
		else if (kind == NA_BLOCK_BODY)
			text++;
		else if (kind != NA_BLOCK_SUBHEAD && kind != NA_BLOCK_PULL_QUOTE)
			other++;
	}
	if (lead != UINT32_MAX && (other == 0 || (text == 0 && w->lines[lead].nwords >= 120)))
		w->lines[lead].state = NA_PS_BODY;
}

static na_status
blocks(const na_env *env, const char *text, uint32_t n, na_page_trace_fn trace, void *trace_ctx,
	   na_block_fn fn, void *ctx)
{
	na_page_work w;
	uint32_t bits = 1 << 13;
	na_status st = NA_OK;
	bool go = true;

	memset(&w, 0, sizeof w);
	w.env = env;
	w.text = (const unsigned char *) text;
	w.n = n;
	w.number = 1;
	w.last_state = -1;
	w.first_window = true;
	w.trace = trace;
	w.trace_ctx = trace_ctx;
	na_arena_init(&w.arena, env);
	while (bits < n && bits < 1 << 23)
		bits *= 2;
	w.bloom_mask = bits - 1;
	while (go && st == NA_OK && w.pos < n)
	{
		uint32_t nblank = 0;
		uint32_t cap = 0;

		na_arena_reset(&w.arena);
		w.nlines = w.nwords = 0;
		w.lines = NULL;
		/* lines without a word have a place in the array, too */
		w.words_cap = 256;
		w.words = na_arena_alloc(&w.arena, w.words_cap * sizeof *w.words);
		w.bloom = na_arena_alloc(&w.arena, bits / 8);
		if (w.bloom == NULL || w.words == NULL)
		{
			st = NA_NO_MEMORY;
			break;
		}
		memset(w.bloom, 0, bits / 8);
		while (w.pos < n && w.nlines < NA_PAGE_WINDOW)
		{
			bool blank;

			if (w.nlines == cap)
			{
				uint32_t more = cap ? cap * 4 : 64;
				na_pline *p = na_arena_alloc(&w.arena, more * sizeof *p);

				if (p == NULL)
				{
					st = NA_NO_MEMORY;
					break;
				}
				if (cap > 0)
					memcpy(p, w.lines, cap * sizeof *p);
				w.lines = p;
				cap = more;
			}
			st = na_page_read_line(&w, &w.lines[w.nlines], &blank);
			if (st != NA_OK)
				break;
			if (blank)
			{
				w.blank = true;
				if (w.nlines > 0)
					w.lines[w.nlines - 1].flags |= LF_BLANK_AFTER;
				continue;
			}
			if (w.blank)
			{
				w.lines[w.nlines].flags |= LF_BLANK_BEFORE;
				nblank++;
			}
			w.blank = false;
			w.nlines++;
		}
		if (st != NA_OK || w.nlines == 0)
			break;
		w.blanks = nblank * 4 >= w.nlines;
		st = label(&w);
		if (st != NA_OK)
			break;
		if (w.first_window && w.pos >= n)
			settle(&w);
		for (uint32_t i = 0; i < w.nlines && go; i++)
		{
			const na_pline *l = &w.lines[i];
			na_block b = {l->number, l->byte, l->nbytes, l->chr, l->nchars, state_kind[l->state],
						  l->state};

			go = fn(ctx, &b);
		}
		w.first_window = false;
	}
	na_arena_free(&w.arena);
	return st;
}

na_status
na_page_blocks(const na_env *env, const char *text, uint32_t n, na_block_fn fn, void *ctx)
{
	return blocks(env, text, n, NULL, NULL, fn, ctx);
}

na_status
na_page_trace(const na_env *env, const char *text, uint32_t n, na_page_trace_fn trace,
			  na_block_fn fn, void *ctx)
{
	return blocks(env, text, n, trace, ctx, fn, ctx);
}
