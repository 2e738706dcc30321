/*
 * na_entity_rule.c
 *		Names by rules: gazetteer, name lists, titles, head words.
 *
 * A greedy left-to-right reading: at each token the candidates are the
 * gazetteer's name, an organisation that a head word opens, a personal name
 * made of listed names, and a nationality; the longest wins.
 */
#include "na_entity.h"

#define MAX_NAME 6 /* tokens of a personal name by lists */
#define MAX_ORG 9  /* tokens of an organisation by its head word */
#define EXPECT 4   /* tokens behind a title within which a person is expected */

typedef struct rule_state
{
	const na_segment *seg;
	uint32_t last;
	const na_match *match; /* match[0] belongs to token first */
	uint32_t first;
	uint32_t expect_until; /* a person is expected before this token */
	uint32_t place_at;	   /* a head word of places stands before this token */
	uint32_t org_at;	   /* a head word of organisations stands before this token */
} rule_state;

int32_t
na_token_payload(const na_token *t, na_topic topic, int *reading)
{
	int32_t v = na_lex_payload(t->lex, topic);

	if (v >= 0)
	{
		if (reading)
			*reading = 0;
		return v;
	}
	for (int k = 0; k < 2 && t->alt[k].nchars; k++)
		if ((v = na_lex_payload(t->alt[k].lex, topic)) >= 0)
		{
			if (reading)
				*reading = k + 1;
			return v;
		}
	return -1;
}

static na_match
match_topic(const na_segment *seg, uint32_t i, na_topic topic)
{
	na_match m = {0, 0, 0, 0, 0};
	const na_token *t = &seg->tok[i];

	for (int r = 0; r <= 2; r++)
	{
		uint32_t v;
		uint32_t n;

		if (r > 0 && t->alt[r - 1].nchars == 0)
			break;
		n = na_phrase(seg, i, r, topic, &v);
		if (n > m.ntok)
		{
			m.gaz = v;
			m.ntok = (uint8_t) (n > 255 ? 255 : n);
			m.reading = (uint8_t) r;
		}
	}
	return m;
}

na_match
na_gazetteer_match(const na_segment *seg, uint32_t i)
{
	na_match m = match_topic(seg, i, NA_TOPIC_GAZ);
	na_match s = match_topic(seg, i, NA_TOPIC_GAZ_SHORT);

	if (s.ntok > m.ntok)
	{
		s.is_short = 1;
		m = s;
	}
	/* وانغ لي is a name of its own, not و + انغ لي */
	if (m.reading > 0 && na_gaz_at(m.gaz)->kind == NA_ENT_PERSON &&
		(na_lex_payload(seg->tok[i].lex, NA_TOPIC_FAMILY) >= 0 ||
		 na_lex_payload(seg->tok[i].lex, NA_TOPIC_GIVEN) >= 0))
		memset(&m, 0, sizeof m);
	return m;
}

na_match
na_nisba_match(const na_segment *seg, uint32_t i)
{
	return match_topic(seg, i, NA_TOPIC_NISBA);
}

static bool
is_wordlike(const na_token *t)
{
	return t->kind == NA_WORD || t->kind == NA_LATIN || t->kind == NA_ABBREVIATION;
}

bool
na_agrees(const na_segment *seg, const na_token *noun, const na_token *adjective)
{
	/* ة, or a plural in ات: both take a feminine adjective */
	bool feminine = (noun->flags & NA_TF_TEH) ||
					(noun->nkey > 4 &&
					 memcmp(seg->keys + noun->key + noun->nkey - 4, "\xD8\xA7\xD8\xAA", 4) == 0);

	return feminine == !!(adjective->flags & NA_TF_TEH);
}

/* parts inside personal names: بن بنت أبو ابن عبد آل دي فان الدين … */
static bool
is_name_link(const na_segment *seg, const na_token *t)
{
	static const char *const links[] = {"بن", "بنت", "ابو",	  "ابن",   "عبد",  "ال",  "ابي", "ام",
										"دي", "فان", "فون",	  "الدين", "الله", "ولد", "دو",	 "دا",
										"لا", "ديل", "اوغلو", "زاده",  "ماك",  "سان", NULL};

	for (int k = 0; links[k]; k++)
		if (na_key_is(seg, t, links[k]))
			return true;
	return false;
}

