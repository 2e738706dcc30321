/*
 * na_quote.c
 *		Quotations: a segment sentence by sentence, and what is said in each.
 */
#include "na_quote_work.h"

/* words that make a stretch in marks a quotation; shorter ones are names and doubts */
#define MIN_WORDS 3
#define MIN_CLAUSE 2
/* without any verb in the sentence a stretch in marks must be this long */
#define ALONE_WORDS 8

static const char *const stance_names[] = {
#define X(id, name) name,
	NA_STANCES(X)
#undef X
};

const char *
na_stance_name(int stance)
{
	return stance >= 0 && stance < NA_STANCE_COUNT ? stance_names[stance] : "";
}

na_quote_reader *
na_quote_reader_new(const na_env *env)
{
	na_quote_reader *r = env->alloc(env->ctx, sizeof *r);

	if (r == NULL)
		return NULL;
	memset(r, 0, sizeof *r);
	r->env = env;
	na_arena_init(&r->arena, env);
	return r;
}

void
na_quote_reader_free(na_quote_reader *r)
{
	if (r == NULL)
		return;
	na_arena_free(&r->arena);
	if (r->q != NULL)
		r->env->release(r->env->ctx, r->q);
	r->env->release(r->env->ctx, r);
}
/* ---- sentences ------------------------------------------------------------------ */

static void
emit(na_sentence *s, uint32_t from, uint32_t to, bool direct, const na_verb *v,
	 const na_speaker *who)
{
	const na_token *a;
	const na_token *b;
	na_quote out;

	while (from < to && na_is_comma(&s->seg->tok[from]))
		from++;
	while (to > from &&
		   (na_is_comma(&s->seg->tok[to - 1]) || (!direct && (s->q[to - 1].flags & QF_END))))
		to--;
	if (from >= to || !s->go)
		return;
	a = &s->seg->tok[from];
	b = &s->seg->tok[to - 1];
	memset(&out, 0, sizeof out);
	out.byte = a->byte;
	out.nbytes = b->byte + b->nbytes - a->byte;
	out.chr = a->chr;
	out.nchars = b->chr + b->nchars - a->chr;
	out.direct = direct;
	out.speaker_id = "";
	out.verb = "";
	if (who != NULL)
	{
		out.speaker = who->name;
		out.speaker_id = who->id;
	}
	if (v != NULL)
	{
		out.verb = na_string(v->lemma);
		out.stance = v->stance;
	}
	s->go = s->fn(s->ctx, &out);
}

/* end the reported clause before token i */
static void
close_clause(na_sentence *s, uint32_t i)
{
	if (s->clause == NONE)
		return;
	if (!s->mixed && na_count_words(s->q, s->clause, i) >= MIN_CLAUSE)
		emit(s, s->clause, i, false, s->clause_v, s->clause_known ? &s->clause_who : NULL);
	s->clause = NONE;
}

/* where a subject that starts at i must end: the clause, a colon, marks, another verb */
static uint32_t
subject_limit(const na_segment *seg, const na_qtoken *q, uint32_t i, uint32_t end)
{
	uint32_t limit = i + REACH < end ? i + REACH : end;

	for (; i < limit; i++)
	{
		const na_qtoken *t = &q[i];

		if ((t->flags & (QF_CLAUSE | QF_END)) || na_is_colon(&seg->tok[i]))
			break;
		if (t->mate != NONE)
		{
			/* a name in marks goes on, a quotation does not */
			if (na_count_words(q, i + 1, t->mate) >= MIN_WORDS &&
				!(i > 0 && (q[i - 1].flags & QF_TITLE)))
				break;
			i = t->mate;
			continue;
		}
		if (t->verb != 0)
		{
			const na_verb *v = na_verb_at(t->verb);

			if (v->form == NA_FORM_PARTICIPLE || v->form == NA_FORM_ATTRIBUTION)
				break;
			if ((v->form == NA_FORM_PAST || v->form == NA_FORM_PRESENT) &&
				(v->flags & NA_VERB_STRONG) && (t->flags & QF_WAW))
				break;
		}
	}
	return i;
}

