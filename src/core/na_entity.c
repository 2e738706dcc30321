/*
 * na_entity.c
 *		From tags to entities: spans, ids, countries, names within a document.
 *
 * Kind and extent come from the tagger (the neural one where the data carry a
 * model, else the rules); this file trims titles and proclitics, finds ids in
 * the gazetteer, settles ambiguous names by the countries of the document and
 * resolves last names to the full names that stand in the same text.
 */
#include <stdlib.h>

#include "na_entity.h"
#include "na_tagger_model.h"
#include "na_utf8.h"

#define KNOWN_MAX 1024	 /* persons remembered per document */
#define KNOWN_SLOTS 8192 /* power of two, at least four words each, half full */
#define NAME_BYTES 120	 /* longest full name remembered */
/* least probabilities of a name that no list knows, and of one that is a common word as well */
#define LEAST_UNKNOWN 0.44f
#define LEAST_WEAK 0.7f
#define KNOWN_AGAIN 655 /* least chance of a person (65535 = 1) for a last name met again */

typedef struct known_person
{
	uint32_t gaz;
	bool user;
	uint16_t nname;
	uint8_t ntok;
	char name[NAME_BYTES];
} known_person;

typedef struct known_slot
{
	uint32_t hash; /* of the word's key, 0 = free */
	uint16_t person;
	bool last; /* it is the last word of the name */
} known_slot;

struct na_entity_reader
{
	const na_env *env;
	const na_user_gazetteer *user;
	bool have_tagger;
	na_tagger tagger;
	uint32_t cap; /* tokens that the arrays below have room for */
	na_match *match;
	na_tagged *tagged;
	uint32_t *flags;
	na_entity *list;
	uint32_t nlist;
	uint32_t cap_list;
	uint16_t countries[26 * 26]; /* mentions per country so far */
	known_person *known;
	uint32_t nknown;
	known_slot *slots;
	uint32_t nslots;
};

/* ---- reader --------------------------------------------------------------------- */

na_entity_reader *
na_entity_reader_new(const na_env *env, const na_user_gazetteer *user)
{
	na_entity_reader *r = env->alloc(env->ctx, sizeof *r);

	if (r == NULL)
		return NULL;
	memset(r, 0, sizeof *r);
	r->env = env;
	r->user = user;
	r->have_tagger = na_tagger_available() && na_tagger_init(&r->tagger, env) == NA_OK;
	return r;
}

void
na_entity_reader_free(na_entity_reader *r)
{
	const na_env *env = r->env;
	void *p[] = {r->match, r->tagged, r->flags, r->list, r->known, r->slots};

	if (r->have_tagger)
		na_tagger_end(&r->tagger);
	for (size_t i = 0; i < NA_LENGTHOF(p); i++)
		if (p[i])
			env->release(env->ctx, p[i]);
	env->release(env->ctx, r);
}

bool
na_entity_reader_kernels(na_entity_reader *r, int which)
{
	return !r->have_tagger || na_tagger_kernels(&r->tagger, which);
}

const char *
na_entity_id(const na_entity *e)
{
	return e->gaz && !e->user ? na_string(na_gaz_at(e->gaz)->id) : "";
}

/* payloads of the phrase of exactly n tokens at i under a reading */
static uint32_t
phrase_payloads(const na_segment *seg, uint32_t i, int reading, uint32_t n, const uint32_t **pay)
{
	const na_token *t = &seg->tok[i];
	const uint32_t *all = na_section_at(NA_SEC_PAYLOAD, sizeof(uint32_t), NULL);
	uint32_t lex = reading == 0 ? t->lex : t->alt[reading - 1].lex;
	const na_lex *e;
	const na_trie_node *x;
	uint32_t node;

	if (lex == 0)
		return 0;
	e = na_lex_entry(lex);
	if (n == 1)
	{
		*pay = all + e->pay;
		return e->npay;
	}
	node = e->node;
	for (uint32_t k = 1; k < n && node != 0; k++)
		node = seg->tok[i + k].lex ? na_trie_step(node, seg->tok[i + k].lex) : 0;
	if (node == 0)
		return 0;
	x = (const na_trie_node *) na_section_at(NA_SEC_TRIE, sizeof *x, NULL) + node;
	*pay = all + x->pay;
	return x->npay;
}

