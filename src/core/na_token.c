/*
 * na_token.c
 *		The scanner: text to tokens, in segments.
 */
#include "na_chartab.h"
#include "na_data.h"
#include "na_normalize.h"
#include "na_reading.h"
#include "na_token.h"
#include "na_utf8.h"

#define URL_MAX 2048 /* bytes; what is longer is cut there */
#define TAG_MAX 256	 /* bytes between < and > */
#define POLL_TOKENS 4096

const char *
na_kind_name(na_kind kind)
{
	static const char *const names[] = {
		"",		   "word",	"latin", "number",		"abbreviation", "url",	   "email", "hashtag",
		"mention", "emoji", "quote", "punctuation", "symbol",		"newline", "tag",	"other"};

	return (size_t) kind < NA_LENGTHOF(names) ? names[kind] : "other";
}

void
na_scan_init(na_scanner *s, const na_env *env, const char *text, uint32_t n, na_lookup lookup)
{
	memset(s, 0, sizeof *s);
	s->env = env;
	s->text = (const unsigned char *) text;
	s->ntext = n;
	s->lookup = lookup;
	s->space = true;
	na_buf_init(&s->keys, env);
	s->seg.text = text;
	s->seg.ntext = n;
}

void
na_scan_end(na_scanner *s)
{
	na_buf_free(&s->keys);
	if (s->seg.tok != NULL)
		s->env->release(s->env->ctx, s->seg.tok);
	s->seg.tok = NULL;
}

/* ---- looking ahead ---------------------------------------------------------- */

static inline const unsigned char *
text_end(const na_scanner *s)
{
	return s->text + s->ntext;
}

/* the code point at p, 0 at the end; *len gets its bytes (0 at the end) */
static inline uint32_t
peek(const na_scanner *s, const unsigned char *p, int *len)
{
	if (p >= text_end(s))
	{
		*len = 0;
		return 0;
	}
	return na_utf8_decode(p, text_end(s), len);
}

static inline na_class
peek_class(const na_scanner *s, const unsigned char *p, int *len)
{
	uint32_t cp = peek(s, p, len);

	return *len == 0 ? NA_C_SPACE : na_char_class(cp);
}

static inline bool
is_ascii_alpha(uint32_t c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z' && c < 0x80;
}

static inline bool
is_ascii_alnum(uint32_t c)
{
	return is_ascii_alpha(c) || (c >= '0' && c <= '9');
}

static bool
starts_with(const na_scanner *s, const unsigned char *p, const char *lower)
{
	for (; *lower; lower++, p++)
		if (p >= text_end(s) || (*p | (is_ascii_alpha(*p) ? 32 : 0)) != (unsigned char) *lower)
			return false;
	return true;
}

/*
 * End of an Arabic word that starts at p: letters with their marks, tatweel
 * and joiners.  Controls and tatweel at its end belong to the word only if a
 * letter or mark follows; *letters counts letters.
 */
static const unsigned char *
word_end(const na_scanner *s, const unsigned char *p, int *letters, uint32_t *nchars)
{
	const unsigned char *good = p;
	uint32_t n = 0;
	uint32_t good_n = 0;
	int len;

	*letters = 0;
	while (n < NA_WORD_MAX)
	{
		na_class c = peek_class(s, p, &len);

		if (c == NA_C_ARABIC || c == NA_C_ARABIC_MARK || c == NA_C_TATWEEL || c == NA_C_MARK)
		{
			*letters += c == NA_C_ARABIC;
			p += len;
			n++;
			good = p;
			good_n = n;
		}
		else if (c == NA_C_CONTROL && *letters > 0)
		{
			p += len;
			n++;
		}
		else
			break;
	}
	if (good_n == 0)
	{
		good = p;
		good_n = n;
	}
	*nchars = good_n;
	return good;
}

/* End of a Latin (or other script's) word, digits inside included. */
static const unsigned char *
latin_end(const na_scanner *s, const unsigned char *p, uint32_t *nchars)
{
	uint32_t n = 0;
	int len;

	while (n < NA_WORD_MAX)
	{
		uint32_t cp = peek(s, p, &len);
		na_class c = len == 0 ? NA_C_SPACE : na_char_class(cp);
		int len2;

		if (c == NA_C_LETTER || c == NA_C_MARK || (c == NA_C_DIGIT && n > 0))
		{
			p += len;
			n++;
			continue;
		}
		/* don't, O’Neill; soft hyphens and joiners inside */
		if (n > 0 && (cp == '\'' || cp == 0x2019 || c == NA_C_CONTROL) &&
			peek_class(s, p + len, &len2) == NA_C_LETTER && len2 > 0)
		{
			p += len;
			n++;
			continue;
		}
		break;
	}
	*nchars = n;
	return p;
}

/* ---- putting tokens ----------------------------------------------------------- */

static na_token *
new_token(na_scanner *s, na_kind kind, const unsigned char *end, uint32_t nchars)
{
	na_token *t = &s->seg.tok[s->seg.ntok++];

	memset(t, 0, sizeof *t);
	t->byte = s->pos;
	t->nbytes = (uint32_t) (end - (s->text + s->pos));
	t->chr = s->chr;
	t->nchars = nchars;
	t->kind = (uint8_t) kind;
	t->key = (uint32_t) s->keys.len;
	if (s->space)
		t->flags |= NA_TF_SPACE;
	s->space = false;
	s->pos += t->nbytes;
	s->chr += nchars;
	return t;
}

