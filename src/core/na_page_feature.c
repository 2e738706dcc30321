/*
 * na_page_feature.c
 *		What can be said of a line: cues, dates, repetition, place on the page.
 */
#include "na_page_work.h"

#include "na_data.h"
#include "na_date.h"

static const char *const feature_names[] = {
#define X(id, name) name,
	NA_PAGE_FEATURES(X)
#undef X
};

static const char *const cue_names[] = {
#define X(id, name) name,
	NA_CUE_KINDS(X)
#undef X
};

static const char *const match_names[] = {
#define X(id, name) name,
	NA_CUE_MATCHES(X)
#undef X
};

const char *
na_page_feature_name(int feature, char *buf, size_t size)
{
	const char *part[5];
	size_t n = 0;

	if (feature < NA_PF_CUES)
		return feature_names[feature];
	feature -= NA_PF_CUES;
	part[0] = "cue.";
	part[1] = cue_names[feature / NA_MATCH_COUNT];
	part[2] = ".";
	part[3] = match_names[feature % NA_MATCH_COUNT];
	part[4] = NULL;
	for (int i = 0; part[i] != NULL; i++)
		for (const char *s = part[i]; *s != '\0' && n + 1 < size; s++)
			buf[n++] = *s;
	buf[n] = '\0';
	return buf;
}

static void
put(na_page_features *fs, int f)
{
	if (fs->n < MAX_FEATURES)
		fs->f[fs->n++] = (uint16_t) f;
}

static void
put_once(na_page_features *fs, int f)
{
	for (int i = 0; i < fs->n; i++)
		if (fs->f[i] == f)
			return;
	put(fs, f);
}

static const char *
text_of(const na_page_work *w)
{
	return (const char *) w->text;
}

/*
 * One cue at words [i, i + k) of a line with n words (numbers before it and
 * behind it do not count).
 */
static void
put_cue(na_page_features *fs, na_pline *l, uint32_t value, bool at_start, bool at_end,
		uint16_t next)
{
	int kind = (int) NA_CUE_VALUE_KIND(value);
	int match = (int) NA_CUE_VALUE_MATCH(value);

	switch (match)
	{
		case NA_MATCH_WHOLE:
			if (!at_start || !at_end)
				return;
			break;
		case NA_MATCH_LABEL:
			if (!at_start || !(at_end || (next & (PD_DELIMITER | PD_COMMA))))
				return;
			break;
		case NA_MATCH_START:
			if (!at_start)
				return;
			if (!at_end && (next & (PD_DELIMITER | PD_COMMA)))
				put_once(fs, NA_PF_CUE(kind, NA_MATCH_LABEL));
			else if (at_end)
				put_once(fs, NA_PF_CUE(kind, NA_MATCH_WHOLE));
			break;
		case NA_MATCH_END:
			if (!at_end)
				return;
			break;
		default: break;
	}
	put_once(fs, NA_PF_CUE(kind, match));
	if (match == NA_MATCH_WHOLE || match == NA_MATCH_START || match == NA_MATCH_LABEL)
	{
		if (kind == NA_CUE_RELATED && (at_end || (next & PD_COLON)))
			l->flags |= LF_RELATED_HEAD;
		else if (kind == NA_CUE_TAGS)
			l->flags |= LF_TAGS_HEAD;
		else if (kind == NA_CUE_SECTION && at_end)
			l->flags |= LF_SECTION;
		else if (kind == NA_CUE_SOURCE && at_end)
			l->flags |= LF_SOURCE_HEAD;
		else if (kind == NA_CUE_COMMENTS)
			l->flags |= LF_COMMENTS_HEAD;
	}
	if (kind == NA_CUE_COMMENTS || kind == NA_CUE_DISCLAIMER || kind == NA_CUE_COOKIES ||
		kind == NA_CUE_COPYRIGHT || kind == NA_CUE_PLAYER || kind == NA_CUE_NEWSLETTER ||
		kind == NA_CUE_APP)
		l->flags |= LF_FURNITURE;
}

