/*
 * na_token.h
 *		The one token stream: dates, entities, quotations, stems, search and
 *		page blocks all read it.
 *
 * A scanner goes over the text once and delivers it in segments, so that
 * memory stays bounded for any input.  A segment ends at a line break where
 * there is one within NA_SEGMENT_TOKENS tokens, else at a sentence end, else
 * wherever it is full.  Blanks are no tokens: what lies between two tokens is
 * blank (spaces, tatweel-only runs, controls).  Every other character belongs
 * to exactly one token.
 */
#ifndef NA_TOKEN_H
#define NA_TOKEN_H

#include "na_base.h"

#define NA_SEGMENT_TOKENS 16384
/* longer runs of letters are no words: the scanner cuts them (code points) */
#define NA_WORD_MAX 256

typedef enum na_kind
{
	NA_WORD = 1,	 /* Arabic letters with marks, tatweel, joiners */
	NA_LATIN,		 /* letters of any other script, lower-cased in the key */
	NA_NUMBER,		 /* 15  1,250  ١٢٫٥  2015; key in ASCII digits, '.' decimal */
	NA_ABBREVIATION, /* أ.ف.ب  U.N.  د. is a word and a point */
	NA_URL,
	NA_EMAIL,
	NA_HASHTAG, /* #word_word; key without '#', '_' kept */
	NA_MENTION, /* @name */
	NA_EMOJI,
	NA_QUOTE,	/* any quotation mark */
	NA_PUNCT,	/* one punctuation character; runs of '.' or '-' are one token */
	NA_SYMBOL,	/* one other visible character */
	NA_NEWLINE, /* a run of line breaks (with blanks between them) */
	NA_TAG,		/* <...> residue of HTML, and entities (&nbsp; &#160;) */
	NA_OTHER	/* private use, unassigned, U+FFFD */
} na_kind;

/* token flags */
#define NA_TF_SPACE 0x0001	   /* blank or line start before it (not glued to the previous token) */
#define NA_TF_TEH 0x0002	   /* word ends in ta marbuta ة */
#define NA_TF_MAQSURA 0x0004   /* word ends in alef maqsura ى */
#define NA_TF_MARKS 0x0008	   /* word carries vowel marks */
#define NA_TF_TANWIN_A 0x0010  /* ends in fathatan (…اً) */
#define NA_TF_PERCENT 0x0020   /* number followed by % or ٪ */
#define NA_TF_SIGN 0x0040	   /* number with a leading sign */
#define NA_TF_AL 0x0080		   /* number with the article: الـ15 */
#define NA_TF_DECIMAL 0x0100   /* number with a fraction */
#define NA_TF_OPEN 0x0200	   /* quote or bracket that opens by its form or place */
#define NA_TF_CLOSE 0x0400	   /* quote or bracket that closes by its form or place */
#define NA_TF_UPPER 0x0800	   /* Latin word starts with a capital */
#define NA_TF_COMPOUND 0x1000  /* glued to the next token: كوفيد-19, word-word */
#define NA_TF_HAMZA_UP 0x2000  /* word starts with أ */
#define NA_TF_HAMZA_LOW 0x4000 /* word starts with إ */
#define NA_TF_MADDA 0x8000	   /* word starts with آ */

/*
 * A reading of a word without its proclitics (و ف ب ك ل س, at most two).
 * The rest is looked up with its article: للصين is read as ل + الصين.
 */
typedef struct na_reading
{
	uint32_t lex;	/* lexicon entry of the rest, 0 = the rest is unknown */
	uint8_t nchars; /* characters of the surface that the proclitics take;
					 * 0 = there is no such reading */
	uint8_t nkey;	/* bytes of the key that they take */
	uint8_t first;	/* ASCII name of the letters: 'w' 'f' 'b' 'k' 'l' 's' */
	uint8_t second; /* 0 when one letter only */
} na_reading;

