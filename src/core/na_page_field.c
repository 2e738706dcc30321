/*
 * na_page_field.c
 *		Block kinds to the fields of the article.
 */
#include "na_page_work.h"

#include "na_agency.h"
#include "na_data.h"
#include "na_date.h"
#include "na_utf8.h"

typedef struct block_list
{
	na_arena *arena;
	na_block *b;
	uint32_t n;
	uint32_t cap;
	bool failed;
} block_list;

/* a line read again, with its words */
typedef struct reread
{
	na_page_work w;
	na_pline l;
	na_pword *word;
	uint32_t n;
} reread;

/* paragraphs at the start in which a dateline is looked for */
#define DATELINE_PARAGRAPHS 3

static bool
collect(void *ctx, const na_block *b)
{
	block_list *list = ctx;

	if (list->n == list->cap)
	{
		uint32_t cap = list->cap ? list->cap * 2 : 128;
		na_block *p = na_arena_alloc(list->arena, cap * sizeof *p);

		if (p == NULL)
		{
			list->failed = true;
			return false;
		}
		if (list->n > 0)
			memcpy(p, list->b, list->n * sizeof *p);
		list->b = p;
		list->cap = cap;
	}
	list->b[list->n++] = *b;
	return true;
}

static na_status
reread_line(reread *r, const na_env *env, const char *text, uint32_t byte, uint32_t nbytes)
{
	static const uint32_t bits = 1 << 13;
	bool blank;
	na_status st;

	memset(r, 0, sizeof *r);
	r->w.env = env;
	r->w.text = (const unsigned char *) text;
	r->w.pos = byte;
	r->w.n = byte + nbytes;
	r->w.bloom_mask = bits - 1;
	na_arena_init(&r->w.arena, env);
	r->w.bloom = na_arena_alloc(&r->w.arena, bits / 8);
	if (r->w.bloom == NULL)
		return NA_NO_MEMORY;
	memset(r->w.bloom, 0, bits / 8);
	st = na_page_read_line(&r->w, &r->l, &blank);
	r->word = r->w.words;
	/* of long lines the words at the head are in order */
	r->n = r->l.nwords > KEEP_WORDS ? KEEP_HEAD : r->l.nkept;
	return st;
}

/* what stands behind the head of the line */
static uint16_t
reread_after(const reread *r)
{
	return r->l.nwords > KEEP_WORDS ? 0 : r->l.after;
}

static bool
list_add(na_arena *a, na_str_list *list, na_str s)
{
	if (list->n == list->cap)
	{
		uint32_t cap = list->cap ? list->cap * 2 : 8;
		na_str *p = na_arena_alloc(a, cap * sizeof *p);

		if (p == NULL)
			return false;
		if (list->n > 0)
			memcpy(p, list->item, list->n * sizeof *p);
		list->item = p;
		list->cap = cap;
	}
	list->item[list->n++] = s;
	return true;
}

static bool
list_add_once(na_arena *a, na_str_list *list, na_str s)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (list->item[i].n == s.n && memcmp(list->item[i].p, s.p, s.n) == 0)
			return true;
	return list_add(a, list, s);
}

/* without bidi controls and joiners at its ends, white space to single blanks, trimmed */
static bool
tidy(na_arena *a, const char *p, uint32_t n, na_str *out)
{
	const unsigned char *s = (const unsigned char *) p;
	const unsigned char *end = s + n;
	char *d = na_arena_alloc(a, n + 1);
	uint32_t k = 0;
	bool space = false;

	if (d == NULL)
		return false;
	while (s < end)
	{
		int len;
		uint32_t c = na_utf8_decode(s, end, &len);
		na_class cls = na_char_class(c);

		if (cls == NA_C_SPACE || cls == NA_C_NEWLINE)
			space = true;
		/* marks of direction are furniture, joiners are spelling */
		else if (cls != NA_C_CONTROL || c == 0x200C || c == 0x200D)
		{
			if (space && k > 0)
				d[k++] = ' ';
			space = false;
			memcpy(d + k, s, (size_t) len);
			k += (uint32_t) len;
		}
		s += len;
	}
	out->p = d;
	out->n = k;
	return true;
}

