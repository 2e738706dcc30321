/*
 * na_highlight.c
 *		A text as HTML, its entities and temporal expressions marked.
 */
#include "na_chartab.h"
#include "na_highlight.h"
#include "na_utf8.h"

/* a marked stretch of the text */
typedef struct mark
{
	uint32_t byte;
	uint32_t end;
	const na_entity *entity; /* NULL: a date */
	char timex[NA_TIMEX_MAX];
} mark;

typedef struct mark_list
{
	const na_env *env;
	mark *v;
	uint32_t n;
	uint32_t cap;
	bool failed;
} mark_list;

static mark *
new_mark(mark_list *l)
{
	if (l->n == l->cap)
	{
		uint32_t cap = l->cap ? l->cap * 2 : 64;
		mark *v = l->env->alloc(l->env->ctx, cap * sizeof *v);

		if (v == NULL)
		{
			l->failed = true;
			return NULL;
		}
		if (l->v)
		{
			memcpy(v, l->v, l->n * sizeof *v);
			l->env->release(l->env->ctx, l->v);
		}
		l->v = v;
		l->cap = cap;
	}
	return &l->v[l->n++];
}

static bool
put_date(void *ctx, const na_date *d)
{
	mark *m = new_mark(ctx);

	if (m == NULL)
		return false;
	m->byte = d->byte;
	m->end = d->byte + d->nbytes;
	m->entity = NULL;
	memcpy(m->timex, d->timex, sizeof m->timex);
	return true;
}

static bool
put_string(na_buf *out, const char *s)
{
	return na_buf_put(out, s, strlen(s));
}

na_status
na_html_escape(const char *s, uint32_t n, na_buf *out)
{
	const unsigned char *p = (const unsigned char *) s;
	const unsigned char *end = p + n;
	const unsigned char *polled = p;

	while (p < end)
	{
		int len;
		uint32_t cp = na_utf8_decode(p, end, &len);
		const char *r = NULL;

		if (p - polled >= NA_POLL_BYTES)
		{
			out->env->poll(out->env->ctx);
			polled = p;
		}
		switch (cp)
		{
			case '&': r = "&amp;"; break;
			case '<': r = "&lt;"; break;
			case '>': r = "&gt;"; break;
			case '"': r = "&quot;"; break;
			case '\'': r = "&#39;"; break;
			case '\t':
			case '\n': r = " "; break;
			default:
				/* overrides and isolates of the text must not turn the page round */
				if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp >= 0x202A && cp <= 0x202E) ||
					(cp >= 0x2066 && cp <= 0x2069) || (cp & 0xFFFE) == 0xFFFE)
					r = "";
		}
		if (r != NULL ? !put_string(out, r) : !na_buf_put(out, p, (size_t) len))
			return NA_NO_MEMORY;
		p += len;
	}
	return NA_OK;
}

static bool
put_attribute(na_buf *out, const char *name, const char *value, uint32_t n)
{
	return n == 0 || (put_string(out, " ") && put_string(out, name) && put_string(out, "=\"") &&
					  na_html_escape(value, n, out) == NA_OK && put_string(out, "\""));
}

static bool
open_mark(const mark *m, na_buf *out)
{
	const na_entity *e = m->entity;
	const char *id;

	if (e == NULL)
		return put_string(out, "<time class=\"ar-date\"") &&
			   put_attribute(out, "datetime", m->timex, (uint32_t) strlen(m->timex)) &&
			   put_string(out, ">");
	id = na_entity_id(e);
	return put_string(out, "<mark class=\"ar-") && put_string(out, na_entity_kind_name(e->kind)) &&
		   put_string(out, "\"") && put_attribute(out, "data-id", id, (uint32_t) strlen(id)) &&
		   put_attribute(out, "data-name", e->name.p, e->name.n) &&
		   put_attribute(out, "data-country", e->country, e->country[0] ? 2 : 0) &&
		   put_string(out, ">");
}

typedef struct html_state
{
	na_buf *out;
	bool in_line;
} html_state;

