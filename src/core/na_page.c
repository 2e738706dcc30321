/*
 * na_page.c
 *		Lines of a copied page to block kinds, and blocks to the article's fields.
 */
#include "na_page.h"

#include "na_agency.h"
#include "na_chartab.h"
#include "na_data.h"
#include "na_date.h"
#include "na_pageline.h"
#include "na_utf8.h"

/* words of a line that are kept: lines up to this length whole */
#define KEEP_WORDS 64
/* of longer lines the first and the last ones */
#define KEEP_HEAD 16
#define KEEP_TAIL 8
/* lines beyond this length are not searched for cues inside */
#define CUE_WORDS 24
#define CUE_SHORT 12
#define CUE_TAIL 4
#define MAX_FEATURES 96
/* lines near the top among which titles are compared */
#define TITLE_LINES 48
/* and they are not longer than this */
#define TITLE_WORDS 25
#define POLL_BYTES 65536
/* states this far behind the best one are given up: no line weighs that much */
#define BEAM 4000
#define DEAD (INT32_MIN / 2)

/* flags of a line */
#define LF_ENDS_STOP 0x0001
#define LF_ENDS_QUESTION 0x0002
#define LF_ENDS_COLON 0x0004
#define LF_ENDS_COMMA 0x0008
#define LF_ENDS_PAREN 0x0010
#define LF_QUOTED 0x0020
#define LF_URL 0x0040
#define LF_EMAIL 0x0080
#define LF_HTML 0x0100
#define LF_COPYRIGHT 0x0200
#define LF_INDENT 0x0400
#define LF_BLANK_BEFORE 0x0800
#define LF_BLANK_AFTER 0x1000
#define LF_DIGIT 0x2000
#define LF_ARABIC 0x4000
#define LF_DATE 0x8000
#define LF_DATE_ONLY 0x10000
#define LF_RELATED_HEAD 0x20000
#define LF_TAGS_HEAD 0x40000
#define LF_SOURCE_HEAD 0x80000
#define LF_COMMENTS_HEAD 0x100000
#define LF_FURNITURE 0x200000 /* a cue says that it is no text, however long */
#define LF_TIME_ONLY 0x400000
#define LF_BYLINE 0x800000
#define LF_SECTION 0x1000000
#define LF_SIGNED 0x2000000 /* ends in something in brackets behind the last sentence */

typedef struct line
{
	uint32_t number;
	uint32_t byte;
	uint32_t nbytes;
	uint32_t chr;
	uint32_t nchars;
	uint32_t word0;	 /* first kept word */
	uint32_t nkept;	 /* kept words */
	uint32_t nwords; /* all */
	uint32_t hash;	 /* of all words */
	uint32_t flags;
	uint16_t after; /* PD_* behind the last word */
	uint16_t npipes;
	uint16_t nwide;
	uint16_t nslash;
	uint16_t nhash;
	uint16_t nquote;
	uint8_t first; /* first visible character if ASCII or its counterpart */
	uint8_t state;
} line;

typedef struct work
{
	const na_env *env;
	na_arena arena; /* of the window */
	const unsigned char *text;
	uint32_t n;
	/* scan position */
	uint32_t pos;
	uint32_t chr;
	uint32_t number;
	bool blank; /* an empty line stands before pos */
	uint32_t polled;
	/* the window */
	line *lines;
	uint32_t nlines;
	na_pword *words;
	uint32_t nwords;
	uint32_t words_cap;
	uint8_t *bloom;
	uint32_t bloom_mask; /* bits - 1 */
	uint32_t first_long;
	uint32_t last_long;
	uint32_t first_five; /* first line of five words and more that is no furniture */
	bool blanks;		 /* the page has empty lines between its lines */
	bool first_window;
	int last_state; /* of the window before, -1 = none */
	na_page_trace_fn trace;
	void *trace_ctx;
} work;

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
na_block_kind_name(int kind)
{
	return kind >= 0 && kind < NA_BLOCK_COUNT ? kind_names[kind] : "";
}