/* key = the token's bytes as they are */
static bool
key_raw(na_scanner *s, na_token *t)
{
	uint32_t n = t->nbytes > 4096 ? 4096 : t->nbytes;

	if (!na_buf_put(&s->keys, s->text + t->byte, n))
		return false;
	t->nkey = (uint16_t) n;
	return true;
}

/* key = the normalised form of n bytes at p */
static bool
key_normal(na_scanner *s, na_token *t, const unsigned char *p, uint32_t n)
{
	if (!na_normalize_word((const char *) p, n, &s->keys))
		return false;
	/* a word is at most NA_WORD_MAX characters: the key fits */
	t->nkey = (uint16_t) (s->keys.len - t->key);
	return true;
}

static bool
key_char(na_scanner *s, na_token *t, uint32_t cp)
{
	char b[4];
	int n = na_utf8_encode(cp, b);

	if (!na_buf_put(&s->keys, b, (size_t) n))
		return false;
	t->nkey = (uint16_t) n;
	return true;
}

/* ---- kinds ---------------------------------------------------------------------- */

/*
 * A number at p (a digit).  Decides once for the whole run of digits and
 * separators whether it is one number (1,250.5  ١٢٫٥  3.14) or plain integers
 * with punctuation between them (12.02.2005): then s->plain_end covers the run.
 */
static const unsigned char *
number_end(na_scanner *s, const unsigned char *p, bool *decimal)
{
	const unsigned char *q = p;
	const unsigned char *first_end = NULL;
	const unsigned char *end;
	int groups = 0;	  /* separators followed by digits */
	int grouping = 0; /* of them thousands separators with three digits */
	int points = 0;	  /* of them decimal points */
	int threes = 0;	  /* groups of three digits */
	bool odd = false; /* a group that is no thousand */
	int lead = 0;	  /* digits of the first group */
	int len;

	*decimal = false;
	/* longer rows of digits are cut, as words are */
	while (lead < NA_WORD_MAX && peek_class(s, q, &len) == NA_C_DIGIT && len > 0)
	{
		q += len;
		lead++;
	}
	first_end = end = q;
	if (s->plain_end > s->pos || lead == NA_WORD_MAX)
		return first_end;
	while (q - p < 4 * NA_WORD_MAX)
	{
		uint32_t cp = peek(s, q, &len);
		int digits = 0;
		int dlen;
		const unsigned char *r = q + len;

		if (cp != '.' && cp != ',' && cp != 0x66B && cp != 0x66C && cp != 0x60C)
			break;
		while (digits < NA_WORD_MAX && peek_class(s, r, &dlen) == NA_C_DIGIT && dlen > 0)
		{
			r += dlen;
			digits++;
		}
		if (digits == 0)
			break;
		groups++;
		threes += digits == 3;
		if (cp == '.' || cp == 0x66B)
			points++;
		else if (digits == 3 && points == 0)
			grouping++;
		else
			odd = true;
		q = end = r;
	}
	if (groups == 0)
		return first_end;
	/* thousands, then at most one fraction; or European 1.250.000; or one fraction */
	if (!odd && lead <= 3 && grouping == groups)
		return end;
	if (points == groups && groups > 1 && threes == groups && lead <= 3)
		return end;
	if (!odd && points == 1 && grouping == groups - 1 && (grouping == 0 || lead <= 3))
	{
		*decimal = true;
		return end;
	}
	s->plain_end = (uint32_t) (end - s->text);
	return first_end;
}

/* key of a number: ASCII digits, '.' before the fraction, no thousands separators */
static bool
key_number(na_scanner *s, na_token *t, const unsigned char *p, const unsigned char *end,
		   bool decimal)
{
	if (!na_buf_reserve(&s->keys, (size_t) (end - p) + 1))
		return false;
	while (p < end)
	{
		int len;
		uint32_t cp = na_utf8_decode(p, end, &len);

		if (na_char_class(cp) == NA_C_DIGIT)
			s->keys.data[s->keys.len++] = (char) ('0' + na_digit_value(cp));
		else if (decimal && (cp == '.' || cp == 0x66B))
			s->keys.data[s->keys.len++] = '.';
		p += len;
	}
	if (s->keys.len - t->key > 4096)
		s->keys.len = t->key + 4096;
	t->nkey = (uint16_t) (s->keys.len - t->key);
	return true;
}

/* put a number whose digits start at `digits` (behind a sign or proclitic of `before` characters) */
static bool
put_number(na_scanner *s, const unsigned char *digits, uint32_t before, na_token **out)
{
	bool decimal;
	const unsigned char *end = number_end(s, digits, &decimal);
	const unsigned char *e = end;
	uint32_t nchars = before + na_utf8_length((const char *) digits, (size_t) (end - digits));
	uint32_t cp;
	int len;
	bool percent = false;
	na_token *t;

	cp = peek(s, e, &len);
	if (cp == '%' || cp == 0x66A || cp == 0xFF05 || cp == 0xFE6A)
	{
		percent = true;
		e += len;
		nchars++;
	}
	t = new_token(s, NA_NUMBER, e, nchars);
	if (decimal)
		t->flags |= NA_TF_DECIMAL;
	if (percent)
		t->flags |= NA_TF_PERCENT;
	*out = t;
	return key_number(s, t, digits, end, decimal);
}