static inline uint32_t
country_slot(const char c[2])
{
	if (c[0] < 'A' || c[0] > 'Z' || c[1] < 'A' || c[1] > 'Z')
		return UINT32_MAX;
	return (uint32_t) (c[0] - 'A') * 26 + (uint32_t) (c[1] - 'A');
}

/*
 * The entry of that kind for a name with several meanings: one whose country
 * the document mentions most, else the first.  0 = no entry of the kind.
 */
static uint32_t
choose_entry(const na_entity_reader *r, const na_segment *seg, uint32_t i, const na_match *m,
			 uint8_t kind)
{
	const uint32_t *pay;
	uint32_t n = phrase_payloads(seg, i, m->reading, m->ntok, &pay);
	uint32_t best = 0;
	int best_score = -1;
	uint32_t topic = m->is_short ? NA_TOPIC_GAZ_SHORT : NA_TOPIC_GAZ;

	if (kind == NA_ENT_NATIONALITY)
		topic = NA_TOPIC_NISBA;
	for (uint32_t k = 0; k < n; k++)
	{
		const na_gaz *e;
		uint32_t slot;
		int score;

		if (NA_PAY_TOPIC(pay[k]) != topic)
			continue;
		e = na_gaz_at(NA_PAY_VALUE(pay[k]));
		if (e->kind != kind)
			continue;
		slot = country_slot(e->country);
		score = slot == UINT32_MAX ? 0 : r->countries[slot];
		if (e->flags & NA_GAZ_COUNTRY)
			score += 100000;
		if (score > best_score)
		{
			best_score = score;
			best = NA_PAY_VALUE(pay[k]);
		}
	}
	return best;
}

/* ---- spans ------------------------------------------------------------------------ */

static uint8_t
kind_of_tag(uint8_t tag)
{
	switch (NA_TAG_TYPE(tag))
	{
		case 1: return NA_ENT_PERSON;
		case 2: return NA_ENT_PLACE;
		case 3: return NA_ENT_ORGANIZATION;
		case 4: return NA_ENT_OTHER;
		case 5: return NA_ENT_NATIONALITY;
	}
	return NA_ENT_NONE;
}

/* set where an entity stands, without k characters of proclitics */
static void
set_place(na_entity *e, const na_segment *seg, uint32_t skip)
{
	const na_token *a = &seg->tok[e->first];
	const na_token *b = &seg->tok[e->last - 1];
	const unsigned char *p = (const unsigned char *) seg->text + a->byte;
	const unsigned char *q = p;

	if (skip >= a->nchars)
		skip = 0;
	for (uint32_t k = 0; k < skip; k++)
	{
		int len;

		na_utf8_decode(q, p + a->nbytes, &len);
		q += len;
	}
	e->byte = a->byte + (uint32_t) (q - p);
	e->nbytes = b->byte + b->nbytes - e->byte;
	e->chr = a->chr + skip;
	e->nchars = b->chr + b->nchars - e->chr;
	e->name.p = seg->text + e->byte;
	e->name.n = e->nbytes;
}

/* characters of proclitics before an entity whose first token the gazetteer does not know */
static uint32_t
guess_proclitic(const na_segment *seg, uint32_t i)
{
	const na_token *t = &seg->tok[i];

	if (t->lex != 0 || t->alt[0].nchars == 0)
		return 0;
	if (t->alt[1].nchars && t->alt[1].lex != 0 && t->alt[0].lex == 0)
		return t->alt[1].nchars;
	if (t->alt[0].lex != 0)
		return t->alt[0].nchars;
	/* behind a letter stands the article: و + ال… */
	for (int k = 0; k < 2 && t->alt[k].nchars; k++)
		if (t->nkey > t->alt[k].nkey + 4u &&
			memcmp(seg->keys + t->key + t->alt[k].nkey, "\xD8\xA7\xD9\x84", 4) == 0)
			return t->alt[k].nchars;
	return 0;
}