/* put the cues of one payload list */
static bool
put_payloads(na_page_features *fs, na_pline *l, uint32_t first, uint32_t n, bool at_start,
			 bool at_end, uint16_t next)
{
	const uint32_t *pay = na_section_at(NA_SEC_PAYLOAD, sizeof(uint32_t), NULL);
	bool any = false;

	for (uint32_t i = first; i < first + n; i++)
		if (NA_PAY_TOPIC(pay[i]) == NA_TOPIC_CUE)
		{
			put_cue(fs, l, NA_PAY_VALUE(pay[i]), at_start, at_end, next);
			any = true;
		}
	return any;
}

/* all cue phrases that start at word i; true when one of them covers up to the end of the line */
static uint32_t
cues_at(const na_page_work *w, na_page_features *fs, na_pline *l, uint32_t i, uint32_t n,
		bool at_start)
{
	na_pword *words = w->words + l->word0;
	uint32_t lex = na_pword_lex(text_of(w), &words[i]);
	uint32_t node = 0;
	uint32_t best = 0;
	uint32_t k = i;

	if (lex == 0)
		return 0;
	for (;;)
	{
		const na_lex *e;
		uint32_t pay, npay;
		uint32_t tail = k + 1;
		uint16_t next;

		if (k == i)
		{
			e = na_lex_entry(lex);
			node = e->node;
			pay = e->pay;
			npay = e->npay;
		}
		else
		{
			const na_trie_node *t =
				(const na_trie_node *) na_section_at(NA_SEC_TRIE, sizeof *t, NULL) + node;

			pay = t->pay;
			npay = t->npay;
		}
		while (tail < n && (words[tail].cls & PW_NUMBER))
			tail++;
		next = k + 1 < n ? words[k + 1].before : l->after;
		if (put_payloads(fs, l, pay, npay, at_start, tail >= n, next))
			best = k - i + 1;
		if (node == 0)
			break;
		/* numbers are no part of phrases: "list 1 of 2" */
		k++;
		while (k < n && (words[k].cls & PW_NUMBER))
			k++;
		if (k >= n)
			break;
		lex = na_pword_lex(text_of(w), &words[k]);
		if (lex == 0)
			break;
		node = na_trie_step(node, lex);
		if (node == 0)
			break;
	}
	return best;
}

static void
cue_features(const na_page_work *w, na_page_features *fs, na_pline *l)
{
	na_pword *words = w->words + l->word0;
	uint32_t n = l->nkept;
	uint32_t i = 0;
	uint32_t covered = 0;
	uint32_t counted = 0;

	while (i < n && (words[i].cls & PW_NUMBER))
		i++;
	if (l->nwords > CUE_WORDS)
	{
		if (i < n)
			cues_at(w, fs, l, i, l->nwords > KEEP_WORDS ? KEEP_HEAD : n, true);
		return;
	}
	for (bool start = true; i < n; start = false)
	{
		uint32_t k;

		/* inside of longer lines only the ends matter */
		if ((words[i].cls & PW_NUMBER) || (n > CUE_SHORT && !start && i + CUE_TAIL < n))
		{
			counted += !(words[i].cls & PW_NUMBER);
			i++;
			continue;
		}
		k = cues_at(w, fs, l, i, n, start);
		counted += k > 0 ? k : 1;
		covered += k;
		i += k > 0 ? k : 1;
	}
	/* شارك فيسبوك تويتر: several short cues side by side */
	if (covered == counted && counted > 1)
	{
		bool whole = false;

		for (int j = 0; j < fs->n; j++)
			whole = whole || (fs->f[j] >= NA_PF_CUES &&
							  (fs->f[j] - NA_PF_CUES) % NA_MATCH_COUNT == NA_MATCH_WHOLE);
		if (!whole && counted <= 8)
		{
			uint32_t value;

			for (i = 0; i < n; i++)
				if (na_pword_phrase(text_of(w), words, n, i, NA_TOPIC_CUE, &value) > 0)
				{
					int kind = (int) NA_CUE_VALUE_KIND(value);

					if (kind == NA_CUE_SHARE || kind == NA_CUE_MENU || kind == NA_CUE_SECTION ||
						kind == NA_CUE_COMMENTS || kind == NA_CUE_READING)
					{
						put_once(fs, NA_PF_CUE(kind, NA_MATCH_WHOLE));
						break;
					}
				}
		}
	}
}