/*
 * Proclitics written onto digits: و2015  بـ20  الـ15  لل15.  *end is behind
 * the letters; 0 = this word is no such thing.
 */
static uint8_t
digit_proclitic(const na_scanner *s, const unsigned char *p, const unsigned char *end, int letters,
				bool *al)
{
	char key[16];
	uint32_t n = 0;
	int len;
	uint8_t first = 0;
	uint32_t k = 0;

	*al = false;
	if (letters > 4 || peek_class(s, end, &len) != NA_C_DIGIT || len == 0)
		return 0;
	while (p < end && n + 4 < sizeof key)
	{
		uint32_t cp = na_utf8_decode(p, end, &len);

		if (na_char_class(cp) == NA_C_ARABIC)
			n += (uint32_t) na_utf8_encode(cp, key + n);
		p += len;
	}
	while (k < n)
	{
		uint8_t c = na_proclitic(key + k, n - k);

		if (n - k == 4 && memcmp(key + k, "\xD8\xA7\xD9\x84", 4) == 0)
		{
			*al = true;
			return first ? first : 'a';
		}
		if (n - k == 4 && c == 'l' && na_is_lam(key + k + 2, 2))
		{
			*al = true;
			return first ? first : 'l';
		}
		if (c == 0 || c == 's')
			return 0;
		if (first == 0)
			first = c;
		k += 2;
	}
	return first;
}

#define ABBREVIATION_MAX 12

/*
 * أ.ف.ب: single letters with points between.  Returns the end, or NULL.
 */
static const unsigned char *
abbreviation_end(const na_scanner *s, const unsigned char *p, na_class letter, uint32_t *nchars)
{
	uint32_t n = 0;
	int letters = 0;
	int len;

	for (;;)
	{
		if (peek_class(s, p, &len) != letter || len == 0)
			return NULL;
		p += len;
		n++;
		/* longer rows are no abbreviations; to look on would be to look again at each letter */
		if (++letters > ABBREVIATION_MAX)
			return NULL;
		while (n < NA_WORD_MAX && (peek_class(s, p, &len) == NA_C_ARABIC_MARK ||
								   (len > 0 && peek_class(s, p, &len) == NA_C_TATWEEL)))
		{
			p += len;
			n++;
		}
		if (peek(s, p, &len) == '.')
		{
			int l2, l3;
			na_class c2 = peek_class(s, p + 1, &l2);

			if (c2 == letter && l2 > 0)
			{
				na_class c3 = peek_class(s, p + 1 + l2, &l3);

				/* the next one must be a single letter, too */
				if (c3 == NA_C_ARABIC || c3 == NA_C_LETTER || c3 == NA_C_DIGIT)
					return letters >= 2 ? (*nchars = n, p) : NULL;
				p++;
				n++;
				continue;
			}
			if (letters >= 2 && letter == NA_C_LETTER)
			{
				p++;
				n++;
			}
		}
		else
		{
			na_class c2 = peek_class(s, p, &len);

			if (len > 0 && (c2 == letter || c2 == NA_C_DIGIT))
				return NULL;
		}
		*nchars = n;
		return letters >= 2 ? p : NULL;
	}
}

static inline bool
is_url_char(uint32_t c)
{
	return is_ascii_alnum(c) || (c < 0x80 && c > ' ' && strchr("-._~:/?#[]@!$&'()*+,;=%", (int) c));
}

/* the URL that starts at p; NULL = none.  Paths may hold Arabic. */
static const unsigned char *
url_end(const na_scanner *s, const unsigned char *p)
{
	const unsigned char *start = p;
	const unsigned char *host;
	int len;

	if (starts_with(s, p, "http://"))
		p += 7;
	else if (starts_with(s, p, "https://"))
		p += 8;
	else if (starts_with(s, p, "ftp://"))
		p += 6;
	else if (starts_with(s, p, "www."))
		p += 4;
	else
		return NULL;
	host = p;
	while (p - start < URL_MAX)
	{
		uint32_t cp = peek(s, p, &len);
		na_class c = len == 0 ? NA_C_SPACE : na_char_class(cp);

		if (!(is_url_char(cp) || c == NA_C_ARABIC || c == NA_C_ARABIC_MARK || c == NA_C_TATWEEL ||
			  c == NA_C_LETTER || c == NA_C_DIGIT || c == NA_C_MARK) ||
			len == 0)
			break;
		p += len;
	}
	while (p > host && strchr(".,;:!?'()[]", p[-1]) != NULL)
		p--;
	return p > host ? p : NULL;
}

/* user@host.tld at p; NULL = none */
static const unsigned char *
email_end(const na_scanner *s, const unsigned char *p)
{
	const unsigned char *start = p;
	const unsigned char *at;
	const unsigned char *dot = NULL;

	while (p < text_end(s) && p - start < 64 && (is_ascii_alnum(*p) || strchr("._%+-", *p)) && *p)
		p++;
	if (p == start || p >= text_end(s) || *p != '@')
		return NULL;
	at = ++p;
	while (p < text_end(s) && p - at < 255 && (is_ascii_alnum(*p) || *p == '-' || *p == '.'))
	{
		if (*p == '.')
			dot = p;
		p++;
	}
	while (p > at && (p[-1] == '.' || p[-1] == '-'))
		p--;
	if (dot != NULL && dot >= p)
		for (dot = p - 1; dot > at && *dot != '.'; dot--)
			;
	if (dot == NULL || dot <= at || p - dot < 3)
		return NULL;
	for (const unsigned char *q = dot + 1; q < p; q++)
		if (!is_ascii_alpha(*q))
			return NULL;
	return p;
}

