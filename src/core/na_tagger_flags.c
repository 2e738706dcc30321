/*
 * na_tagger_flags.c
 *		What the gazetteer and the name lists tell the tagger about each token.
 */
#include "na_entity.h"

/* flags of a known name of several tokens */
static void
mark_name(const na_match *m, bool nisba, uint32_t i, uint32_t n, uint32_t *flags)
{
	const na_gaz *e = na_gaz_at(m->gaz);
	uint32_t begin = 0;
	uint32_t extra = 0;

	switch (nisba ? NA_ENT_NATIONALITY : e->kind)
	{
		case NA_ENT_PERSON: begin = NA_TG_PER_B; break;
		case NA_ENT_PLACE: begin = NA_TG_LOC_B; break;
		case NA_ENT_ORGANIZATION: begin = NA_TG_ORG_B; break;
		case NA_ENT_OTHER: begin = NA_TG_MISC_B; break;
		case NA_ENT_NATIONALITY: begin = NA_TG_NAT; break;
		default: break;
	}
	if (e->flags & NA_GAZ_COUNTRY)
		extra |= NA_TG_COUNTRY;
	if (m->is_short || (e->flags & (NA_GAZ_WEAK | NA_GAZ_PERSON | NA_GAZ_NAME)))
		extra |= NA_TG_SHORT;
	if (m->reading)
		flags[i] |= NA_TG_CLITIC;
	for (uint32_t k = 0; k < m->ntok && i + k < n; k++)
		flags[i + k] |= extra | (begin == NA_TG_NAT || k == 0 ? begin : begin << 1);
}

void
na_tagger_flags(const na_segment *seg, uint32_t first, uint32_t last, uint32_t *flags)
{
	const uint32_t n = last - first;
	uint32_t name_end = 0; /* inside a name that began earlier no other begins */
	uint32_t title_end = 0;

	memset(flags, 0, n * sizeof *flags);
	for (uint32_t i = 0; i < n; i++)
	{
		const na_token *t = &seg->tok[first + i];
		na_match m;
		int32_t v;

		if (t->kind != NA_WORD && t->kind != NA_LATIN && t->kind != NA_ABBREVIATION)
			continue;
		if (i >= name_end)
		{
			m = na_gazetteer_match(seg, first + i);
			if (m.ntok > 0)
			{
				mark_name(&m, false, i, n, flags);
				name_end = i + m.ntok;
			}
		}
		m = na_nisba_match(seg, first + i);
		if (m.ntok > 0)
			mark_name(&m, true, i, n, flags);
		if (i >= title_end)
		{
			uint32_t value;
			uint32_t k = na_phrase(seg, first + i, 0, NA_TOPIC_TITLE, &value);

			if (k == 0 && t->alt[0].nchars)
				k = na_phrase(seg, first + i, 1, NA_TOPIC_TITLE, &value);
			title_end = i + k;
		}
		if (i < title_end)
			flags[i] |= NA_TG_TITLE;
		if ((v = na_token_payload(t, NA_TOPIC_GIVEN, NULL)) >= 0)
			flags[i] |= NA_TG_GIVEN | (v & NA_NAME_WEAK ? NA_TG_SHORT : 0);
		if ((v = na_token_payload(t, NA_TOPIC_FAMILY, NULL)) >= 0)
			flags[i] |= NA_TG_FAMILY | (v & NA_NAME_WEAK ? NA_TG_SHORT : 0);
		if (na_token_payload(t, NA_TOPIC_ORG_HEAD, NULL) >= 0)
			flags[i] |= NA_TG_ORG_HEAD;
		if (na_token_payload(t, NA_TOPIC_CONTEXT, NULL) >= 0)
			flags[i] |= NA_TG_CUE;
		if (na_token_payload(t, NA_TOPIC_VERB, NULL) >= 0)
			flags[i] |= NA_TG_SAYING;
		if (na_lex_payload(t->lex, NA_TOPIC_STOP) >= 0)
			flags[i] |= NA_TG_STOP;
	}
}