const char *
na_page_state_name(int state)
{
	return state >= 0 && state < NA_PS_COUNT ? state_names[state] : "";
}

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

/* ---- lines and words ------------------------------------------------------ */

static void
poll(work *w)
{
	if (w->pos - w->polled >= POLL_BYTES)
	{
		w->polled = w->pos;
		w->env->poll(w->env->ctx);
	}
}

static uint32_t
mix(uint32_t h, uint32_t c)
{
	return (h ^ c) * 0x01000193u;
}

static uint32_t
scramble(uint32_t h)
{
	h ^= h >> 16;
	h *= 0x85EBCA6Bu;
	h ^= h >> 13;
	h *= 0xC2B2AE35u;
	return h ^ h >> 16;
}

static void
bloom_add(work *w, uint32_t a, uint32_t b)
{
	uint32_t h = scramble(a * 31 + b) & w->bloom_mask;

	w->bloom[h >> 3] |= (uint8_t) (1 << (h & 7));
}

static bool
bloom_has(const work *w, uint32_t a, uint32_t b)
{
	uint32_t h = scramble(a * 31 + b) & w->bloom_mask;

	return (w->bloom[h >> 3] >> (h & 7)) & 1;
}

/* the kind of delimiter a character is; *sig gets its ASCII counterpart */
static uint16_t
delimiter(uint32_t c, na_class cls, uint8_t *sig)
{
	*sig = (uint8_t) (c < 0x80 ? c : 0);
	if (cls == NA_C_QUOTE)
	{
		*sig = '"';
		return PD_QUOTE;
	}
	switch (c)
	{
		case ':':
		case 0xFE55:
		case 0xFF1A: *sig = ':'; return PD_COLON;
		case ',':
		case 0x60C:
		case 0xFF0C: *sig = ','; return PD_COMMA;
		case ';':
		case 0x61B: *sig = ';'; return PD_COMMA;
		case '-':
		case 0x2010:
		case 0x2011:
		case 0x2012:
		case 0x2013:
		case 0x2014:
		case 0x2015:
		case 0x2212:
		case 0x640: /* tatweel by itself is a dash: القاهرة ـ فلان */ *sig = '-'; return PD_DASH;
		case '/':
		case '\\': return PD_SLASH;
		case '|':
		case 0x2502:
		case 0xA6: *sig = '|'; return PD_PIPE;
		case '.':
		case '!':
		case 0x2026:
		case 0x6D4: *sig = '.'; return PD_STOP;
		case '?':
		case 0x61F: *sig = '?'; return PD_STOP;
		case '(':
		case '[':
		case '{': *sig = '('; return PD_OPEN;
		case ')':
		case ']':
		case '}': *sig = ')'; return PD_CLOSE;
		case '#': return PD_HASH;
		case '@': return PD_AT;
		case '*':
		case 0x2022:
		case 0x25CF:
		case 0x25A0:
		case 0x25AA:
		case 0xB7: *sig = '*'; return PD_STAR;
		case 0xA9:
		case 0xAE:
		case 0x2122: *sig = 'c'; return PD_OTHER;
		default: return PD_OTHER;
	}
}

/* mark-up that is left in a line; at is the '<', '=' or '/' */
static bool
markup(const unsigned char *s, const unsigned char *at, const unsigned char *end)
{
	if (*at == '<')
		return end - at > 1 &&
			   (at[1] == '/' || at[1] == '!' || ((at[1] | 32) >= 'a' && (at[1] | 32) <= 'z'));
	if (*at == '=')
		return end - at > 1 && (at[1] == '"' || at[1] == '\'') && at > s &&
			   ((at[-1] | 32) >= 'a' && (at[-1] | 32) <= 'z');
	return end - at > 1 && at[1] == '>';
}

static bool
add_word(work *w, const na_pword *word)
{
	if (w->nwords == w->words_cap)
	{
		uint32_t cap = w->words_cap ? w->words_cap * 2 : 1024;
		na_pword *p = na_arena_alloc(&w->arena, cap * sizeof *p);

		if (p == NULL)
			return false;
		if (w->nwords > 0)
			memcpy(p, w->words, w->nwords * sizeof *p);
		w->words = p;
		w->words_cap = cap;
	}
	w->words[w->nwords++] = *word;
	return true;
}