/* aawsat.com, bbc.co.uk/arabic at p; NULL = none */
static const unsigned char *
host_end(const na_scanner *s, const unsigned char *p)
{
	static const char *const tlds[] = {
		"com", "net", "org", "info", "gov", "edu", "int", "mil", "news", "tv", "me", "io",
		"co",  "uk",  "fr",	 "de",	 "ru",	"sa",  "ae",  "eg",	 "lb",	 "sy", "jo", "ps",
		"iq",  "kw",  "qa",	 "bh",	 "om",	"ye",  "ly",  "tn",	 "dz",	 "ma", "mr", "sd",
		"tr",  "ir",  "il",	 "us",	 "eu",	"ly",  "ws",  "biz", "app"};
	const unsigned char *start = p;
	const unsigned char *label = p;
	bool dots = false;

	while (p < text_end(s) && p - start < 255 && (is_ascii_alnum(*p) || *p == '-' || *p == '.'))
	{
		if (*p == '.')
		{
			if (p == label || p + 1 >= text_end(s) || !is_ascii_alnum(p[1]))
				break;
			dots = true;
			label = p + 1;
		}
		p++;
	}
	if (!dots || p - label > 4)
		return NULL;
	for (size_t i = 0; i < NA_LENGTHOF(tlds); i++)
		if (strlen(tlds[i]) == (size_t) (p - label) && starts_with(s, label, tlds[i]))
		{
			if (p < text_end(s) && *p == '/')
			{
				while (p < text_end(s) && p - start < URL_MAX && is_url_char(*p))
					p++;
				while (strchr(".,;:!?'()[]", p[-1]) != NULL)
					p--;
			}
			return p;
		}
	return NULL;
}

/* #word_word and @name: letters, marks, digits, '_' and joiners behind the sign */
static const unsigned char *
handle_end(const na_scanner *s, const unsigned char *p, uint32_t *nchars)
{
	uint32_t n = 0;
	uint32_t good_n = 0;
	const unsigned char *good = p;

	while (n < NA_WORD_MAX)
	{
		int len;
		uint32_t cp = peek(s, p, &len);
		na_class c = len == 0 ? NA_C_SPACE : na_char_class(cp);

		if (c == NA_C_ARABIC || c == NA_C_LETTER || c == NA_C_DIGIT || cp == '_' ||
			c == NA_C_ARABIC_MARK || c == NA_C_MARK || c == NA_C_TATWEEL)
		{
			p += len;
			n++;
			good = p;
			good_n = n;
		}
		else if (c == NA_C_CONTROL && n > 0)
		{
			p += len;
			n++;
		}
		else
			break;
	}
	*nchars = good_n;
	return good;
}

/* <...> without '<' inside, at most TAG_MAX bytes: residue of HTML; NULL = none */
static const unsigned char *
tag_end(const na_scanner *s, const unsigned char *p)
{
	const unsigned char *q = p + 1;

	if (q < text_end(s) && (*q == '/' || *q == '!'))
		q++;
	if (q >= text_end(s) || !is_ascii_alpha(*q))
		return NULL;
	while (q < text_end(s) && q - p < TAG_MAX && *q != '<' && *q != '>' && *q != '\n')
		q++;
	return q < text_end(s) && *q == '>' ? q + 1 : NULL;
}

/* &nbsp;  &#160;  &#xA0; at p; NULL = none */
static const unsigned char *
entity_end(const na_scanner *s, const unsigned char *p)
{
	const unsigned char *q = p + 1;

	if (q < text_end(s) && *q == '#')
		q++;
	while (q < text_end(s) && q - p < 12 && is_ascii_alnum(*q))
		q++;
	return q - p > 2 && q < text_end(s) && *q == ';' ? q + 1 : NULL;
}

/* end of an emoji with its modifiers, joined ones and flags */
static const unsigned char *
emoji_end(const na_scanner *s, const unsigned char *p, uint32_t *nchars)
{
	uint32_t n = 0;
	bool flag = false;
	int len;
	uint32_t cp = peek(s, p, &len);

	flag = cp >= 0x1F1E6 && cp <= 0x1F1FF;
	p += len;
	n++;
	while (n < 32)
	{
		cp = peek(s, p, &len);
		if (len == 0)
			break;
		if (cp == 0xFE0F || cp == 0xFE0E || cp == 0x20E3 || (cp >= 0x1F3FB && cp <= 0x1F3FF) ||
			(cp >= 0xE0020 && cp <= 0xE007F))
			;
		else if (flag && n == 1 && cp >= 0x1F1E6 && cp <= 0x1F1FF)
			;
		else if (cp == 0x200D)
		{
			int l2;
			uint32_t c2 = peek(s, p + len, &l2);

			if (l2 == 0 || (na_char_class(c2) != NA_C_EMOJI && c2 != 0x2640 && c2 != 0x2642))
				break;
			p += len;
			n++;
			len = l2;
		}
		else
			break;
		p += len;
		n++;
	}
	*nchars = n;
	return p;
}