/* the comma before token i, where what went before ends */
static uint32_t
before_comma(const na_sentence *s, uint32_t i)
{
	return i > s->from && na_is_comma(&s->seg->tok[i - 1]) ? i - 1 : i;
}

static void
govern(na_sentence *s, uint32_t i, const na_verb *v)
{
	s->verb = i;
	s->v = v;
	s->verb_limit = i + 1;
	s->pending = true;
}

/* a verb in the past or present */
static void
finite_verb(na_sentence *s, uint32_t i)
{
	const na_qtoken *q = s->q;
	const na_verb *v = na_verb_at(q[i].verb);
	uint32_t from = i + q[i].nverb;
	uint32_t limit = subject_limit(s->seg, q, from, s->to);
	bool linked = (q[i].flags & QF_WAW) || i == s->from || na_is_comma(&s->seg->tok[i - 1]) ||
				  (q[i - 1].flags & (QF_BREAK | QF_END));
	na_speaker who;
	bool explicit_subject;
	bool sure;

	/* الذي أورد الخبر: a relative clause within the subject of another verb */
	if (s->pending && s->verb != NONE && !linked && i < s->verb_limit && limit >= s->verb_limit)
		return;
	/* a verb inside a reported clause belongs to what is reported */
	if (s->clause != NONE && !linked)
		return;
	/* a form that is a noun or preposition as well: only before a clause, a colon or marks */
	if ((q[i].flags & QF_PREPOSITION) ||
		(i > s->from && (q[i - 1].flags & QF_PREPOSITION) && !(q[i].flags & QF_WAW)))
	{
		if (limit >= s->to || !((q[limit].flags & QF_CLAUSE) || na_is_colon(&s->seg->tok[limit])))
			return;
	}
	/* يذكر أن: nobody says it */
	if ((v->flags & NA_VERB_IMPERSONAL) && v->form == NA_FORM_PRESENT &&
		!(v->flags & (NA_VERB_FEMININE | NA_VERB_PLURAL)) && limit == from && limit < s->to &&
		(q[limit].flags & QF_CLAUSE))
		return;
	/* مما يؤكد أن, وهو ما يشير إلى أن: a fact shows it */
	if (i > s->from && (q[i - 1].flags & QF_FACT) && from < s->to &&
		((q[from].flags & QF_CLAUSE) ||
		 ((q[from].flags & QF_PREPOSITION) && from + 1 < s->to && (q[from + 1].flags & QF_CLAUSE))))
	{
		s->pending = false;
		return;
	}
	/* قال فلان، أبرز المرشحين، "…": an apposition to who speaks, no verb */
	if (s->pending && s->verb != NONE && (s->v->flags & NA_VERB_STRONG) && !(q[i].flags & QF_WAW) &&
		i > s->from && na_is_comma(&s->seg->tok[i - 1]) &&
		!(limit < s->to && (q[limit].flags & QF_CLAUSE)))
		return;
	if (!(v->flags & NA_VERB_STRONG))
	{
		/* a verb of doing: words in marks or a colon must follow soon */
		if (limit >= s->to || limit > i + 14 ||
			!(q[limit].mate != NONE || na_is_colon(&s->seg->tok[limit]) ||
			  ((q[limit].flags & QF_CLAUSE) && limit + 1 < s->to && q[limit + 1].mate != NONE)))
			return;
	}
	if (linked)
		close_clause(s, before_comma(s, i));
	/* نقلت الوكالة عن فلان */
	if ((v->takes & NA_TAKES_AAN) && (v->takes & NA_TAKES_AN))
		for (uint32_t k = from; k < limit; k++)
			if (q[k].flags & QF_RELAY)
			{
				from = k + 1;
				break;
			}
	/* of a verb with an object what follows may be the object */
	sure = (v->takes & NA_TAKES_AN) && (v->flags & NA_VERB_STRONG) && limit < s->to &&
		   ((q[limit].flags & QF_CLAUSE) || na_is_colon(&s->seg->tok[limit]) ||
			v->stance == NA_STANCE_NEUTRAL);
	memset(&who, 0, sizeof who);
	explicit_subject =
		!(v->flags & NA_VERB_OBJECT) &&
		na_find_speaker(s->r, s->seg, s->entity, q, from, limit, sure, &who, &s->failed);
	if (!explicit_subject)
		explicit_subject = na_subject_before(s, i, &who);
	if (explicit_subject)
	{
		who.feminine = (v->flags & NA_VERB_FEMININE) != 0;
		s->who = who;
		s->known = true;
		na_remember_speaker(s->r, &who);
	}
	else
		na_default_speaker(s, (v->flags & NA_VERB_FEMININE) != 0);
	govern(s, i, v);
	s->verb_limit = limit;
}