typedef struct na_token
{
	uint32_t byte;	   /* first byte in the text */
	uint32_t nbytes;   /* length in bytes */
	uint32_t chr;	   /* first character (code point) in the text, 0-based */
	uint32_t nchars;   /* length in characters */
	uint32_t key;	   /* normalised form: offset into segment->keys */
	uint16_t nkey;	   /* its length in bytes */
	uint16_t flags;	   /* NA_TF_* */
	uint8_t kind;	   /* na_kind */
	uint8_t cp;		   /* NA_QUOTE, NA_PUNCT: the character if ASCII, or its ASCII
					  * counterpart ('"' '\'' ',' ';' '?' '(' '-' …), else 0 */
	uint8_t nclitic;   /* characters of a number's proclitic (و2015 1, الـ15 3) */
	uint8_t clitic;	   /* ASCII name of that proclitic's first letter, 0 = none */
	uint32_t lex;	   /* lexicon entry of the whole key, 0 = unknown */
	na_reading alt[2]; /* without one proclitic, without two */
} na_token;

typedef struct na_segment
{
	const char *text; /* the caller's text, whole */
	uint32_t ntext;	  /* bytes */
	na_token *tok;
	uint32_t ntok;
	char *keys;	   /* the keys, one behind the other */
	bool last;	   /* the text ends with this segment */
	uint32_t byte; /* first byte and character that this segment covers */
	uint32_t chr;
	uint32_t byte_end; /* one past the last */
	uint32_t chr_end;
} na_segment;

/* what is looked up in the lexicon: lex and alt of the tokens */
typedef enum na_lookup
{
	NA_LOOKUP_NONE,	 /* nothing, and no proclitics are taken off; all that the generator can do */
	NA_LOOKUP_DATES, /* words that say something of dates, and a few others; the rest is unknown */
	NA_LOOKUP_ALL
} na_lookup;

typedef struct na_scanner
{
	const na_env *env;
	const unsigned char *text;
	uint32_t ntext;
	uint32_t pos;		/* next byte */
	uint32_t chr;		/* its character number */
	uint32_t plain_end; /* digits before this byte are plain integers */
	na_lookup lookup;
	uint32_t asked; /* tokens whose words the lexicon was told of */
	uint32_t found; /* tokens whose words were looked up: some way behind */
	bool space;		/* blank before pos */
	uint8_t quote_depth;
	na_segment seg;
	uint32_t cap_tok;
	na_buf keys;
	bool carry; /* a token scanned for the next segment */
} na_scanner;

/*
 * Start on n bytes of UTF-8 (n < 2^31).  The text must outlive the scanner.
 */
extern void na_scan_init(na_scanner *s, const na_env *env, const char *text, uint32_t n,
						 na_lookup lookup);

/*
 * The next segment, valid until the next call or na_scan_end(); *seg is NULL
 * at the end of the text.  An empty text has no segment.
 */
extern na_status na_scan_next(na_scanner *s, const na_segment **seg);

extern void na_scan_end(na_scanner *s);

/* a word of more than two letters that starts with ال, article or not */
static inline bool
na_starts_with_al(const na_segment *seg, const na_token *t)
{
	return t->nkey > 4 && memcmp(seg->keys + t->key, "\xD8\xA7\xD9\x84", 4) == 0;
}

/* the key of a token */
static inline na_str
na_key(const na_segment *seg, const na_token *t)
{
	na_str r = {seg->keys + t->key, t->nkey};

	return r;
}

/* the key of a token equals a zero-terminated string */
static inline bool
na_key_is(const na_segment *seg, const na_token *t, const char *s)
{
	size_t n = strlen(s);

	return t->nkey == n && memcmp(seg->keys + t->key, s, n) == 0;
}

/* a name for SQL: "word", "number", … */
extern const char *na_kind_name(na_kind kind);

/*
 * The longest phrase of that topic that starts at token i, its first word read
 * by `reading` (0 = whole, 1 and 2 = alt[0], alt[1]).  Returns the number of
 * tokens (0 = none); *value gets the first payload's value.
 */
extern uint32_t na_phrase(const na_segment *seg, uint32_t i, int reading, unsigned topic,
						  uint32_t *value);

#endif /* NA_TOKEN_H */
