/*
 * na_date.c
 *		Temporal expressions: tokens to items, the walk over them, and the dates
 *		of page headers.
 */
#include "na_date.h"

#include "na_date_grammar.h"

/* a date mentioned further back is not what "the next day" hangs on */
#define ANCHOR_CHARS 400

const char *
na_date_kind_name(int kind)
{
	static const char *const names[] = {"", "date", "datetime", "interval", "duration", "set"};

	return kind >= 0 && kind < (int) NA_LENGTHOF(names) ? names[kind] : "";
}

const char *
na_date_grain_name(int grain)
{
	static const char *const names[] = {"",		"second", "minute", "hour",	   "daypart",
										"day",	"week",	  "month",	"season",  "quarter",
										"half", "year",	  "decade", "century", "ref"};

	return grain >= 0 && grain < (int) NA_LENGTHOF(names) ? names[grain] : "";
}

void
na_date_reader_init(na_date_reader *r, const na_env *env, const na_date_options *options)
{
	memset(r, 0, sizeof(*r));
	r->env = env;
	r->options = *options;
	r->anchor = NA_NO_DAY;
}

void
na_date_reader_end(na_date_reader *r)
{
	if (r->work != NULL)
		r->env->release(r->env->ctx, r->work);
	r->work = NULL;
	r->cap = 0;
}

/* ---- items ---- */

static const na_date_word *
date_words(void)
{
	return (const na_date_word *) na_section_at(NA_SEC_DATE_WORD, sizeof(na_date_word), NULL);
}

/* the readings among n payloads */
static void
add_words(na_item *it, uint32_t first, uint32_t n)
{
	const uint32_t *pay = (const uint32_t *) na_section_at(NA_SEC_PAYLOAD, sizeof(uint32_t), NULL);

	for (uint32_t k = first; k < first + n; k++)
		if (NA_PAY_TOPIC(pay[k]) == NA_TOPIC_DATE)
		{
			const na_date_word *w = date_words() + NA_PAY_VALUE(pay[k]);

			/* events are many; na_event_year() looks them up */
			if (w->cls != NA_DC_event && it->nword < NA_ITEM_WORDS)
			{
				it->word[it->nword++] = w;
				it->classes |= (uint64_t) 1 << w->cls;
			}
		}
}

/*
 * The longest phrase that starts at token i with the lexicon entry lex, else
 * the word itself.  Returns the number of tokens, 0 = nothing temporal.
 */
static uint32_t
find_words(const na_segment *seg, uint32_t i, uint32_t to, uint32_t lex, na_item *it)
{
	const na_lex *e = na_lex_entry(lex);
	const uint32_t bit = NA_TOPIC_BIT(NA_TOPIC_DATE);
	const na_trie_node *best = NULL;
	uint32_t length = 0;

	if (e->heads & bit)
	{
		uint32_t node = e->node;

		for (uint32_t k = 1; i + k < to; k++)
		{
			uint32_t next = seg->tok[i + k].lex;
			const na_trie_node *x;

			if (next == 0 || (node = na_trie_step(node, next)) == 0)
				break;
			x = na_trie_at(node);
			if (x->topics & bit)
			{
				best = x;
				length = k + 1;
			}
			if (!(x->below & bit))
				break;
		}
	}
	if (best != NULL)
	{
		add_words(it, best->pay, best->npay);
		if (it->nword > 0)
			return length;
	}
	if (e->topics & bit)
		add_words(it, e->pay, e->npay);
	return it->nword > 0 ? 1 : 0;
}

/* digits of a number token and its proclitics */
static void
read_number(const na_segment *seg, const na_token *t, na_item *it)
{
	na_str key = na_key(seg, t);
	uint32_t k = 0;

	it->classes |= NA_BIT_NUMBER;
	it->num = 0;
	for (; k < key.n && key.p[k] >= '0' && key.p[k] <= '9'; k++)
	{
		it->num = k < 9 ? it->num * 10 + (key.p[k] - '0') : -1;
		if (k >= 9)
			break;
	}
	it->digits = (uint8_t) (k > 255 ? 255 : k);
	if (k < key.n && key.p[k] == '.')
	{
		uint32_t n = key.n - k - 1;

		it->ndecimal = (uint8_t) (n > 255 ? 255 : n);
		for (k++; k < key.n && k < key.n - n + 4; k++)
			it->decimal = (int16_t) (it->decimal * 10 + (key.p[k] - '0'));
	}
	it->clitic = t->clitic == 'a' ? 0 : t->clitic;
	/* the article belongs to the number: الـ15; و in و2015 does not */
	it->nclitic = !(t->flags & NA_TF_AL)				 ? t->nclitic
				  : t->clitic == 'a' || t->clitic == 'l' ? 0
														 : 1;
}