/* plain text of [from, to): escaped, line breaks end paragraphs */
static bool
put_plain(html_state *h, const char *text, uint32_t from, uint32_t to)
{
	uint32_t polled = from;

	while (from < to)
	{
		const unsigned char *p = (const unsigned char *) text + from;
		const unsigned char *end = (const unsigned char *) text + to;
		const unsigned char *q = p;
		int len = 0;
		bool newline = false;
		bool visible = false;

		/* one segment may be of empty lines without end */
		if (from - polled >= NA_POLL_BYTES)
		{
			h->out->env->poll(h->out->env->ctx);
			polled = from;
		}
		/* a very long line is written in parts */
		while (q < end && q - p < NA_POLL_BYTES)
		{
			na_class c = na_char_class(na_utf8_decode(q, end, &len));

			if (c == NA_C_NEWLINE)
			{
				newline = true;
				break;
			}
			visible |= c != NA_C_SPACE && c != NA_C_CONTROL;
			q += len;
		}
		if (q > p && (visible || h->in_line))
		{
			if (!h->in_line && !put_string(h->out, "<p>"))
				return false;
			h->in_line = true;
			if (na_html_escape((const char *) p, (uint32_t) (q - p), h->out) != NA_OK)
				return false;
		}
		if (newline)
		{
			if (h->in_line && !put_string(h->out, "</p>\n"))
				return false;
			h->in_line = false;
			q += len;
		}
		from = (uint32_t) (q - (const unsigned char *) text);
	}
	return true;
}

/* marks of one segment: dates and entities in order, no overlap (the longer one stays) */
static na_status
segment_marks(na_entity_reader *er, na_date_reader *dr, const na_segment *seg, mark_list *l)
{
	const na_entity *list;
	uint32_t n, ndates, k = 0;
	na_status status;

	l->n = 0;
	status = na_dates_segment(dr, seg, put_date, l);
	if (l->failed)
		return NA_NO_MEMORY;
	if (status == NA_OK)
		status = na_entities_segment(er, seg, &list, &n);
	if (status != NA_OK)
		return status;
	ndates = l->n;
	for (uint32_t i = 0; i < n; i++)
	{
		mark *m = new_mark(l);

		if (m == NULL)
			return NA_NO_MEMORY;
		m->byte = list[i].byte;
		m->end = list[i].byte + list[i].nbytes;
		m->entity = &list[i];
	}
	/* both runs are sorted: merge them in place of a third array */
	{
		uint32_t a = 0, b = ndates, total = l->n;
		uint32_t out = total;

		while (a < ndates || b < total)
		{
			mark next;
			mark *m;

			if (b == total || (a < ndates && l->v[a].byte <= l->v[b].byte))
				next = l->v[a++];
			else
				next = l->v[b++];
			if (k > 0 && next.byte < l->v[out + k - 1].end)
			{
				mark *prev = &l->v[out + k - 1];

				if (next.end - next.byte > prev->end - prev->byte &&
					(k == 1 || next.byte >= l->v[out + k - 2].end))
					*prev = next;
				continue;
			}
			m = new_mark(l);
			if (m == NULL)
				return NA_NO_MEMORY;
			*m = next;
			k++;
		}
		if (k > 0)
			memmove(l->v, l->v + out, k * sizeof *l->v);
		l->n = k;
	}
	return NA_OK;
}

na_status
na_highlight(const na_env *env, const char *text, uint32_t n, const na_date_options *options,
			 na_buf *out)
{
	na_scanner s;
	const na_segment *seg;
	na_status status = NA_OK;
	na_entity_reader *er = na_entity_reader_new(env, NULL);
	na_date_reader dr;
	mark_list marks = {env, NULL, 0, 0, false};
	html_state h = {out, false};

	if (er == NULL)
		return NA_NO_MEMORY;
	na_date_reader_init(&dr, env, options);
	na_scan_init(&s, env, text, n, NA_LOOKUP_ALL);
	if (!put_string(out, "<div class=\"news-ar\" dir=\"rtl\" lang=\"ar\">\n"))
		status = NA_NO_MEMORY;
	while (status == NA_OK && (status = na_scan_next(&s, &seg)) == NA_OK && seg != NULL)
	{
		uint32_t pos = seg->byte;

		status = segment_marks(er, &dr, seg, &marks);
		for (uint32_t i = 0; status == NA_OK && i < marks.n; i++)
		{
			const mark *m = &marks.v[i];

			/* a mark opens its paragraph and never spans a line break */
			if (!put_plain(&h, text, pos, m->byte) || (!h.in_line && !put_string(out, "<p>")))
				status = NA_NO_MEMORY;
			h.in_line = true;
			if (status == NA_OK &&
				(!open_mark(m, out) ||
				 na_html_escape(text + m->byte, m->end - m->byte, out) != NA_OK ||
				 !put_string(out, m->entity ? "</mark>" : "</time>")))
				status = NA_NO_MEMORY;
			pos = m->end;
		}
		if (status == NA_OK && !put_plain(&h, text, pos, seg->byte_end))
			status = NA_NO_MEMORY;
		env->poll(env->ctx);
	}
	if (status == NA_OK && !put_string(out, h.in_line ? "</p>\n</div>" : "</div>"))
		status = NA_NO_MEMORY;
	na_scan_end(&s);
	na_date_reader_end(&dr);
	na_entity_reader_free(er);
	if (marks.v)
		env->release(env->ctx, marks.v);
	return status;
}