/*
 * Read one line at pos.  *blank tells that nothing but white space is on it.
 */
static na_status
read_line(work *w, line *l, bool *blank)
{
	const unsigned char *text = w->text;
	const unsigned char *s = text + w->pos;
	const unsigned char *mark = s;
	const unsigned char *end = text + w->n;
	na_pword keep[KEEP_WORDS];
	na_pword ring[KEEP_TAIL];
	na_pword word = {0};
	uint16_t before = 0;
	bool in_word = false;
	uint32_t spaces = 0;
	uint32_t chars = 0;
	uint32_t last_hash = 0;
	uint8_t sig = 0;  /* last character that is no blank, quote or bracket */
	uint8_t last = 0; /* last visible character */
	bool visible = false;
	uint32_t latin = 0;

	poll(w);
	memset(l, 0, sizeof *l);
	l->number = w->number;
	l->byte = w->pos;
	l->chr = w->chr;
	l->hash = 0x811C9DC5u;
	while (s < end && *s != '\n' && *s != '\r')
	{
		int len = 1;
		uint32_t c = *s;
		na_class cls;
		uint8_t as;
		uint16_t d;

		/* words and signs see to it themselves; a run of marks or blanks has neither */
		if (s - mark >= POLL_BYTES)
		{
			w->pos = (uint32_t) (s - text);
			poll(w);
			mark = s;
		}
		if (c >= 0x80)
			c = na_utf8_decode(s, end, &len);
		cls = na_char_class(c);
		chars++;
		if (cls == NA_C_ARABIC || cls == NA_C_LETTER || cls == NA_C_DIGIT)
		{
			uint8_t kind = cls == NA_C_ARABIC  ? PW_ARABIC
						   : cls == NA_C_DIGIT ? PW_NUMBER
											   : PW_LATIN;

			/* letters and digits are glued in furniture: 3min, share2 */
			if (in_word && word.cls != kind)
			{
				in_word = false;
				goto word_end;
			}
			if (!in_word)
			{
				in_word = true;
				if (spaces >= 3)
				{
					before |= PD_WIDE;
					if (l->nwords > 0 && l->nwide < UINT16_MAX)
						l->nwide++;
				}
				else if (spaces > 0)
					before |= PD_SPACE;
				memset(&word, 0, sizeof word);
				word.byte = (uint32_t) (s - text);
				word.before = before;
				word.hash = 0x811C9DC5u;
				word.cls = kind;
				before = 0;
			}
			if (kind == PW_ARABIC && c >= NA_FOLD_FIRST && c <= NA_FOLD_LAST)
				c = na_fold_all[c - NA_FOLD_FIRST];
			else if (kind == PW_NUMBER)
			{
				c = (uint32_t) ('0' + na_digit_value(c));
				l->flags |= LF_DIGIT;
			}
			else if (c >= 'A' && c <= 'Z')
				c += 32;
			if (kind == PW_ARABIC)
				l->flags |= LF_ARABIC;
			else if (kind == PW_LATIN)
				latin++;
			word.hash = mix(word.hash, c);
			spaces = 0;
			visible = true;
			if (l->first == 0)
				l->first = 'a';
			sig = last = 'a';
			s += len;
			continue;
		}
		if (in_word && (cls == NA_C_ARABIC_MARK || cls == NA_C_MARK || cls == NA_C_TATWEEL ||
						cls == NA_C_CONTROL || c == '_'))
		{
			s += len;
			continue;
		}
		if (in_word)
		{
			in_word = false;
			goto word_end;
		}
		s += len;
		if (cls == NA_C_SPACE || cls == NA_C_NEWLINE)
		{
			if (!visible && l->nwords == 0 && before == 0)
				l->flags |= LF_INDENT;
			spaces++;
			continue;
		}
		/* a line of a byte order mark or a bidi control is no empty line */
		visible = true;
		if (cls == NA_C_CONTROL || cls == NA_C_ARABIC_MARK || cls == NA_C_MARK)
			continue;
		if (spaces >= 3)
			before |= PD_WIDE;
		else if (spaces > 0)
			before |= PD_SPACE;
		spaces = 0;
		d = delimiter(c, cls, &as);
		before |= d;
		if (l->first == 0)
			l->first = as ? as : 'x';
		last = as ? as : 'x';
		if (!(d & (PD_QUOTE | PD_CLOSE)))
			sig = last;
		if (d == PD_QUOTE && l->nquote < UINT16_MAX)
			l->nquote++;
		else if (d == PD_PIPE && l->npipes < UINT16_MAX)
			l->npipes++;
		else if (d == PD_SLASH)
		{
			if ((before & PD_SPACE) && l->nslash < UINT16_MAX)
				l->nslash++;
			if (c == '/' && s < end && *s == '/' && s - text >= 2 && s[-2] == ':')
				l->flags |= LF_URL;
			if (markup(text + l->byte, s - 1, end))
				l->flags |= LF_HTML;
		}
		else if (d == PD_HASH && l->nhash < UINT16_MAX)
			l->nhash++;
		else if (d == PD_AT)
		{
			if (latin > 0 && s < end && ((*s | 32) >= 'a' && (*s | 32) <= 'z') &&
				!(before & PD_SPACE))
				l->flags |= LF_EMAIL;
		}
		else if (as == 'c' && d == PD_OTHER)
			l->flags |= LF_COPYRIGHT;
		else if ((c == '<' || c == '=') && markup(text + l->byte, s - 1, end))
			l->flags |= LF_HTML;
		w->pos = (uint32_t) (s - text);
		poll(w);
		continue;

	word_end:
	{
		uint32_t bytes = (uint32_t) (s - text) - word.byte;

		word.nbytes = (uint16_t) (bytes > UINT16_MAX ? UINT16_MAX : bytes);
		if (l->nwords < KEEP_WORDS)
			keep[l->nwords] = word;
		ring[l->nwords % KEEP_TAIL] = word;
		l->nwords++;
		l->hash = mix(l->hash, word.hash);
		/* word pairs of long lines, once it is known that the line is long */
		if (l->nwords == NA_PAGE_LONG)
			for (uint32_t i = 1; i < NA_PAGE_LONG; i++)
				bloom_add(w, keep[i - 1].hash, keep[i].hash);
		else if (l->nwords > NA_PAGE_LONG)
			bloom_add(w, last_hash, word.hash);
		last_hash = word.hash;
		chars--; /* this character is read again */
		w->pos = (uint32_t) (s - text);
		poll(w);
	}
	}
	if (in_word)
	{
		uint32_t bytes = (uint32_t) (s - text) - word.byte;

		word.nbytes = (uint16_t) (bytes > UINT16_MAX ? UINT16_MAX : bytes);
		if (l->nwords < KEEP_WORDS)
			keep[l->nwords] = word;
		ring[l->nwords % KEEP_TAIL] = word;
		l->nwords++;
		l->hash = mix(l->hash, word.hash);
		if (l->nwords == NA_PAGE_LONG)
			for (uint32_t i = 1; i < NA_PAGE_LONG; i++)
				bloom_add(w, keep[i - 1].hash, keep[i].hash);
		else if (l->nwords > NA_PAGE_LONG)
			bloom_add(w, last_hash, word.hash);
	}
	else if (spaces > 0)
		before |= PD_SPACE;
	l->after = before;
	l->nbytes = (uint32_t) (s - text) - l->byte;
	l->nchars = chars;
	w->chr += chars;
	/* the line break: LF, CR LF or CR */
	if (s < end)
	{
		if (*s == '\r' && s + 1 < end && s[1] == '\n')
		{
			s++;
			w->chr++;
		}
		s++;
		w->chr++;
	}
	w->pos = (uint32_t) (s - text);
	w->number++;
	*blank = !visible;
	if (*blank)
		return NA_OK;
	switch (sig)
	{
		case '.': l->flags |= LF_ENDS_STOP; break;
		case '?': l->flags |= LF_ENDS_QUESTION; break;
		case ':': l->flags |= LF_ENDS_COLON; break;
		case ',':
		case ';': l->flags |= LF_ENDS_COMMA; break;
		default: break;
	}
	if (last == ')')
		l->flags |= LF_ENDS_PAREN;
	if (l->first == '"' && last == '"' && l->nquote == 2)
		l->flags |= LF_QUOTED;
	/* keep what the features look at */
	l->word0 = w->nwords;
	if (l->nwords <= KEEP_WORDS)
	{
		for (uint32_t i = 0; i < l->nwords; i++)
			if (!add_word(w, &keep[i]))
				return NA_NO_MEMORY;
		l->nkept = l->nwords;
	}
	else
	{
		for (uint32_t i = 0; i < KEEP_HEAD; i++)
			if (!add_word(w, &keep[i]))
				return NA_NO_MEMORY;
		for (uint32_t i = l->nwords - KEEP_TAIL; i < l->nwords; i++)
			if (!add_word(w, &ring[i % KEEP_TAIL]))
				return NA_NO_MEMORY;
		l->nkept = KEEP_HEAD + KEEP_TAIL;
	}
	return NA_OK;
}