/* ASCII counterpart of a quotation mark or of punctuation, 0 = none */
static uint8_t
ascii_of(uint32_t cp)
{
	if (cp < 0x80)
		return cp == '`' ? '\'' : (uint8_t) cp;
	switch (cp)
	{
		case 0x60C:
		case 0x66B:
		case 0x66C:
		case 0xFF0C: return ',';
		case 0x61B: return ';';
		case 0x61F:
		case 0xFF1F: return '?';
		case 0x66A: return '%';
		case 0x66D:
		case 0x2022:
		case 0x25CF:
		case 0x25AA: return '*';
		case 0x6D4:
		case 0x3002: return '.';
		case 0xFF1A: return ':';
		case 0xAB:
		case 0xBB:
		case 0x201C:
		case 0x201D:
		case 0x201E:
		case 0x201F:
		case 0x2033:
		case 0x301D:
		case 0x301E:
		case 0x301F:
		case 0xFF02: return '"';
		case 0x2018:
		case 0x2019:
		case 0x201A:
		case 0x201B:
		case 0x2032:
		case 0x2039:
		case 0x203A:
		case 0xB4:
		case 0xFF07: return '\'';
		case 0x2010:
		case 0x2011:
		case 0x2012:
		case 0x2013:
		case 0x2014:
		case 0x2015:
		case 0x2212: return '-';
		case 0x2026: return '.';
		case 0xFD3E:
		case 0xFF08: return '(';
		case 0xFD3F:
		case 0xFF09: return ')';
	}
	return 0;
}

/* does a quotation mark or bracket open or close, by its form, else by its place? */
static uint16_t
open_close(na_scanner *s, uint32_t cp, const unsigned char *behind)
{
	int len;
	na_class next = peek_class(s, behind, &len);
	bool space_after = len == 0 || next == NA_C_SPACE || next == NA_C_NEWLINE;
	bool punct_after = next == NA_C_PUNCT;

	switch (cp)
	{
		case '(':
		case '[':
		case '{':
		case 0xAB:
		case 0x2039:
		case 0x201E:
		case 0x201A: return NA_TF_OPEN;
		case ')':
		case ']':
		case '}':
		case 0xBB:
		case 0x203A: return NA_TF_CLOSE;
	}
	/* curly marks are often turned round in Arabic text: place first, form second */
	if (s->space && !space_after)
		return NA_TF_OPEN;
	if (!s->space && (space_after || punct_after))
		return NA_TF_CLOSE;
	if (cp == 0x201C || cp == 0x2018)
		return NA_TF_OPEN;
	if (cp == 0x201D)
		return NA_TF_CLOSE;
	if (s->quote_depth > 0)
		return NA_TF_CLOSE;
	return NA_TF_OPEN;
}

/* skip blanks and controls; true when a token starts at s->pos */
static bool
skip_blank(na_scanner *s)
{
	uint32_t polled = s->pos;

	while (s->pos < s->ntext)
	{
		int len;
		na_class c = peek_class(s, s->text + s->pos, &len);

		if (s->pos - polled >= NA_POLL_BYTES)
		{
			s->env->poll(s->env->ctx);
			polled = s->pos;
		}
		if (c == NA_C_SPACE)
			s->space = true;
		else if (c == NA_C_TATWEEL)
		{
			/* a run of tatweel without a letter is a line, not a word */
			s->space = true;
		}
		else if (c != NA_C_CONTROL)
			return true;
		s->pos += (uint32_t) len;
		s->chr++;
	}
	return false;
}

/* mark the token before the last one as glued to it where a compound goes on */
static void
mark_compound(na_scanner *s)
{
	na_segment *g = &s->seg;
	uint32_t n = g->ntok;
	na_token *t, *h, *b;

	if (n < 2)
		return;
	t = &g->tok[n - 1];
	if (t->flags & NA_TF_SPACE ||
		(t->kind != NA_WORD && t->kind != NA_LATIN && t->kind != NA_NUMBER))
		return;
	b = &g->tok[n - 2];
	/* 5G, 12km, and a word glued to a Latin one */
	if (b->kind == NA_NUMBER && t->kind == NA_LATIN)
		b->flags |= NA_TF_COMPOUND;
	if (n < 3 || b->kind != NA_PUNCT || b->cp != '-' || b->nchars != 1 || (b->flags & NA_TF_SPACE))
		return;
	h = &g->tok[n - 3];
	if ((h->kind == NA_WORD || h->kind == NA_LATIN || h->kind == NA_NUMBER) &&
		!(h->kind == NA_NUMBER && t->kind == NA_NUMBER))
	{
		h->flags |= NA_TF_COMPOUND;
		b->flags |= NA_TF_COMPOUND;
	}
}

/* flags of a word by its first and last letter */
static uint16_t
letter_flags(uint32_t first, uint32_t last)
{
	uint16_t f = 0;

	if (first == 0x623)
		f = NA_TF_HAMZA_UP;
	else if (first == 0x625)
		f = NA_TF_HAMZA_LOW;
	else if (first == 0x622)
		f = NA_TF_MADDA;
	if (last == 0x629 || last == 0x6C3 || last == 0xFE93 || last == 0xFE94)
		f |= NA_TF_TEH;
	else if (last == 0x649 || last == 0xFEEF || last == 0xFEF0)
		f |= NA_TF_MAQSURA;
	return f;
}