/* country inside a span: of a nationality, else of a place */
static void
country_inside(const na_segment *seg, const na_entity *e, const na_match *match, char country[2])
{
	for (uint32_t i = e->first; i < e->last; i++)
	{
		na_match n = na_nisba_match(seg, i);

		if (n.ntok > 0 && i + n.ntok <= e->last && na_gaz_at(n.gaz)->country[0])
		{
			memcpy(country, na_gaz_at(n.gaz)->country, 2);
			return;
		}
	}
	for (uint32_t i = e->first; i < e->last; i++)
	{
		const na_match *m = &match[i];

		if (m->gaz && !m->user && i + m->ntok <= e->last &&
			na_gaz_at(m->gaz)->kind == NA_ENT_PLACE && na_gaz_at(m->gaz)->country[0] &&
			!(na_gaz_at(m->gaz)->flags & NA_GAZ_WEAK))
		{
			memcpy(country, na_gaz_at(m->gaz)->country, 2);
			return;
		}
	}
}

/*
 * A name that many countries have (a head word and no word of the country:
 * هيئة مكافحة الفساد, الكونغرس) means the gazetteer's one only where the
 * document speaks of its country, or of none.
 */
static bool
elsewhere(const na_entity_reader *r, const na_segment *seg, const na_entity *e, const na_gaz *x,
		  const na_match *match)
{
	uint32_t slot = country_slot(x->country);
	char inside[2] = {0, 0};

	if (e->kind != NA_ENT_ORGANIZATION || slot == UINT32_MAX || r->countries[slot] > 0 ||
		na_token_payload(&seg->tok[e->first], NA_TOPIC_ORG_HEAD, NULL) < 0)
		return false;
	country_inside(seg, e, match, inside);
	if (inside[0])
		return false;
	for (size_t k = 0; k < NA_LENGTHOF(r->countries); k++)
		if (r->countries[k] > 0)
			return true;
	return false;
}

/* id, name, country and place of an entity whose tokens and kind are known */
static void
resolve(na_entity_reader *r, const na_segment *seg, na_entity *e, const na_match *match)
{
	const na_match *m = &match[e->first];
	uint32_t n = e->last - e->first;
	uint32_t gaz = 0;
	uint32_t skip = 0;
	bool found = false;

	e->gaz = 0;
	e->user = false;
	memset(e->country, 0, 2);
	if (e->kind == NA_ENT_NATIONALITY)
	{
		na_match nat = na_nisba_match(seg, e->first);

		if (nat.ntok > 0)
		{
			gaz = nat.gaz;
			found = true;
			if (nat.reading)
				skip = seg->tok[e->first].alt[nat.reading - 1].nchars;
		}
	}
	else if (m->ntok == n && m->user)
	{
		e->user = true;
		e->gaz = m->gaz;
		found = true;
		if (m->reading)
			skip = seg->tok[e->first].alt[m->reading - 1].nchars;
	}
	else if (m->ntok == n && (gaz = choose_entry(r, seg, e->first, m, e->kind)) != 0)
	{
		found = true;
		if (m->reading)
			skip = seg->tok[e->first].alt[m->reading - 1].nchars;
	}
	else
	{
		/* head word of a place before a known one (مدينة لاهور), first name before a full name */
		for (uint32_t i = e->first + 1; i < e->last && gaz == 0; i++)
			if (match[i].ntok == e->last - i && match[i].reading == 0 && !match[i].user &&
				((e->kind == NA_ENT_PERSON && match[i].ntok >= 2) ||
				 (e->kind == NA_ENT_ORGANIZATION && match[i].ntok >= 2)))
				gaz = choose_entry(r, seg, i, &match[i], e->kind);
	}
	if (!found)
		skip = guess_proclitic(seg, e->first);
	set_place(e, seg, skip);
	if (e->user)
	{
		const na_user_entry *u = na_user_gazetteer_entry(r->user, e->gaz);

		memcpy(e->country, u->country, 2);
		e->name = u->name;
		return;
	}
	if (gaz && elsewhere(r, seg, e, na_gaz_at(gaz), match))
		gaz = 0;
	e->gaz = gaz;
	if (gaz)
	{
		const na_gaz *x = na_gaz_at(gaz);

		e->name.p = na_string(x->name);
		e->name.n = (uint32_t) strlen(e->name.p);
		if (e->kind != NA_ENT_PERSON && !(x->flags & NA_GAZ_HOME))
			memcpy(e->country, x->country, 2);
	}
	else if (e->kind == NA_ENT_ORGANIZATION || e->kind == NA_ENT_PLACE)
		country_inside(seg, e, match, e->country);
}

