/*
 * ar_parser.c
 *		TEXT SEARCH PARSER arabic_news: the token stream for the text-search
 *		machinery.
 *
 * Every byte of the text is part of some token, blanks too.  Where a token
 * means what one of the server's own parser means it bears that one's number:
 * the server's headline function goes by them.
 */
#include "news_ar.h"

#include "tsearch/ts_public.h"
#include "tsearch/ts_type.h"

#include "na_token.h"

PG_FUNCTION_INFO_V1(ar_parser_start);
PG_FUNCTION_INFO_V1(ar_parser_token);
PG_FUNCTION_INFO_V1(ar_parser_end);
PG_FUNCTION_INFO_V1(ar_parser_types);

typedef enum lex_type
{
	LEX_ASCIIWORD = 1,
	LEX_WORD = 2,
	LEX_NUMWORD = 3,
	LEX_EMAIL = 4,
	LEX_URL = 5,
	LEX_HOST = 6,
	LEX_WORD_PART = 10,
	LEX_ASCII_PART = 11,
	LEX_BLANK = 12,
	LEX_TAG = 13,
	LEX_PROTOCOL = 14,
	LEX_COMPOUND = 17, /* a whole that its parts follow; not shown in headlines */
	LEX_URL_PATH = 18,
	LEX_FLOAT = 20,
	LEX_UINT = 22,
	LEX_ENTITY = 23,
	LEX_ABBREVIATION = 24,
	LEX_EMOJI = 25,
	LEX_LAST = 25
} lex_type;

static const struct
{
	lex_type type;
	const char *alias;
	const char *description;
} types[] = {
	{LEX_ASCIIWORD, "asciiword", "Word, all ASCII"},
	{LEX_WORD, "word", "Word, all letters"},
	{LEX_NUMWORD, "numword", "Word with a number: G20, F-16, 5G"},
	{LEX_EMAIL, "email", "Email address"},
	{LEX_URL, "url", "URL"},
	{LEX_HOST, "host", "Host"},
	{LEX_WORD_PART, "hword_part", "Word of a hashtag or mention, all letters"},
	{LEX_ASCII_PART, "hword_asciipart", "Word of a hashtag or mention, all ASCII"},
	{LEX_BLANK, "blank", "Space symbols and punctuation"},
	{LEX_TAG, "tag", "XML tag"},
	{LEX_PROTOCOL, "protocol", "Protocol head"},
	{LEX_COMPOUND, "hword", "Whole hashtag or mention"},
	{LEX_URL_PATH, "url_path", "URL path"},
	{LEX_FLOAT, "float", "Decimal notation"},
	{LEX_UINT, "uint", "Number, with its article or proclitic"},
	{LEX_ENTITY, "entity", "XML entity"},
	{LEX_ABBREVIATION, "abbreviation", "Letters with points"},
	{LEX_EMOJI, "emoji", "Emoji"},
};

/* the server passes over longer tokens, with a NOTICE, and leaves them out of headlines */
#define TOKEN_MAX (MAXSTRLEN - 1)

typedef struct piece
{
	lex_type type;
	uint32 start;
	uint32 len;
} piece;

typedef struct parser
{
	na_scanner scan;
	const na_segment *seg; /* NULL = at the end */
	uint32 next;		   /* token of the segment */
	uint32 pos;			   /* first byte that was not given out */
	const char *text;
	uint32 len;
	/* pieces of a token that has several: whole, sign, part, … */
	piece *pieces;
	uint32 npieces;
	uint32 cap;
	uint32 piece;
	/* the rest of a token that is too long for the server */
	uint32 rest_end;
	lex_type rest_type;
} parser;

Datum
ar_parser_start(PG_FUNCTION_ARGS)
{
	parser *p = palloc0(sizeof *p);

	nar_check_encoding();
	p->text = (const char *) PG_GETARG_POINTER(0);
	p->len = (uint32) Max(PG_GETARG_INT32(1), 0);
	na_scan_init(&p->scan, &nar_env, p->text, p->len, NA_LOOKUP_NONE);
	nar_check(na_scan_next(&p->scan, &p->seg));
	PG_RETURN_POINTER(p);
}

Datum
ar_parser_end(PG_FUNCTION_ARGS)
{
	parser *p = (parser *) PG_GETARG_POINTER(0);

	na_scan_end(&p->scan);
	if (p->pieces)
		pfree(p->pieces);
	pfree(p);
	PG_RETURN_VOID();
}

Datum
ar_parser_types(PG_FUNCTION_ARGS)
{
	LexDescr *d = palloc(sizeof(LexDescr) * (lengthof(types) + 1));

	for (size_t i = 0; i < lengthof(types); i++)
	{
		d[i].lexid = types[i].type;
		d[i].alias = pstrdup(types[i].alias);
		d[i].descr = pstrdup(types[i].description);
	}
	d[lengthof(types)].lexid = 0;
	PG_RETURN_POINTER(d);
}