/* length in bytes of the quotation mark, star, dash or blank at s, 0 = none */
static uint32_t
ornament(const char *s, uint32_t n)
{
	int len;
	uint32_t c;
	uint8_t sig;
	na_class cls;

	if (n == 0)
		return 0;
	c = na_utf8_decode((const unsigned char *) s, (const unsigned char *) s + n, &len);
	cls = na_char_class(c);
	if (cls == NA_C_SPACE || cls == NA_C_QUOTE)
		return (uint32_t) len;
	if (cls == NA_C_PUNCT || cls == NA_C_SYMBOL)
	{
		uint16_t d = na_page_delimiter(c, cls, &sig);

		if (d & (PD_STAR | PD_DASH | PD_HASH | PD_COLON | PD_COMMA | PD_PIPE | PD_SLASH))
			return (uint32_t) len;
	}
	return 0;
}

/* start of the character that ends at s + n */
static uint32_t
last_char(const char *s, uint32_t n)
{
	uint32_t k = n;

	while (k > 0 && ((unsigned char) s[--k] & 0xC0) == 0x80)
		;
	return k;
}

/* strip ornaments: all of them in front, at the end quotation marks and separators */
static na_str
bare(na_str s)
{
	uint32_t k;

	while ((k = ornament(s.p, s.n)) > 0)
	{
		s.p += k;
		s.n -= k;
	}
	while (s.n > 0)
	{
		k = last_char(s.p, s.n);
		if (ornament(s.p + k, s.n - k) == 0)
			break;
		s.n = k;
	}
	return s;
}

/* without separators and blanks at its end */
static na_str
closed(na_str s)
{
	while (s.n > 0)
	{
		uint32_t k = last_char(s.p, s.n);

		if (ornament(s.p + k, s.n - k) == 0 ||
			na_char_class(na_utf8_decode((const unsigned char *) s.p + k,
										 (const unsigned char *) s.p + s.n, &(int){0})) ==
				NA_C_QUOTE)
			break;
		s.n = k;
	}
	return s;
}

static bool
is_cue(const reread *r, uint32_t i, uint32_t *n, int kind)
{
	const uint32_t *pay = na_section_at(NA_SEC_PAYLOAD, sizeof(uint32_t), NULL);
	const char *text = (const char *) r->w.text;
	uint32_t lex = na_pword_lex(text, &r->word[i]);
	uint32_t node = 0;
	bool found = false;

	if (lex == 0)
		return false;
	for (uint32_t k = i;;)
	{
		uint32_t first, count;

		if (k == i)
		{
			first = na_lex_entry(lex)->pay;
			count = na_lex_entry(lex)->npay;
			node = na_lex_entry(lex)->node;
		}
		else
		{
			const na_trie_node *t =
				(const na_trie_node *) na_section_at(NA_SEC_TRIE, sizeof *t, NULL) + node;

			first = t->pay;
			count = t->npay;
		}
		for (uint32_t p = first; p < first + count; p++)
			if (NA_PAY_TOPIC(pay[p]) == NA_TOPIC_CUE &&
				(int) NA_CUE_VALUE_KIND(NA_PAY_VALUE(pay[p])) == kind &&
				/* of several the one before a colon, else the longest */
				!(found && i + *n < r->n && (r->word[i + *n].before & PD_COLON)))
			{
				*n = k - i + 1;
				found = true;
			}
		if (node == 0 || ++k >= r->n)
			break;
		lex = na_pword_lex(text, &r->word[k]);
		node = lex ? na_trie_step(node, lex) : 0;
		if (node == 0)
			break;
	}
	return found;
}

static na_str
agency_name(uint32_t value)
{
	const char *name = na_string(na_agency_get(value)->name);
	na_str s = {name, (uint32_t) strlen(name)};

	return s;
}

/*
 * Agencies among words [from, to).  apart = only those that stand apart from
 * other words, as in bylines: العربية is a word of many names.
 */
static bool
add_agencies(na_page *page, const reread *r, uint32_t from, uint32_t to, bool apart,
			 na_str_list *list)
{
	const char *text = (const char *) r->w.text;
	const uint16_t edge =
		PD_DELIMITER | PD_COMMA | PD_OPEN | PD_CLOSE | PD_QUOTE | PD_OTHER | PD_STOP;

	for (uint32_t i = from; i < to;)
	{
		uint32_t value;
		uint32_t k = na_pword_phrase(text, r->word, to, i, NA_TOPIC_AGENCY, &value);
		uint32_t place = na_pword_place(text, r->word, to, i);

		if (place > k)
		{
			i += place;
			continue;
		}
		if (k > 0 && na_agency_get(value)->kind != NA_AGENCY_ANY)
		{
			bool before = i == from || (r->word[i].before & edge) ||
						  (r->word[i - 1].cls & PW_NUMBER) || r->word[i - 1].nbytes <= 2;
			uint32_t end = i + k;
			bool after;

			/* two more words may belong to the name: بي بي سي نيوز عربي */
			while (end < to && end < i + k + 2 && !(r->word[end].before & edge) &&
				   na_pword_place(text, r->word, to, end) == 0)
				end++;
			after = end >= to || (r->word[end].before & edge) || (r->word[end].cls & PW_NUMBER);

			if ((!apart || (before && after)) &&
				!list_add_once(&page->arena, list, agency_name(value)))
				return false;
		}
		i += k > 0 ? k : 1;
	}
	return true;
}