/* the line, or a part of it between delimiters, looks like a person's name */
static bool
name_like(const na_page_work *w, const na_pline *l)
{
	na_pword *words = w->words + l->word0;
	uint32_t n = l->nkept;
	uint32_t i = 0;
	bool place = false; /* a piece that is a place */
	bool other = false; /* one of two to four words that may be a name */

	if (l->nwords == 0 || l->nwords > 8 ||
		(l->flags & (LF_ENDS_STOP | LF_ENDS_QUESTION | LF_DIGIT | LF_QUOTED)))
		return false;
	while (i < n)
	{
		uint32_t k = i + 1;
		uint32_t lex = na_pword_lex(text_of(w), &words[i]);

		while (k < n && !(words[k].before & (PD_DELIMITER | PD_COMMA | PD_OPEN)))
		{
			uint32_t other = na_pword_lex(text_of(w), &words[k]);

			if (other != 0 && (na_lex_payload(other, NA_TOPIC_VERB) >= 0 ||
							   na_lex_payload(other, NA_TOPIC_STOP) >= 0))
				return false;
			k++;
		}
		if (lex != 0 && na_lex_payload(lex, NA_TOPIC_GIVEN) >= 0 && k - i >= 2 && k - i <= 4)
			return true;
		if (na_pword_place(text_of(w), words, k, i) == k - i)
			place = true;
		else if (k - i >= 2 && k - i <= 4)
			other = true;
		i = k;
	}
	return place && other;
}

/* the share of the line's word pairs that stand in long lines, in per cent */
static uint32_t
pairs_in_body(const na_page_work *w, const na_pline *l)
{
	const na_pword *words = w->words + l->word0;
	uint32_t hit = 0;

	if (l->nkept < 3 || l->nwords >= NA_PAGE_LONG)
		return 0;
	for (uint32_t i = 1; i < l->nkept; i++)
		hit += na_page_bloom_has(w, words[i - 1].hash, words[i].hash);
	return 100 * hit / (l->nkept - 1);
}

/* the share of l's word pairs that stand in m, in per cent */
static uint32_t
pairs_in_line(const na_page_work *w, const na_pline *l, const na_pline *m)
{
	const na_pword *x = w->words + l->word0;
	const na_pword *y = w->words + m->word0;
	uint32_t hit = 0;

	if (l->nkept < 3 || l->nwords >= NA_PAGE_LONG)
		return 0;
	for (uint32_t i = 1; i < l->nkept; i++)
		for (uint32_t k = 1; k < m->nkept; k++)
			if (x[i - 1].hash == y[k - 1].hash && x[i].hash == y[k].hash)
			{
				hit++;
				break;
			}
	return 100 * hit / (l->nkept - 1);
}

/* all words of b stand at the start or the end of a, which has more */
bool
na_page_holds(const na_page_work *w, const na_pline *a, const na_pline *b)
{
	const na_pword *x = w->words + a->word0;
	const na_pword *y = w->words + b->word0;
	uint32_t k;

	if (b->nwords < 3 || a->nwords <= b->nwords || a->nwords > KEEP_WORDS ||
		a->nwords > b->nwords + 8)
		return false;
	for (k = 0; k < b->nwords && x[k].hash == y[k].hash; k++)
		;
	if (k == b->nwords)
		return true;
	x += a->nwords - b->nwords;
	for (k = 0; k < b->nwords && x[k].hash == y[k].hash; k++)
		;
	return k == b->nwords;
}