/* tokens [from, to) as items; returns their number */
static int
make_items(const na_segment *seg, uint32_t from, uint32_t to, na_item *item)
{
	int n = 0;

	for (uint32_t i = from; i < to;)
	{
		const na_token *t = &seg->tok[i];
		na_item *it = &item[n++];
		uint32_t length = 0;

		memset(it, 0, sizeof(*it));
		it->tok = i;
		it->kind = t->kind;
		it->cp = t->cp;
		it->flags = t->flags;
		/* الـ 15 with a blank: the article belongs to the number */
		if (t->kind == NA_WORD && i + 1 < to && seg->tok[i + 1].kind == NA_NUMBER &&
			na_key_is(seg, t, "ال"))
		{
			it->kind = NA_NUMBER;
			it->flags = (uint16_t) (t->flags | seg->tok[i + 1].flags | NA_TF_AL);
			read_number(seg, &seg->tok[i + 1], it);
			it->clitic = it->nclitic = 0;
			length = 2;
		}
		else if (t->kind == NA_NUMBER)
			read_number(seg, t, it);
		else if (t->kind == NA_WORD || t->kind == NA_LATIN || t->kind == NA_ABBREVIATION)
		{
			if (t->lex != 0)
				length = find_words(seg, i, to, t->lex, it);
			for (int k = 0; length == 0 && k < 2 && t->alt[k].nchars > 0; k++)
				/* سـ stands before verbs only: سعيد is no holiday */
				if (t->alt[k].lex != 0 && t->alt[k].first != 's' && t->alt[k].second != 's')
				{
					length = find_words(seg, i, to, t->alt[k].lex, it);
					if (length != 0)
					{
						it->clitic = t->alt[k].first;
						it->nclitic = t->alt[k].nchars;
					}
				}
		}
		it->ntok = (uint8_t) (length > 1 ? length : 1);
		i += it->ntok;
	}
	return n;
}

int
na_event_year(const na_dctx *c, int i, int value)
{
	const uint32_t *pay = (const uint32_t *) na_section_at(NA_SEC_PAYLOAD, sizeof(uint32_t), NULL);
	const na_token *t = &c->seg->tok[c->item[i].tok];
	uint32_t lex[3] = {t->lex, t->alt[0].lex, t->alt[1].lex};

	for (int k = 0; k < 3; k++)
	{
		const na_lex *e;

		if (lex[k] == 0)
			continue;
		e = na_lex_entry(lex[k]);
		for (uint32_t p = e->pay; p < e->pay + e->npay; p++)
			if (NA_PAY_TOPIC(pay[p]) == NA_TOPIC_DATE)
			{
				const na_date_word *w = date_words() + NA_PAY_VALUE(pay[p]);

				if (w->cls == NA_DC_event && w->value == value)
					return w->extra;
			}
	}
	return 0;
}

/* ---- the walk ---- */

/* where items [from, to) stand in the text, without the proclitics of the first */
static void
place(const na_dctx *c, int from, int to, na_date *d)
{
	const na_item *a = &c->item[from];
	const na_item *b = &c->item[to - 1];
	const na_token *first = &c->seg->tok[a->tok];
	const na_token *last = &c->seg->tok[b->tok + b->ntok - 1];
	const char *p = c->seg->text + first->byte;

	d->chr = first->chr + a->nclitic;
	for (uint32_t k = 0; k < a->nclitic; k++)
	{
		p++;
		while (((unsigned char) *p & 0xC0) == 0x80)
			p++;
	}
	d->byte = (uint32_t) (p - c->seg->text);
	d->nbytes = last->byte + last->nbytes - d->byte;
	d->nchars = last->chr + last->nchars - d->chr;
}

typedef struct walk
{
	na_dctx ctx;
	uint32_t anchor_chr;
} walk;

static na_status
start_walk(na_date_reader *r, const na_segment *seg, uint32_t from, uint32_t to, walk *w)
{
	memset(w, 0, sizeof(*w));
	if (r->cap < to - from)
	{
		uint32_t cap = to - from < 64 ? 64 : to - from;

		if (r->work != NULL)
			r->env->release(r->env->ctx, r->work);
		r->cap = 0;
		r->work = r->env->alloc(r->env->ctx, (size_t) cap * sizeof(na_item));
		if (r->work == NULL)
			return NA_NO_MEMORY;
		r->cap = cap;
	}
	w->ctx.seg = seg;
	w->ctx.item = (na_item *) r->work;
	w->ctx.n = make_items(seg, from, to, (na_item *) r->work);
	w->ctx.reference = r->options.reference;
	w->ctx.week_start = r->options.week_start;
	w->ctx.anchor = r->anchor;
	return NA_OK;
}