/* end in bytes of word i */
static uint32_t
word_end(const reread *r, uint32_t i)
{
	return r->word[i].byte + r->word[i].nbytes;
}

/*
 * The author in a byline: the first piece between delimiters that is no
 * label, agency, place or date.
 */
static bool
find_author(na_page *page, const reread *r)
{
	const char *text = (const char *) r->w.text;
	uint32_t i = 0;
	uint32_t k;
	uint32_t value;

	if (r->n == 0)
		return true;
	/* "Role, …" is no author */
	if (r->n > 1 && r->word[0].nbytes == 4 && memcmp(text + r->word[0].byte, "Role", 4) == 0)
		return true;
	if (is_cue(r, 0, &k, NA_CUE_BYLINE))
		i = k;
	while (i < r->n)
	{
		uint32_t end = i + 1;
		bool skip;

		/* فلان الفلاني صحافي يمني: a role ends the name */
		while (end < r->n &&
			   !(r->word[end].before & (PD_DELIMITER | PD_COMMA | PD_OPEN | PD_CLOSE | PD_QUOTE)) &&
			   !(end >= i + 2 &&
				 na_pword_phrase(text, r->word, r->n, end, NA_TOPIC_TITLE, &value) > 0))
			end++;
		skip = (r->word[i].cls & PW_NUMBER) != 0 || end - i > 6 ||
			   is_cue(r, i, &k, NA_CUE_BYLINE) || is_cue(r, i, &k, NA_CUE_SECTION) ||
			   na_pword_phrase(text, r->word, r->n, i, NA_TOPIC_AGENCY, &value) > 0 ||
			   na_pword_place(text, r->word, end, i) == end - i;
		if (!skip && end - i == 1)
		{
			uint32_t lex = na_pword_lex(text, &r->word[i]);

			skip = lex == 0 || na_lex_payload(lex, NA_TOPIC_GIVEN) < 0;
		}
		if (!skip)
			return tidy(&page->arena, text + r->word[i].byte,
						word_end(r, end - 1) - r->word[i].byte, &page->author);
		i = end;
	}
	return true;
}

/*
 * A caption: its credit goes to credits, the rest to captions.  A credit
 * stands behind the last bracket, dash, slash or ©, in the label before the
 * first comma, or is the line.
 */
static bool
read_caption(na_page *page, const reread *r, bool credit_only)
{
	const char *text = (const char *) r->w.text;
	uint32_t from = 0;
	uint32_t cut = r->n; /* first word of the credit */
	uint32_t k;
	na_str s;

	if (r->n == 0)
		return true;
	if (is_cue(r, 0, &k, NA_CUE_CAPTION) && k < r->n && (r->word[k].before & (PD_COMMA | PD_COLON)))
		from = k;
	else if (is_cue(r, 0, &k, NA_CUE_CREDIT) && k < r->n &&
			 ((r->word[k].before & (PD_COMMA | PD_COLON)) || credit_only))
	{
		from = k;
		credit_only = true;
	}
	if (credit_only)
		cut = from;
	else
		for (uint32_t i = r->n; i > from + 2 && r->n - i < 8; i--)
		{
			uint16_t d = r->word[i - 1].before;
			uint32_t value;

			if (!(d & (PD_OPEN | PD_DASH | PD_SLASH | PD_OTHER | PD_PIPE)))
				continue;
			if ((d & PD_OTHER) || is_cue(r, i - 1, &k, NA_CUE_CREDIT) ||
				(d & PD_SLASH && (r->word[i - 1].cls & PW_LATIN)) ||
				((d & PD_OPEN) && i - 1 > from + 3 && (r->l.flags & LF_ENDS_PAREN)) ||
				na_pword_phrase(text, r->word, r->n, i - 1, NA_TOPIC_AGENCY, &value) > 0)
				cut = i - 1;
		}
	if (cut > from)
	{
		if (!tidy(&page->arena, text + r->word[from].byte,
				  (cut < r->n ? word_end(r, cut - 1) : r->l.byte + r->l.nbytes) -
					  r->word[from].byte,
				  &s))
			return false;
		s = cut < r->n ? bare(s) : s;
		if (s.n > 0 && !list_add_once(&page->arena, &page->captions, s))
			return false;
	}
	if (cut < r->n)
	{
		uint32_t before = page->credits.n;

		/* (الصورة: غيتي): the label is no credit */
		if (is_cue(r, cut, &k, NA_CUE_CREDIT) && cut + k < r->n)
			cut += k;
		if (!add_agencies(page, r, cut, r->n, false, &page->credits))
			return false;
		if (page->credits.n == before)
		{
			bool known = false;
			uint32_t value;

			for (uint32_t i = cut; i < r->n; i++)
				known =
					known || na_pword_phrase(text, r->word, r->n, i, NA_TOPIC_AGENCY, &value) > 0;
			if (!known)
			{
				if (!tidy(&page->arena, text + r->word[cut].byte,
						  word_end(r, r->n - 1) - r->word[cut].byte, &s) ||
					!list_add_once(&page->arena, &page->credits, s))
					return false;
			}
		}
	}
	return true;
}