/* three of five words of b stand in a */
bool
na_page_like(const na_page_work *w, const na_pline *a, const na_pline *b)
{
	const na_pword *x = w->words + a->word0;
	const na_pword *y = w->words + b->word0;
	uint32_t hit = 0;

	if (b->nwords < 5 || a->nwords < 5)
		return false;
	for (uint32_t i = 0; i < b->nwords; i++)
		for (uint32_t k = 0; k < a->nwords; k++)
			if (x[k].hash == y[i].hash)
			{
				hit++;
				break;
			}
	return hit * 5 >= b->nwords * 3;
}

/* a starts with all words of b and goes on a little */
static bool
extends(const na_page_work *w, const na_pline *a, const na_pline *b)
{
	const na_pword *x = w->words + a->word0;
	const na_pword *y = w->words + b->word0;

	if (b->nwords < 3 || a->nwords <= b->nwords || a->nwords > KEEP_WORDS ||
		a->nwords > b->nwords + 6)
		return false;
	for (uint32_t k = 0; k < b->nwords; k++)
		if (x[k].hash != y[k].hash)
			return false;
	return true;
}

static na_status
date_features(const na_page_work *w, na_page_features *fs, na_pline *l)
{
	na_date_line d;
	na_status st;

	if (l->nwords == 0 || l->nwords > 30)
		return NA_OK;
	if (!(l->flags & LF_DIGIT) && l->nwords > 6)
		return NA_OK;
	st = na_date_header(w->env, text_of(w) + l->byte, l->nbytes, NA_NO_DAY, &d);
	if (st != NA_OK)
		return st;
	if (d.only)
	{
		if (d.day == NA_NO_DAY && !d.relative && d.time)
		{
			put(fs, NA_PF_TIME_ONLY);
			l->flags |= LF_TIME_ONLY;
		}
		else if (d.day != NA_NO_DAY || d.relative || d.weekday)
		{
			put(fs, NA_PF_DATE_ONLY);
			l->flags |= LF_DATE | LF_DATE_ONLY;
		}
	}
	else if (d.day != NA_NO_DAY && d.others <= 4)
	{
		put(fs, NA_PF_DATE_SHORT);
		l->flags |= LF_DATE;
	}
	return NA_OK;
}

