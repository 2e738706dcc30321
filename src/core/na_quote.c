/*
 * na_quote.c
 *		Quotations and their speakers.
 */
#include "na_quote.h"

/* words that make a stretch in marks a quotation; shorter ones are names and doubts */
#define MIN_WORDS 3
#define MIN_CLAUSE 2
/* without any verb in the sentence a stretch in marks must be this long */
#define ALONE_WORDS 8
/* tokens between a verb and what it governs */
#define REACH 48
/* tokens of a role phrase */
#define PHRASE_MAX 14
/* speakers remembered */
#define MEMORY 8
/* words of a speaker's role that are remembered */
#define ROLE_WORDS 12
/* paragraphs that one pair of marks may span */
#define SPAN_PARAGRAPHS 6
/* tokens back in which a body is looked for by the head of its name */
#define BODY_REACH 1500

#define NONE UINT32_MAX

/* classes of a token, beside its verb */
#define QF_CLAUSE 0x0001  /* أن */
#define QF_LOW 0x0002	  /* إن */
#define QF_PRONOUN 0x0004 /* أنه */
#define QF_PREPOSITION 0x0008
#define QF_ADVERB 0x0010
#define QF_OTHER 0x0020
#define QF_TITLE 0x0040
#define QF_ANAPHOR 0x0080
#define QF_BREAK 0x0100
#define QF_RELAY 0x0200
#define QF_END 0x0400  /* the sentence ends */
#define QF_LINE 0x0800 /* the paragraph ends */
#define QF_WORD 0x1000
#define QF_WAW 0x2000 /* has the proclitic و or ف */
#define QF_LI 0x4000  /* has the proclitic ل */
#define QF_BI 0x8000
#define QF_INSIDE 0x10000 /* between marks */
#define QF_BODY 0x20000	  /* الوزارة */

typedef struct qtoken
{
	uint32_t mate;	 /* of an opening mark: its closing one; NONE = no mark */
	uint32_t entity; /* index, NONE = none */
	uint32_t flags;
	uint16_t verb; /* index into NA_SEC_VERB, 0 = none */
	uint8_t nverb; /* tokens of the verb phrase */
} qtoken;

typedef struct speaker
{
	na_str name;
	const char *id;
	uint32_t role[ROLE_WORDS]; /* hashes of the words about him, without article */
	uint8_t nrole;
	bool person;
	bool feminine;
} speaker;

struct na_quote_reader
{
	const na_env *env;
	na_arena arena; /* names of speakers; outlives segments */
	qtoken *q;
	uint32_t cap;
	speaker memory[MEMORY]; /* the newest first */
	uint32_t nmemory;
};

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

/* ---- classes of tokens -------------------------------------------------------- */

static const na_verb *
verb_at(uint32_t i)
{
	return (const na_verb *) na_section_at(NA_SEC_VERB, sizeof(na_verb), NULL) + i;
}

