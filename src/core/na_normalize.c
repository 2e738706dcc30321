/*
 * na_normalize.c
 *		Normalisation: a fast path for Arabic and ASCII, ICU for the rest.
 *
 * The fast path goes character by character over a table.  Whatever can
 * compose, decompose or change order (combining marks that are kept,
 * presentation forms, other scripts) is taken in a chunk, together with the
 * starter before it, through normalise_chunk().
 */
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "na_chartab.h"
#include "na_normalize.h"
#include "na_utf8.h"

#define SLOW 0xFFFF
#define NFOLD (NA_FOLD_LAST - NA_FOLD_FIRST + 1)
#define CHUNK_MAX 256	 /* kept code points of a chunk; up to twice that to reach a boundary */
#define MARKS_MAX 30	 /* non-starters in a row: Unicode's Stream-Safe Text Format (UAX #15) */
#define CHUNK_ROOM 10240 /* UTF-16 units: 512 code points, at most 18 units each */

/*
 * What NFKC and case folding make of a character never changes once it is
 * assigned; younger characters than those every supported ICU knows are left
 * alone, so that all machines agree.
 */
#define UNICODE_AGE 12

typedef struct normalizer
{
	const uint16_t *map; /* of U+0600 .. U+08FF; 0 = drop, SLOW = by chunk */
	uint32_t steps;
	bool display;	  /* ar_clean's rules */
	uint8_t pending;  /* 0, or blanks seen: 1 space, 2 line break, 3 empty line */
	uint8_t marks;	  /* non-starters put in a row, by chunks */
	size_t start;	  /* of our part of the output */
	uint32_t last_cp; /* last code point put */
	na_buf *out;
} normalizer;

static bool
put_cp(normalizer *z, uint32_t cp)
{
	if (!na_buf_reserve(z->out, 8))
		return false;
	if (z->pending)
	{
		if (z->out->len > z->start)
		{
			if (z->pending >= 2)
				z->out->data[z->out->len++] = '\n';
			if (z->pending >= 3)
				z->out->data[z->out->len++] = '\n';
			if (z->pending == 1)
				z->out->data[z->out->len++] = ' ';
		}
		z->pending = 0;
	}
	z->out->len += (size_t) na_utf8_encode(cp, z->out->data + z->out->len);
	z->last_cp = cp;
	return true;
}

/* A blank or a line break: remembered, not written, so that runs collapse and ends are trimmed. */
static inline void
put_blank(normalizer *z, bool newline)
{
	if (newline && z->display)
		z->pending = z->pending >= 2 ? 3 : 2;
	else if (z->pending == 0)
		z->pending = 1;
}

/* Typographic punctuation to ASCII; 0 = unchanged. */
static uint32_t
fold_punctuation(uint32_t cp)
{
	switch (cp)
	{
		case 0x60C: return ',';
		case 0x61B: return ';';
		case 0x61F: return '?';
		case 0x66A: return '%';
		case 0x66D: return '*';
		case 0x6D4: return '.';
		case 0xAB:
		case 0xBB:
		case 0x201C:
		case 0x201D:
		case 0x201E:
		case 0x201F:
		case 0x2033:
		case 0x2039:
		case 0x203A:
		case 0x301D:
		case 0x301E:
		case 0x301F: return '"';
		case 0x2018:
		case 0x2019:
		case 0x201A:
		case 0x201B:
		case 0x2032:
		case 0xB4:
		case '`': return '\'';
		case 0x2010:
		case 0x2011:
		case 0x2012:
		case 0x2013:
		case 0x2014:
		case 0x2015:
		case 0x2212: return '-';
		case 0xFD3E: return '(';
		case 0xFD3F: return ')';
	}
	return 0;
}

/* One code point through the steps that look at single code points; 0 = dropped. */
static uint32_t
fold_one(uint32_t cp, uint32_t steps)
{
	uint32_t to;

	while (cp >= NA_FOLD_FIRST && cp <= NA_FOLD_LAST)
	{
		const na_fold *f = &na_fold_map[cp - NA_FOLD_FIRST];

		/* wasla belongs to two steps */
		if (cp == 0x671 && (steps & NA_STEP_QURANIC))
			return 0x627;
		if (!(f->step & steps))
			break;
		cp = f->to;
		if (cp == 0)
			return 0;
	}
	if (steps & NA_STEP_DIGITS)
	{
		if (cp == 0x66B)
			return '.';
		if (cp == 0x66C)
			return ',';
		if (cp >= 0x80 && na_char_class(cp) == NA_C_DIGIT)
			return '0' + (uint32_t) na_digit_value(cp);
	}
	if ((steps & NA_STEP_PUNCTUATION) && (to = fold_punctuation(cp)) != 0)
		return to;
	return cp;
}

