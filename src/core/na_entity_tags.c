/*
 * na_entity_tags.c
 *		What the gazetteer and the head words know better than the tagger: tags
 *		are mended before spans are made of them.
 */
#include "na_entity.h"

/*
 * Chance of an organisation, as the tagger sees it, from which on a listed body or
 * the span that a head word opens is one.  Below it heads are mostly common nouns.
 */
#define BODY_PROB 0.16f

/* tokens [i, i + n) carry no tag */
static bool
untagged(const na_tagged *tagged, uint32_t i, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++)
		if (tagged[i + k].tag != NA_TAG_O)
			return false;
	return true;
}

/*
 * A listed name that the tagger took apart, all its parts of the name's kind:
 * بابوا + غينيا الجديدة.  A span that reaches over its edges is left alone.
 */
static bool
taken_apart(const na_tagged *tagged, uint32_t i, uint32_t n, uint32_t last, na_tag begin)
{
	if (n < 2 || !NA_TAG_IS_BEGIN(tagged[i].tag) ||
		(i + n < last && NA_TAG_IS_INSIDE(tagged[i + n].tag)))
		return false;
	for (uint32_t k = 0; k < n; k++)
		if (NA_TAG_TYPE(tagged[i + k].tag) != (int) NA_TAG_TYPE(begin))
			return false;
	return true;
}

static void
retag(na_tagged *tagged, uint32_t i, uint32_t n, na_tag begin)
{
	for (uint32_t k = 0; k < n; k++)
	{
		na_tagged *g = &tagged[i + k];
		uint16_t o = g->marginal[NA_TAG_O];

		g->tag = (uint8_t) (k == 0 ? begin : begin + 1);
		/* what the tagger left over for names, but no less than an even chance */
		g->prob = (uint16_t) (65535 - o > 32768 ? 65535 - o : 32768);
	}
}

/*
 * What the gazetteer is sure of and the tagger passed over, and nationalities
 * of two words that it took apart.
 */
static void
apply_gazetteer(const na_segment *seg, uint32_t first, uint32_t last, const na_match *match,
				na_tagged *tagged)
{
	for (uint32_t i = first; i < last; i++)
	{
		const na_token *t = &seg->tok[i];
		const na_match *m = &match[i];
		na_match nat;

		if (t->kind != NA_WORD && t->kind != NA_LATIN && t->kind != NA_ABBREVIATION)
			continue;
		nat = na_nisba_match(seg, i);
		if (nat.ntok > 0 && i + nat.ntok <= last)
		{
			const na_gaz *e = na_gaz_at(nat.gaz);
			bool free = untagged(tagged, i, nat.ntok);
			bool mixed = !free && nat.ntok > 1;

			for (uint32_t k = 0; k < nat.ntok && mixed; k++)
				mixed = NA_TAG_TYPE(tagged[i + k].tag) == 5 || tagged[i + k].tag == NA_TAG_O;
			if (mixed || (free && !(e->flags & (NA_GAZ_WEAK | NA_GAZ_NAME)) &&
						  nat.ntok >= m->ntok && na_lex_payload(t->lex, NA_TOPIC_STOP) < 0))
			{
				retag(tagged, i, nat.ntok, NA_TAG_B_NAT);
				i += nat.ntok - 1u;
				continue;
			}
		}
		if (m->gaz != 0 && !m->user && i + m->ntok <= last)
		{
			const na_gaz *e = na_gaz_at(m->gaz);
			na_tag tag;

			switch (e->kind)
			{
				case NA_ENT_PERSON: tag = NA_TAG_B_PER; break;
				case NA_ENT_PLACE: tag = NA_TAG_B_LOC; break;
				case NA_ENT_ORGANIZATION: tag = NA_TAG_B_ORG; break;
				default: continue;
			}
			if (!untagged(tagged, i, m->ntok) && !taken_apart(tagged, i, m->ntok, last, tag))
				continue;
			if (m->is_short || (e->flags & (NA_GAZ_WEAK | NA_GAZ_MINOR)))
				continue;
			if (m->ntok == 1 && !(e->flags & NA_GAZ_COUNTRY) &&
				(!(e->flags & NA_GAZ_CITY) || tagged[i].marginal[NA_TAG_O] > 60000))
				continue;
			if (m->ntok == 1 &&
				((e->flags & NA_GAZ_PERSON) || na_lex_payload(t->lex, NA_TOPIC_STOP) >= 0))
				continue;
			retag(tagged, i, m->ntok, tag);
			i += m->ntok - 1u;
		}
	}
}