/* the pieces of a source line, without its heading */
static bool
read_source(na_page *page, const reread *r)
{
	const char *text = (const char *) r->w.text;
	uint32_t i = 0;
	uint32_t k;

	if (r->n > 0 && is_cue(r, 0, &k, NA_CUE_SOURCE) &&
		(k == r->n || (r->word[k].before & PD_COLON)))
		i = k;
	if (!add_agencies(page, r, i, r->n, false, &page->agencies))
		return false;
	while (i < r->n)
	{
		uint32_t end = i + 1;
		na_str s;

		while (end < r->n && !(r->word[end].before & (PD_DELIMITER | PD_COMMA | PD_OTHER)))
			end++;
		if (!tidy(&page->arena, text + r->word[i].byte, word_end(r, end - 1) - r->word[i].byte,
				  &s) ||
			!list_add_once(&page->arena, &page->sources, s))
			return false;
		i = end;
	}
	return true;
}

/* the day of viewing, or of publication */
typedef struct page_days
{
	int32_t plain; /* said by a line that names no role */
	int32_t published;
	int32_t updated;
	int32_t top;	  /* above the headline, a day and nothing else */
	bool top_weekday; /* it names the weekday */
	bool top_first;	  /* it is the first line */
	int32_t other;	  /* in a byline or dateline */
} page_days;

static na_status
read_days(const na_env *env, const char *text, const na_block *b, bool first, page_days *days)
{
	na_date_line d;
	na_status st = na_date_header(env, text + b->byte, b->nbytes, NA_NO_DAY, &d);

	if (st != NA_OK)
		return st;
	if (d.updated != NA_NO_DAY && days->updated == NA_NO_DAY)
		days->updated = d.updated;
	if (d.day == NA_NO_DAY)
		return NA_OK;
	if (b->kind != NA_BLOCK_DATE)
	{
		if (days->other == NA_NO_DAY)
			days->other = d.day;
	}
	else if (d.role == NA_ROLE_UPDATED)
	{
		if (days->updated == NA_NO_DAY)
			days->updated = d.day;
	}
	else if (d.role == NA_ROLE_PUBLISHED)
	{
		if (days->published == NA_NO_DAY)
			days->published = d.day;
	}
	else if (b->state == NA_PS_TOP_DATE && !d.time)
	{
		if (days->top == NA_NO_DAY)
		{
			days->top = d.day;
			days->top_weekday = d.weekday;
			days->top_first = first;
		}
	}
	else if (days->plain == NA_NO_DAY)
		days->plain = d.day;
	return NA_OK;
}

/*
 * A day above everything else that is no time stamp is the day on which the
 * page was seen, when it names the weekday or another date follows.
 */
static void
settle_days(const page_days *days, na_page *page)
{
	page->published = days->published != NA_NO_DAY ? days->published
					  : days->plain != NA_NO_DAY   ? days->plain
												   : days->updated;
	if (days->top == NA_NO_DAY)
		;
	else if (page->published != NA_NO_DAY || (days->top_weekday && days->top_first))
		page->page_date = days->top;
	else
		page->published = days->top;
	if (page->published == NA_NO_DAY)
		page->published = days->other;
}

