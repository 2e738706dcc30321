/*
 * na_quote_speaker.c
 *		Who speaks: names and roles in the place of a subject, and the speakers before.
 */
#include "na_quote_work.h"

/* tokens of a role phrase */
#define PHRASE_MAX 14
/* tokens back in which a body is looked for by the head of its name */
#define BODY_REACH 1500

/* ---- words ---------------------------------------------------------------------- */

static uint32_t
hash_bytes(const char *p, uint32_t n)
{
	uint32_t h = 0x811C9DC5u;

	for (uint32_t i = 0; i < n; i++)
		h = (h ^ (unsigned char) p[i]) * 0x01000193u;
	return h;
}

/* key of a word without conjunction and article */
static uint32_t
bare_hash(const na_segment *seg, const na_token *t)
{
	na_str k = na_key(seg, t);

	/* لمنظمة, والشركة, where the rest is a known word and the whole is not */
	if (t->lex == 0 && t->alt[0].nchars > 0 && t->alt[0].lex != 0)
	{
		k.p += t->alt[0].nkey;
		k.n -= t->alt[0].nkey;
	}
	if (k.n > 6 && memcmp(k.p, "\xD9\x88\xD8\xA7\xD9\x84", 6) == 0) /* وال */
	{
		k.p += 6;
		k.n -= 6;
	}
	else if (k.n > 4 && memcmp(k.p, "\xD8\xA7\xD9\x84", 4) == 0) /* ال */
	{
		k.p += 4;
		k.n -= 4;
	}
	else if (k.n > 4 && memcmp(k.p, "\xD9\x84\xD9\x84", 4) == 0) /* لل */
	{
		k.p += 4;
		k.n -= 4;
	}
	return hash_bytes(k.p, k.n);
}

static bool
has_article(const na_segment *seg, const na_token *t)
{
	na_str k = na_key(seg, t);

	return (k.n > 6 && memcmp(k.p, "\xD8\xA7\xD9\x84", 4) == 0) ||
		   (k.n > 8 && memcmp(k.p, "\xD9\x88\xD8\xA7\xD9\x84", 6) == 0);
}

static bool
at_noun(const na_qtoken *q, uint32_t i)
{
	return q[i].verb != 0 && na_verb_at(q[i].verb)->form == NA_FORM_NOUN;
}

/* a word that can name who speaks: a title, a role, the head of a body */
static bool
role_word(const na_segment *seg, const na_qtoken *q, uint32_t i)
{
	const na_token *t = &seg->tok[i];

	return (q[i].flags & (QF_ANAPHOR | QF_BODY)) ||
		   na_token_payload(t, NA_TOPIC_TITLE, NULL) >= 0 ||
		   na_token_payload(t, NA_TOPIC_ORG_HEAD, NULL) >= 0 ||
		   na_token_payload(t, NA_TOPIC_CONTEXT, NULL) >= 0 ||
		   na_token_payload(t, NA_TOPIC_NISBA, NULL) >= 0;
}
/* ---- speakers remembered -------------------------------------------------------- */

static bool
keep_string(na_quote_reader *r, const char *p, uint32_t n, na_str *out)
{
	char *s = na_arena_alloc(&r->arena, n + 1);

	if (s == NULL)
		return false;
	memcpy(s, p, n);
	s[n] = '\0';
	out->p = s;
	out->n = n;
	return true;
}

/* remember a speaker as the newest */
void
na_remember_speaker(na_quote_reader *r, const na_speaker *s)
{
	uint32_t i = 0;

	/* memory was short */
	if (s->name.n == 0)
		return;
	/* the same one again: his old place is free */
	while (i < r->nmemory && !(r->memory[i].name.n == s->name.n &&
							   memcmp(r->memory[i].name.p, s->name.p, s->name.n) == 0))
		i++;
	if (i == r->nmemory && r->nmemory < MEMORY)
		r->nmemory++;
	if (i >= MEMORY)
		i = MEMORY - 1;
	memmove(r->memory + 1, r->memory, i * sizeof *r->memory);
	r->memory[0] = *s;
}