/* the classes that can start an expression */
#define STARTS                                                                                     \
	(NA_BIT_NUMBER | NA_BIT(month) | NA_BIT(hmonth) | NA_BIT(weekday) | NA_BIT(num) |              \
	 NA_BIT(ord) | NA_BIT(few) | NA_BIT(unit) | NA_BIT(mod) | NA_BIT(deictic) | NA_BIT(ref) |      \
	 NA_BIT(part) | NA_BIT(frac) | NA_BIT(season) | NA_BIT(decade) | NA_BIT(edge) | NA_BIT(span) | \
	 NA_BIT(every) | NA_BIT(set) | NA_BIT(holiday))

/* can an expression start at this item? من and بين only before what can start one itself */
static inline bool
is_start(const na_dctx *c, int i)
{
	const na_item *it = &c->item[i];

	if (it->classes & STARTS)
		return true;
	return (it->classes & NA_BIT(prep)) && i + 1 < c->n &&
		   (c->item[i + 1].classes & (STARTS | NA_BIT(on)));
}

/*
 * Read one expression at item i; its results are placed and the anchor moves.
 * Returns the item behind it, or 0.
 */
static int
step(walk *w, int i, na_found *found)
{
	na_dctx *c = &w->ctx;
	const na_token *t = &c->seg->tok[c->item[i].tok];
	int end;

	found->n = 0;
	if (!is_start(c, i))
		return 0;
	/* what was mentioned long ago is no anchor any more */
	if (c->anchor != NA_NO_DAY && t->chr - w->anchor_chr > ANCHOR_CHARS)
		c->anchor = NA_NO_DAY;
	end = na_read_expression(c, i, found);
	for (int k = 0; k < found->n; k++)
	{
		na_date *d = &found->at[k].date;

		place(c, found->at[k].from, found->at[k].to, d);
		if (d->lo != NA_NO_DAY && d->grain >= NA_GRAIN_SECOND && d->grain <= NA_GRAIN_YEAR &&
			d->kind != NA_DATE_DURATION)
		{
			c->anchor = d->lo;
			w->anchor_chr = d->chr;
		}
	}
	return end;
}

na_status
na_dates_range(na_date_reader *r, const na_segment *seg, uint32_t from, uint32_t to, na_date_fn fn,
			   void *ctx)
{
	walk w;
	na_status status = start_walk(r, seg, from, to, &w);

	if (status != NA_OK)
		return status;
	w.anchor_chr = from < to ? seg->tok[from].chr : 0;
	for (int i = 0; i < w.ctx.n;)
	{
		na_found found;
		int end = step(&w, i, &found);

		for (int k = 0; k < found.n; k++)
			if (!fn(ctx, &found.at[k].date))
				return NA_OK;
		i = end > i ? end : i + 1;
		if (i % 4096 == 0)
			r->env->poll(r->env->ctx);
	}
	r->anchor = w.ctx.anchor;
	return NA_OK;
}

na_status
na_dates_segment(na_date_reader *r, const na_segment *seg, na_date_fn fn, void *ctx)
{
	return na_dates_range(r, seg, 0, seg->ntok, fn, ctx);
}

na_status
na_dates(const na_env *env, const char *text, uint32_t n, const na_date_options *options,
		 na_date_fn fn, void *ctx)
{
	na_date_reader r;
	na_scanner scan;
	const na_segment *seg;
	na_status status;

	na_date_reader_init(&r, env, options);
	na_scan_init(&scan, env, text, n, NA_LOOKUP_DATES);
	for (;;)
	{
		status = na_scan_next(&scan, &seg);
		if (status != NA_OK || seg == NULL)
			break;
		status = na_dates_segment(&r, seg, fn, ctx);
		if (status != NA_OK)
			break;
	}
	na_scan_end(&scan);
	na_date_reader_end(&r);
	return status;
}

/* ---- headers ---- */

/* the best date of a header so far */
typedef struct best
{
	int32_t day;
	bool relative;
	bool hijri;
	bool conflict;
} best;

/* an absolute date beats a relative one, a Gregorian a Hijri one; two equals conflict */
static void
offer(best *b, const na_date *d)
{
	if (b->day == NA_NO_DAY || (b->relative && !d->relative) ||
		(b->relative == d->relative && b->hijri && !d->hijri))
	{
		b->day = d->lo;
		b->relative = d->relative;
		b->hijri = d->hijri;
		b->conflict = false;
	}
	else if (b->relative == d->relative && b->hijri == d->hijri && b->day != d->lo)
		b->conflict = true;
}