/* the classes of a lexicon entry */
static uint32_t
word_flags(uint32_t lex)
{
	static const uint32_t flag[] = {QF_CLAUSE,	QF_PREPOSITION, QF_ADVERB, QF_OTHER, QF_TITLE,
									QF_ANAPHOR, QF_BODY,		QF_BREAK,  QF_RELAY};
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
classify(const na_segment *seg, uint32_t i, qtoken *q)
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
pair_marks(const na_segment *seg, qtoken *q)
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

static uint32_t
count_words(const qtoken *q, uint32_t from, uint32_t to)
{
	uint32_t n = 0;

	for (uint32_t i = from; i < to; i++)
		n += (q[i].flags & QF_WORD) != 0;
	return n;
}

/* ---- speakers ------------------------------------------------------------------- */

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
is_comma(const na_token *t)
{
	return t->kind == NA_PUNCT && (t->cp == ',' || t->cp == ';');
}

static bool
is_colon(const na_token *t)
{
	return t->kind == NA_PUNCT && t->cp == ':';
}

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
static void
remember(na_quote_reader *r, const speaker *s)
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
add_roles(const na_segment *seg, const qtoken *q, uint32_t from, uint32_t to, speaker *s)
{
	for (uint32_t i = from; i < to && s->nrole < ROLE_WORDS; i++)
		if (seg->tok[i].kind == NA_WORD && !(q[i].flags & (QF_PREPOSITION | QF_ADVERB)))
			s->role[s->nrole++] = bare_hash(seg, &seg->tok[i]);
}

static bool
speaker_of_entity(na_quote_reader *r, const na_entity *e, speaker *s)
{
	memset(s, 0, sizeof *s);
	s->id = na_entity_id(e);
	s->person = e->kind == NA_ENT_PERSON;
	return keep_string(r, e->name.p, e->name.n, &s->name);
}

/* the words [from, to) as a role phrase */
static bool
speaker_of_phrase(na_quote_reader *r, const na_segment *seg, const qtoken *q, uint32_t from,
				  uint32_t to, speaker *s)
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
static const speaker *
recall(const na_quote_reader *r, uint32_t hash)
{
	for (uint32_t i = 0; i < r->nmemory; i++)
		for (uint32_t k = 0; k < r->memory[i].nrole; k++)
			if (r->memory[i].role[k] == hash)
				return &r->memory[i];
	return NULL;
}

/* an entity that can speak, at token i */
static const na_entity *
voice_at(const na_entity *entity, const qtoken *q, uint32_t i, bool person)
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

/* where a subject that starts at i must end: the clause, a colon, marks, another verb */
static uint32_t
subject_limit(const na_segment *seg, const qtoken *q, uint32_t i, uint32_t end)
{
	uint32_t limit = i + REACH < end ? i + REACH : end;

	for (; i < limit; i++)
	{
		const qtoken *t = &q[i];

		if ((t->flags & (QF_CLAUSE | QF_END)) || is_colon(&seg->tok[i]))
			break;
		if (t->mate != NONE)
		{
			/* a name in marks goes on, a quotation does not */
			if (count_words(q, i + 1, t->mate) >= MIN_WORDS &&
				!(i > 0 && (q[i - 1].flags & QF_TITLE)))
				break;
			i = t->mate;
			continue;
		}
		if (t->verb != 0)
		{
			const na_verb *v = verb_at(t->verb);

			if (v->form == NA_FORM_PARTICIPLE || v->form == NA_FORM_ATTRIBUTION)
				break;
			if ((v->form == NA_FORM_PAST || v->form == NA_FORM_PRESENT) &&
				(v->flags & NA_VERB_STRONG) && (t->flags & QF_WAW))
				break;
		}
	}
	return i;
}

/* a person's name in [from, to) that is not the object of a preposition */
static const na_entity *
find_person(const na_segment *seg, const na_entity *entity, const qtoken *q, uint32_t from,
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
phrase_end(const na_segment *seg, const qtoken *q, const na_entity *entity, uint32_t from,
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
			(t->kind == NA_WORD && (q[i].flags & (QF_PREPOSITION | QF_ADVERB)) &&
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

static bool
at_noun(const qtoken *q, uint32_t i)
{
	return q[i].verb != 0 && verb_at(q[i].verb)->form == NA_FORM_NOUN;
}

/* a word that can name who speaks: a title, a role, the head of a body */
static bool
role_word(const na_segment *seg, const qtoken *q, uint32_t i)
{
	const na_token *t = &seg->tok[i];

	return (q[i].flags & (QF_ANAPHOR | QF_BODY)) ||
		   na_token_payload(t, NA_TOPIC_TITLE, NULL) >= 0 ||
		   na_token_payload(t, NA_TOPIC_ORG_HEAD, NULL) >= 0 ||
		   na_token_payload(t, NA_TOPIC_CONTEXT, NULL) >= 0 ||
		   na_token_payload(t, NA_TOPIC_NISBA, NULL) >= 0;
}

/* a name between commas behind a role, of words that nothing is known about */
static bool
name_in_commas(const na_segment *seg, const qtoken *q, uint32_t comma, uint32_t to, uint32_t *from,
			   uint32_t *end)
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
	return i - comma - 1 >= 2 && i - comma - 1 <= 4 && (i >= to || is_comma(&seg->tok[i]));
}

/* the nearest body before token i whose name starts with that word */
static const na_entity *
body_before(const na_segment *seg, const na_entity *entity, const qtoken *q, uint32_t i,
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
static bool
find_speaker(na_quote_reader *r, const na_segment *seg, const na_entity *entity, const qtoken *q,
			 uint32_t from, uint32_t to, bool sure, speaker *s, bool *failed)
{
	const na_entity *e;
	const speaker *old;
	uint32_t end;

	while (from < to && ((q[from].flags & QF_ADVERB) || is_comma(&seg->tok[from])))
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

		if (end < to && is_comma(&seg->tok[end]) && name_in_commas(seg, q, end, to, &a, &b))
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

/* ---- sentences ------------------------------------------------------------------ */

typedef struct sentence
{
	na_quote_reader *r;
	const na_segment *seg;
	const na_entity *entity;
	qtoken *q;
	na_quote_fn fn;
	void *ctx;
	uint32_t from;
	uint32_t to;
	/* the verb that governs what comes */
	uint32_t verb;		 /* token, NONE = none */
	uint32_t verb_limit; /* where its subject ends */
	const na_verb *v;
	speaker who;
	bool known;	  /* who is set */
	bool pending; /* the verb has not got its words yet */
	/* an open reported clause */
	uint32_t clause; /* first token, NONE = none */
	bool mixed;		 /* it holds a quotation in marks */
	const na_verb *clause_v;
	speaker clause_who;
	bool clause_known;
	bool failed;
	bool go;
} sentence;

static void
emit(sentence *s, uint32_t from, uint32_t to, bool direct, const na_verb *v, const speaker *who)
{
	const na_token *a;
	const na_token *b;
	na_quote out;

	while (from < to && is_comma(&s->seg->tok[from]))
		from++;
	while (to > from &&
		   (is_comma(&s->seg->tok[to - 1]) || (!direct && (s->q[to - 1].flags & QF_END))))
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
close_clause(sentence *s, uint32_t i)
{
	if (s->clause == NONE)
		return;
	if (!s->mixed && count_words(s->q, s->clause, i) >= MIN_CLAUSE)
		emit(s, s->clause, i, false, s->clause_v, s->clause_known ? &s->clause_who : NULL);
	s->clause = NONE;
}

/*
 * Who speaks when the sentence does not say: the newest speaker of that
 * gender, else the newest one, else the person named last.
 */
static void
default_speaker(sentence *s, bool feminine)
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
static bool
subject_before(sentence *s, uint32_t verb, speaker *who)
{
	const qtoken *q = s->q;

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
		if (e->last == verb || (e->last < verb && is_comma(&s->seg->tok[e->last]) &&
								(is_comma(&s->seg->tok[verb - 1]) || e->kind == NA_ENT_PERSON)))
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
		const speaker *old = recall(s->r, bare_hash(s->seg, &s->seg->tok[verb - 1]));

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
			(i == s->from || (q[i - 1].flags & QF_BREAK) || is_comma(&s->seg->tok[i - 1])) &&
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
static bool
subject_of_sentence(sentence *s, uint32_t i, speaker *who)
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

/* the comma before token i, where what went before ends */
static uint32_t
before_comma(const sentence *s, uint32_t i)
{
	return i > s->from && is_comma(&s->seg->tok[i - 1]) ? i - 1 : i;
}

static void
govern(sentence *s, uint32_t i, const na_verb *v)
{
	s->verb = i;
	s->v = v;
	s->verb_limit = i + 1;
	s->pending = true;
}

/* a verb in the past or present */
static void
finite_verb(sentence *s, uint32_t i)
{
	const qtoken *q = s->q;
	const na_verb *v = verb_at(q[i].verb);
	uint32_t from = i + q[i].nverb;
	uint32_t limit = subject_limit(s->seg, q, from, s->to);
	bool linked = (q[i].flags & QF_WAW) || i == s->from || is_comma(&s->seg->tok[i - 1]) ||
				  (q[i - 1].flags & (QF_BREAK | QF_END));
	speaker who;
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
		if (limit >= s->to || !((q[limit].flags & QF_CLAUSE) || is_colon(&s->seg->tok[limit])))
			return;
	}
	/* يذكر أن: nobody says it */
	if ((v->flags & NA_VERB_IMPERSONAL) && v->form == NA_FORM_PRESENT &&
		!(v->flags & (NA_VERB_FEMININE | NA_VERB_PLURAL)) && limit == from && limit < s->to &&
		(q[limit].flags & QF_CLAUSE))
		return;
	/* قال فلان، أبرز المرشحين، "…": an apposition to who speaks, no verb */
	if (s->pending && s->verb != NONE && (s->v->flags & NA_VERB_STRONG) && !(q[i].flags & QF_WAW) &&
		i > s->from && is_comma(&s->seg->tok[i - 1]) &&
		!(limit < s->to && (q[limit].flags & QF_CLAUSE)))
		return;
	if (!(v->flags & NA_VERB_STRONG))
	{
		/* a verb of doing: words in marks or a colon must follow soon */
		if (limit >= s->to || limit > i + 14 ||
			!(q[limit].mate != NONE || is_colon(&s->seg->tok[limit]) ||
			  ((q[limit].flags & QF_CLAUSE) && q[limit + 1].mate != NONE)))
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
		   ((q[limit].flags & QF_CLAUSE) || is_colon(&s->seg->tok[limit]) ||
			v->stance == NA_STANCE_NEUTRAL);
	memset(&who, 0, sizeof who);
	explicit_subject =
		!(v->flags & NA_VERB_OBJECT) &&
		find_speaker(s->r, s->seg, s->entity, q, from, limit, sure, &who, &s->failed);
	if (!explicit_subject)
		explicit_subject = subject_before(s, i, &who);
	if (explicit_subject)
	{
		who.feminine = (v->flags & NA_VERB_FEMININE) != 0;
		s->who = who;
		s->known = true;
		remember(s->r, &who);
	}
	else
		default_speaker(s, (v->flags & NA_VERB_FEMININE) != 0);
	govern(s, i, v);
	s->verb_limit = limit;
}

/* مضيفا، مؤكدة: who spoke before in the sentence goes on */
static void
participle(sentence *s, uint32_t i)
{
	const na_verb *v = verb_at(s->q[i].verb);
	speaker who;

	/* "الوزير مؤكدا" yes, "كان مؤكدا" and "أمرا مؤكدا" no: it must report something */
	if (s->clause != NONE)
		close_clause(s, before_comma(s, i));
	if (!s->known)
	{
		if (subject_of_sentence(s, i, &who))
		{
			s->who = who;
			s->known = true;
			remember(s->r, &who);
		}
		else
			default_speaker(s, (v->flags & NA_VERB_FEMININE) != 0);
	}
	govern(s, i, v);
}

/* بحسب فلان: the source of what follows, or of what went before */
static void
attribution(sentence *s, uint32_t i)
{
	const qtoken *q = s->q;
	const na_verb *v = verb_at(q[i].verb);
	uint32_t from = i + q[i].nverb;
	uint32_t limit;
	speaker who;

	close_clause(s, before_comma(s, i));
	/* behind the words the next comma ends the source */
	for (limit = from; limit < s->to && limit < from + REACH; limit++)
		if ((q[limit].flags & (QF_END | QF_CLAUSE)) || is_colon(&s->seg->tok[limit]))
			break;
	if (i > s->from + 1)
		return;
	memset(&who, 0, sizeof who);
	if (find_speaker(s->r, s->seg, s->entity, q, from, limit, true, &who, &s->failed))
	{
		s->who = who;
		s->known = true;
		govern(s, i, v);
	}
}

/* بيان لوزارة الخارجية، جاء في بيان */
static void
noun(sentence *s, uint32_t i)
{
	const qtoken *q = s->q;
	const na_verb *v = verb_at(q[i].verb);
	bool relay =
		s->v != NULL && s->pending && (s->v->takes & NA_TAKES_AAN) && (s->v->takes & NA_TAKES_AN);
	uint32_t limit;
	speaker who;

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
	if (!find_speaker(s->r, s->seg, s->entity, q, i, limit, true, &who, &s->failed))
		return;
	s->who = who;
	s->known = true;
	remember(s->r, &who);
	govern(s, i, v);
}

/* أن: a reported clause begins when the verb wants one here */
static void
clause_word(sentence *s, uint32_t i)
{
	const qtoken *q = s->q;
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
	while (p > s->verb + 1 && is_comma(&s->seg->tok[p - 1]))
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
named_after(sentence *s, uint32_t m, speaker *who, const na_verb **v)
{
	const qtoken *q = s->q;
	uint32_t i = m + 1;
	uint32_t stop = m + 5 < s->seg->ntok ? m + 5 : s->seg->ntok;

	for (; i < stop; i++)
	{
		uint32_t limit;

		if (q[i].flags & QF_LINE)
			return false;
		if (q[i].verb == 0)
			continue;
		*v = verb_at(q[i].verb);
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
			if ((q[limit].flags & (QF_END | QF_CLAUSE)) || is_colon(&s->seg->tok[limit]))
				break;
		memset(who, 0, sizeof *who);
		if (find_speaker(s->r, s->seg, s->entity, q, i + q[i].nverb, limit, true, who, &s->failed))
			return true;
		if (subject_of_sentence(s, m, who))
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
marks(sentence *s, uint32_t i, uint32_t m)
{
	const qtoken *q = s->q;
	uint32_t words = count_words(q, i + 1, m);
	const na_verb *v = NULL;
	speaker who;

	if (words < MIN_WORDS)
		return;
	if (i > s->from && (q[i - 1].flags & QF_TITLE) && !(s->pending && s->verb + 1 == i))
		return;
	/* قالت "منصة كذا"، في بيان، إن: the name of who speaks */
	if (s->pending && s->clause == NONE && i == s->verb + q[s->verb].nverb && words <= 8)
		for (uint32_t k = m + 1; k < s->to && k < m + REACH; k++)
		{
			if ((q[k].flags & QF_END) || q[k].mate != NONE || is_colon(&s->seg->tok[k]))
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
				if (is_comma(&s->seg->tok[k]) && count_words(q, s->clause, k) >= 6)
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
		remember(s->r, &who);
		emit(s, i + 1, m, true, v, &who);
		return;
	}
	if (words >= ALONE_WORDS && (i == s->from || is_colon(&s->seg->tok[i - 1])))
		emit(s, i + 1, m, true, NULL, s->r->nmemory > 0 ? &s->r->memory[0] : NULL);
}

/*
 * قال فلان: … without marks.  Returns the token at which to go on.
 */
static uint32_t
colon(sentence *s, uint32_t i)
{
	const qtoken *q = s->q;
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
	if (count_words(q, i, end) < MIN_WORDS)
		return i;
	emit(s, i, end, true, s->v, s->known ? &s->who : NULL);
	s->pending = false;
	return end - 1;
}

/* sentence s->from .. s->to - 1; returns where the next one starts */
static uint32_t
read_sentence(sentence *s)
{
	const qtoken *q = s->q;

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
			const na_verb *v = verb_at(q[i].verb);

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
		else if (is_colon(t))
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
				 is_comma(&s->seg->tok[i - 1]))
			close_clause(s, i - 1);
	}
	close_clause(s, s->to);
	return s->to;
}

na_status
na_quotes_segment(na_quote_reader *r, const na_segment *seg, const na_entity *entity,
				  uint32_t nentity, na_quote_fn fn, void *ctx)
{
	sentence s;

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
	for (uint32_t i = 0; i < seg->ntok; i++)
	{
		classify(seg, i, &r->q[i]);
		if ((i & 4095) == 0)
			r->env->poll(r->env->ctx);
	}
	for (uint32_t i = 0; i < nentity; i++)
		for (uint32_t k = entity[i].first; k < entity[i].last && k < seg->ntok; k++)
			r->q[k].entity = i;
	pair_marks(seg, r->q);
	for (uint32_t i = 0; i < seg->ntok; i++)
		if (r->q[i].mate != NONE)
		{
			for (uint32_t k = i + 1; k < r->q[i].mate; k++)
				r->q[k].flags |= QF_INSIDE;
			i = r->q[i].mate;
		}
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
					 !(to > s.from && (r->q[to].flags & QF_LINE) && is_colon(&seg->tok[to - 1])))
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