static bool
join(na_arena *a, na_str *s, na_str more, const char *between)
{
	size_t k = s->p != NULL ? strlen(between) : 0;
	char *p = na_arena_alloc(a, s->n + k + more.n + 1);

	if (p == NULL)
		return false;
	if (s->p != NULL)
		memcpy(p, s->p, s->n);
	memcpy(p + s->n, between, k);
	memcpy(p + s->n + k, more.p, more.n);
	s->p = p;
	s->n += (uint32_t) k + more.n;
	return true;
}

/* one block into the fields; *paragraph counts the paragraphs of the article */
static na_status
read_block(const na_env *env, const char *text, const na_block *b, na_page *page,
		   uint32_t *paragraph, page_days *days, bool first)
{
	na_arena *a = &page->arena;
	reread r;
	na_str s;
	bool ok = true;
	na_status st = NA_OK;

	memset(&r, 0, sizeof r);
	switch (b->kind)
	{
		case NA_BLOCK_HEADLINE: ok = tidy(a, text + b->byte, b->nbytes, &page->headline); break;
		case NA_BLOCK_KICKER:
			if (page->kicker.p == NULL)
				ok = tidy(a, text + b->byte, b->nbytes, &page->kicker);
			break;
		case NA_BLOCK_SUBHEAD:
			ok = tidy(a, text + b->byte, b->nbytes, &s) && list_add(a, &page->subheads, bare(s));
			break;
		case NA_BLOCK_DATE:
			st = read_days(env, text, b, first, days);
			if (st != NA_OK)
				return st;
			st = reread_line(&r, env, text, b->byte, b->nbytes);
			ok = st == NA_OK && add_agencies(page, &r, 0, r.n, true, &page->agencies);
			break;
		case NA_BLOCK_BYLINE:
		{
			na_dateline dl;

			if (b->state == NA_PS_TAIL_BYLINE && page->byline.p != NULL)
				break;
			st = reread_line(&r, env, text, b->byte, b->nbytes);
			if (st != NA_OK)
				break;
			if (b->nbytes < 1024 && (r.l.flags & LF_DIGIT))
				st = read_days(env, text, b, first, days);
			if (st != NA_OK)
				break;
			na_dateline_find(text, r.word, r.n, reread_after(&r), &dl);
			ok = tidy(a, text + b->byte, b->nbytes, &s) && join(a, &page->byline, s, " | ") &&
				 add_agencies(page, &r, 0, r.n, true, &page->agencies);
			if (ok && dl.whole && page->dateline.p == NULL)
				page->dateline = closed(s);
			if (ok && page->author.p == NULL)
				ok = find_author(page, &r);
			break;
		}
		case NA_BLOCK_CAPTION:
		case NA_BLOCK_CREDIT:
			st = reread_line(&r, env, text, b->byte, b->nbytes);
			ok = st == NA_OK && read_caption(page, &r, b->kind == NA_BLOCK_CREDIT);
			break;
		case NA_BLOCK_SOURCE:
			st = reread_line(&r, env, text, b->byte, b->nbytes);
			ok = st == NA_OK && read_source(page, &r);
			break;
		case NA_BLOCK_LEAD:
		case NA_BLOCK_BODY:
			(*paragraph)++;
			if (*paragraph <= DATELINE_PARAGRAPHS)
			{
				na_dateline dl;

				st = reread_line(&r, env, text, b->byte, b->nbytes);
				if (st != NA_OK)
					break;
				/* من مراسل فلانة في باريس - */
				if (r.n > 4 && is_cue(&r, 0, &dl.nwords, NA_CUE_REPORTER))
				{
					ok = add_agencies(page, &r, 0, r.n < 8 ? r.n : 8, false, &page->agencies);
					break;
				}
				na_dateline_find(text, r.word, r.n, reread_after(&r), &dl);
				if (dl.nwords > 0 && (dl.agency || *paragraph == 1))
				{
					uint32_t end = word_end(&r, dl.nwords - 1);

					ok = add_agencies(page, &r, 0, dl.nwords, true, &page->agencies);
					if (ok && page->dateline.p == NULL)
					{
						ok = tidy(a, text + b->byte, end - b->byte, &page->dateline);
						page->dateline = closed(page->dateline);
						/* the bracket that the cut has opened */
						if (ok && dl.nwords < r.n && (r.word[dl.nwords].before & PD_CLOSE) &&
							memchr(page->dateline.p, '(', page->dateline.n) != NULL)
							ok = join(a, &page->dateline, (na_str){")", 1}, "");
					}
					if (ok)
					{
						na_block head = *b;

						head.nbytes = end - b->byte;
						head.kind = NA_BLOCK_BYLINE;
						st = read_days(env, text, &head, false, days);
					}
				}
			}
			break;
		default: break;
	}
	if (r.w.env != NULL)
		na_arena_free(&r.w.arena);
	return st == NA_OK && !ok ? NA_NO_MEMORY : st;
}

