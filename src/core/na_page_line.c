/*
 * na_page_line.c
 *		The lines of a copied page, and the words of a line.
 */
#include "na_page_work.h"

#include "na_utf8.h"

static uint32_t
mix(uint32_t h, uint32_t c)
{
	return (h ^ c) * 0x01000193u;
}

static void
bloom_add(na_page_work *w, uint32_t a, uint32_t b)
{
	uint32_t h = na_page_scramble(a * 31 + b) & w->bloom_mask;

	w->bloom[h >> 3] |= (uint8_t) (1 << (h & 7));
}

/* the kind of delimiter a character is; *sig gets its ASCII counterpart */
uint16_t
na_page_delimiter(uint32_t c, na_class cls, uint8_t *sig)
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
add_word(na_page_work *w, const na_pword *word)
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
na_status
na_page_read_line(na_page_work *w, na_pline *l, bool *blank)
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

	na_page_poll(w);
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
		if (s - mark >= NA_POLL_BYTES)
		{
			w->pos = (uint32_t) (s - text);
			na_page_poll(w);
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
		d = na_page_delimiter(c, cls, &as);
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
		na_page_poll(w);
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
		na_page_poll(w);
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