/*
 * The usual word: letters and marks of U+0600 .. U+06FF that fold one to one,
 * ended by ASCII that is no digit, and by no point behind a single letter.
 * One pass finds its end and makes its key.  false: nothing is done, the
 * careful way has to decide.
 */
static bool
scan_plain_word(na_scanner *s)
{
	const unsigned char *p = s->text + s->pos;
	const unsigned char *start = p;
	const unsigned char *limit =
		text_end(s) - p > 2 * NA_WORD_MAX ? p + 2 * NA_WORD_MAX : text_end(s);
	size_t key = s->keys.len;
	char *o;
	uint32_t letters = 0;
	uint32_t first = 0, last = 0, previous = 0;
	uint16_t flags = 0;
	na_token *t;

	if (!na_buf_reserve(&s->keys, 2 * NA_WORD_MAX + 16))
		return false;
	o = s->keys.data + key;
	while (p + 1 < limit && *p >= 0xD8 && *p <= 0xDB)
	{
		uint32_t cp = ((uint32_t) (*p & 0x1F) << 6) | (p[1] & 0x3Fu);
		uint32_t to = na_fold_all[cp - NA_FOLD_FIRST];
		na_class c = na_char_class(cp);

		if (c == NA_C_ARABIC)
		{
			if (letters++ == 0)
				first = cp;
			last = cp;
		}
		else if (c != NA_C_ARABIC_MARK && c != NA_C_TATWEEL)
			break;
		else if (cp == 0x64B)
			flags |= NA_TF_TANWIN_A;
		else
			flags |= c == NA_C_ARABIC_MARK ? NA_TF_MARKS : 0;
		if (to == 0xFFFF || to < 0x80)
		{
			if (to != 0)
				return false;
		}
		else
		{
			*o++ = (char) (0xC0 | (to >> 6));
			*o++ = (char) (0x80 | (to & 0x3F));
		}
		previous = cp;
		p += 2;
	}
	/* fathatan counts at the end only, before or behind its alef */
	if ((flags & NA_TF_TANWIN_A) && previous != 0x64B &&
		!(last == 0x627 && p - start >= 4 && p[-4] == 0xD9 && p[-3] == 0x8B))
		flags &= (uint16_t) ~NA_TF_TANWIN_A;
	if (p + 1 >= limit && p != text_end(s))
		return false;
	if (p < text_end(s))
	{
		/* ، ؛ ؟ and « » end a word, other characters beyond ASCII are looked at with care */
		if (*p >= 0x80 && !(p + 1 < text_end(s) &&
							((*p == 0xD8 && (p[1] == 0x8C || p[1] == 0x9B || p[1] == 0x9F)) ||
							 (*p == 0xC2 && (p[1] == 0xA0 || p[1] == 0xAB || p[1] == 0xBB)))))
			return false;
		if (*p >= '0' && *p <= '9')
			return false;
		if (*p == '.' && letters == 1)
			return false;
	}
	if (letters == 0)
		return false;
	t = new_token(s, NA_WORD, p, (uint32_t) (p - start) / 2);
	t->flags |= flags | letter_flags(first, last);
	t->key = (uint32_t) key;
	t->nkey = (uint16_t) (o - s->keys.data - (ptrdiff_t) key);
	s->keys.len = key + t->nkey;
	if (s->lookup != NA_LOOKUP_NONE)
		na_readings_ask(s, t, t->nkey == t->nbytes);
	return true;
}

static bool
scan_word(na_scanner *s)
{
	const unsigned char *p = s->text + s->pos;
	const unsigned char *end;
	uint32_t nchars;
	int letters;
	uint8_t clitic;
	bool al;
	na_token *t;
	int len;
	uint32_t cp, last = 0;

	end = abbreviation_end(s, p, NA_C_ARABIC, &nchars);
	if (end != NULL)
	{
		t = new_token(s, NA_ABBREVIATION, end, nchars);
		if (!key_normal(s, t, s->text + t->byte, t->nbytes))
			return false;
		if (s->lookup != NA_LOOKUP_NONE)
			t->lex = na_lex_ask(s->lookup, s->keys.data + t->key, t->nkey);
		return true;
	}
	end = word_end(s, p, &letters, &nchars);
	clitic = digit_proclitic(s, p, end, letters, &al);
	if (clitic != 0)
	{
		if (!put_number(s, end, nchars, &t))
			return false;
		t->clitic = clitic;
		t->nclitic = (uint8_t) nchars;
		if (al)
			t->flags |= NA_TF_AL;
		return true;
	}
	t = new_token(s, NA_WORD, end, nchars);
	cp = peek(s, p, &len);
	/* the last letter, and marks on the way back to it */
	for (const unsigned char *q = end; q > p;)
	{
		const unsigned char *r = q - 1;

		while (r > p && (*r & 0xC0) == 0x80)
			r--;
		last = na_utf8_decode(r, q, &len);
		q = r;
		if (na_char_class(last) == NA_C_ARABIC_MARK && last != 0x64B)
			t->flags |= NA_TF_MARKS;
		if (last == 0x64B)
			t->flags |= NA_TF_TANWIN_A;
		if (na_char_class(last) == NA_C_ARABIC)
		{
			/* كتاباً and كتابًا: the alef may stand behind the mark */
			if (last == 0x627 && q - 2 >= p && q[-2] == 0xD9 && q[-1] == 0x8B)
				t->flags |= NA_TF_TANWIN_A;
			break;
		}
	}
	t->flags |= letter_flags(cp, last);
	if (!key_normal(s, t, s->text + t->byte, t->nbytes))
		return false;
	if (s->lookup != NA_LOOKUP_NONE)
		na_readings_ask(s, t, false);
	return true;
}