/* مضيفا، مؤكدة: who spoke before in the sentence goes on */
static void
participle(na_sentence *s, uint32_t i)
{
	const na_verb *v = na_verb_at(s->q[i].verb);
	na_speaker who;

	/* "الوزير مؤكدا" yes, "كان مؤكدا" and "أمرا مؤكدا" no: it must report something */
	if (s->clause != NONE)
		close_clause(s, before_comma(s, i));
	if (!s->known)
	{
		if (na_subject_of_sentence(s, i, &who))
		{
			s->who = who;
			s->known = true;
			na_remember_speaker(s->r, &who);
		}
		else
			na_default_speaker(s, (v->flags & NA_VERB_FEMININE) != 0);
	}
	govern(s, i, v);
}

/* بحسب فلان: the source of what follows, or of what went before */
static void
attribution(na_sentence *s, uint32_t i)
{
	const na_qtoken *q = s->q;
	const na_verb *v = na_verb_at(q[i].verb);
	uint32_t from = i + q[i].nverb;
	uint32_t limit;
	na_speaker who;

	close_clause(s, before_comma(s, i));
	/* behind the words the next comma ends the source */
	for (limit = from; limit < s->to && limit < from + REACH; limit++)
		if ((q[limit].flags & (QF_END | QF_CLAUSE)) || na_is_colon(&s->seg->tok[limit]))
			break;
	if (i > s->from + 1)
		return;
	memset(&who, 0, sizeof who);
	if (na_find_speaker(s->r, s->seg, s->entity, q, from, limit, true, &who, &s->failed))
	{
		s->who = who;
		s->known = true;
		govern(s, i, v);
	}
}

/* بيان لوزارة الخارجية، جاء في بيان */
static void
noun(na_sentence *s, uint32_t i)
{
	const na_qtoken *q = s->q;
	const na_verb *v = na_verb_at(q[i].verb);
	bool relay =
		s->v != NULL && s->pending && (s->v->takes & NA_TAKES_AAN) && (s->v->takes & NA_TAKES_AN);
	uint32_t limit;
	na_speaker who;

	if (s->clause != NONE || !(v->flags & NA_VERB_STRONG))
		return;
	if (s->pending && !relay)
		return;
	/* جاء في بيان, وفي بيان: near the start of the sentence */
	if (!relay && !(i > s->from && i < s->from + 4 && (q[i - 1].flags & QF_PREPOSITION)))
		return;
	limit = subject_limit(s->seg, q, i + 1, s->to);
	if (limit >= s->to)
		return;
	memset(&who, 0, sizeof who);
	if (!na_find_speaker(s->r, s->seg, s->entity, q, i, limit, true, &who, &s->failed))
		return;
	s->who = who;
	s->known = true;
	na_remember_speaker(s->r, &who);
	govern(s, i, v);
}