/* how much a token looks like part of a personal name: 0 no, 1 may be, 2 listed */
static int
name_part(const na_token *t, bool first)
{
	int32_t g, f;

	if (t->kind != NA_WORD)
		return 0;
	g = na_lex_payload(t->lex, NA_TOPIC_GIVEN);
	f = na_lex_payload(t->lex, NA_TOPIC_FAMILY);
	if (first && g < 0 && f < 0)
	{
		int reading;

		g = na_token_payload(t, NA_TOPIC_GIVEN, &reading);
	}
	if ((g >= 0 && !(g & NA_NAME_WEAK)) || (f >= 0 && !(f & NA_NAME_WEAK)))
		return 2;
	if (g >= 0 || f >= 0)
		return 1;
	/* a word that no list knows, behind names, is mostly a name, too */
	if (!first && t->lex == 0 && t->alt[0].lex == 0 && t->nkey >= 6)
		return 1;
	return 0;
}

/* tokens of a personal name from i on, 0 = none */
static uint32_t
person_length(const rule_state *s, uint32_t i, bool expected)
{
	const na_segment *seg = s->seg;
	uint32_t n = 0;
	uint32_t parts = 0;
	uint32_t listed = 0;

	while (n < MAX_NAME && i + n < s->last)
	{
		const na_token *t = &seg->tok[i + n];
		int p = name_part(t, n == 0);

		if (p == 0 && is_name_link(seg, t) && i + n + 1 < s->last &&
			seg->tok[i + n + 1].kind == NA_WORD && (n > 0 || expected || t->nkey > 4))
		{
			/* a link takes the next word along */
			if (n == 0 && na_key_is(seg, t, "ال"))
				break;
			if (name_part(&seg->tok[i + n + 1], false) == 0 && n == 0)
				break;
			n += 2;
			parts++;
			listed++;
			continue;
		}
		if (p == 0 || (n == 0 && p < 2 && !expected))
			break;
		if (n > 0 && p == 1 && listed == 0)
			break;
		/* a nationality behind a first word is none of the name, unless it is one as well */
		listed += p == 2;
		parts++;
		n++;
	}
	if (parts >= 2 && listed >= 1)
		return n;
	if (parts == 1 && expected && listed == 1)
		return n;
	return 0;
}

/* tokens of the definite noun phrase at i: words with the article, لـ + article */
static uint32_t
definite_run(const rule_state *s, uint32_t i, uint32_t most)
{
	uint32_t n = 0;

	while (n < most && i + n < s->last)
	{
		const na_token *t = &s->seg->tok[i + n];
		na_match nat;

		if (t->kind != NA_WORD || (t->flags & NA_TF_SPACE) == 0 ||
			na_lex_payload(t->lex, NA_TOPIC_STOP) >= 0)
			break;
		nat = na_nisba_match(s->seg, i + n);
		if (nat.ntok > 0 && n > 0)
			break;
		if (!na_starts_with_al(s->seg, t) &&
			!(t->alt[0].nchars && t->alt[0].first == 'l' && t->alt[0].lex != 0 && t->lex == 0))
			break;
		n++;
	}
	return n;
}

/*
 * Tokens of an organisation that the head word at i opens, by what may follow
 * that head; 0 = no name (a head alone is none).  strict: only fields that are
 * listed, not any run of definite words, and adjectives that agree with the head.
 */
static uint32_t
org_length(const rule_state *s, uint32_t i, const na_org_head *head, uint32_t nhead, bool strict)
{
	const na_segment *seg = s->seg;
	uint32_t best = 0;
	uint32_t n = nhead;
	uint32_t v, k;
	na_match nat;

	if (i + n >= s->last)
		return 0;
	if (head->extends & NA_EXT_FIELD)
	{
		k = na_phrase(seg, i + n, 0, NA_TOPIC_FIELD, &v);
		if (k == 0 && !strict)
			k = definite_run(s, i + n, 4);
		if (k > 0)
			best = n += k;
	}
	else if ((head->extends & NA_EXT_ADJECTIVE) && !strict)
	{
		/* المجلس الأعلى للقضاء: an attribute counts with what follows it */
		k = definite_run(s, i + n, 3);
		if (k > 1)
			best = n + k;
		n += k;
	}
	while (i + n < s->last && n < MAX_ORG)
	{
		const na_match *m = &s->match[i + n - s->first];

		nat = na_nisba_match(seg, i + n);
		if ((head->extends & NA_EXT_NISBA) && nat.ntok > 0 && nat.reading == 0 &&
			na_starts_with_al(seg, &seg->tok[i + n]) &&
			(!strict || na_agrees(seg, &seg->tok[i], &seg->tok[i + n])))
		{
			best = n += nat.ntok;
			continue;
		}
		if ((head->extends & NA_EXT_PLACE) && m->ntok > 0 && !m->user && m->reading == 0 &&
			na_gaz_at(m->gaz)->kind == NA_ENT_PLACE)
		{
			best = n += m->ntok;
			continue;
		}
		break;
	}
	return best;
}