/* ---- names within the document ------------------------------------------------------ */

static uint32_t
word_hash(const na_segment *seg, const na_token *t, uint32_t skip_key)
{
	uint32_t h = na_lex_hash(seg->keys + t->key + skip_key, t->nkey - skip_key);

	return h ? h : 1;
}

static known_slot *
find_known(const na_entity_reader *r, uint32_t hash)
{
	uint32_t k;

	if (r->slots == NULL)
		return NULL;
	for (k = hash & (KNOWN_SLOTS - 1); r->slots[k].hash; k = (k + 1) & (KNOWN_SLOTS - 1))
		if (r->slots[k].hash == hash)
			break;
	return &r->slots[k];
}

/* remember a full name: each of its words leads to it, the last one above all */
static na_status
remember(na_entity_reader *r, const na_segment *seg, const na_entity *e)
{
	known_person *p;

	if (r->known == NULL)
	{
		r->known = r->env->alloc(r->env->ctx, KNOWN_MAX * sizeof *r->known);
		r->slots = r->env->alloc(r->env->ctx, KNOWN_SLOTS * sizeof *r->slots);
		if (r->known == NULL || r->slots == NULL)
			return NA_NO_MEMORY;
		memset(r->slots, 0, KNOWN_SLOTS * sizeof *r->slots);
	}
	if (r->nknown == KNOWN_MAX || r->nslots + 8 > KNOWN_SLOTS / 2 || e->name.n > NAME_BYTES)
		return NA_OK;
	p = &r->known[r->nknown];
	p->gaz = e->gaz;
	p->user = e->user;
	p->nname = (uint16_t) e->name.n;
	p->ntok = (uint8_t) (e->last - e->first < 255 ? e->last - e->first : 255);
	memcpy(p->name, e->name.p, e->name.n);
	for (uint32_t i = e->first; i < e->last && i < e->first + 8; i++)
	{
		const na_token *t = &seg->tok[i];
		bool last = i == e->last - 1;
		known_slot *s;

		if (t->nkey < 6)
			continue;
		s = find_known(r, word_hash(seg, t, 0));
		if (s->hash == 0)
		{
			s->hash = word_hash(seg, t, 0);
			r->nslots++;
		}
		else if (s->last && !last)
			continue;
		s->person = (uint16_t) r->nknown;
		s->last = last;
	}
	r->nknown++;
	return NA_OK;
}

/* the known person whose word this token is, whole or without proclitics */
static const known_person *
recall(const na_entity_reader *r, const na_segment *seg, const na_token *t, bool *is_last,
	   uint32_t *skip)
{
	for (int k = -1; k < 2; k++)
	{
		uint32_t nkey = k < 0 ? 0 : t->alt[k].nkey;
		const known_slot *s;

		if (k >= 0 && t->alt[k].nchars == 0)
			break;
		s = find_known(r, word_hash(seg, t, nkey));
		if (s != NULL && s->hash != 0)
		{
			*is_last = s->last;
			*skip = k < 0 ? 0 : t->alt[k].nchars;
			return &r->known[s->person];
		}
	}
	return NULL;
}