/* أن: a reported clause begins when the verb wants one here */
static void
clause_word(na_sentence *s, uint32_t i)
{
	const na_qtoken *q = s->q;
	uint8_t takes = NA_TAKES_AN;
	uint32_t p = i;

	if (!s->pending || s->clause != NONE || (q[i].flags & (QF_LI | QF_WAW)))
	{
		/* فإن goes with بحسب */
		if (!(s->pending && s->clause == NONE && s->v->form == NA_FORM_ATTRIBUTION))
			return;
	}
	if (!(s->v->flags & NA_VERB_STRONG) || i - s->verb > REACH)
		return;
	while (p > s->verb + 1 && na_is_comma(&s->seg->tok[p - 1]))
		p--;
	if (p > s->verb + 1 && p == i)
	{
		const na_token *t = &s->seg->tok[p - 1];

		if (q[p - 1].flags & QF_OTHER)
			return;
		if (q[p - 1].flags & QF_PREPOSITION)
			takes = na_key_is(s->seg, t, "\xD8\xA7\xD9\x84\xD9\x8A")   ? NA_TAKES_ILA /* إلى */
					: na_key_is(s->seg, t, "\xD8\xB9\xD9\x84\xD9\x8A") ? NA_TAKES_ALA /* على */
					: na_key_is(s->seg, t, "\xD9\x85\xD9\x86")		   ? NA_TAKES_MIN /* من */
					: na_key_is(s->seg, t, "\xD8\xB9\xD9\x86")		   ? NA_TAKES_AAN /* عن */
					: na_key_is(s->seg, t, "\xD9\x81\xD9\x8A")		   ? NA_TAKES_FI  /* في */
																	   : NA_TAKES_AN;
	}
	if (q[i].flags & QF_BI)
		takes = NA_TAKES_BI;
	if (s->v->form < NA_FORM_MASDAR && !(s->v->takes & takes))
		return;
	s->clause = (q[i].flags & QF_PRONOUN) ? i : i + 1;
	s->mixed = false;
	s->clause_v = s->v;
	s->clause_known = s->known;
	s->clause_who = s->who;
	s->pending = false;
}

/* who is named behind the marks: "…"، قال فلان; "…"، بحسب فلان */
static bool
named_after(na_sentence *s, uint32_t m, na_speaker *who, const na_verb **v)
{
	const na_qtoken *q = s->q;
	uint32_t i = m + 1;
	uint32_t stop = m + 5 < s->seg->ntok ? m + 5 : s->seg->ntok;

	for (; i < stop; i++)
	{
		uint32_t limit;

		if (q[i].flags & QF_LINE)
			return false;
		if (q[i].verb == 0)
			continue;
		*v = na_verb_at(q[i].verb);
		if ((*v)->form == NA_FORM_NOUN || (*v)->form == NA_FORM_MASDAR)
			continue;
		if ((*v)->form == NA_FORM_PARTICIPLE)
			return false;
		/* a verb with "and" begins something new */
		if ((*v)->form != NA_FORM_ATTRIBUTION && (q[i].flags & QF_WAW))
			return false;
		if (!((*v)->flags & NA_VERB_STRONG))
			continue;
		for (limit = i + q[i].nverb; limit < s->seg->ntok && limit < i + REACH; limit++)
			if ((q[limit].flags & (QF_END | QF_CLAUSE)) || na_is_colon(&s->seg->tok[limit]))
				break;
		memset(who, 0, sizeof *who);
		if (na_find_speaker(s->r, s->seg, s->entity, q, i + q[i].nverb, limit, true, who,
							&s->failed))
			return true;
		if (na_subject_of_sentence(s, m, who))
			return true;
		if (s->r->nmemory == 0)
			return false;
		*who = s->r->memory[0];
		return true;
	}
	return false;
}

