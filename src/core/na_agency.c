/*
 * na_agency.c
 *		Agencies and outlets; datelines and bylines at the start of a line.
 */
#include "na_agency.h"
#include "na_chartab.h"
#include "na_data.h"
#include "na_gazetteer.h"
#include "na_pageline.h"
#include "na_utf8.h"

/* a dateline is short: CITY, COUNTRY, NAME, AGENCY, DATE */
#define DATELINE_WORDS 14

uint32_t
na_agency_count(void)
{
	uint32_t n;

	na_section_at(NA_SEC_AGENCY, sizeof(na_agency), &n);
	return n;
}

const na_agency *
na_agency_get(uint32_t index)
{
	return (const na_agency *) na_section_at(NA_SEC_AGENCY, sizeof(na_agency), NULL) + index;
}

uint32_t
na_pword_key(const char *text, const na_pword *w, char *out, uint32_t size)
{
	const unsigned char *s = (const unsigned char *) text + w->byte;
	const unsigned char *end = s + w->nbytes;
	uint32_t n = 0;

	while (s < end)
	{
		int len;
		uint32_t c = na_utf8_decode(s, end, &len);

		s += len;
		if (n + 4 > size)
			return 0;
		if (c < 0x80)
			out[n++] = (char) (c >= 'A' && c <= 'Z' ? c + 32 : c);
		else if (c >= NA_FOLD_FIRST && c <= NA_FOLD_LAST)
		{
			uint32_t to = na_fold_all[c - NA_FOLD_FIRST];

			if (to != 0)
				n += (uint32_t) na_utf8_encode(to, out + n);
		}
		else if (na_char_class(c) != NA_C_CONTROL)
			n += (uint32_t) na_utf8_encode(c, out + n);
	}
	return n;
}

uint32_t
na_pword_lex(const char *text, na_pword *w)
{
	if (!w->looked_up)
	{
		char key[256];
		uint32_t n = na_pword_key(text, w, key, sizeof key);

		w->lex = n > 0 ? na_lex_find(key, n) : 0;
		w->looked_up = true;
	}
	return w->lex;
}

uint32_t
na_pword_phrase(const char *text, na_pword *w, uint32_t n, uint32_t i, unsigned topic,
				uint32_t *value)
{
	const na_lex *e = na_lex_entry(na_pword_lex(text, &w[i]));
	const uint32_t bit = NA_TOPIC_BIT(topic);
	uint32_t best = 0;

	if (e->topics & bit)
	{
		*value = (uint32_t) na_payload_find(e->pay, e->npay, (na_topic) topic);
		best = 1;
	}
	if (e->heads & bit)
	{
		uint32_t node = e->node;

		for (uint32_t k = i + 1; k < n; k++)
		{
			const na_trie_node *x;
			uint32_t lex = na_pword_lex(text, &w[k]);

			if (lex == 0)
				break;
			node = na_trie_step(node, lex);
			if (node == 0)
				break;
			x = na_trie_at(node);
			if (x->topics & bit)
			{
				*value = (uint32_t) na_payload_find(x->pay, x->npay, (na_topic) topic);
				best = k - i + 1;
			}
			if (!(x->below & bit))
				break;
		}
	}
	return best;
}

uint32_t
na_pword_place(const char *text, na_pword *w, uint32_t n, uint32_t i)
{
	uint32_t value;
	uint32_t k = na_pword_phrase(text, w, n, i, NA_TOPIC_GAZ, &value);

	if (k > 0 && na_gaz_at(value)->kind == NA_ENT_PLACE)
		return k;
	k = na_pword_phrase(text, w, n, i, NA_TOPIC_GAZ_SHORT, &value);
	return k > 0 && na_gaz_at(value)->kind == NA_ENT_PLACE ? k : 0;
}

/* a word that stands in sentences only */
static bool
sentence_word(const char *text, na_pword *w)
{
	uint32_t lex = na_pword_lex(text, w);

	return lex != 0 &&
		   (na_lex_payload(lex, NA_TOPIC_VERB) >= 0 || na_lex_payload(lex, NA_TOPIC_STOP) >= 0);
}

