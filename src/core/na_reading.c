/*
 * na_reading.c
 *		Words of the text in the lexicon: readings of a token without its
 *		proclitics, and phrases of several tokens.
 */
#include "na_chartab.h"
#include "na_reading.h"
#include "na_utf8.h"

/*
 * Characters of the surface up to and including its k-th Arabic letter, with
 * the marks, tatweel and joiners that follow it.
 */
static uint8_t
chars_of_letters(const na_scanner *s, const na_token *t, int k)
{
	const unsigned char *p = s->text + t->byte;
	const unsigned char *e = p + t->nbytes;
	uint32_t n = 0;
	int seen = 0;

	while (p < e)
	{
		int len;
		na_class c = na_char_class(na_utf8_decode(p, e, &len));

		if (c == NA_C_ARABIC && seen++ == k)
			break;
		p += len;
		n++;
	}
	return n > 255 ? 255 : (uint8_t) n;
}

/* the key behind nkey bytes of proclitics; لل is ل + ال and is made in b */
static inline na_str
rest_key(const char *key, uint32_t n, uint32_t nkey, uint8_t last, char b[516])
{
	na_str r = {key + nkey, n - nkey};

	if (last == 'l' && na_is_lam(r.p, r.n) && r.n + 2 <= 512)
	{
		memcpy(b, "\xD8\xA7", 2); /* ا */
		memcpy(b + 2, r.p, r.n);
		r.p = b;
		r.n += 2;
	}
	return r;
}

static inline bool
has_lex(const na_token *t)
{
	return t->kind == NA_WORD || t->kind == NA_LATIN || t->kind == NA_ABBREVIATION;
}

void
na_readings_find(na_scanner *s, uint32_t keep_near, uint32_t keep_far)
{
	const na_segment *g = &s->seg;

	for (; s->asked + keep_near < g->ntok; s->asked++)
	{
		const na_token *t = &g->tok[s->asked];

		if (!has_lex(t))
			continue;
		if (t->lex != 0)
			na_lex_prefetch_entry(t->lex);
		for (int k = 0; k < 2 && t->alt[k].nkey; k++)
			if (t->alt[k].lex != 0)
				na_lex_prefetch_entry(t->alt[k].lex);
	}
	for (; s->found + keep_far < g->ntok; s->found++)
	{
		na_token *t = &g->tok[s->found];
		const char *key;

		if (!has_lex(t))
			continue;
		key = s->keys.data + t->key;
		if (t->lex != 0)
			t->lex = na_lex_find_hashed(key, t->nkey, t->lex);
		for (int k = 0; k < 2 && t->alt[k].nkey; k++)
		{
			na_reading *a = &t->alt[k];
			char b[516];
			na_str r;

			if (a->lex == 0)
				continue;
			r = rest_key(key, t->nkey, a->nkey, a->second ? a->second : a->first, b);
			a->lex = na_lex_find_hashed(r.p, r.n, a->lex);
		}
	}
}

/* one reading of a word without proclitics; the last letter of them is `last` */
static inline void
set_reading(na_lookup lookup, na_reading *a, const char *k, uint32_t n, uint8_t nkey, uint8_t last)
{
	char b[516];
	na_str r = rest_key(k, n, nkey, last, b);

	a->lex = na_lex_ask(lookup, r.p, r.n);
	a->nkey = nkey;
}

void
na_readings_ask(na_scanner *s, na_token *t, bool bare)
{
	const char *k = s->keys.data + t->key;
	uint32_t n = t->nkey;
	uint8_t nchars;
	uint8_t a, b;

	t->lex = na_lex_ask(s->lookup, k, n);
	if (t->kind != NA_WORD || n < 6 || (a = na_proclitic(k, n)) == 0)
		return;
	/* one mark may give two characters of the key: behind the proclitic no letter need be left */
	nchars = bare ? 1 : chars_of_letters(s, t, 1);
	if (nchars >= t->nchars)
		return;
	set_reading(s->lookup, &t->alt[0], k, n, 2, a);
	t->alt[0].nchars = nchars;
	t->alt[0].first = a;
	/* behind و and ف another one; سـ only before them */
	if (n < 8 || (a != 'w' && a != 'f') || (b = na_proclitic(k + 2, n - 2)) == 0 || b == 'w' ||
		b == 'f')
		return;
	nchars = bare ? 2 : chars_of_letters(s, t, 2);
	if (nchars >= t->nchars)
		return;
	set_reading(s->lookup, &t->alt[1], k, n, 4, b);
	t->alt[1].nchars = nchars;
	t->alt[1].first = a;
	t->alt[1].second = b;
}

uint32_t
na_phrase(const na_segment *seg, uint32_t i, int reading, unsigned topic, uint32_t *value)
{
	const na_token *t = &seg->tok[i];
	const uint32_t bit = NA_TOPIC_BIT(topic);
	const na_lex *e = na_lex_entry(reading == 0 ? t->lex : t->alt[reading - 1].lex);
	uint32_t best = 0;

	if (e->topics & bit)
	{
		*value = (uint32_t) na_payload_find(e->pay, e->npay, (na_topic) topic);
		best = 1;
	}
	if (e->heads & bit)
	{
		uint32_t node = e->node;

		for (uint32_t k = 1; i + k < seg->ntok; k++)
		{
			const na_trie_node *x;

			if (seg->tok[i + k].lex == 0)
				break;
			node = na_trie_step(node, seg->tok[i + k].lex);
			if (node == 0)
				break;
			x = na_trie_at(node);
			if (x->topics & bit)
			{
				*value = (uint32_t) na_payload_find(x->pay, x->npay, (na_topic) topic);
				best = k + 1;
			}
			if (!(x->below & bit))
				break;
		}
	}
	return best;
}