static void
add_roles(const na_segment *seg, const na_qtoken *q, uint32_t from, uint32_t to, na_speaker *s)
{
	for (uint32_t i = from; i < to && s->nrole < ROLE_WORDS; i++)
		if (seg->tok[i].kind == NA_WORD && !(q[i].flags & (QF_PREPOSITION | QF_ADVERB)))
			s->role[s->nrole++] = bare_hash(seg, &seg->tok[i]);
}

static bool
speaker_of_entity(na_quote_reader *r, const na_entity *e, na_speaker *s)
{
	memset(s, 0, sizeof *s);
	s->id = na_entity_id(e);
	s->person = e->kind == NA_ENT_PERSON;
	return keep_string(r, e->name.p, e->name.n, &s->name);
}

/* the words [from, to) as a role phrase */
static bool
speaker_of_phrase(na_quote_reader *r, const na_segment *seg, const na_qtoken *q, uint32_t from,
				  uint32_t to, na_speaker *s)
{
	const na_token *a = &seg->tok[from];
	const na_token *b = &seg->tok[to - 1];
	uint32_t byte = a->byte;

	memset(s, 0, sizeof *s);
	s->id = "";
	add_roles(seg, q, from, to, s);
	return keep_string(r, seg->text + byte, b->byte + b->nbytes - byte, &s->name);
}

/* the newest speaker who has that word among his roles */
static const na_speaker *
recall(const na_quote_reader *r, uint32_t hash)
{
	for (uint32_t i = 0; i < r->nmemory; i++)
		for (uint32_t k = 0; k < r->memory[i].nrole; k++)
			if (r->memory[i].role[k] == hash)
				return &r->memory[i];
	return NULL;
}
/* ---- the speaker in a subject --------------------------------------------------- */

/* an entity that can speak, at token i */
static const na_entity *
voice_at(const na_entity *entity, const na_qtoken *q, uint32_t i, bool person)
{
	const na_entity *e;

	if (q[i].entity == NONE)
		return NULL;
	e = &entity[q[i].entity];
	if (e->first != i)
		return NULL;
	if (person)
		return e->kind == NA_ENT_PERSON ? e : NULL;
	return e->kind == NA_ENT_ORGANIZATION || e->kind == NA_ENT_PLACE ? e : NULL;
}

/* a person's name in [from, to) that is not the object of a preposition */
static const na_entity *
find_person(const na_segment *seg, const na_entity *entity, const na_qtoken *q, uint32_t from,
			uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
	{
		const na_entity *e;

		if (q[i].mate != NONE && q[i].mate < to)
		{
			i = q[i].mate;
			continue;
		}
		e = voice_at(entity, q, i, true);
		if (e == NULL)
			continue;
		if ((q[i].flags & QF_LI) && seg->tok[i].byte != e->byte)
			continue; /* لفلان */
		if (i > from && (q[i - 1].flags & QF_PREPOSITION))
			continue;
		return e;
	}
	return NULL;
}

/*
 * The role phrase that starts at from: up to a comma, preposition, name of a
 * day or the limit.
 */
static uint32_t
phrase_end(const na_segment *seg, const na_qtoken *q, const na_entity *entity, uint32_t from,
		   uint32_t to)
{
	uint32_t i = from;

	while (i < to && i - from < PHRASE_MAX)
	{
		const na_token *t = &seg->tok[i];

		if (q[i].entity != NONE && entity[q[i].entity].first == i)
		{
			i = entity[q[i].entity].last;
			continue;
		}
		if (q[i].mate != NONE && q[i].mate < to)
		{
			i = q[i].mate + 1;
			continue;
		}
		if (!(q[i].flags & QF_WORD) ||
			(t->kind == NA_WORD && (q[i].flags & (QF_PREPOSITION | QF_ADVERB | QF_FACT)) &&
			 !(i > from && na_key_is(seg, t, "\xD9\x85\xD9\x86"))))
			break;
		/* من belongs to a phrase of quantity: عدد من, كثير من, أحد */
		if (na_key_is(seg, t, "\xD9\x85\xD9\x86") && i > from + 1)
			break;
		if (i > from && (q[i].flags & QF_LI) && !(q[i].flags & QF_TITLE) && t->alt[0].nchars > 0 &&
			t->lex == 0)
			break;
		i++;
	}
	return i < to ? i : to;
}