/* a word that names a place, a person or a date */
static bool
name_word(const char *text, na_pword *w)
{
	uint32_t lex;

	if (w->cls & PW_NUMBER)
		return true;
	lex = na_pword_lex(text, w);
	if (lex == 0)
		return false;
	return na_lex_payload(lex, NA_TOPIC_GAZ) >= 0 || na_lex_payload(lex, NA_TOPIC_GAZ_SHORT) >= 0 ||
		   na_lex_payload(lex, NA_TOPIC_GIVEN) >= 0 || na_lex_payload(lex, NA_TOPIC_FAMILY) >= 0 ||
		   na_lex_payload(lex, NA_TOPIC_DATE) >= 0;
}

/*
 * The longest start of the line that ends at a delimiter and holds an agency
 * that stands by itself (in brackets, between delimiters, behind a date), with
 * nothing that only a sentence has; or nothing but places before a dash or
 * colon.
 */
void
na_dateline_find(const char *text, na_pword *w, uint32_t n, uint16_t after, na_dateline *out)
{
	uint32_t limit = n < DATELINE_WORDS ? n : DATELINE_WORDS;
	uint32_t unknown = 0;	 /* words of the current piece that are no names */
	uint32_t loose = 0;		 /* unknown words of all pieces */
	bool agency = false;	 /* one has been seen that stands by itself */
	bool boundary = true;	 /* the piece starts behind a delimiter */
	bool agency_end = false; /* the last thing read is an agency */
	bool places = true;		 /* nothing but places so far */

	uint16_t seen = n <= limit ? after | PD_COLON : 0;

	memset(out, 0, sizeof *out);
	/* most paragraphs have no delimiter near their start */
	for (uint32_t i = 1; i <= limit && i < n; i++)
		seen |= w[i].before;
	if (!(seen & (PD_DELIMITER | PD_CLOSE)))
		return;
	for (uint32_t i = 0; i < limit;)
	{
		uint32_t value;
		uint32_t k = na_pword_phrase(text, w, n, i, NA_TOPIC_AGENCY, &value);
		uint16_t next;
		bool delimiter;

		if (k > 0)
		{
			next = i + k < n ? w[i + k].before : after;
			/* وفا behind a date, م واس: no delimiter before it is needed */
			boundary = boundary || (w[i].before & (PD_DELIMITER | PD_OPEN | PD_QUOTE | PD_COMMA)) ||
					   (i > 0 && (w[i - 1].cls & PW_NUMBER)) || (i > 0 && w[i - 1].nbytes <= 2);
			agency_end =
				boundary &&
				(i + k == n || (next & (PD_DELIMITER | PD_CLOSE | PD_QUOTE | PD_COMMA | PD_OPEN)));
			/* a city and an agency without anything between: CITY سانا */
			if (!agency_end && i > 0 && places && (i + k == n || (next & PD_DELIMITER)))
				agency_end = true;
			if (agency_end)
				agency = true;
			else
				unknown += k;
			places = false;
		}
		else
		{
			k = na_pword_place(text, w, n, i);
			if (k == 0)
			{
				k = 1;
				if (!(w[i].cls & PW_NUMBER))
					places = false;
				if (!name_word(text, &w[i]))
				{
					if (sentence_word(text, &w[i]) && w[i].nbytes > 2)
						return;
					unknown++;
				}
			}
			agency_end = false;
			next = i + k < n ? w[i + k].before : after;
		}
		i += k;
		delimiter = (next & PD_DELIMITER) != 0 || (agency_end && (next & PD_CLOSE)) || i >= n;
		boundary = delimiter || (next & (PD_OPEN | PD_QUOTE)) != 0;
		if (next & (PD_STOP) && !(next & (PD_DELIMITER | PD_CLOSE)) && i < n && w[i].nbytes > 2)
			return;
		if (delimiter)
		{
			loose += unknown;
			/* names of people may be unknown words, but not many of them */
			if (loose > 5 || unknown > 4)
				return;
			unknown = 0;
			if (agency || (places && i <= 3 && i < n && (next & (PD_DASH | PD_COLON))))
			{
				out->nwords = i;
				out->whole = i >= n;
				out->agency = agency;
			}
		}
	}
}
