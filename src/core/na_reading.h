/*
 * na_reading.h
 *		What the scanner asks the lexicon of a token, as it stands and behind its
 *		proclitics.  Internal to the scanner; what comes of it is in na_token.h.
 *
 * The lexicon is larger than the processor's caches.  What a token asks of it
 * is prepared when the token is made (its hashes stand in for the entries until
 * then), and looked up when some more tokens are there.
 */
#ifndef NA_READING_H
#define NA_READING_H

#include "na_data.h"
#include "na_token.h"

#define NA_READING_NEAR 6 /* tokens until the slots of the hash table are there */
#define NA_READING_FAR 12 /* … and the entries */

/* the proclitic letter that a key starts with: its ASCII name, 0 = none */
static inline uint8_t
na_proclitic(const char *k, uint32_t n)
{
	if (n < 2)
		return 0;
	switch (((unsigned) (unsigned char) k[0] << 8) | (unsigned char) k[1])
	{
		case 0xD988: return 'w'; /* و */
		case 0xD981: return 'f'; /* ف */
		case 0xD8A8: return 'b'; /* ب */
		case 0xD983: return 'k'; /* ك */
		case 0xD984: return 'l'; /* ل */
		case 0xD8B3: return 's'; /* س */
	}
	return 0;
}

static inline bool
na_is_lam(const char *k, uint32_t n)
{
	return na_proclitic(k, n) == 'l';
}

/* the hash of a key, its slot on the way; 0 = it is not to be looked up */
static inline uint32_t
na_lex_ask(na_lookup lookup, const char *key, uint32_t n)
{
	uint32_t hash = na_lex_hash(key, n);

	if (lookup == NA_LOOKUP_DATES && !na_lex_of_dates(hash))
		return 0;
	na_lex_prefetch_slot(hash);
	return hash;
}

/*
 * Ask for a word and its readings.
 * bare: every character of the surface is a letter of the key
 */
extern void na_readings_ask(na_scanner *s, na_token *t, bool bare);

/* look up what was asked for, for all tokens but the last ones */
extern void na_readings_find(na_scanner *s, uint32_t keep_near, uint32_t keep_far);

#endif