static bool
is_long(const line *l)
{
	return l->nwords >= NA_PAGE_LONG && !(l->flags & LF_FURNITURE) && (l->flags & LF_ARABIC) &&
		   (l->nwords >= 22 || (l->flags & (LF_ENDS_STOP | LF_ENDS_QUESTION)) ||
			(l->flags & LF_INDENT));
}

/* ---- features --------------------------------------------------------------- */

typedef struct features
{
	uint16_t f[MAX_FEATURES];
	int n;
} features;

static void
put(features *fs, int f)
{
	if (fs->n < MAX_FEATURES)
		fs->f[fs->n++] = (uint16_t) f;
}

static void
put_once(features *fs, int f)
{
	for (int i = 0; i < fs->n; i++)
		if (fs->f[i] == f)
			return;
	put(fs, f);
}

static const char *
text_of(const work *w)
{
	return (const char *) w->text;
}

/*
 * One cue at words [i, i + k) of a line with n words (numbers before it and
 * behind it do not count).
 */
static void
put_cue(features *fs, line *l, uint32_t value, bool at_start, bool at_end, uint16_t next)
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
put_payloads(features *fs, line *l, uint32_t first, uint32_t n, bool at_start, bool at_end,
			 uint16_t next)
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
cues_at(const work *w, features *fs, line *l, uint32_t i, uint32_t n, bool at_start)
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
cue_features(const work *w, features *fs, line *l)
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
name_like(const work *w, const line *l)
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
pairs_in_body(const work *w, const line *l)
{
	const na_pword *words = w->words + l->word0;
	uint32_t hit = 0;

	if (l->nkept < 3 || l->nwords >= NA_PAGE_LONG)
		return 0;
	for (uint32_t i = 1; i < l->nkept; i++)
		hit += bloom_has(w, words[i - 1].hash, words[i].hash);
	return 100 * hit / (l->nkept - 1);
}