static bool
too_young(UChar32 c)
{
	UVersionInfo age;

	u_charAge(c, age);
	return age[0] > UNICODE_AGE || age[0] == 0;
}

/* Arabic presentation forms that ar_clean turns into letters; not the word ligatures and signs. */
static bool
is_display_presentation(uint32_t cp)
{
	return (cp >= 0xFB50 && cp <= 0xFDCF && cp != 0xFD3E && cp != 0xFD3F &&
			!(cp >= 0xFD40 && cp <= 0xFD4F)) ||
		   (cp >= 0xFDF0 && cp <= 0xFDF9) || (cp >= 0xFE70 && cp <= 0xFEFC);
}

/* NFKC (or for display NFC with presentation forms resolved) and case folding of src into dst. */
static int32_t
icu_forms(const normalizer *z, const UChar *src, int32_t n, UChar *dst)
{
	UErrorCode err = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&err);
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&err);
	int32_t len = 0;
	int32_t i = 0;

	if (U_FAILURE(err))
		return -1;
	while (i < n)
	{
		int32_t j = i;
		int32_t k = i;
		UChar32 c = 0;

		/* a run of characters that every ICU knows, then one that it may not */
		while (j < n)
		{
			k = j;
			U16_NEXT(src, j, n, c);
			if (too_young(c) || (z->display && is_display_presentation((uint32_t) c)))
				break;
			k = j;
		}
		if (k > i)
		{
			len += unorm2_normalize(z->display ? nfc : nfkc, src + i, k - i, dst + len,
									CHUNK_ROOM - len, &err);
			if (U_FAILURE(err))
				return -1;
		}
		if (j > k)
		{
			if (z->display && is_display_presentation((uint32_t) c))
				len += unorm2_normalize(nfkc, src + k, j - k, dst + len, CHUNK_ROOM - len, &err);
			else
			{
				if (CHUNK_ROOM - len < 2)
					return -1;
				memcpy(dst + len, src + k, (size_t) (j - k) * sizeof(UChar));
				len += j - k;
			}
			if (U_FAILURE(err))
				return -1;
		}
		i = j;
	}
	return len;
}

static int32_t
icu_fold_case(const UChar *src, int32_t n, UChar *dst)
{
	int32_t len = 0;
	int32_t i = 0;

	while (i < n)
	{
		int32_t j = i;
		UErrorCode err = U_ZERO_ERROR;
		UChar32 c;

		U16_NEXT(src, j, n, c);
		if (too_young(c))
		{
			if (CHUNK_ROOM - len < 2)
				return -1;
			memcpy(dst + len, src + i, (size_t) (j - i) * sizeof(UChar));
			len += j - i;
		}
		else
			len += u_strFoldCase(dst + len, CHUNK_ROOM - len, src + i, j - i, U_FOLD_CASE_DEFAULT,
								 &err);
		if (U_FAILURE(err) && err != U_STRING_NOT_TERMINATED_WARNING)
			return -1;
		i = j;
	}
	return len;
}

/*
 * Is this a control that goes, behind prev?  Joiners and variation selectors
 * hold emoji together.
 */
static inline bool
drops_control(const normalizer *z, uint32_t cp, uint32_t prev)
{
	return (z->steps & NA_STEP_CONTROLS) && na_char_class(cp) == NA_C_CONTROL &&
		   !(z->display && (cp == 0x200D || cp == 0xFE0F) &&
			 (na_char_class(prev) == NA_C_EMOJI || prev == 0xFE0F));
}

/* Is this character gone whatever stands around it? Then it keeps nothing apart. */
static inline bool
is_dropped(const normalizer *z, uint32_t cp, uint32_t prev)
{
	return cp >= NA_FOLD_FIRST && cp <= NA_FOLD_LAST ? z->map[cp - NA_FOLD_FIRST] == 0
													 : drops_control(z, cp, prev);
}

/* what the next character is put behind, 0 behind a blank */
static inline uint32_t
cp_before(const normalizer *z)
{
	return z->pending == 0 && z->out->len > z->start ? z->last_cp : 0;
}