/* a name between commas behind a role, of words that nothing is known about */
static bool
name_in_commas(const na_segment *seg, const na_qtoken *q, uint32_t comma, uint32_t to,
			   uint32_t *from, uint32_t *end)
{
	uint32_t i = comma + 1;

	while (i < to && seg->tok[i].kind == NA_WORD && i - comma <= 5)
	{
		if ((q[i].flags & (QF_PREPOSITION | QF_ADVERB | QF_CLAUSE | QF_BREAK | QF_RELAY)) ||
			(i == comma + 1 &&
			 (q[i].verb != 0 || has_article(seg, &seg->tok[i]) || role_word(seg, q, i))))
			return false;
		i++;
	}
	*from = comma + 1;
	*end = i;
	return i - comma - 1 >= 2 && i - comma - 1 <= 4 && (i >= to || na_is_comma(&seg->tok[i]));
}

/* the nearest body before token i whose name starts with that word */
static const na_entity *
body_before(const na_segment *seg, const na_entity *entity, const na_qtoken *q, uint32_t i,
			uint32_t hash)
{
	uint32_t limit = i > BODY_REACH ? i - BODY_REACH : 0;

	while (i-- > limit)
	{
		const na_entity *e = voice_at(entity, q, i, false);

		if (e != NULL && e->kind == NA_ENT_ORGANIZATION &&
			(bare_hash(seg, &seg->tok[i]) == hash ||
			 (i > 0 && bare_hash(seg, &seg->tok[i - 1]) == hash)))
			return e;
	}
	return NULL;
}

/*
 * The speaker in [from, to), the place of a subject.  sure = the verb takes a
 * clause, so that what follows it is its subject and no object.  false =
 * there is none.
 */