static bool
is_furniture(const na_dctx *c, int i)
{
	static const na_date_class furniture[] = {NA_DC_page,	NA_DC_on,	NA_DC_twin, NA_DC_tz,
											  NA_DC_zone,	NA_DC_prep, NA_DC_era,	NA_DC_ampm,
											  NA_DC_approx, NA_DC_span, NA_DC_part};

	for (size_t k = 0; k < NA_LENGTHOF(furniture); k++)
		if (na_word(c, i, furniture[k]) != NULL)
			return true;
	return na_word(c, i, NA_DC_unit) != NULL || na_word(c, i, NA_DC_weekday) != NULL;
}

na_status
na_date_header_range(na_date_reader *r, const na_segment *seg, uint32_t from, uint32_t to,
					 na_date_line *out)
{
	walk w;
	best published = {NA_NO_DAY, false, false, false};
	best updated = {NA_NO_DAY, false, false, false};
	best plain = {NA_NO_DAY, false, false, false};
	uint8_t role = NA_ROLE_NONE;
	bool any = false;
	na_status status = start_walk(r, seg, from, to, &w);

	memset(out, 0, sizeof(*out));
	out->day = out->updated = NA_NO_DAY;
	if (status != NA_OK)
		return status;
	w.ctx.header = true;
	for (int i = 0; i < w.ctx.n;)
	{
		const na_item *it = &w.ctx.item[i];
		const na_date_word *page = na_word(&w.ctx, i, NA_DC_page);
		na_found found;
		int end;

		if (page != NULL && page->value != 0)
		{
			role = (uint8_t) page->value;
			if (out->role == NA_ROLE_NONE)
				out->role = role;
		}
		end = step(&w, i, &found);
		for (int k = 0; k < found.n; k++)
		{
			const na_date *d = &found.at[k].date;

			any = true;
			for (int j = found.at[k].from; j < found.at[k].to; j++)
				if (na_word(&w.ctx, j, NA_DC_weekday) != NULL)
					out->weekday = true;
			if (d->kind == NA_DATE_DATETIME)
				out->time = true;
			if (d->kind > NA_DATE_DATETIME || d->lo == NA_NO_DAY || d->hi != d->lo + 1)
				continue;
			offer(role == NA_ROLE_UPDATED	  ? &updated
				  : role == NA_ROLE_PUBLISHED ? &published
											  : &plain,
				  d);
		}
		/* an impossible date, a number: words left over, unless they are furniture */
		if (found.n == 0 &&
			(it->kind == NA_WORD || it->kind == NA_LATIN || it->kind == NA_ABBREVIATION ||
			 it->kind == NA_URL || it->kind == NA_EMAIL || it->kind == NA_HASHTAG ||
			 it->kind == NA_MENTION) &&
			!is_furniture(&w.ctx, i))
			out->others++;
		i = end > i ? end : i + 1;
		if (i % 4096 == 0)
			r->env->poll(r->env->ctx);
	}
	{
		const best *b = published.day != NA_NO_DAY ? &published
						: plain.day != NA_NO_DAY   ? &plain
												   : &updated;

		/* a date of publication and a plain one disagree only if both are full dates */
		if (b->day != NA_NO_DAY && !b->conflict)
		{
			out->day = b->day;
			out->relative = b->relative;
			out->role = b == &updated	  ? NA_ROLE_UPDATED
						: b == &published ? NA_ROLE_PUBLISHED
										  : out->role;
		}
		if (updated.day != NA_NO_DAY && !updated.conflict)
			out->updated = updated.day;
	}
	out->only = any && out->others == 0;
	return NA_OK;
}

na_status
na_date_header(const na_env *env, const char *line, uint32_t n, int32_t reference,
			   na_date_line *out)
{
	na_date_options options = {reference, 0};
	na_date_reader r;
	na_scanner scan;
	const na_segment *seg;
	na_status status;

	memset(out, 0, sizeof(*out));
	out->day = out->updated = NA_NO_DAY;
	na_date_reader_init(&r, env, &options);
	na_scan_init(&scan, env, line, n, NA_LOOKUP_DATES);
	status = na_scan_next(&scan, &seg);
	/* a header is short: its first segment says it all */
	if (status == NA_OK && seg != NULL)
		status = na_date_header_range(&r, seg, 0, seg->ntok, out);
	na_scan_end(&scan);
	na_date_reader_end(&r);
	return status;
}