/* what needs the line alone */
na_status
na_page_own_features(na_page_work *w, uint32_t i, na_page_features *fs)
{
	na_pline *l = &w->lines[i];
	na_pword *words = w->words + l->word0;
	uint32_t nlatin = 0;
	na_dateline dl;
	na_status st;

	/* … بين المدينتين. (رويترز): the sentence ends before the bracket */
	if ((l->flags & LF_ENDS_PAREN) && l->nwords > 5)
		for (uint32_t k = l->nkept; k > 1 && l->nkept - k < 4; k--)
			if ((words[k - 1].before & (PD_OPEN | PD_STOP)) == (PD_OPEN | PD_STOP))
				l->flags |= LF_ENDS_STOP | LF_SIGNED;
	put(fs, NA_PF_BIAS);
	put(fs, l->nwords == 0	  ? NA_PF_WORDS_0
			: l->nwords == 1  ? NA_PF_WORDS_1
			: l->nwords <= 3  ? NA_PF_WORDS_2
			: l->nwords <= 6  ? NA_PF_WORDS_4
			: l->nwords <= 10 ? NA_PF_WORDS_7
			: l->nwords <= 15 ? NA_PF_WORDS_11
			: l->nwords <= 24 ? NA_PF_WORDS_16
							  : NA_PF_WORDS_25);
	put(fs, l->flags & LF_ENDS_STOP		  ? NA_PF_ENDS_STOP
			: l->flags & LF_ENDS_QUESTION ? NA_PF_ENDS_QUESTION
			: l->flags & LF_ENDS_COLON	  ? NA_PF_ENDS_COLON
			: l->flags & LF_ENDS_COMMA	  ? NA_PF_ENDS_COMMA
										  : NA_PF_ENDS_BARE);
	if ((l->flags & LF_ENDS_PAREN) && !(l->flags & LF_SIGNED))
		put(fs, NA_PF_ENDS_PAREN);
	if (l->flags & LF_QUOTED)
		put(fs, NA_PF_QUOTED);
	if (l->flags & LF_INDENT)
		put(fs, NA_PF_LONG_INDENT);
	switch (l->first)
	{
		case '|': put(fs, NA_PF_STARTS_PIPE); break;
		case '/': put(fs, NA_PF_STARTS_SLASH); break;
		case '*': put(fs, NA_PF_STARTS_STAR); break;
		case '-': put(fs, NA_PF_STARTS_BULLET); break;
		case '#': put(fs, NA_PF_STARTS_HASH); break;
		case 'c': put(fs, NA_PF_STARTS_CREDIT); break;
		default: break;
	}
	for (uint32_t k = 0; k < l->nkept; k++)
		nlatin += (words[k].cls & PW_LATIN) != 0;
	if (l->nwords > 0 && !(l->flags & LF_ARABIC) && nlatin == 0)
		put(fs, NA_PF_NUMBERS);
	if (!(l->flags & LF_ARABIC) && nlatin > 0)
		put(fs, NA_PF_LATIN);
	else if (nlatin > 0 && l->nwords < NA_PAGE_LONG)
	{
		put(fs, NA_PF_LATIN_SOME);
		if (words[l->nkept - 1].cls & PW_LATIN)
			put(fs, NA_PF_LATIN_TAIL);
	}
	if (l->flags & LF_URL)
		put(fs, l->flags & LF_ARABIC ? NA_PF_URL : NA_PF_URL_ONLY);
	if (l->flags & LF_EMAIL)
		put(fs, NA_PF_EMAIL);
	if (l->flags & LF_HTML)
		put(fs, NA_PF_HTML);
	if (l->npipes > 1 || (l->npipes == 1 && l->first != '|'))
		put(fs, NA_PF_PIPES);
	if (l->nwide >= 2)
		put(fs, NA_PF_TICKER);
	if (l->flags & LF_COPYRIGHT)
		put(fs, NA_PF_COPYRIGHT);
	if (l->nslash > 0 && l->nwords < NA_PAGE_LONG)
		put(fs, NA_PF_SLASHES);
	if (l->nhash > 0 && (l->nhash == l->nwords || (l->nhash > 1 && l->nwords <= l->nhash * 4u)))
		put(fs, NA_PF_HASHTAGS);
	if (l->nwords > 5 && words[0].nbytes > 4 && (words[0].cls & PW_ARABIC) &&
		w->text[words[0].byte] == 0xD9 && w->text[words[0].byte + 1] == 0x88)
		put(fs, NA_PF_STARTS_WAW);
	cue_features(w, fs, l);
	if (l->flags & LF_HTML)
		l->flags |= LF_FURNITURE;
	st = date_features(w, fs, l);
	if (st != NA_OK)
		return st;
	if (l->nwords > 0)
	{
		uint32_t value;
		uint32_t k;

		/* of long lines only the head is kept in order */
		na_dateline_find(text_of(w), words, l->nwords > KEEP_WORDS ? KEEP_HEAD : l->nkept,
						 l->nwords > KEEP_WORDS ? 0 : l->after, &dl);
		/* a sentence with an agency in brackets is a caption, a date with one a date */
		if (dl.whole && ((l->nwords > 6 && (l->flags & LF_ENDS_PAREN)) || (l->flags & LF_DATE)))
			dl.nwords = 0;
		if (dl.nwords > 0 && dl.whole)
		{
			for (k = 0; k < l->nkept;)
			{
				uint32_t m =
					na_pword_phrase(text_of(w), words, l->nkept, k, NA_TOPIC_AGENCY, &value);

				if (m == 0)
					break;
				k += m;
			}
			put(fs, k >= l->nkept ? NA_PF_AGENCY_ONLY : NA_PF_BYLINE);
			l->flags |= LF_BYLINE;
		}
		else if (dl.nwords > 0 && l->nwords > dl.nwords + 6 && (dl.agency || l->nwords > 24))
			put(fs, NA_PF_DATELINE);
		if (l->nwords <= CUE_WORDS && !(dl.nwords > 0 && dl.whole) && !(l->flags & LF_SIGNED))
		{
			for (k = l->nkept; k > 0 && l->nkept - k < 4; k--)
				if ((words[k - 1].before & (PD_OPEN | PD_DASH | PD_SLASH | PD_QUOTE)) &&
					na_pword_phrase(text_of(w), words, l->nkept, k - 1, NA_TOPIC_AGENCY, &value) ==
						l->nkept - k + 1)
				{
					put(fs, NA_PF_AGENCY_PAREN);
					break;
				}
		}
		if (l->nwords <= 4 && na_pword_place(text_of(w), words, l->nkept, 0) == l->nkept)
			put(fs, NA_PF_PLACE);
		for (k = 0; k < l->nkept && words[k].nbytes <= 2 && (words[k].cls & PW_ARABIC); k++)
			;
		if (k == l->nkept && k >= 2 && k <= 14 && !(dl.nwords > 0 && dl.whole))
		{
			/* ن.ع/ ف.ي (د ب أ، أ ف ب): who wrote it, and from what */
			uint32_t j = k;

			while (j > 0 && !(words[j - 1].before & PD_OPEN))
				j--;
			if (j > 0 && na_pword_phrase(text_of(w), words, k, j - 1, NA_TOPIC_AGENCY, &value) > 0)
				put_once(fs, NA_PF_AGENCY_ONLY);
			else
				put(fs, NA_PF_INITIALS);
		}
		if (name_like(w, l))
			put(fs, NA_PF_NAME);
	}
	return NA_OK;
}