static bool
scan_latin(na_scanner *s)
{
	const unsigned char *p = s->text + s->pos;
	const unsigned char *end;
	uint32_t nchars;
	na_token *t;
	int len;
	uint32_t cp;

	if (*p < 0x80)
	{
		na_kind kind = NA_URL;

		end = url_end(s, p);
		if (end == NULL && (end = email_end(s, p)) != NULL)
			kind = NA_EMAIL;
		if (end == NULL)
			end = host_end(s, p);
		if (end != NULL)
		{
			t = new_token(s, kind, end, na_utf8_length((const char *) p, (size_t) (end - p)));
			return key_raw(s, t);
		}
	}
	end = abbreviation_end(s, p, NA_C_LETTER, &nchars);
	if (end != NULL)
		t = new_token(s, NA_ABBREVIATION, end, nchars);
	else
	{
		end = latin_end(s, p, &nchars);
		t = new_token(s, NA_LATIN, end, nchars);
	}
	cp = peek(s, p, &len);
	if (cp >= 'A' && cp <= 'Z')
		t->flags |= NA_TF_UPPER;
	if (!key_normal(s, t, s->text + t->byte, t->nbytes))
		return false;
	if (s->lookup != NA_LOOKUP_NONE)
		t->lex = na_lex_ask(s->lookup, s->keys.data + t->key, t->nkey);
	return true;
}

static bool
scan_newline(na_scanner *s)
{
	const unsigned char *p = s->text + s->pos;
	const unsigned char *good = p;
	uint32_t n = 0;
	uint32_t good_n = 0;
	na_token *t;

	/* line breaks with blanks between them are one token */
	for (;;)
	{
		int len;
		na_class c = peek_class(s, p, &len);

		if (len == 0)
			break;
		if (c == NA_C_NEWLINE)
		{
			p += len;
			n++;
			good = p;
			good_n = n;
			/* a run is cut where a token's length would get out of hand */
			if (good_n >= 65536)
				break;
		}
		else if (c == NA_C_SPACE || c == NA_C_CONTROL)
		{
			p += len;
			n++;
			if (n - good_n > 1024)
				break;
		}
		else
			break;
	}
	t = new_token(s, NA_NEWLINE, good, good_n);
	s->space = true;
	s->quote_depth = 0;
	return key_char(s, t, '\n');
}

/* one token at s->pos, which is no blank */
static bool
scan_token(na_scanner *s)
{
	const unsigned char *p = s->text + s->pos;
	const unsigned char *end;
	int len;
	uint32_t cp = na_utf8_decode(p, text_end(s), &len);
	na_class c = na_char_class(cp);
	uint32_t nchars;
	na_token *t;
	int len2;
	uint16_t flags;

	switch (c)
	{
		case NA_C_ARABIC: return scan_plain_word(s) || scan_word(s);
		case NA_C_LETTER: return scan_latin(s);
		case NA_C_DIGIT:
			if (cp < 0x80 && (end = email_end(s, p)) != NULL)
			{
				t = new_token(s, NA_EMAIL, end, (uint32_t) (end - p));
				return key_raw(s, t);
			}
			return put_number(s, p, 0, &t);
		case NA_C_NEWLINE: return scan_newline(s);
		case NA_C_ARABIC_MARK:
		case NA_C_MARK:
		{
			/* marks without a letter: one token for the run */
			int letters;

			end = word_end(s, p, &letters, &nchars);
			if (letters > 0)
				return scan_word(s);
			t = new_token(s, NA_OTHER, end, nchars);
			return true;
		}
		case NA_C_EMOJI:
			end = emoji_end(s, p, &nchars);
			t = new_token(s, NA_EMOJI, end, nchars);
			return key_raw(s, t);
		case NA_C_QUOTE:
			flags = open_close(s, cp, p + len);
			t = new_token(s, NA_QUOTE, p + len, 1);
			t->cp = ascii_of(cp);
			t->flags |= flags;
			s->quote_depth = flags == NA_TF_OPEN;
			return key_char(s, t, t->cp ? t->cp : cp);
		case NA_C_PUNCT:
			/* -5, the sign of a number, only behind a blank */
			if (cp == '-' && s->space && peek_class(s, p + 1, &len2) == NA_C_DIGIT && len2 > 0)
			{
				if (!put_number(s, p + 1, 1, &t))
					return false;
				t->flags |= NA_TF_SIGN;
				return true;
			}
			if (cp == '#' || cp == '@' || cp == 0xFF03 || cp == 0xFE5F || cp == 0xFF20)
			{
				uint32_t n2;

				end = handle_end(s, p + len, &n2);
				if (n2 > 0)
				{
					bool hash = cp != '@' && cp != 0xFF20;

					t = new_token(s, hash ? NA_HASHTAG : NA_MENTION, end, n2 + 1);
					return key_normal(s, t, p + len, (uint32_t) (end - p) - (uint32_t) len);
				}
			}
			if (cp == '&' && (end = entity_end(s, p)) != NULL)
			{
				bool quot = starts_with(s, p, "&quot;") || starts_with(s, p, "&#34;");

				flags = quot ? open_close(s, '"', end) : 0;
				t = new_token(s, quot ? NA_QUOTE : NA_TAG, end, (uint32_t) (end - p));
				t->flags |= flags;
				if (quot)
				{
					t->cp = '"';
					s->quote_depth = flags == NA_TF_OPEN;
					return key_char(s, t, '"');
				}
				return key_raw(s, t);
			}
			end = p + len;
			nchars = 1;
			if (cp == '.' || cp == '-' || cp == '_' || cp == '*' || cp == '=')
				while (nchars < NA_WORD_MAX && end < text_end(s) && *end == cp)
				{
					end++;
					nchars++;
				}
			flags = (cp == '(' || cp == ')' || cp == '[' || cp == ']' || cp == '{' || cp == '}')
						? open_close(s, cp, end)
						: 0;
			t = new_token(s, NA_PUNCT, end, nchars);
			t->cp = ascii_of(cp);
			t->flags |= flags;
			return key_char(s, t, t->cp ? t->cp : cp);
		case NA_C_SYMBOL:
			if (cp == '<' && (end = tag_end(s, p)) != NULL)
			{
				t = new_token(s, NA_TAG, end, na_utf8_length((const char *) p, (size_t) (end - p)));
				return key_raw(s, t);
			}
			if ((cp == '+' || cp == 0x2212) && s->space &&
				peek_class(s, p + len, &len2) == NA_C_DIGIT && len2 > 0)
			{
				if (!put_number(s, p + len, 1, &t))
					return false;
				t->flags |= NA_TF_SIGN;
				return true;
			}
			t = new_token(s, NA_SYMBOL, p + len, 1);
			t->cp = cp < 0x80 ? (uint8_t) cp : 0;
			return key_char(s, t, cp);
		default: t = new_token(s, NA_OTHER, p + len, 1); return key_raw(s, t);
	}
}

