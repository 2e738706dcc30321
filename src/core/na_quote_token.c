/*
 * na_quote_token.c
 *		What the tokens of a segment are to quotations: their classes and verbs, and
 *		marks in pairs.
 */
#include "na_quote_work.h"

/* paragraphs that one pair of marks may span */
#define SPAN_PARAGRAPHS 6

/* the classes of a lexicon entry */
static uint32_t
word_flags(uint32_t lex)
{
	static const uint32_t flag[] = {QF_CLAUSE,	QF_PREPOSITION, QF_ADVERB, QF_OTHER, QF_TITLE,
									QF_ANAPHOR, QF_BODY,		QF_BREAK,  QF_RELAY, QF_FACT};
	const uint32_t *pay = na_section_at(NA_SEC_PAYLOAD, sizeof(uint32_t), NULL);
	const na_lex *e;
	uint32_t f = 0;

	if (lex == 0)
		return 0;
	e = na_lex_entry(lex);
	for (uint32_t i = e->pay; i < e->pay + e->npay; i++)
		if (NA_PAY_TOPIC(pay[i]) == NA_TOPIC_QUOTE_WORD && NA_PAY_VALUE(pay[i]) < NA_QW_COUNT)
			f |= flag[NA_PAY_VALUE(pay[i])];
	return f;
}

/* classes of one token, and its verb */
static void
classify(const na_segment *seg, uint32_t i, na_qtoken *q)
{
	const na_token *t = &seg->tok[i];
	uint32_t value;

	q->mate = NONE;
	q->entity = NONE;
	q->verb = 0;
	q->nverb = 0;
	q->flags = 0;
	switch (t->kind)
	{
		case NA_NEWLINE: q->flags = QF_LINE | QF_END; return;
		case NA_PUNCT:
			if ((t->cp == '.' || t->cp == '!' || t->cp == '?') && t->nchars != 2)
				q->flags = QF_END;
			return;
		case NA_LATIN:
		case NA_ABBREVIATION:
		case NA_NUMBER:
		case NA_HASHTAG:
		case NA_MENTION: q->flags = QF_WORD; return;
		case NA_WORD: break;
		default: return;
	}
	q->flags = QF_WORD | word_flags(t->lex);
	q->nverb = (uint8_t) na_phrase(seg, i, 0, NA_TOPIC_VERB, &value);
	if (q->nverb > 0)
		q->verb = (uint16_t) value;
	if ((q->flags & ~QF_WORD) == 0 && q->verb == 0)
		for (int k = 0; k < 2; k++)
		{
			const na_reading *a = &t->alt[k];
			uint32_t f;

			if (a->nchars == 0)
				break;
			f = a->lex ? word_flags(a->lex) : 0;
			/* لأن and كأن report nothing */
			if ((f & QF_CLAUSE) &&
				(a->first == 'l' || a->first == 'k' || a->second == 'l' || a->second == 'k'))
				f = 0;
			/* of the rest only what proclitics can stand before */
			q->flags |=
				f & (QF_CLAUSE | QF_BREAK | QF_TITLE | QF_ANAPHOR | QF_BODY | QF_PREPOSITION);
			if (a->first == 'w' || a->first == 'f')
			{
				q->flags |= f;
				if (q->verb == 0)
				{
					q->nverb = (uint8_t) na_phrase(seg, i, k + 1, NA_TOPIC_VERB, &value);
					if (q->nverb > 0)
						q->verb = (uint16_t) value;
				}
			}
			else if (q->verb == 0 && a->first == 's')
			{
				q->nverb = (uint8_t) na_phrase(seg, i, k + 1, NA_TOPIC_VERB, &value);
				if (q->nverb > 0)
					q->verb = (uint16_t) value;
			}
			if (a->lex != 0 || (f & QF_CLAUSE))
			{
				if (a->first == 'w' || a->first == 'f')
					q->flags |= QF_WAW;
				if (a->first == 'l' || a->second == 'l')
					q->flags |= QF_LI;
				if (a->first == 'b' || a->second == 'b')
					q->flags |= QF_BI;
			}
		}
	if (q->flags & QF_CLAUSE)
	{
		uint32_t n = t->nkey;

		for (int k = 0; k < 2; k++)
			if (t->alt[k].nchars > 0 && (word_flags(t->alt[k].lex) & QF_CLAUSE))
				n = t->nkey - t->alt[k].nkey;
		/* two letters are the bare particle */
		if (n > 4)
			q->flags |= QF_PRONOUN;
		if (t->flags & NA_TF_HAMZA_LOW)
			q->flags |= QF_LOW;
	}
	if (q->verb != 0 && q->nverb == 0)
		q->nverb = 1;
}

/*
 * Pair the marks.  Of nested marks the outer pair counts; a mark that opens
 * and finds no partner in its paragraph goes on into the next paragraphs when
 * a partner is there, else it counts for nothing.
 */
static void
pair_marks(const na_segment *seg, na_qtoken *q)
{
	uint32_t open = NONE;
	uint32_t depth = 0;
	uint32_t lines = 0;

	for (uint32_t i = 0; i < seg->ntok; i++)
	{
		const na_token *t = &seg->tok[i];

		if (t->kind == NA_NEWLINE)
		{
			if (open != NONE && ++lines >= SPAN_PARAGRAPHS)
				open = NONE;
			depth = depth > 0 ? 1 : 0;
			continue;
		}
		if (t->kind != NA_QUOTE || t->cp == '\'')
			continue;
		if (open == NONE)
		{
			/* a mark that is turned round behind a proclitic: بـ”…” */
			bool glued = i > 0 && seg->tok[i - 1].kind == NA_WORD && seg->tok[i - 1].nkey <= 4 &&
						 !(t->flags & NA_TF_SPACE);

			if ((t->flags & NA_TF_OPEN) || glued)
			{
				open = i;
				depth = 1;
				lines = 0;
			}
			continue;
		}
		if (t->flags & NA_TF_OPEN)
		{
			/* an opening mark that was never closed, in a paragraph before */
			if (lines > 0)
			{
				/* each paragraph of a long quotation may open anew */
				if (i > 0 && seg->tok[i - 1].kind == NA_NEWLINE && depth == 1)
					continue;
				open = i;
				depth = 1;
				lines = 0;
			}
			else
				depth++;
			continue;
		}
		if (depth > 1)
		{
			depth--;
			continue;
		}
		q[open].mate = i;
		open = NONE;
		depth = 0;
	}
	/* nested marks that lack one partner: the first opening with the last closing of its line */
	if (open != NONE && lines == 0)
		for (uint32_t i = seg->ntok; i-- > open + 1;)
			if (seg->tok[i].kind == NA_QUOTE && (seg->tok[i].flags & NA_TF_CLOSE))
			{
				q[open].mate = i;
				break;
			}
}

void
na_quote_tokens(const na_env *env, const na_segment *seg, const na_entity *entity, uint32_t nentity,
				na_qtoken *q)
{
	for (uint32_t i = 0; i < seg->ntok; i++)
	{
		classify(seg, i, &q[i]);
		if ((i & 4095) == 0)
			env->poll(env->ctx);
	}
	for (uint32_t i = 0; i < nentity; i++)
		for (uint32_t k = entity[i].first; k < entity[i].last && k < seg->ntok; k++)
			q[k].entity = i;
	pair_marks(seg, q);
	for (uint32_t i = 0; i < seg->ntok; i++)
		if (q[i].mate != NONE)
		{
			for (uint32_t k = i + 1; k < q[i].mate; k++)
				q[k].flags |= QF_INSIDE;
			i = q[i].mate;
		}
}