/* ---- a segment ---------------------------------------------------------------------- */

static na_status
make_room(na_entity_reader *r, uint32_t n)
{
	void *p[] = {r->match, r->tagged, r->flags};

	if (n <= r->cap)
		return NA_OK;
	for (size_t i = 0; i < NA_LENGTHOF(p); i++)
		if (p[i])
			r->env->release(r->env->ctx, p[i]);
	r->match = NULL;
	r->tagged = NULL;
	r->flags = NULL;
	r->cap = n;
	r->match = r->env->alloc(r->env->ctx, n * sizeof *r->match);
	r->tagged = r->env->alloc(r->env->ctx, n * sizeof *r->tagged);
	r->flags = r->env->alloc(r->env->ctx, n * sizeof *r->flags);
	return r->match && r->tagged && r->flags ? NA_OK : NA_NO_MEMORY;
}

static na_entity *
new_entity(na_entity_reader *r)
{
	if (!na_grow(r->env, &r->list, r->nlist, &r->cap_list, sizeof *r->list))
		return NULL;
	memset(&r->list[r->nlist], 0, sizeof *r->list);
	return &r->list[r->nlist++];
}

static void
count_country(na_entity_reader *r, const char c[2])
{
	uint32_t k = country_slot(c);

	if (k != UINT32_MAX && r->countries[k] < UINT16_MAX)
		r->countries[k]++;
}

/* a built-in match, or the caller's name at token i if it is no shorter: only that has .user set */
static na_match
own_first(const na_entity_reader *r, const na_segment *seg, uint32_t i, na_match m)
{
	na_match own;

	if (r->user == NULL)
		return m;
	own = na_user_match(r->user, seg, i);
	return own.ntok > 0 && own.ntok >= m.ntok ? own : m;
}

/* names inside a hashtag: its words are scanned as a text of their own */
static na_status
hashtag_entities(na_entity_reader *r, const na_segment *seg, uint32_t i)
{
	const na_token *t = &seg->tok[i];
	char b[1024];
	na_scanner s;
	const na_segment *sub;
	na_status status;

	if (t->nbytes > sizeof b)
		return NA_OK;
	memcpy(b, seg->text + t->byte, t->nbytes);
	for (uint32_t k = 0; k < t->nbytes; k++)
		if (b[k] == '_' || b[k] == '#')
			b[k] = ' ';
	na_scan_init(&s, r->env, b, t->nbytes, NA_LOOKUP_ALL);
	while ((status = na_scan_next(&s, &sub)) == NA_OK && sub != NULL)
		for (uint32_t k = 0; k < sub->ntok;)
		{
			na_match m = na_gazetteer_match(sub, k);
			const na_match n = na_nisba_match(sub, k);
			const na_gaz *x = NULL;
			uint32_t ntok;
			na_entity *e;

			if (n.ntok > m.ntok)
				m = n;
			m = own_first(r, sub, k, m);
			ntok = m.ntok;
			if (ntok > 0 && !m.user)
				x = na_gaz_at(m.gaz);
			if (ntok == 0 || (x != NULL && (x->flags & (NA_GAZ_WEAK | NA_GAZ_NAME))))
			{
				k++;
				continue;
			}
			e = new_entity(r);
			if (e == NULL)
			{
				na_scan_end(&s);
				return NA_NO_MEMORY;
			}
			e->gaz = m.gaz;
			e->first = i;
			e->last = i + 1;
			e->byte = t->byte + sub->tok[k].byte;
			e->chr = t->chr + sub->tok[k].chr;
			e->nbytes =
				sub->tok[k + ntok - 1].byte + sub->tok[k + ntok - 1].nbytes - sub->tok[k].byte;
			e->nchars =
				sub->tok[k + ntok - 1].chr + sub->tok[k + ntok - 1].nchars - sub->tok[k].chr;
			if (x == NULL)
			{
				const na_user_entry *own = na_user_gazetteer_entry(r->user, m.gaz);

				e->user = true;
				e->kind = own->kind;
				e->name = own->name;
				memcpy(e->country, own->country, 2);
				e->score = 1.0f;
			}
			else
			{
				e->kind = x->kind;
				e->name.p = na_string(x->name);
				e->name.n = (uint32_t) strlen(e->name.p);
				e->score = 0.8f;
				if (x->kind != NA_ENT_PERSON && !(x->flags & NA_GAZ_HOME))
					memcpy(e->country, x->country, 2);
			}
			k += ntok;
		}
	na_scan_end(&s);
	return status;
}