/* الخارجية الروسية: the field of a ministry with a country adjective; 0 = none */
static uint32_t
field_length(const rule_state *s, uint32_t i)
{
	const na_token *t = &s->seg->tok[i];
	uint32_t v;
	uint32_t k = na_phrase(s->seg, i, 0, NA_TOPIC_FIELD, &v);
	const na_field *f;
	na_match nat;

	if (k == 0 && t->alt[0].nchars)
		k = na_phrase(s->seg, i, 1, NA_TOPIC_FIELD, &v);
	if (k == 0 || i + k >= s->last)
		return 0;
	f = (const na_field *) na_section_at(NA_SEC_FIELD, sizeof *f, NULL) + v;
	nat = na_nisba_match(s->seg, i + k);
	if (!f->alone || nat.ntok == 0 || nat.reading != 0 ||
		!na_starts_with_al(s->seg, &s->seg->tok[i + k]) || !(s->seg->tok[i + k].flags & NA_TF_TEH))
		return 0;
	return k + nat.ntok;
}

/* the head word of an organisation at i, whole or without proclitics; NULL = none */
static const na_org_head *
org_head(const na_segment *seg, uint32_t i, uint32_t *ntok)
{
	for (int r = 0; r <= 2; r++)
	{
		uint32_t v;

		if (r > 0 && seg->tok[i].alt[r - 1].nchars == 0)
			break;
		*ntok = na_phrase(seg, i, r, NA_TOPIC_ORG_HEAD, &v);
		if (*ntok > 0)
			return na_org_head_at((int32_t) v);
	}
	return NULL;
}

const na_org_head *
na_org_head_at(int32_t payload)
{
	return payload < 0
			   ? NULL
			   : (const na_org_head *) na_section_at(NA_SEC_ORG_HEAD, sizeof(na_org_head), NULL) +
					 payload;
}

uint32_t
na_org_by_head(const na_segment *seg, uint32_t i, uint32_t first, uint32_t last,
			   const na_match *match, uint32_t *nhead, uint8_t *kind)
{
	rule_state s = {seg, last, match + first, first, 0, UINT32_MAX, UINT32_MAX};
	const na_org_head *head = org_head(seg, i, nhead);

	if (head == NULL)
		return 0;
	*kind = head->kind;
	return org_length(&s, i, head, *nhead, true);
}

static void
put_tags(na_tagged *out, uint32_t n, na_tag b, uint16_t prob)
{
	for (uint32_t k = 0; k < n; k++)
	{
		out[k].tag = (uint8_t) (k == 0 ? b : b + 1);
		out[k].prob = prob;
	}
}

static na_tag
tag_of_kind(uint8_t kind)
{
	switch (kind)
	{
		case NA_ENT_PERSON: return NA_TAG_B_PER;
		case NA_ENT_PLACE: return NA_TAG_B_LOC;
		case NA_ENT_ORGANIZATION: return NA_TAG_B_ORG;
		case NA_ENT_NATIONALITY: return NA_TAG_B_NAT;
		default: return NA_TAG_B_MISC;
	}
}