bool
na_find_speaker(na_quote_reader *r, const na_segment *seg, const na_entity *entity,
				const na_qtoken *q, uint32_t from, uint32_t to, bool sure, na_speaker *s,
				bool *failed)
{
	const na_entity *e;
	const na_speaker *old;
	uint32_t end;

	while (from < to && ((q[from].flags & QF_ADVERB) || na_is_comma(&seg->tok[from])))
		from++;
	if (from >= to)
		return false;
	if ((q[from].flags & (QF_PREPOSITION | QF_CLAUSE)) && q[from].entity == NONE)
	{
		/* جاء في بيان لـ: the owner of the statement speaks */
		if (from + 1 < to && at_noun(q, from + 1))
			from++;
		else
			return false;
	}
	if (!(q[from].flags & QF_WORD) && q[from].mate == NONE)
		return false;
	if (q[from].verb != 0 && !at_noun(q, from) && q[from].entity == NONE)
		return false;
	e = find_person(seg, entity, q, from, to);
	if (e != NULL)
	{
		if (!speaker_of_entity(r, e, s))
			*failed = true;
		add_roles(seg, q, from, e->first, s);
		add_roles(seg, q, e->last,
				  phrase_end(seg, q, entity, e->last + 1 < to ? e->last + 1 : to, to), s);
		return true;
	}
	if (at_noun(q, from))
	{
		/* بيان لوزارة الخارجية، بيان صادر عن التنسيقية، بيان السفارة */
		uint32_t i = from + 1;

		/* البيان: the one that was cited before */
		if (has_article(seg, &seg->tok[from]) &&
			(old = recall(r, bare_hash(seg, &seg->tok[from]))) != NULL)
		{
			*s = *old;
			return true;
		}
		for (uint32_t k = i; k < to; k++)
		{
			e = voice_at(entity, q, k, false);
			if (e != NULL && e->kind == NA_ENT_ORGANIZATION)
			{
				if (!speaker_of_entity(r, e, s))
					*failed = true;
				add_roles(seg, q, from, e->last, s);
				return true;
			}
			if (q[k].flags & QF_RELAY)
				i = k + 1;
		}
		if (i < to && (q[i].flags & QF_WORD))
		{
			if (has_article(seg, &seg->tok[i]) &&
				(old = recall(r, bare_hash(seg, &seg->tok[i]))) != NULL)
			{
				*s = *old;
				return true;
			}
			if (i > from + 1 || has_article(seg, &seg->tok[i]))
			{
				end = phrase_end(seg, q, entity, i, to);
				if (end > i && (i > from + 1 || !has_article(seg, &seg->tok[from])))
				{
					if (!speaker_of_phrase(r, seg, q, i, end, s))
						*failed = true;
					return true;
				}
			}
		}
		if (r->nmemory > 0)
		{
			*s = r->memory[0];
			return true;
		}
		return false;
	}
	end = phrase_end(seg, q, entity, from, to);
	if (end == from)
		return false;
	/* الوزارة: a body named before, as speaker or otherwise */
	if (q[from].entity == NONE && (q[from].flags & QF_BODY) && end - from <= 2)
	{
		uint32_t hash = bare_hash(seg, &seg->tok[from]);

		for (uint32_t i = 0; i < r->nmemory; i++)
			for (uint32_t k = 0; k < r->memory[i].nrole && !r->memory[i].person; k++)
				if (r->memory[i].role[k] == hash)
				{
					*s = r->memory[i];
					return true;
				}
		e = body_before(seg, entity, q, from, hash);
		if (e != NULL)
		{
			if (!speaker_of_entity(r, e, s))
				*failed = true;
			add_roles(seg, q, e->first, e->last, s);
			return true;
		}
		if (!speaker_of_phrase(r, seg, q, from, end, s))
			*failed = true;
		return true;
	}
	/* المتحدث ذاته: somebody named before */
	if (q[from].entity == NONE && has_article(seg, &seg->tok[from]) && end - from <= 3)
	{
		old = recall(r, bare_hash(seg, &seg->tok[from]));
		if (old == NULL && (q[from].flags & QF_ANAPHOR) && r->nmemory > 0 && end - from <= 2)
			old = &r->memory[0];
		if (old != NULL)
		{
			*s = *old;
			return true;
		}
	}
	e = voice_at(entity, q, from, false);
	if (e != NULL && e->last >= end)
	{
		if (!speaker_of_entity(r, e, s))
			*failed = true;
		add_roles(seg, q, from, end, s);
		return true;
	}
	if (q[from].entity == NONE && q[from].mate == NONE && (sure || role_word(seg, q, from)))
	{
		uint32_t a, b;

		if (end < to && na_is_comma(&seg->tok[end]) && name_in_commas(seg, q, end, to, &a, &b))
		{
			if (!speaker_of_phrase(r, seg, q, a, b, s))
				*failed = true;
			s->person = true;
			add_roles(seg, q, from, end, s);
			return true;
		}
	}
	else if (!sure && q[from].mate == NONE && e == NULL)
		return false;
	if (q[from].mate != NONE && from + 1 < end)
	{
		/* a name in marks, if there is anything between them */
		if (q[from].mate <= from + 1)
			return false;
		if (!speaker_of_phrase(r, seg, q, from + 1, q[from].mate, s))
			*failed = true;
		return true;
	}
	if (!speaker_of_phrase(r, seg, q, from, end, s))
		*failed = true;
	return true;
}
/* ---- the speaker of a sentence -------------------------------------------------- */

/*
 * Who speaks when the sentence does not say: the newest speaker of that
 * gender, else the newest one, else the person named last.
 */