/* a token that no name starts or ends with, whatever a tagger says */
static bool
is_edge_punctuation(const na_token *t)
{
	return t->kind == NA_PUNCT || t->kind == NA_QUOTE || t->kind == NA_NEWLINE ||
		   t->kind == NA_SYMBOL || t->kind == NA_TAG;
}

/* two runs in the order of their tokens, [0, n) and [n, total), become one */
static na_status
merge_lists(const na_env *env, na_entity *list, uint32_t n, uint32_t total)
{
	uint32_t m = total - n;
	na_entity *second = env->alloc(env->ctx, m * sizeof *second);

	if (second == NULL)
		return NA_NO_MEMORY;
	memcpy(second, list + n, m * sizeof *second);
	for (uint32_t k = total; m > 0; k--)
		list[k - 1] = n > 0 && list[n - 1].first > second[m - 1].first ? list[--n] : second[--m];
	env->release(env->ctx, second);
	return NA_OK;
}

/* one Arabic letter, alone or with points: د. م. أ.د. */
static bool
is_short_title(const na_segment *seg, uint32_t i)
{
	const na_token *t = &seg->tok[i];

	if (t->kind == NA_ABBREVIATION)
		return t->nkey <= 4 && (unsigned char) seg->text[t->byte] >= 0xD8;
	return t->kind == NA_WORD && t->nkey == 2;
}

/*
 * Last names of persons that are known by now, where the tagger passed them
 * over: who was a person once is one again, if it saw any chance of that.
 */
static na_status
known_again(na_entity_reader *r, const na_segment *seg)
{
	uint32_t nfound = r->nlist;
	uint32_t k = 0;

	if (r->nknown == 0 || !r->have_tagger)
		return NA_OK;
	for (uint32_t i = 0; i < seg->ntok; i++)
	{
		const na_token *t = &seg->tok[i];
		const na_tagged *g = &r->tagged[i];
		const known_person *p;
		bool is_last;
		uint32_t skip;
		na_entity *e;

		while (k < nfound && r->list[k].last <= i)
			k++;
		if (t->kind != NA_WORD || (k < nfound && r->list[k].first <= i) || g->tag != NA_TAG_O ||
			na_lex_payload(t->lex, NA_TOPIC_STOP) >= 0 || na_chance(g, NA_TAG_B_PER) < KNOWN_AGAIN)
			continue;
		p = recall(r, seg, t, &is_last, &skip);
		if (p == NULL || !is_last)
			continue;
		e = new_entity(r);
		if (e == NULL)
			return NA_NO_MEMORY;
		e->kind = NA_ENT_PERSON;
		e->first = i;
		e->last = i + 1;
		e->score = 0.5f;
		resolve(r, seg, e, r->match);
	}
	return r->nlist > nfound ? merge_lists(r->env, r->list, nfound, r->nlist) : NA_OK;
}

/*
 * A name that is more likely none: the tagger's probability is low, and no list
 * speaks for it, or only one that calls the form a common word as well.
 */