/* where to end a full segment: behind the last line break or sentence of its last quarter */
static uint32_t
cut_point(const na_segment *g)
{
	uint32_t low = g->ntok - g->ntok / 4;

	for (uint32_t i = g->ntok; i > low; i--)
		if (g->tok[i - 1].kind == NA_NEWLINE)
			return i;
	for (uint32_t i = g->ntok; i > low; i--)
		if (g->tok[i - 1].kind == NA_PUNCT &&
			(g->tok[i - 1].cp == '.' || g->tok[i - 1].cp == '?') && i < g->ntok &&
			(g->tok[i].flags & NA_TF_SPACE))
			return i;
	return g->ntok;
}

na_status
na_scan_next(na_scanner *s, const na_segment **seg)
{
	na_segment *g = &s->seg;
	uint32_t cut;
	uint32_t polled = s->pos;

	*seg = NULL;
	if (s->pos >= s->ntext)
		return NA_OK;
	g->ntok = 0;
	g->byte = s->pos;
	g->chr = s->chr;
	s->keys.len = 0;
	s->asked = s->found = 0;
	s->env->poll(s->env->ctx);
	while (skip_blank(s))
	{
		if (g->ntok == s->cap_tok)
		{
			uint32_t cap;
			na_token *t;

			if (s->cap_tok == NA_SEGMENT_TOKENS)
				break;
			/* first guess: five bytes a token are rare */
			cap = s->cap_tok ? s->cap_tok * 4 : s->ntext / 6 + 64;
			if (cap > NA_SEGMENT_TOKENS)
				cap = NA_SEGMENT_TOKENS;
			t = s->env->alloc(s->env->ctx, cap * sizeof(na_token));
			if (t == NULL)
				return NA_NO_MEMORY;
			if (g->tok != NULL)
			{
				memcpy(t, g->tok, g->ntok * sizeof(na_token));
				s->env->release(s->env->ctx, g->tok);
			}
			g->tok = t;
			s->cap_tok = cap;
		}
		if (!scan_token(s))
			return NA_NO_MEMORY;
		mark_compound(s);
		if (s->lookup != NA_LOOKUP_NONE)
			na_readings_find(s, NA_READING_NEAR, NA_READING_FAR);
		if (g->ntok % POLL_TOKENS == 0 || s->pos - polled >= NA_POLL_BYTES)
		{
			s->env->poll(s->env->ctx);
			polled = s->pos;
		}
	}
	if (s->pos < s->ntext)
	{
		cut = cut_point(g);
		if (cut < g->ntok)
		{
			/* scan the rest again with the next segment */
			s->pos = g->tok[cut].byte;
			s->chr = g->tok[cut].chr;
			s->space = (g->tok[cut].flags & NA_TF_SPACE) != 0;
			s->plain_end = 0;
			s->quote_depth = 0;
			g->ntok = cut;
		}
	}
	if (s->lookup != NA_LOOKUP_NONE)
		na_readings_find(s, 0, 0);
	/* an offset into no keys is an offset all the same */
	g->keys = s->keys.data ? s->keys.data : "";
	g->last = s->pos >= s->ntext;
	g->byte_end = s->pos;
	g->chr_end = s->chr;
	*seg = g;
	return NA_OK;
}