/*
 * Normalise a chunk of at most 2 * CHUNK_MAX code points: the starter, if any,
 * and what lies between s and end.  Steps may undo each other's form (a folded
 * letter may compose), so they are repeated until nothing changes; three rounds
 * are the most that assigned code points need.
 */
static bool
normalise_chunk(normalizer *z, uint32_t starter, const unsigned char *s, const unsigned char *end)
{
	UChar a[CHUNK_ROOM];
	UChar b[CHUNK_ROOM];
	uint32_t before = cp_before(z);
	uint32_t kept = starter ? starter : before;
	int32_t n = 0;
	int32_t i;

	if (starter)
		U16_APPEND_UNSAFE(a, n, starter);
	while (s < end)
	{
		int len;
		uint32_t cp = na_utf8_decode(s, end, &len);

		s += len;
		if (is_dropped(z, cp, kept))
			continue;
		U16_APPEND_UNSAFE(a, n, cp);
		kept = cp;
	}
	for (int round = 0; round < 6; round++)
	{
		int32_t m = n;
		uint32_t prev = before;
		bool changed;

		if (z->steps & NA_STEP_COMPATIBILITY)
			m = icu_forms(z, a, n, b);
		else
			memcpy(b, a, (size_t) n * sizeof(UChar));
		if (m < 0)
			break;
		changed = m != n || memcmp(a, b, (size_t) n * sizeof(UChar)) != 0;
		n = 0;
		for (i = 0; i < m;)
		{
			UChar32 c;
			uint32_t to;
			UBool error = false;

			U16_NEXT(b, i, m, c);
			to = fold_one((uint32_t) c, z->steps);
			if (to != 0 && drops_control(z, to, prev))
				to = 0;
			changed |= to != (uint32_t) c;
			if (to != 0)
			{
				U16_APPEND(a, n, CHUNK_ROOM, to, error);
				prev = to;
			}
			(void) error;
		}
		if (z->steps & NA_STEP_CASE)
		{
			m = icu_fold_case(a, n, b);
			if (m < 0)
				break;
			changed |= m != n || memcmp(a, b, (size_t) n * sizeof(UChar)) != 0;
			memcpy(a, b, (size_t) m * sizeof(UChar));
			n = m;
		}
		if (!changed)
			break;
	}
	for (i = 0; i < n;)
	{
		UChar32 c;
		na_class cls;
		bool mark;

		U16_NEXT(a, i, n, c);
		cls = na_char_class((uint32_t) c);
		if (drops_control(z, (uint32_t) c, cp_before(z)))
			continue;
		if ((cls == NA_C_SPACE || cls == NA_C_NEWLINE) && (z->steps & NA_STEP_SPACES))
		{
			put_blank(z, cls == NA_C_NEWLINE);
			continue;
		}
		/*
		 * The order of marks is only known as far as a chunk reaches: longer rows
		 * than anybody writes are cut, so that the next call finds nothing to do.
		 */
		mark = u_getCombiningClass(c) != 0;
		if (z->pending || !mark)
			z->marks = 0;
		if (mark && (z->steps & NA_STEP_COMPATIBILITY) && z->marks++ >= MARKS_MAX)
		{
			z->marks = MARKS_MAX;
			continue;
		}
		if (!put_cp(z, (uint32_t) c))
			return false;
	}
	return true;
}