void
na_default_speaker(na_sentence *s, bool feminine)
{
	const na_quote_reader *r = s->r;
	uint32_t i = 0;

	if (s->known)
		return;
	while (i < r->nmemory && r->memory[i].feminine != feminine)
		i++;
	if (i == r->nmemory)
		i = 0;
	if (i < r->nmemory)
	{
		s->who = r->memory[i];
		s->known = true;
		return;
	}
	for (i = s->verb != NONE ? s->verb : s->from; i-- > 0;)
	{
		const na_entity *e = voice_at(s->entity, s->q, i, true);

		if (e != NULL)
		{
			if (!speaker_of_entity(s->r, e, &s->who))
				s->failed = true;
			s->known = true;
			return;
		}
	}
}

/* a name or role that ends just before the verb: لكن كاسونغو حذرت */
bool
na_subject_before(na_sentence *s, uint32_t verb, na_speaker *who)
{
	const na_qtoken *q = s->q;

	/* وتابع: and he went on, whatever names stand before */
	if ((q[verb].flags & QF_WAW) && s->known)
		return false;
	for (uint32_t i = verb; i-- > s->from && verb - i < REACH;)
	{
		const na_entity *e;

		/* a clause or another verb stands between: its names are not this verb's subject */
		if (q[i].flags & (QF_END | QF_CLAUSE))
			break;
		if (q[i].entity == NONE || (q[i].flags & QF_INSIDE))
			continue;
		e = &s->entity[q[i].entity];
		if (e->first != i || (e->kind != NA_ENT_PERSON && e->kind != NA_ENT_ORGANIZATION))
			continue;
		if (i > s->from && (q[i - 1].flags & QF_PREPOSITION))
			continue;
		if (e->last == verb || (e->last < verb && na_is_comma(&s->seg->tok[e->last]) &&
								(na_is_comma(&s->seg->tok[verb - 1]) || e->kind == NA_ENT_PERSON)))
		{
			if (!speaker_of_entity(s->r, e, who))
				s->failed = true;
			return true;
		}
	}
	/* الرئيس اعترف */
	if (verb > s->from && (q[verb - 1].flags & QF_ANAPHOR) && q[verb - 1].entity == NONE &&
		!(verb > s->from + 1 && (q[verb - 2].flags & QF_PREPOSITION)))
	{
		const na_speaker *old = recall(s->r, bare_hash(s->seg, &s->seg->tok[verb - 1]));

		if (old == NULL && s->r->nmemory > 0)
			old = &s->r->memory[0];
		if (old != NULL)
		{
			*who = *old;
			return true;
		}
	}
	/* لكن مسؤولين أمنيين يقولون: the words between a break and the verb */
	if (verb > s->from && !(q[verb].flags & QF_WAW))
	{
		uint32_t i = verb;

		while (i > s->from && verb - i < 5 && s->seg->tok[i - 1].kind == NA_WORD &&
			   !(q[i - 1].flags & (QF_BREAK | QF_CLAUSE | QF_ADVERB | QF_PREPOSITION | QF_OTHER)) &&
			   q[i - 1].verb == 0)
			i--;
		if (i < verb &&
			(i == s->from || (q[i - 1].flags & QF_BREAK) || na_is_comma(&s->seg->tok[i - 1])) &&
			role_word(s->seg, q, i))
		{
			if (!speaker_of_phrase(s->r, s->seg, q, i, verb, who))
				s->failed = true;
			return true;
		}
	}
	return false;
}

/* the first name of a person or body in the sentence before token i */
bool
na_subject_of_sentence(na_sentence *s, uint32_t i, na_speaker *who)
{
	const na_entity *e = find_person(s->seg, s->entity, s->q, s->from, i);

	if (e == NULL)
		for (uint32_t k = s->from; k < i && e == NULL; k++)
			if (!(s->q[k].flags & QF_INSIDE) &&
				!(k > s->from && (s->q[k - 1].flags & QF_PREPOSITION)))
			{
				e = voice_at(s->entity, s->q, k, false);
				if (e != NULL && e->kind != NA_ENT_ORGANIZATION)
					e = NULL;
			}
	if (e == NULL)
		return false;
	if (!speaker_of_entity(s->r, e, who))
		s->failed = true;
	return true;
}