/* what a line has to do with the others */
void
na_page_neighbour_features(const na_page_work *w, uint32_t i, na_page_features *fs,
						   const uint32_t *run, const uint32_t *run_len,
						   const uint32_t *same_before, const uint32_t *same_after)
{
	const na_pline *l = &w->lines[i];
	const na_pline *p = i > 0 ? l - 1 : NULL;
	const na_pline *q = i + 1 < w->nlines ? l + 1 : NULL;
	uint32_t pairs;

	if (w->first_window && i == 0)
		put(fs, NA_PF_FIRST);
	else if (w->first_window && i < 4)
		put(fs, NA_PF_EARLY);
	if (i + 1 == w->nlines && w->pos >= w->n)
		put(fs, NA_PF_LAST);
	if (w->first_long == UINT32_MAX)
		put(fs, NA_PF_NO_LONG);
	else if (i < w->first_long)
	{
		put(fs, NA_PF_BEFORE_LONG);
		if (i + 1 == w->first_long)
			put(fs, NA_PF_ADJACENT_LONG);
	}
	else if (i > w->last_long)
		put(fs, NA_PF_AFTER_LONG);
	else
		put(fs, NA_PF_BETWEEN_LONG);
	if (i == w->first_long)
		put(fs, NA_PF_FIRST_LONG);
	if (p != NULL && na_page_is_long(p))
		put(fs, NA_PF_LONG_BEFORE);
	if (q != NULL && na_page_is_long(q))
		put(fs, NA_PF_LONG_AFTER);
	if (run_len[i] >= 3)
	{
		put(fs, NA_PF_RUN_3);
		if (run_len[i] >= 6)
			put(fs, NA_PF_RUN_6);
		if (run[i] + 1 == run_len[i])
			put(fs, NA_PF_RUN_END);
	}
	if (q != NULL && i + 1 == w->first_five && l->nwords <= 4)
		put(fs, NA_PF_BEFORE_HEADLINE);
	if (q != NULL && (q->flags & LF_DATE_ONLY))
		put(fs, NA_PF_BEFORE_DATE);
	if (p != NULL && (p->flags & LF_DATE_ONLY))
		put(fs, NA_PF_AFTER_DATE);
	if (q != NULL && (q->flags & LF_BYLINE))
		put(fs, NA_PF_BEFORE_BYLINE);
	if (w->first_window && i < TITLE_LINES && l->nwords >= 3 && l->nwords <= TITLE_WORDS)
	{
		bool of = false;
		bool in = false;
		bool lk = false;

		for (uint32_t k = i + 1; k < w->nlines && k < TITLE_LINES && !of; k++)
		{
			if (w->lines[k].nwords > TITLE_WORDS)
				continue;
			of = na_page_holds(w, l, &w->lines[k]);
			lk = lk || na_page_like(w, l, &w->lines[k]);
		}
		for (uint32_t k = 0; k < i && !in; k++)
			in = w->lines[k].nwords <= TITLE_WORDS && na_page_holds(w, &w->lines[k], l);
		if (of)
			put(fs, NA_PF_TITLE_OF);
		else if (lk)
			put(fs, NA_PF_TITLE_LIKE);
		if (in)
			put(fs, NA_PF_IN_TITLE);
	}
	if (l->nwords > 0 && same_after[i] != UINT32_MAX)
	{
		put(fs, NA_PF_REPEATED);
		if (na_page_is_long(l))
			put(fs, NA_PF_REPEATED_LONG);
	}
	if (l->nwords > 0 && same_before[i] != UINT32_MAX)
	{
		put(fs, NA_PF_REPEATS);
		if (same_before[i] + 1 == i)
			put(fs, NA_PF_REPEATS_LAST);
		if (l->nwords >= 4 && same_before[i] < w->first_long)
			put(fs, NA_PF_REPEATS_TOP);
	}
	if (p != NULL && extends(w, l, p))
		put(fs, NA_PF_EXTENDS_LAST);
	if (q != NULL && extends(w, q, l))
		put(fs, NA_PF_EXTENDED_NEXT);
	if (q != NULL && na_page_is_long(q) && pairs_in_line(w, l, q) >= 75)
		put(fs, NA_PF_IN_NEXT);
	pairs = pairs_in_body(w, l);
	if (pairs >= 75)
		put(fs, NA_PF_IN_BODY);
	else if (pairs >= 50)
		put(fs, NA_PF_IN_BODY_HALF);
	if (w->blanks)
	{
		if (l->flags & LF_BLANK_BEFORE)
			put(fs, NA_PF_BLANK_BEFORE);
		if (l->flags & LF_BLANK_AFTER)
			put(fs, NA_PF_BLANK_AFTER);
		if (!(l->flags & (LF_BLANK_BEFORE | LF_BLANK_AFTER)))
			put(fs, NA_PF_TIGHT);
	}
	if (p != NULL)
	{
		if (p->flags & LF_RELATED_HEAD)
			put(fs, NA_PF_AFTER_RELATED);
		if (p->flags & LF_SECTION)
			put(fs, NA_PF_AFTER_SECTION);
		if (p->flags & LF_TAGS_HEAD)
			put(fs, NA_PF_AFTER_TAGS);
		if (p->flags & LF_SOURCE_HEAD)
			put(fs, NA_PF_AFTER_SOURCE);
		if (p->flags & LF_COMMENTS_HEAD)
			put(fs, NA_PF_AFTER_COMMENTS);
	}
}

/* lines with the same words: the nearest one before and after, or UINT32_MAX */
na_status
na_page_find_repeats(na_page_work *w, uint32_t *before, uint32_t *after)
{
	uint32_t size = 16;
	uint32_t *slot;

	while (size < w->nlines * 2)
		size *= 2;
	slot = na_arena_alloc(&w->arena, size * sizeof *slot);
	if (slot == NULL)
		return NA_NO_MEMORY;
	memset(slot, 0, size * sizeof *slot);
	for (uint32_t i = 0; i < w->nlines; i++)
	{
		const na_pline *l = &w->lines[i];
		uint32_t h = na_page_scramble(l->hash) & (size - 1);

		before[i] = after[i] = UINT32_MAX;
		if (l->nwords == 0)
			continue;
		while (slot[h] != 0 &&
			   (w->lines[slot[h] - 1].hash != l->hash || w->lines[slot[h] - 1].nwords != l->nwords))
			h = (h + 1) & (size - 1);
		if (slot[h] != 0)
		{
			before[i] = slot[h] - 1;
			after[slot[h] - 1] = i;
		}
		slot[h] = i + 1;
	}
	return NA_OK;
}