/* an agency in brackets at the end of the article: (رويترز) */
static na_status
read_signature(const na_env *env, const char *text, const na_block *b, na_page *page)
{
	/* far enough for a name in brackets */
	uint32_t from = b->nbytes > 120 ? b->nbytes - 120 : 0;
	reread r;
	na_status st;

	while (from > 0 && ((unsigned char) text[b->byte + from] & 0xC0) == 0x80)
		from++;
	st = reread_line(&r, env, text, b->byte + from, b->nbytes - from);
	if (st == NA_OK && (r.l.flags & LF_ENDS_PAREN) && r.l.nwords <= KEEP_WORDS)
	{
		uint32_t i = r.n;

		while (i > 0 && !(r.word[i - 1].before & PD_OPEN))
			i--;
		if (i > 1 && r.n - i < 8 && (r.word[i - 1].before & PD_STOP) &&
			!add_agencies(page, &r, i - 1, r.n, true, &page->agencies))
			st = NA_NO_MEMORY;
	}
	na_arena_free(&r.w.arena);
	return st;
}

na_status
na_page_read(const na_env *env, const char *text, uint32_t n, na_page *page)
{
	block_list list;
	page_days days;
	uint32_t paragraph = 0;
	const na_block *last = NULL;
	size_t body = 0;
	char *p;
	na_status st;

	memset(page, 0, sizeof *page);
	memset(&list, 0, sizeof list);
	na_arena_init(&page->arena, env);
	page->published = page->page_date = NA_NO_DAY;
	days.plain = days.published = days.updated = days.top = days.other = NA_NO_DAY;
	days.top_weekday = days.top_first = false;
	list.arena = &page->arena;
	st = na_page_blocks(env, text, n, collect, &list);
	if (st == NA_OK && list.failed)
		st = NA_NO_MEMORY;
	for (uint32_t i = 0; i < list.n && st == NA_OK; i++)
	{
		const na_block *b = &list.b[i];

		st = read_block(env, text, b, page, &paragraph, &days, i == 0);
		if (b->kind == NA_BLOCK_BODY)
		{
			body += b->nbytes + 2;
			last = b;
		}
		if ((i & 255) == 0)
			env->poll(env->ctx);
	}
	if (st != NA_OK)
		return st;
	settle_days(&days, page);
	if (last != NULL)
		st = read_signature(env, text, last, page);
	if (st != NA_OK)
		return st;
	/* the paragraphs as they are, but for blanks at their ends */
	p = body > 0 ? na_arena_alloc(&page->arena, body) : NULL;
	if (body > 0 && p == NULL)
		return NA_NO_MEMORY;
	for (uint32_t i = 0; i < list.n; i++)
	{
		const na_block *b = &list.b[i];
		na_str s = {text + b->byte, b->nbytes};

		if (b->kind != NA_BLOCK_LEAD && b->kind != NA_BLOCK_BODY)
			continue;
		for (;;)
		{
			int len;
			uint32_t c;

			if (s.n == 0)
				break;
			c = na_utf8_decode((const unsigned char *) s.p, (const unsigned char *) s.p + s.n,
							   &len);
			if (na_char_class(c) != NA_C_SPACE)
				break;
			s.p += len;
			s.n -= (uint32_t) len;
		}
		while (s.n > 0)
		{
			uint32_t k = last_char(s.p, s.n);
			int len;
			uint32_t c = na_utf8_decode((const unsigned char *) s.p + k,
										(const unsigned char *) s.p + s.n, &len);

			if (na_char_class(c) != NA_C_SPACE)
				break;
			s.n = k;
		}
		if (b->kind == NA_BLOCK_LEAD)
		{
			page->lead = s;
			continue;
		}
		if (page->body.p == NULL)
			page->body.p = p;
		else
		{
			p[page->body.n++] = '\n';
			p[page->body.n++] = '\n';
		}
		memcpy(p + page->body.n, s.p, s.n);
		page->body.n += s.n;
	}
	return NA_OK;
}

void
na_page_free(na_page *page)
{
	na_arena_free(&page->arena);
}