static bool
doubtful(const na_segment *seg, const na_match *m, uint8_t kind, uint32_t first, uint32_t last,
		 uint32_t prob)
{
	float least = kind == NA_ENT_OTHER ? 0 : LEAST_UNKNOWN;

	if (kind == NA_ENT_NATIONALITY)
	{
		na_match nat = na_nisba_match(seg, first);

		if (nat.ntok == last - first)
			least = na_gaz_at(nat.gaz)->flags & NA_GAZ_WEAK ? LEAST_WEAK : 0;
	}
	else if (m->ntok == last - first && !m->user && m->gaz && na_gaz_at(m->gaz)->kind == kind)
		least = kind == NA_ENT_PLACE && m->ntok == 1 && (na_gaz_at(m->gaz)->flags & NA_GAZ_WEAK)
					? LEAST_WEAK
					: 0;
	if (last - first == 1 && na_lex_payload(seg->tok[first].lex, NA_TOPIC_STOP) >= 0 &&
		least < LEAST_WEAK)
		least = LEAST_WEAK;
	/* names in Latin letters have a capital: words of markup and programs have none */
	if (last - first == 1 && seg->tok[first].kind == NA_LATIN && m->ntok == 0 &&
		!(seg->tok[first].flags & NA_TF_UPPER))
		least = LEAST_WEAK;
	return (float) prob < least * 65535.0f;
}

