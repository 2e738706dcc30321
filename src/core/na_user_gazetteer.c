/*
 * na_user_gazetteer.c
 *		Names of a caller's table: kept as the keys of their words, found by a
 *		hash of the first one.
 */
#include "na_entity.h"

#define USER_WORDS 12 /* words of a name */

typedef struct user_name
{
	uint32_t hash; /* of the first word */
	uint32_t entry;
	uint32_t key; /* keys of the words, zero-terminated one by one, in the buffer */
	uint32_t nwords;
} user_name;

struct na_user_gazetteer
{
	const na_env *env;
	na_user_entry *entries;
	uint32_t nentries, cap_entries;
	user_name *names;
	uint32_t nnames, cap_names;
	uint32_t *slots; /* name + 1, open addressing by the first word */
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
	if (g->names)
		env->release(env->ctx, g->names);
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

static bool
user_rehash(na_user_gazetteer *g)
{
	uint32_t cap = g->nslots ? g->nslots * 2 : 256;
	uint32_t *t = g->env->alloc(g->env->ctx, cap * sizeof *t);

	if (t == NULL)
		return false;
	memset(t, 0, cap * sizeof *t);
	for (uint32_t i = 0; i < g->nnames; i++)
	{
		uint32_t k = g->names[i].hash & (cap - 1);

		while (t[k])
			k = (k + 1) & (cap - 1);
		t[k] = i + 1;
	}
	if (g->slots)
		g->env->release(g->env->ctx, g->slots);
	g->slots = t;
	g->nslots = cap;
	return true;
}

na_status
na_user_gazetteer_add(na_user_gazetteer *g, const na_user_entry *e)
{
	na_scanner s;
	const na_segment *seg;
	user_name *name;
	na_user_entry *mine;
	uint32_t nwords = 0;
	uint32_t start = (uint32_t) g->keys.len;
	uint32_t hash = 0;
	na_status status;
	uint32_t k;

	na_scan_init(&s, g->env, e->name.p, e->name.n, NA_LOOKUP_NONE);
	while ((status = na_scan_next(&s, &seg)) == NA_OK && seg != NULL)
		for (uint32_t i = 0; i < seg->ntok && nwords < USER_WORDS; i++)
		{
			const na_token *t = &seg->tok[i];

			if (t->nkey == 0)
				continue;
			if (nwords == 0)
				hash = na_lex_hash(seg->keys + t->key, t->nkey);
			if (!na_buf_put(&g->keys, seg->keys + t->key, t->nkey) || !na_buf_put(&g->keys, "", 1))
			{
				na_scan_end(&s);
				return NA_NO_MEMORY;
			}
			nwords++;
		}
	na_scan_end(&s);
	if (status != NA_OK)
		return status;
	if (nwords == 0)
		return NA_BAD_ARGUMENT;
	if (!na_grow(g->env, &g->entries, g->nentries, &g->cap_entries, sizeof *g->entries) ||
		!na_grow(g->env, &g->names, g->nnames, &g->cap_names, sizeof *g->names))
		return NA_NO_MEMORY;
	mine = &g->entries[g->nentries];
	*mine = *e;
	mine->id = copy_string(g, e->id);
	mine->name = copy_string(g, e->name);
	mine->name_en = copy_string(g, e->name_en);
	if (mine->name.n != e->name.n || mine->id.n != e->id.n || mine->name_en.n != e->name_en.n)
		return NA_NO_MEMORY;
	if (g->nnames * 2 >= g->nslots && !user_rehash(g))
		return NA_NO_MEMORY;
	name = &g->names[g->nnames];
	name->hash = hash;
	name->entry = g->nentries++;
	name->key = start;
	name->nwords = nwords;
	for (k = hash & (g->nslots - 1); g->slots[k]; k = (k + 1) & (g->nslots - 1))
		;
	g->slots[k] = ++g->nnames;
	return NA_OK;
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
		uint32_t h;

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
		h = na_lex_hash(key, n);
		for (uint32_t k = h & (g->nslots - 1); g->slots[k]; k = (k + 1) & (g->nslots - 1))
		{
			const user_name *x = &g->names[g->slots[k] - 1];
			const char *w = g->keys.data + x->key;
			uint32_t j;

			if (x->hash != h || strlen(w) != n || memcmp(w, key, n) != 0)
				continue;
			for (j = 1; j < x->nwords && i + j < seg->ntok; j++)
			{
				const na_token *u = &seg->tok[i + j];

				w += strlen(w) + 1;
				if (u->nkey != strlen(w) || memcmp(seg->keys + u->key, w, u->nkey) != 0)
					break;
			}
			if (j == x->nwords && j > m.ntok)
			{
				m.gaz = x->entry;
				m.ntok = (uint8_t) j;
				m.reading = (uint8_t) r;
			}
		}
	}
	return m;
}