static bool
all_ascii(const char *s, uint32 n)
{
	for (uint32 i = 0; i < n; i++)
		if (IS_HIGHBIT_SET(s[i]))
			return false;
	return true;
}

static void
add_piece(parser *p, lex_type type, uint32 start, uint32 len)
{
	if (len == 0)
		return;
	if (p->npieces == p->cap)
	{
		p->cap = p->cap ? p->cap * 2 : 16;
		p->pieces = p->pieces ? repalloc(p->pieces, p->cap * sizeof(piece))
							  : palloc(p->cap * sizeof(piece));
	}
	p->pieces[p->npieces].type = type;
	p->pieces[p->npieces].start = start;
	p->pieces[p->npieces++].len = len;
}

/* #a_b is the whole, then #, a, _, b; its signs are all in ASCII or ＃ */
static void
split_tag(parser *p, uint32 start, uint32 len)
{
	uint32 end = start + len;
	uint32 word = start;

	add_piece(p, LEX_COMPOUND, start, len);
	for (uint32 i = start; i <= end; i++)
	{
		uint32 sign = 0;

		if (i < end && (p->text[i] == '#' || p->text[i] == '@' || p->text[i] == '_'))
			sign = 1;
		else if (i + 3 <= end && memcmp(p->text + i, "\xEF\xBC\x83", 3) == 0) /* ＃ */
			sign = 3;
		if (sign == 0 && i < end)
			continue;
		if (i > word)
			add_piece(p, all_ascii(p->text + word, i - word) ? LEX_ASCII_PART : LEX_WORD_PART, word,
					  i - word);
		add_piece(p, LEX_BLANK, i, sign);
		word = i + (sign ? sign : 1);
		if (sign > 1)
			i += sign - 1;
	}
}

/* x.y, which alone would be an abbreviation */
static bool
is_initials(const char *s, uint32 n)
{
	uint32 letters = 0, points = 0;

	for (uint32 i = 0; i < n; i++)
	{
		if (s[i] == '.')
			letters = 0, points++;
		else if (((unsigned char) s[i] & 0xC0) != 0x80 && ++letters > 1)
			return false;
	}
	return points > 0;
}

/* the whole, if it has a path, then protocol, host, path */
static void
split_url(parser *p, uint32 start, uint32 len)
{
	const char *s = p->text + start;
	uint32 host = 0, path;

	for (uint32 i = 0; i + 2 < len && i < 12; i++)
		if (s[i] == ':' && s[i + 1] == '/' && s[i + 2] == '/')
			host = i + 3;
	for (path = host; path < len && s[path] != '/' && s[path] != '?' && s[path] != '#'; path++)
		;
	if (path < len)
		add_piece(p, LEX_URL, start, len);
	/* the dictionary sees no types: two slashes tell it that this is a host */
	if (host > 0 && is_initials(s + host, path - host))
	{
		add_piece(p, LEX_PROTOCOL, start, host - 2);
		add_piece(p, LEX_HOST, start + host - 2, path - host + 2);
		add_piece(p, LEX_URL_PATH, start + path, len - path);
		return;
	}
	add_piece(p, LEX_PROTOCOL, start, host);
	add_piece(p, LEX_HOST, start + host, path - host);
	add_piece(p, LEX_URL_PATH, start + path, len - path);
}

static bool
has_digit(const char *s, uint32 n)
{
	for (uint32 i = 0; i < n; i++)
		if (s[i] >= '0' && s[i] <= '9')
			return true;
	return false;
}

static inline bool
is_word(const na_token *t)
{
	return t->kind == NA_WORD || t->kind == NA_LATIN;
}

/*
 * Tokens that make one word with a number, from token i on: F-16 and كوفيد-19
 * are three, 5G and كوفيد19 two; 0 = there is no such thing.
 */
static uint32
numword(const parser *p, uint32 i)
{
	const na_token *t = &p->seg->tok[i];
	uint32 left = p->seg->ntok - i;

	if (i > 0 && t[-1].flags & NA_TF_COMPOUND)
		return 0;
	if (t->kind == NA_WORD && left >= 2 && t[1].kind == NA_NUMBER &&
		!(t[1].flags & (NA_TF_SPACE | NA_TF_COMPOUND | NA_TF_PERCENT | NA_TF_DECIMAL)))
		return 2;
	if (!(t->flags & NA_TF_COMPOUND))
		return 0;
	if (is_word(t) && left >= 3 && t[1].cp == '-' && t[2].kind == NA_NUMBER &&
		!(t[2].flags & (NA_TF_COMPOUND | NA_TF_PERCENT | NA_TF_DECIMAL)))
		return 3;
	if (t->kind == NA_NUMBER && left >= 2 && t[1].kind == NA_LATIN &&
		!(t[1].flags & NA_TF_COMPOUND))
		return 2;
	return 0;
}

