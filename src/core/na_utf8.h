/*
 * na_utf8.h
 *		Bounded UTF-8 decoding and encoding.
 *
 * Ill-formed bytes never read past the end: each one decodes to U+FFFD with
 * length 1.  (PostgreSQL stores only well-formed UTF-8; the unit tests and
 * fuzzers do not.)
 */
#ifndef NA_UTF8_H
#define NA_UTF8_H

#include "na_base.h"

#define NA_REPLACEMENT 0xFFFDu

/*
 * Decode one code point at s (s < end); *len gets its bytes (1..4).
 */
static inline uint32_t
na_utf8_decode(const unsigned char *s, const unsigned char *end, int *len)
{
	uint32_t c = s[0];
	uint32_t cp;

	*len = 1;
	if (c < 0x80)
		return c;
	if (c < 0xC2)
		return NA_REPLACEMENT;
	if (c < 0xE0)
	{
		if (end - s < 2 || (s[1] & 0xC0) != 0x80)
			return NA_REPLACEMENT;
		*len = 2;
		return ((c & 0x1F) << 6) | (s[1] & 0x3Fu);
	}
	if (c < 0xF0)
	{
		if (end - s < 3 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
			return NA_REPLACEMENT;
		cp = ((c & 0x0F) << 12) | ((s[1] & 0x3Fu) << 6) | (s[2] & 0x3Fu);
		if (cp < 0x800 || (cp >= 0xD800 && cp <= 0xDFFF))
			return NA_REPLACEMENT;
		*len = 3;
		return cp;
	}
	if (c < 0xF5)
	{
		if (end - s < 4 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80 || (s[3] & 0xC0) != 0x80)
			return NA_REPLACEMENT;
		cp = ((c & 0x07) << 18) | ((s[1] & 0x3Fu) << 12) | ((s[2] & 0x3Fu) << 6) | (s[3] & 0x3Fu);
		if (cp < 0x10000 || cp > 0x10FFFF)
			return NA_REPLACEMENT;
		*len = 4;
		return cp;
	}
	return NA_REPLACEMENT;
}

/* Encode cp (at most U+10FFFF, no surrogate) into out[4]; returns 1..4. */
static inline int
na_utf8_encode(uint32_t cp, char *out)
{
	if (cp < 0x80)
	{
		out[0] = (char) cp;
		return 1;
	}
	if (cp < 0x800)
	{
		out[0] = (char) (0xC0 | (cp >> 6));
		out[1] = (char) (0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000)
	{
		out[0] = (char) (0xE0 | (cp >> 12));
		out[1] = (char) (0x80 | ((cp >> 6) & 0x3F));
		out[2] = (char) (0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char) (0xF0 | (cp >> 18));
	out[1] = (char) (0x80 | ((cp >> 12) & 0x3F));
	out[2] = (char) (0x80 | ((cp >> 6) & 0x3F));
	out[3] = (char) (0x80 | (cp & 0x3F));
	return 4;
}

/* Number of code points in n bytes of well-formed UTF-8. */
extern uint32_t na_utf8_length(const char *s, size_t n);

#endif /* NA_UTF8_H */
