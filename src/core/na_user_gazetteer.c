/*
 * na_user_gazetteer.c
 *		Names of a caller's table: a trie over the keys of their words.
 */
#include "na_entity.h"

/* a way from one node to the next by a word; its own number is 1 + its index, 0 is the root */
typedef struct user_node
{
	uint32_t from;
	uint32_t hash; /* of the word */
	uint32_t key;  /* its key, in the buffer */
	uint32_t nkey;
	uint32_t entry; /* 1 + the entry whose name ends here, 0 = none */
} user_node;

struct na_user_gazetteer
{
	const na_env *env;
	na_user_entry *entries;
	uint32_t nentries, cap_entries;
	user_node *nodes;
	uint32_t nnodes, cap_nodes;
	uint32_t *slots; /* numbers of nodes, open addressing, 0 = free */
	uint32_t nslots;
	na_buf keys;
	na_arena strings;
};

na_user_gazetteer *
na_user_gazetteer_new(const na_env *env)
{
	na_user_gazetteer *g = env->alloc(env->ctx, sizeof *g);

	if (g == NULL)
		return NULL;
	memset(g, 0, sizeof *g);
	g->env = env;
	na_buf_init(&g->keys, env);
	na_arena_init(&g->strings, env);
	return g;
}

void
na_user_gazetteer_free(na_user_gazetteer *g)
{
	const na_env *env = g->env;

	na_buf_free(&g->keys);
	na_arena_free(&g->strings);
	if (g->entries)
		env->release(env->ctx, g->entries);
	if (g->nodes)
		env->release(env->ctx, g->nodes);
	if (g->slots)
		env->release(env->ctx, g->slots);
	env->release(env->ctx, g);
}

const na_user_entry *
na_user_gazetteer_entry(const na_user_gazetteer *g, uint32_t i)
{
	return &g->entries[i];
}

static na_str
copy_string(na_user_gazetteer *g, na_str s)
{
	na_str r = {NULL, 0};
	char *p;

	if (s.n == 0)
		return r;
	p = na_arena_alloc(&g->strings, s.n);
	if (p == NULL)
		return r;
	memcpy(p, s.p, s.n);
	r.p = p;
	r.n = s.n;
	return r;
}

/* where a node is looked for first */
static inline uint32_t
slot_of(const na_user_gazetteer *g, uint32_t from, uint32_t hash)
{
	uint32_t h = (hash ^ from * 0x9E3779B9u) * 0x85EBCA6Bu;

	return (h ^ h >> 15) & (g->nslots - 1);
}

/* the node behind another one by a word, 0 = there is none; *free gets the slot where it would be */
static uint32_t
step(const na_user_gazetteer *g, uint32_t from, uint32_t hash, const char *key, uint32_t n,
	 uint32_t *free)
{
	uint32_t k = slot_of(g, from, hash);

	for (; g->slots[k] != 0; k = (k + 1) & (g->nslots - 1))
	{
		const user_node *x = &g->nodes[g->slots[k] - 1];

		if (x->from == from && x->hash == hash && x->nkey == n &&
			memcmp(g->keys.data + x->key, key, n) == 0)
			return g->slots[k];
	}
	if (free != NULL)
		*free = k;
	return 0;
}

static bool
more_slots(na_user_gazetteer *g)
{
	uint32_t n = g->nslots ? g->nslots * 2 : 256;
	uint32_t *t = g->env->alloc(g->env->ctx, (size_t) n * sizeof *t);

	if (t == NULL)
		return false;
	memset(t, 0, (size_t) n * sizeof *t);
	if (g->slots)
		g->env->release(g->env->ctx, g->slots);
	g->slots = t;
	g->nslots = n;
	for (uint32_t i = 0; i < g->nnodes; i++)
	{
		uint32_t k = slot_of(g, g->nodes[i].from, g->nodes[i].hash);

		while (t[k])
			k = (k + 1) & (n - 1);
		t[k] = i + 1;
		if (i % 65536 == 65535)
			g->env->poll(g->env->ctx);
	}
	return true;
}