na_status
na_entities_segment(na_entity_reader *r, const na_segment *seg, const na_entity **list, uint32_t *n)
{
	na_status status = make_room(r, seg->ntok);
	uint32_t i;

	*list = NULL;
	*n = 0;
	r->nlist = 0;
	if (status != NA_OK)
		return status;
	for (i = 0; i < seg->ntok; i++)
	{
		const na_token *t = &seg->tok[i];

		memset(&r->match[i], 0, sizeof r->match[i]);
		if (t->kind != NA_WORD && t->kind != NA_LATIN && t->kind != NA_ABBREVIATION)
			continue;
		r->match[i] = own_first(r, seg, i, na_gazetteer_match(seg, i));
		if ((i & 4095) == 0)
			r->env->poll(r->env->ctx);
	}
	/* one line at a time */
	for (i = 0; i < seg->ntok;)
	{
		uint32_t j = i;

		while (j < seg->ntok && seg->tok[j].kind != NA_NEWLINE)
			j++;
		if (j > i)
		{
			if (r->have_tagger)
			{
				na_tagger_flags(seg, i, j, r->flags + i);
				status = na_tagger_run(&r->tagger, seg, i, j, r->flags + i, r->tagged + i);
				if (status != NA_OK)
					return status;
				na_mend_tags(seg, i, j, r->match, r->tagged);
			}
			else
				na_rule_tags(seg, i, j, r->match + i, r->tagged + i);
		}
		if (j < seg->ntok)
			memset(&r->tagged[j], 0, sizeof r->tagged[j]);
		i = j + 1;
	}
	/* tags to spans */
	for (i = 0; i < seg->ntok;)
	{
		const na_tagged *g = &r->tagged[i];
		uint32_t first = i;
		uint32_t last = i + 1;
		uint32_t prob = g->prob;
		na_entity *e;
		uint8_t kind;

		if (r->match[i].user)
		{
			/* the caller's names stand above everything */
			e = new_entity(r);
			if (e == NULL)
				return NA_NO_MEMORY;
			e->kind = na_user_gazetteer_entry(r->user, r->match[i].gaz)->kind;
			e->first = i;
			e->last = i + r->match[i].ntok;
			e->score = 1.0f;
			/* what is left of a name that the tagger saw there is none */
			for (i = e->last;
				 i < seg->ntok && NA_TAG_IS_INSIDE(r->tagged[i].tag) && !r->match[i].user; i++)
				;
			continue;
		}
		if (seg->tok[i].kind == NA_HASHTAG)
		{
			status = hashtag_entities(r, seg, i);
			if (status != NA_OK)
				return status;
			i++;
			continue;
		}
		if (g->tag == NA_TAG_O)
		{
			i++;
			continue;
		}
		kind = kind_of_tag(g->tag);
		while (last < seg->ntok && NA_TAG_IS_INSIDE(r->tagged[last].tag) &&
			   NA_TAG_TYPE(r->tagged[last].tag) == NA_TAG_TYPE(g->tag) && !r->match[last].user)
		{
			if (r->tagged[last].prob < prob)
				prob = r->tagged[last].prob;
			last++;
		}
		i = last;
		/* nor what stands before */
		if (last < seg->ntok && r->match[last].user && NA_TAG_IS_INSIDE(r->tagged[last].tag))
			continue;
		while (first < last && is_edge_punctuation(&seg->tok[first]))
			first++;
		while (last > first && is_edge_punctuation(&seg->tok[last - 1]))
			last--;
		/* persons stand without their titles, د. and أ. too */
		while (kind == NA_ENT_PERSON && first + 1 < last && is_short_title(seg, first))
			first++;
		if (kind == NA_ENT_PERSON && r->match[first].ntok != last - first)
		{
			uint32_t v;
			uint32_t k;

			while (first + 1 < last && (k = na_phrase(seg, first, 0, NA_TOPIC_TITLE, &v)) > 0 &&
				   first + k < last && na_token_payload(&seg->tok[first], NA_TOPIC_GIVEN, NULL) < 0)
				first += k;
		}
		if (first == last || (kind == NA_ENT_PERSON && is_short_title(seg, first)))
			continue;
		if (doubtful(seg, &r->match[first], kind, first, last, prob))
			continue;
		e = new_entity(r);
		if (e == NULL)
			return NA_NO_MEMORY;
		e->kind = kind;
		e->first = first;
		e->last = last;
		e->score = (float) prob / 65535.0f;
	}
	/* countries first, so that ambiguous names see all of them */
	for (i = 0; i < r->nlist; i++)
	{
		na_entity *e = &r->list[i];

		if (e->name.p != NULL)
			count_country(r, e->country);
		else if (r->match[e->first].user)
			count_country(r, na_user_gazetteer_entry(r->user, r->match[e->first].gaz)->country);
		else if (e->kind == NA_ENT_NATIONALITY)
		{
			na_match m = na_nisba_match(seg, e->first);

			if (m.ntok)
				count_country(r, na_gaz_at(m.gaz)->country);
		}
		else if (e->kind == NA_ENT_PLACE && !r->match[e->first].user &&
				 r->match[e->first].ntok == e->last - e->first &&
				 (na_gaz_at(r->match[e->first].gaz)->flags & NA_GAZ_COUNTRY))
			count_country(r, na_gaz_at(r->match[e->first].gaz)->country);
	}
	for (i = 0; i < r->nlist; i++)
	{
		na_entity *e = &r->list[i];

		if (e->name.p == NULL)
			resolve(r, seg, e, r->match);
		if (e->kind == NA_ENT_PERSON && e->last - e->first >= 2)
		{
			status = remember(r, seg, e);
			if (status != NA_OK)
				return status;
		}
	}
	status = known_again(r, seg);
	if (status != NA_OK)
		return status;
	/* last names and first names stand for the full name of the same text */
	for (i = 0; i < r->nlist; i++)
	{
		na_entity *e = &r->list[i];
		const known_person *p;
		bool is_last;
		uint32_t skip;

		if (e->kind != NA_ENT_PERSON || e->last - e->first > 1 ||
			seg->tok[e->first].kind != NA_WORD)
			continue;
		p = recall(r, seg, &seg->tok[e->first], &is_last, &skip);
		if (p == NULL || (e->gaz && p->gaz == 0))
			continue;
		e->gaz = p->gaz;
		e->user = p->user;
		set_place(e, seg, skip);
		e->name.p = p->name;
		e->name.n = p->nname;
	}
	*list = r->list;
	*n = r->nlist;
	return NA_OK;
}