void
na_rule_tags(const na_segment *seg, uint32_t first, uint32_t last, const na_match *match,
			 na_tagged *out)
{
	rule_state s = {seg, last, match, first, 0, UINT32_MAX, UINT32_MAX};
	uint32_t i = first;

	memset(out, 0, (last - first) * sizeof *out);
	while (i < last)
	{
		const na_token *t = &seg->tok[i];
		na_match m = match[i - first];
		na_match nat;
		const na_gaz *e = m.gaz ? na_gaz_at(m.gaz) : NULL;
		uint32_t best = 0;
		na_tag tag = NA_TAG_O;
		uint16_t prob = 0;
		uint32_t v, n;
		int32_t cue;
		bool expected = i < s.expect_until;
		const na_org_head *head;
		/* وزير الخارجية الروسي is a title with a nationality */
		bool after_title = i > first && expected && i + EXPECT >= s.expect_until;

		if (!is_wordlike(t))
		{
			if (t->kind == NA_NEWLINE || (t->kind == NA_PUNCT && t->cp != '(' && t->cp != '-'))
				s.expect_until = 0;
			i++;
			continue;
		}
		if (e != NULL)
		{
			bool ok = !(e->flags & (NA_GAZ_WEAK | NA_GAZ_MINOR)) && !m.is_short;

			if (m.is_short)
				ok = !(e->flags & NA_GAZ_WEAK);
			if (e->kind == NA_ENT_PLACE)
				ok |= s.place_at == i;
			else if (e->kind == NA_ENT_ORGANIZATION)
				ok |= s.org_at == i;
			else if (e->kind == NA_ENT_PERSON)
				ok |= expected;
			if (e->kind == NA_ENT_PLACE && (e->flags & NA_GAZ_PERSON) && expected &&
				s.place_at != i)
				ok = false;
			if (m.ntok > 1)
				ok = true;
			else if (na_lex_payload(t->lex, NA_TOPIC_STOP) >= 0 && s.place_at != i)
				ok = false;
			if (ok)
			{
				best = m.ntok;
				tag = tag_of_kind(e->kind);
				prob = (uint16_t) (m.ntok > 1 ? 62000 : 58000);
			}
		}
		cue = na_token_payload(t, NA_TOPIC_CONTEXT, NULL);
		head = org_head(seg, i, &n);
		if (head != NULL)
		{
			s.org_at = i + n;
			n = org_length(&s, i, head, n, false);
			if (n > best)
			{
				best = n;
				tag = tag_of_kind(head->kind);
				prob = 50000;
			}
		}
		else if (cue >= 0 && NA_CTX_CUE(cue) == NA_CTX_ORG_BEFORE)
			s.org_at = i + 1;
		n = after_title ? 0 : field_length(&s, i);
		if (n > best)
		{
			best = n;
			tag = NA_TAG_B_ORG;
			prob = 54000;
		}
		if (cue >= 0 && NA_CTX_CUE(cue) == NA_CTX_PLACE_BEFORE)
			s.place_at = i + 1;
		n = person_length(&s, i, expected);
		if (n > best)
		{
			best = n;
			tag = NA_TAG_B_PER;
			prob = (uint16_t) (expected ? 58000 : 50000);
		}
		nat = na_nisba_match(seg, i);
		if (nat.ntok > best)
		{
			const na_gaz *x = na_gaz_at(nat.gaz);
			bool al = na_starts_with_al(seg, t) || nat.reading > 0;

			if (!(x->flags & NA_GAZ_WEAK) || al || nat.ntok > 1)
			{
				best = nat.ntok;
				tag = NA_TAG_B_NAT;
				prob = (uint16_t) ((x->flags & (NA_GAZ_WEAK | NA_GAZ_NAME)) ? 45000 : 60000);
			}
		}
		/* titles open the expectation of a person; nationalities and places keep it */
		if (tag != NA_TAG_B_PER && (n = na_phrase(seg, i, 0, NA_TOPIC_TITLE, &v)) == 0 &&
			t->alt[0].nchars)
			n = na_phrase(seg, i, 1, NA_TOPIC_TITLE, &v);
		if (tag != NA_TAG_B_PER && n > 0 && n >= best)
		{
			s.expect_until = i + n + EXPECT;
			if (best == 0 || tag == NA_TAG_B_NAT)
			{
				if (best == 0)
				{
					i += n;
					continue;
				}
			}
		}
		if (best > 0)
		{
			if (i + best > last)
				best = last - i;
			put_tags(out + (i - first), best, tag, prob);
			if (tag == NA_TAG_B_PER)
				s.expect_until = 0;
			else if (s.expect_until > i)
				s.expect_until = i + best + 2;
			i += best;
			continue;
		}
		/* a function word ends the expectation */
		if (na_lex_payload(t->lex, NA_TOPIC_STOP) >= 0)
			s.expect_until = 0;
		i++;
	}
}