/* the node behind another one by a word, made if need be; 0 = no memory */
static uint32_t
make_step(na_user_gazetteer *g, uint32_t from, const char *key, uint32_t n)
{
	uint32_t hash = na_lex_hash(key, n);
	uint32_t slot;
	uint32_t at;
	user_node *x;

	if (g->nnodes * 2 >= g->nslots && !more_slots(g))
		return 0;
	at = step(g, from, hash, key, n, &slot);
	if (at != 0)
		return at;
	if (!na_grow(g->env, &g->nodes, g->nnodes, &g->cap_nodes, sizeof *g->nodes))
		return 0;
	x = &g->nodes[g->nnodes];
	x->from = from;
	x->hash = hash;
	x->key = (uint32_t) g->keys.len;
	x->nkey = n;
	x->entry = 0;
	if (!na_buf_put(&g->keys, key, n))
		return 0;
	g->slots[slot] = ++g->nnodes;
	return g->nnodes;
}

/* the entry whose name ends at a node; the first one stays */
static na_status
put_entry(na_user_gazetteer *g, uint32_t at, const na_user_entry *e)
{
	na_user_entry *mine;

	if (g->nodes[at - 1].entry != 0)
		return NA_OK;
	if (!na_grow(g->env, &g->entries, g->nentries, &g->cap_entries, sizeof *g->entries))
		return NA_NO_MEMORY;
	mine = &g->entries[g->nentries];
	*mine = *e;
	mine->id = copy_string(g, e->id);
	mine->name = copy_string(g, e->name);
	mine->name_en = copy_string(g, e->name_en);
	if (mine->name.n != e->name.n || mine->id.n != e->id.n || mine->name_en.n != e->name_en.n)
		return NA_NO_MEMORY;
	g->nodes[at - 1].entry = ++g->nentries;
	return NA_OK;
}

na_status
na_user_gazetteer_add(na_user_gazetteer *g, const na_user_entry *e)
{
	na_scanner s;
	const na_segment *seg;
	uint32_t nwords = 0;
	uint32_t at = 0;
	na_status status;

	na_scan_init(&s, g->env, e->name.p, e->name.n, NA_LOOKUP_NONE);
	status = na_scan_next(&s, &seg);
	while (status == NA_OK && seg != NULL)
	{
		for (uint32_t i = 0; i < seg->ntok && status == NA_OK; i++)
		{
			const na_token *t = &seg->tok[i];

			if (t->nkey == 0)
				continue;
			if (nwords++ == NA_USER_WORDS)
			{
				na_scan_end(&s);
				return NA_OK;
			}
			if ((at = make_step(g, at, seg->keys + t->key, t->nkey)) == 0)
				status = NA_NO_MEMORY;
		}
		if (status == NA_OK)
			status = na_scan_next(&s, &seg);
	}
	na_scan_end(&s);
	return status == NA_OK && at != 0 ? put_entry(g, at, e) : status;
}

na_match
na_user_match(const na_user_gazetteer *g, const na_segment *seg, uint32_t i)
{
	na_match m = {0, 0, 0, 0, 1};
	const na_token *t = &seg->tok[i];

	if (g->nslots == 0)
		return m;
	for (int r = 0; r <= 2; r++)
	{
		char lam[600];
		const char *key = seg->keys + t->key;
		uint32_t n = t->nkey;
		uint32_t at;

		if (r > 0)
		{
			const na_reading *a = &t->alt[r - 1];

			if (a->nchars == 0)
				break;
			key += a->nkey;
			n -= a->nkey;
			/* للصين is ل + الصين */
			if ((a->second ? a->second : a->first) == 'l' && n >= 2 && n < 590 &&
				memcmp(key, "\xD9\x84", 2) == 0)
			{
				memcpy(lam, "\xD8\xA7", 2);
				memcpy(lam + 2, key, n);
				key = lam;
				n += 2;
			}
		}
		at = step(g, 0, na_lex_hash(key, n), key, n, NULL);
		for (uint32_t j = 1; at != 0; j++)
		{
			const na_token *u = &seg->tok[i + j];

			if (g->nodes[at - 1].entry != 0 && j > m.ntok)
			{
				m.gaz = g->nodes[at - 1].entry - 1;
				m.ntok = (uint16_t) j;
				m.reading = (uint8_t) r;
			}
			if (i + j == seg->ntok)
				break;
			key = seg->keys + u->key;
			at = step(g, at, na_lex_hash(key, u->nkey), key, u->nkey, NULL);
		}
	}
	return m;
}