/* a stretch in marks from i to m */
static void
marks(na_sentence *s, uint32_t i, uint32_t m)
{
	const na_qtoken *q = s->q;
	uint32_t words = na_count_words(q, i + 1, m);
	const na_verb *v = NULL;
	na_speaker who;

	if (words < MIN_WORDS)
		return;
	if (i > s->from && (q[i - 1].flags & QF_TITLE) && !(s->pending && s->verb + 1 == i))
		return;
	/* قالت "منصة كذا"، في بيان، إن: the name of who speaks */
	if (s->pending && s->clause == NONE && i == s->verb + q[s->verb].nverb && words <= 8)
		for (uint32_t k = m + 1; k < s->to && k < m + REACH; k++)
		{
			if ((q[k].flags & QF_END) || q[k].mate != NONE || na_is_colon(&s->seg->tok[k]))
				break;
			if (q[k].flags & QF_CLAUSE)
				return;
		}
	/* a name in marks */
	if (q[i + 1].entity != NONE && s->entity[q[i + 1].entity].last >= m)
		return;
	if (s->clause != NONE)
	{
		/* reported words up to a comma, then marks */
		if (!s->mixed)
			for (uint32_t k = i; k > s->clause; k--)
				if (na_is_comma(&s->seg->tok[k]) && na_count_words(q, s->clause, k) >= 6)
				{
					emit(s, s->clause, k, false, s->clause_v,
						 s->clause_known ? &s->clause_who : NULL);
					break;
				}
		emit(s, i + 1, m, true, s->clause_v, s->clause_known ? &s->clause_who : NULL);
		s->mixed = true;
		return;
	}
	if (s->verb != NONE && i - s->verb <= REACH)
	{
		emit(s, i + 1, m, true, s->v, s->known ? &s->who : NULL);
		s->pending = false;
		return;
	}
	if (named_after(s, m, &who, &v))
	{
		na_remember_speaker(s->r, &who);
		emit(s, i + 1, m, true, v, &who);
		return;
	}
	if (words >= ALONE_WORDS && (i == s->from || na_is_colon(&s->seg->tok[i - 1])))
		emit(s, i + 1, m, true, NULL, s->r->nmemory > 0 ? &s->r->memory[0] : NULL);
}

/*
 * قال فلان: … without marks.  Returns the token at which to go on.
 */
static uint32_t
colon(na_sentence *s, uint32_t i)
{
	const na_qtoken *q = s->q;
	uint32_t end;

	if (!s->pending || s->clause != NONE || i - s->verb > 24 || s->verb > s->from + 8 ||
		!(s->v->flags & NA_VERB_STRONG) || s->v->form == NA_FORM_ATTRIBUTION)
		return i;
	end = i + 1;
	while (end < s->seg->ntok && (q[end].flags & QF_LINE))
		end++;
	if (end >= s->seg->ntok || q[end].mate != NONE || (q[end].flags & QF_CLAUSE))
		return i;
	/* marks a few words on are what the colon announces */
	for (uint32_t k = end; k < s->seg->ntok && k < end + 4; k++)
		if (q[k].mate != NONE)
			return i;
	i = end;
	/* a mark that is never closed */
	if (s->seg->tok[i].kind == NA_QUOTE)
		i++;
	while (end < s->seg->ntok && !(q[end].flags & QF_LINE))
		end++;
	if (na_count_words(q, i, end) < MIN_WORDS)
		return i;
	emit(s, i, end, true, s->v, s->known ? &s->who : NULL);
	s->pending = false;
	return end - 1;
}