/* the share of l's word pairs that stand in m, in per cent */
static uint32_t
pairs_in_line(const work *w, const line *l, const line *m)
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
static bool
holds(const work *w, const line *a, const line *b)
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
static bool
like(const work *w, const line *a, const line *b)
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
extends(const work *w, const line *a, const line *b)
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
date_features(const work *w, features *fs, line *l)
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
static na_status
own_features(work *w, uint32_t i, features *fs)
{
	line *l = &w->lines[i];
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
static void
neighbour_features(const work *w, uint32_t i, features *fs, const uint32_t *run,
				   const uint32_t *run_len, const uint32_t *same_before, const uint32_t *same_after)
{
	const line *l = &w->lines[i];
	const line *p = i > 0 ? l - 1 : NULL;
	const line *q = i + 1 < w->nlines ? l + 1 : NULL;
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
	if (p != NULL && is_long(p))
		put(fs, NA_PF_LONG_BEFORE);
	if (q != NULL && is_long(q))
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
			of = holds(w, l, &w->lines[k]);
			lk = lk || like(w, l, &w->lines[k]);
		}
		for (uint32_t k = 0; k < i && !in; k++)
			in = w->lines[k].nwords <= TITLE_WORDS && holds(w, &w->lines[k], l);
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
		if (is_long(l))
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
	if (q != NULL && is_long(q) && pairs_in_line(w, l, q) >= 75)
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
static na_status
find_repeats(work *w, uint32_t *before, uint32_t *after)
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
		const line *l = &w->lines[i];
		uint32_t h = scramble(l->hash) & (size - 1);

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

/* ---- search ------------------------------------------------------------------- */

/*
 * The best state sequence of the window.  Scores are sums of hundredths and
 * stay far inside 32 bits: a window has NA_PAGE_WINDOW lines.
 */
static na_status
label(work *w)
{
	const int16_t *weight = na_section_at(NA_SEC_PAGE_WEIGHT, sizeof(int16_t), NULL);
	const int16_t *step = na_section_at(NA_SEC_PAGE_STEP, sizeof(int16_t), NULL);
	uint32_t n = w->nlines;
	uint8_t(*from)[NA_PS_COUNT] = na_arena_alloc(&w->arena, n * sizeof *from);
	uint32_t *run = na_arena_alloc(&w->arena, n * sizeof *run);
	uint32_t *run_len = na_arena_alloc(&w->arena, n * sizeof *run_len);
	uint32_t *before = na_arena_alloc(&w->arena, n * sizeof *before);
	uint32_t *after = na_arena_alloc(&w->arena, n * sizeof *after);
	features *all = na_arena_alloc(&w->arena, n * sizeof *all);
	int32_t score[NA_PS_COUNT];
	int32_t next[NA_PS_COUNT];
	int32_t top = 0;
	int best = 0;
	bool last_window = w->pos >= w->n;
	na_status st;

	if (from == NULL || run == NULL || run_len == NULL || before == NULL || after == NULL ||
		all == NULL)
		return NA_NO_MEMORY;
	st = find_repeats(w, before, after);
	if (st != NA_OK)
		return st;
	w->first_long = w->last_long = w->first_five = UINT32_MAX;
	for (uint32_t i = 0; i < n; i++)
	{
		all[i].n = 0;
		st = own_features(w, i, &all[i]);
		if (st != NA_OK)
			return st;
		if (is_long(&w->lines[i]))
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
		const line *l = &w->lines[i];
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
		features *fs = &all[i];
		int32_t emit[NA_PS_COUNT] = {0};

		neighbour_features(w, i, fs, run, run_len, before, after);
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
settle(work *w)
{
	const line *headline = NULL;
	uint32_t lead = UINT32_MAX;
	uint32_t text = 0;
	uint32_t other = 0;

	for (uint32_t i = 0; i < w->nlines; i++)
	{
		line *l = &w->lines[i];
		int kind = state_kind[l->state];

		/* a repeated headline is that of the page, whatever else is repeated */
		if (kind == NA_BLOCK_HEADLINE)
			headline = l;
		else if (headline != NULL && kind == NA_BLOCK_HEADLINE_REPEAT &&
				 l->hash != headline->hash && !like(w, headline, l) && !holds(w, headline, l) &&
				 !holds(w, l, headline))
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
	work w;
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
		w.nlines = w.nwords = w.words_cap = 0;
		w.words = NULL;
		w.lines = NULL;
		w.bloom = na_arena_alloc(&w.arena, bits / 8);
		if (w.bloom == NULL)
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
				line *p = na_arena_alloc(&w.arena, more * sizeof *p);

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
			st = read_line(&w, &w.lines[w.nlines], &blank);
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
			const line *l = &w.lines[i];
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

/* ---- fields --------------------------------------------------------------------- */

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
	work w;
	line l;
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
	st = read_line(&r->w, &r->l, &blank);
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
		uint16_t d = delimiter(c, cls, &sig);

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