/* What the fast path may do with a code point of U+00A0 .. U+206F that it meets often. */
static inline bool
is_quick(uint32_t cp, uint32_t steps, bool display)
{
	if (display)
		return cp == 0xAB || cp == 0xBB || (cp >= 0x2018 && cp <= 0x201F) || cp == 0x2013 ||
			   cp == 0x2014 || cp == 0x2026;
	if (!(steps & NA_STEP_COMPATIBILITY))
		return false;
	return cp == 0xAB || cp == 0xBB || (cp >= 0x2018 && cp <= 0x201F) ||
		   (cp >= 0x2012 && cp <= 0x2015) || (cp >= 0x200B && cp <= 0x200F) ||
		   (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

/*
 * Does a chunk end before this character?  ASCII and plain Arabic letters are
 * starters that compose with nothing before them.
 */
static inline bool
ends_chunk(const normalizer *z, uint32_t cp)
{
	if (cp < 0x80)
		return true;
	if (cp >= NA_FOLD_FIRST && cp <= NA_FOLD_LAST)
		return z->map[cp - NA_FOLD_FIRST] != SLOW && na_char_class(cp) == NA_C_ARABIC;
	return false;
}

/* the state that a chunk goes back to: the last starter, and where its output began */
typedef struct starter_state
{
	const unsigned char *in;
	size_t out;
	uint32_t last_cp;
	uint8_t pending;
} starter_state;

static inline void
mark_starter(starter_state *st, const normalizer *z, const unsigned char *s)
{
	st->in = s;
	st->out = z->out->len;
	st->pending = z->pending;
	st->last_cp = z->last_cp;
}

/*
 * The characters of the fast path from s on, as many as there are: ASCII and
 * Arabic letters and marks that map one to one.  Returns where it stopped.
 * The output has room for all of the input.
 */
static const unsigned char *
run_fast(normalizer *z, const unsigned char *s, const unsigned char *end, starter_state *st)
{
	const uint16_t *map = z->map;
	char *base = z->out->data;
	char *o = base + z->out->len;
	char *start = base + z->start;
	const bool fold_case = (z->steps & NA_STEP_CASE) != 0;
	const bool spaces = (z->steps & NA_STEP_SPACES) != 0;
	const unsigned char *last_in = NULL;
	char *last_out = NULL;
	uint8_t last_pending = 0;
	uint8_t pending = z->pending;
	bool blank = false; /* since the last starter */
	uint32_t to = 0;

	while (s < end)
	{
		uint32_t c = *s;
		int len;

		if (c >= 0xD8 && c <= 0xDB)
		{
			if (s + 1 == end || (s[1] & 0xC0) != 0x80)
				break;
			to = map[(((c & 0x1F) << 6) | (s[1] & 0x3Fu)) - NA_FOLD_FIRST];
			if (to == SLOW)
				break;
			len = 2;
			if (to == 0)
			{
				s += 2;
				continue;
			}
		}
		else if (c > ' ' && c < 0x7F)
		{
			len = 1;
			to = c >= 'A' && c <= 'Z' && fold_case ? c + 32 : c;
			if (c == '`' && (z->steps & NA_STEP_PUNCTUATION))
				to = '\'';
		}
		else if (spaces && (c == ' ' || (c >= 9 && c <= 13)))
		{
			if (c >= 10 && c <= 13 && z->display)
				pending = pending >= 2 ? 3 : 2;
			else if (pending == 0)
				pending = 1;
			/* nothing composes over a blank */
			last_in = NULL;
			blank = true;
			s++;
			continue;
		}
		else
			break;
		last_in = s;
		last_out = o;
		last_pending = pending;
		if (pending)
		{
			if (o > start)
			{
				*o++ = pending == 1 ? ' ' : '\n';
				if (pending == 3)
					*o++ = '\n';
			}
			pending = 0;
		}
		if (to < 0x80)
			*o++ = (char) to;
		else
		{
			/* U+0080 .. U+08FF */
			if (to >= 0x800)
			{
				*o++ = (char) (0xE0 | (to >> 12));
				*o++ = (char) (0x80 | ((to >> 6) & 0x3F));
			}
			else
				*o++ = (char) (0xC0 | (to >> 6));
			*o++ = (char) (0x80 | (to & 0x3F));
		}
		s += len;
	}
	z->out->len = (size_t) (o - base);
	z->pending = pending;
	if (last_in != NULL)
	{
		st->in = last_in;
		st->out = (size_t) (last_out - base);
		st->pending = last_pending;
		st->last_cp = 'x'; /* no emoji */
		z->last_cp = to;
	}
	else if (blank)
		mark_starter(st, z, s);
	return s;
}

static na_status
run(normalizer *z, const na_env *env, const unsigned char *s, size_t n)
{
	const unsigned char *end = s + n;
	const unsigned char *polled = s;
	starter_state st;

	mark_starter(&st, z, s);
	while (s < end)
	{
		uint32_t cp;
		uint32_t to;
		int len;
		const unsigned char *stop = (size_t) (end - s) > NA_POLL_BYTES ? s + NA_POLL_BYTES : end;

		if (s - polled >= NA_POLL_BYTES)
		{
			env->poll(env->ctx);
			polled = s;
		}
		/* no fast character grows; two bytes for a blank before the first */
		if (!na_buf_reserve(z->out, (size_t) (stop - s) + 16))
			return NA_NO_MEMORY;
		if (*s < 0x80 || (*s >= 0xD8 && *s <= 0xDB))
		{
			const unsigned char *e = run_fast(z, s, stop, &st);

			if (e > s)
			{
				s = e;
				continue;
			}
		}
		cp = *s;
		cp = na_utf8_decode(s, end, &len);
		if (drops_control(z, cp, cp_before(z)))
		{
			/* the starter stays: what follows may compose with it */
			s += len;
			continue;
		}
		if (cp < 0x80)
		{
			mark_starter(&st, z, s);
			s++;
			if ((cp == ' ' || (cp >= 9 && cp <= 13)) && (z->steps & NA_STEP_SPACES))
				put_blank(z, cp >= 10 && cp <= 13);
			else if (!put_cp(z, cp))
				return NA_NO_MEMORY;
			continue;
		}
		if (cp >= NA_FOLD_FIRST && cp <= NA_FOLD_LAST)
		{
			to = z->map[cp - NA_FOLD_FIRST];
			if (to != SLOW)
			{
				if (to != 0)
				{
					mark_starter(&st, z, s);
					if (!put_cp(z, to))
						return NA_NO_MEMORY;
				}
				s += len;
				continue;
			}
		}
		else if (is_quick(cp, z->steps, z->display))
		{
			if (z->steps & NA_STEP_PUNCTUATION)
			{
				to = fold_punctuation(cp);
				if (to != 0)
					cp = to;
			}
			mark_starter(&st, z, s);
			if (!put_cp(z, cp))
				return NA_NO_MEMORY;
			s += len;
			continue;
		}

		/* take back the starter and go on by chunk */
		{
			const unsigned char *e = s + len;
			int count = 2;
			uint32_t kept = cp;
			UErrorCode err = U_ZERO_ERROR;
			const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&err);

			while (e < end && e - s < NA_POLL_BYTES)
			{
				uint32_t c = na_utf8_decode(e, end, &len);

				if (!is_dropped(z, c, kept))
				{
					if (ends_chunk(z, c))
						break;
					if (count >= CHUNK_MAX &&
						(count >= 2 * CHUNK_MAX - 64 ||
						 (U_SUCCESS(err) && unorm2_hasBoundaryBefore(nfkc, (UChar32) c))))
						break;
					count++;
					kept = c;
				}
				e += len;
			}
			/* between the starter and s lies nothing that was kept */
			to = st.in < s ? na_utf8_decode(st.in, s, &len) : 0;
			z->out->len = st.out;
			z->pending = st.pending;
			z->last_cp = st.last_cp;
			if (!normalise_chunk(z, to, s, e))
				return NA_NO_MEMORY;
			s = e;
			mark_starter(&st, z, s);
		}
	}
	return NA_OK;
}

/* The table of the fast path for a set of steps. */
static void
build_map(uint16_t *map, uint32_t steps)
{
	for (uint32_t i = 0; i < NFOLD; i++)
	{
		uint32_t cp = i + NA_FOLD_FIRST;
		uint32_t to = fold_one(cp, steps);
		na_class cls = na_char_class(cp);
		bool composes = (cp >= 0x653 && cp <= 0x655) || (cp >= 0x674 && cp <= 0x678) ||
						cls == NA_C_MARK || cls == NA_C_OTHER;

		if (cls == NA_C_CONTROL && (steps & NA_STEP_CONTROLS))
			to = 0;
		if ((steps & NA_STEP_COMPATIBILITY) && (composes || (cls == NA_C_ARABIC_MARK && to != 0)))
			to = SLOW;
		map[i] = (uint16_t) to;
	}
}

na_status
na_normalize(const na_env *env, const char *s, size_t n, uint32_t steps, na_buf *out)
{
	uint16_t map[NFOLD];
	normalizer z = {.map = na_fold_all, .steps = steps, .start = out->len, .out = out};

	if (steps != NA_STEPS_ALL)
	{
		build_map(map, steps);
		z.map = map;
	}
	return run(&z, env, (const unsigned char *) s, n);
}

na_status
na_clean(const na_env *env, const char *s, size_t n, na_buf *out)
{
	uint16_t map[NFOLD];
	normalizer z = {.map = map,
					.steps =
						NA_STEP_COMPATIBILITY | NA_STEP_TATWEEL | NA_STEP_CONTROLS | NA_STEP_SPACES,
					.display = true,
					.start = out->len,
					.out = out};

	build_map(map, z.steps);
	return run(&z, env, (const unsigned char *) s, n);
}

bool
na_normalize_word(const char *s, uint32_t n, na_buf *out)
{
	normalizer z = {.map = na_fold_all, .steps = NA_STEPS_ALL, .start = out->len, .out = out};

	return run(&z, &na_env_malloc, (const unsigned char *) s, n) == NA_OK;
}