/*
 * Public bodies by their head words, where the tagger passed them over or
 * stopped short: مجلس النواب, المحكمة الدستورية, سفارة المملكة العربية السعودية.
 */
static void
apply_heads(const na_segment *seg, uint32_t first, uint32_t last, const na_match *match,
			na_tagged *tagged)
{
	for (uint32_t i = first; i < last; i++)
	{
		const na_tagged *g = &tagged[i];
		uint32_t nhead;
		uint32_t n;
		uint8_t kind = NA_ENT_NONE;
		uint32_t end;

		if (NA_TAG_IS_INSIDE(g->tag) || (g->tag != NA_TAG_O && g->tag != NA_TAG_B_ORG) ||
			match[i].user)
			continue;
		n = na_org_by_head(seg, i, first, last, match, &nhead, &kind);
		if (n <= nhead || kind != NA_ENT_ORGANIZATION)
			n = 0;
		for (int r = 0; r <= 2 && (r == 0 || seg->tok[i].alt[r - 1].nchars); r++)
		{
			uint32_t value;
			uint32_t k = na_phrase(seg, i, r, NA_TOPIC_BODY, &value);

			if (k > n)
				n = k;
		}
		if (n == 0 || i + n > last)
			continue;
		if (g->tag == NA_TAG_O && na_chance(g, NA_TAG_B_ORG) < (uint32_t) (BODY_PROB * 65535))
			continue;
		/* a name that begins inside goes to its end; a person or caller's name stays as it is */
		for (end = i; end < i + n; end++)
			if (NA_TAG_TYPE(tagged[end].tag) == 1 || match[end].user)
				break;
		if (end < i + n)
			continue;
		while (end < last && NA_TAG_IS_INSIDE(tagged[end].tag))
			end++;
		retag(tagged, i, end - i, NA_TAG_B_ORG);
		i = end - 1;
	}
}

/*
 * A country adjective behind an organisation that a head word opens belongs to
 * its name where it agrees with the head: وزارة الخارجية + الروسية, not
 * وزير الخارجية + الروسي.
 */
static void
join_adjectives(const na_segment *seg, uint32_t first, uint32_t last, na_tagged *tagged)
{
	for (uint32_t i = first; i < last;)
	{
		uint32_t head = i;
		const na_org_head *h;
		na_match nat;

		if (tagged[i++].tag != NA_TAG_B_ORG)
			continue;
		while (i < last && tagged[i].tag == NA_TAG_I_ORG)
			i++;
		if (i == last || (tagged[i].tag != NA_TAG_B_NAT && tagged[i].tag != NA_TAG_O))
			continue;
		h = na_org_head_at(na_token_payload(&seg->tok[head], NA_TOPIC_ORG_HEAD, NULL));
		nat = na_nisba_match(seg, i);
		if (h == NULL || !(h->extends & NA_EXT_NISBA) || nat.ntok == 0 || nat.reading != 0 ||
			i + nat.ntok > last || !na_starts_with_al(seg, &seg->tok[i]) ||
			!(seg->tok[i].flags & NA_TF_SPACE) || !na_agrees(seg, &seg->tok[head], &seg->tok[i]))
			continue;
		for (uint32_t k = 0; k < nat.ntok; k++)
			tagged[i + k].tag = NA_TAG_I_ORG;
		i += nat.ntok;
	}
}

/* اللغة الإنجليزية, اللغتين العربية والفرنسية: a language is no nationality */
static void
drop_languages(const na_segment *seg, uint32_t first, uint32_t last, na_tagged *tagged)
{
	bool dropped = false;

	for (uint32_t i = first + 1; i < last; i++)
	{
		const na_token *t = &seg->tok[i];

		dropped = tagged[i].tag == NA_TAG_B_NAT &&
				  (na_token_payload(&seg->tok[i - 1], NA_TOPIC_LANGUAGE, NULL) >= 0 ||
				   (dropped && t->alt[0].first == 'w'));
		if (dropped)
			tagged[i].tag = NA_TAG_O;
	}
}

void
na_mend_tags(const na_segment *seg, uint32_t first, uint32_t last, const na_match *match,
			 na_tagged *tagged)
{
	for (uint32_t i = first; i < last; i++)
		if (seg->tok[i].kind == NA_TAG)
			tagged[i].tag = NA_TAG_O;
	apply_gazetteer(seg, first, last, match, tagged);
	apply_heads(seg, first, last, match, tagged);
	join_adjectives(seg, first, last, tagged);
	drop_languages(seg, first, last, tagged);
}