/* sentence s->from .. s->to - 1; returns where the next one starts */
static uint32_t
read_sentence(na_sentence *s)
{
	const na_qtoken *q = s->q;

	for (uint32_t i = s->from; i < s->to && s->go; i++)
	{
		const na_token *t = &s->seg->tok[i];

		if (q[i].mate != NONE)
		{
			marks(s, i, q[i].mate);
			i = q[i].mate;
			continue;
		}
		if (q[i].verb != 0 && !(q[i].entity != NONE && s->entity[q[i].entity].first < i))
		{
			const na_verb *v = na_verb_at(q[i].verb);

			switch (v->form)
			{
				case NA_FORM_PAST:
				case NA_FORM_PRESENT: finite_verb(s, i); break;
				case NA_FORM_PARTICIPLE: participle(s, i); break;
				case NA_FORM_MASDAR:
					if (s->clause == NONE && s->verb != NONE)
						govern(s, i, v);
					break;
				case NA_FORM_ATTRIBUTION:
					attribution(s, i);
					i += q[i].nverb - 1u;
					break;
				default: noun(s, i); break;
			}
			if (!(q[i].flags & QF_CLAUSE))
				continue;
		}
		if (q[i].flags & QF_CLAUSE)
			clause_word(s, i);
		else if (na_is_colon(t))
		{
			uint32_t next = colon(s, i);

			if (next > i)
			{
				i = next;
				if (i >= s->to)
					return i + 1;
			}
		}
		else if (s->clause != NONE && (q[i].flags & QF_BREAK) && i > s->clause + 1 &&
				 na_is_comma(&s->seg->tok[i - 1]))
			close_clause(s, i - 1);
	}
	close_clause(s, s->to);
	return s->to;
}
/* ---- segments and texts --------------------------------------------------------- */

na_status
na_quotes_segment(na_quote_reader *r, const na_segment *seg, const na_entity *entity,
				  uint32_t nentity, na_quote_fn fn, void *ctx)
{
	na_sentence s;

	if (seg->ntok > r->cap)
	{
		if (r->q != NULL)
			r->env->release(r->env->ctx, r->q);
		r->cap = 0;
		r->q = r->env->alloc(r->env->ctx, seg->ntok * sizeof *r->q);
		if (r->q == NULL)
			return NA_NO_MEMORY;
		r->cap = seg->ntok;
	}
	na_quote_tokens(r->env, seg, entity, nentity, r->q);
	memset(&s, 0, sizeof s);
	s.r = r;
	s.seg = seg;
	s.entity = entity;
	s.q = r->q;
	s.fn = fn;
	s.ctx = ctx;
	s.go = true;
	while (s.from < seg->ntok && s.go && !s.failed)
	{
		uint32_t to = s.from;

		/* up to the end of the sentence; marks hide ends, a colon goes on in the next line */
		while (to < seg->ntok)
		{
			if (r->q[to].mate != NONE)
				to = r->q[to].mate;
			else if ((r->q[to].flags & QF_END) &&
					 !(to > s.from && (r->q[to].flags & QF_LINE) && na_is_colon(&seg->tok[to - 1])))
				break;
			to++;
		}
		s.to = to < seg->ntok ? to + 1 : seg->ntok;
		s.verb = s.clause = NONE;
		s.v = NULL;
		s.known = s.pending = s.mixed = false;
		s.from = read_sentence(&s);
		r->env->poll(r->env->ctx);
	}
	return s.failed ? NA_NO_MEMORY : NA_OK;
}

na_status
na_quotes(const na_env *env, const char *text, uint32_t n, na_quote_fn fn, void *ctx)
{
	na_scanner scan;
	const na_segment *seg;
	na_entity_reader *er = na_entity_reader_new(env, NULL);
	na_quote_reader *qr = na_quote_reader_new(env);
	na_status st = er != NULL && qr != NULL ? NA_OK : NA_NO_MEMORY;

	na_scan_init(&scan, env, text, n, NA_LOOKUP_ALL);
	while (st == NA_OK)
	{
		const na_entity *entity;
		uint32_t nentity;

		st = na_scan_next(&scan, &seg);
		if (st != NA_OK || seg == NULL)
			break;
		st = na_entities_segment(er, seg, &entity, &nentity);
		if (st == NA_OK)
			st = na_quotes_segment(qr, seg, entity, nentity, fn, ctx);
	}
	na_scan_end(&scan);
	na_quote_reader_free(qr);
	if (er != NULL)
		na_entity_reader_free(er);
	return st;
}