/* what a token is to the text-search machinery; false = it was split */
static bool
classify(parser *p, const na_token *t, lex_type *type)
{
	switch ((na_kind) t->kind)
	{
		case NA_WORD: *type = LEX_WORD; break;
		case NA_LATIN:
			*type = has_digit(p->text + t->byte, t->nbytes)	  ? LEX_NUMWORD
					: all_ascii(p->text + t->byte, t->nbytes) ? LEX_ASCIIWORD
															  : LEX_WORD;
			break;
		case NA_NUMBER: *type = t->flags & NA_TF_DECIMAL ? LEX_FLOAT : LEX_UINT; break;
		case NA_ABBREVIATION: *type = LEX_ABBREVIATION; break;
		case NA_EMAIL: *type = LEX_EMAIL; break;
		case NA_EMOJI: *type = LEX_EMOJI; break;
		case NA_TAG: *type = p->text[t->byte] == '&' ? LEX_ENTITY : LEX_TAG; break;
		case NA_URL: split_url(p, t->byte, t->nbytes); return false;
		case NA_HASHTAG:
		case NA_MENTION: split_tag(p, t->byte, t->nbytes); return false;
		default: *type = LEX_BLANK; break;
	}
	return true;
}

static inline bool
is_blank(const na_token *t)
{
	switch ((na_kind) t->kind)
	{
		case NA_QUOTE:
		case NA_PUNCT:
		case NA_SYMBOL:
		case NA_NEWLINE:
		case NA_OTHER: return true;
		default: return false;
	}
}

/* hand out the text up to end, as much of it as a token of the server may have */
static int32
give(parser *p, lex_type type, uint32 end, char **token, int *len)
{
	uint32 n = end - p->pos;

	if (n > TOKEN_MAX)
	{
		/* nobody looks for what is so long: its parts are no words */
		if (type != LEX_TAG && type != LEX_ENTITY)
			type = LEX_BLANK;
		p->rest_end = end;
		p->rest_type = type;
		n = TOKEN_MAX;
		/* between two characters; what is no UTF-8 has no such place */
		while (n > TOKEN_MAX - 4 && ((unsigned char) p->text[p->pos + n] & 0xC0) == 0x80)
			n--;
	}
	*token = unconstify(char *, p->text + p->pos);
	*len = (int) n;
	p->pos += n;
	return type;
}

/*
 * The next token: its type, 0 at the end; where it is and how long.
 */
Datum
ar_parser_token(PG_FUNCTION_ARGS)
{
	parser *p = (parser *) PG_GETARG_POINTER(0);
	char **token = (char **) PG_GETARG_POINTER(1);
	int *len = (int *) PG_GETARG_POINTER(2);
	const na_token *t = NULL;
	uint32 end, n;
	lex_type type;

	if (p->pos < p->rest_end)
		PG_RETURN_INT32(give(p, p->rest_type, p->rest_end, token, len));
	while (p->piece < p->npieces)
	{
		const piece *x = &p->pieces[p->piece++];

		/* a whole is followed by its parts, which take the text on */
		if (x->type != LEX_COMPOUND && x->type != LEX_URL)
			PG_RETURN_INT32(give(p, x->type, x->start + x->len, token, len));
		if (x->len > TOKEN_MAX)
			continue;
		*token = unconstify(char *, p->text + x->start);
		*len = (int) x->len;
		PG_RETURN_INT32(x->type);
	}
	/* punctuation and what lies between two tokens are one blank: the caller's work is by token */
	for (;;)
	{
		if (p->seg == NULL)
		{
			t = NULL;
			break;
		}
		if (p->next == p->seg->ntok)
		{
			CHECK_FOR_INTERRUPTS();
			nar_check(na_scan_next(&p->scan, &p->seg));
			p->next = 0;
			continue;
		}
		t = &p->seg->tok[p->next];
		if (!is_blank(t))
			break;
		p->next++;
	}
	end = t != NULL ? t->byte : p->len;
	if (end > p->pos)
		PG_RETURN_INT32(give(p, LEX_BLANK, end, token, len));
	if (t == NULL)
	{
		*token = unconstify(char *, p->text + p->pos);
		*len = 0;
		PG_RETURN_INT32(0);
	}
	p->npieces = p->piece = 0;
	n = numword(p, p->next);
	if (n > 0)
	{
		p->next += n;
		PG_RETURN_INT32(give(p, LEX_NUMWORD, t[n - 1].byte + t[n - 1].nbytes, token, len));
	}
	p->next++;
	if (!classify(p, t, &type))
		return ar_parser_token(fcinfo);
	PG_RETURN_INT32(give(p, type, t->byte + t->nbytes, token, len));
}
