/*
 * gen_main.c
 *		news_ar.dat from data/.
 *
 *		gen_data DATA_DIR OUTPUT
 */
#include <glob.h>
#include <stdarg.h>
#include <stdlib.h>

#include "../core/na_normalize.h"
#include "../core/na_token.h"
#include "gen.h"

typedef void (*topic_reader)(gen *);

static const topic_reader readers[] = {
	gen_dates, gen_gazetteer, gen_agency, gen_pages, gen_quotes, gen_stem, gen_model,
};

typedef struct phrase
{
	uint32_t lex; /* single words: entry; phrases: trie node */
	uint32_t pay; /* topic << 24 | value */
} phrase;

typedef struct key_slot
{
	char *s;
	uint32_t n;
	uint32_t id;
} key_slot;

typedef struct pay_list
{
	uint32_t *v;
	uint32_t n;
} pay_list;

struct gen
{
	const char *dir;
	/* string pool */
	char *pool;
	size_t pool_len;
	size_t pool_cap;
	key_slot *strings;
	uint32_t nstrings;
	uint32_t strings_cap; /* power of two */
	/* lexicon; entry 0 unused */
	key_slot *words;
	uint32_t words_cap;
	uint32_t nlex;
	na_lex *lex;
	pay_list *lex_pay;
	/* trie; node 0 unused */
	uint32_t nnodes;
	pay_list *node_pay;
	na_trie_edge *edges;
	uint32_t nedges;
	na_trie_edge *edge_hash;
	uint32_t edge_cap;
	/* sections */
	void *data[NA_SEC_COUNT];
	uint32_t size[NA_SEC_COUNT];
};

void *
gen_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (p == NULL)
	{
		fprintf(stderr, "gen_data: out of memory\n");
		exit(1);
	}
	return p;
}

void *
gen_grow(void *p, size_t n, size_t size)
{
	/* double at the powers of two */
	if (n == 0 || (n & (n - 1)) == 0)
	{
		p = realloc(p, (n ? n * 2 : 1) * size);
		if (p == NULL)
		{
			fprintf(stderr, "gen_data: out of memory\n");
			exit(1);
		}
	}
	return p;
}

char *
gen_strdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(gen_alloc(n), s, n);
}

int
gen_index(const char *s, const char *const *names)
{
	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], s) == 0)
			return i;
	return -1;
}

void
gen_fail(const gen_table *t, int row, const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", t->file, row >= 0 && row < t->nrows ? t->lines[row] : 0);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static char *
trim(char *s)
{
	char *e;

	while (*s == ' ')
		s++;
	e = s + strlen(s);
	while (e > s && (e[-1] == ' ' || e[-1] == '\r' || e[-1] == '\n'))
		*--e = '\0';
	return s;
}

const char *
gen_dir(const gen *g)
{
	return g->dir;
}

gen_table *
gen_read(gen *g, const char *name)
{
	gen_table *t = gen_alloc(sizeof *t);
	char *path = gen_alloc(strlen(g->dir) + strlen(name) + 2);
	FILE *f;
	char *line = NULL;
	size_t cap = 0;
	int number = 0;

	sprintf(path, "%s/%s", g->dir, name);
	t->file = path;
	f = fopen(path, "r");
	if (f == NULL)
	{
		perror(path);
		exit(1);
	}
	while (getline(&line, &cap, f) >= 0)
	{
		char **cells;
		int n = 0;
		char *p = line;

		number++;
		if (line[0] == '#' || line[strspn(line, " \t\r\n")] == '\0')
			continue;
		p[strcspn(p, "\r\n")] = '\0';
		cells = gen_alloc(64 * sizeof *cells);
		for (;;)
		{
			char *tab = strchr(p, '\t');

			if (tab)
				*tab = '\0';
			if (n == 63)
			{
				fprintf(stderr, "%s:%d: too many columns\n", path, number);
				exit(1);
			}
			cells[n++] = trim(gen_strdup(p));
			if (tab == NULL)
				break;
			p = tab + 1;
		}
		if (t->cols == NULL)
		{
			t->cols = cells;
			t->ncols = n;
			continue;
		}
		if (n > t->ncols)
		{
			fprintf(stderr, "%s:%d: %d columns where the head has %d\n", path, number, n, t->ncols);
			exit(1);
		}
		while (n < t->ncols)
			cells[n++] = gen_strdup("");
		t->rows = gen_grow(t->rows, (size_t) t->nrows, sizeof *t->rows);
		t->lines = gen_grow(t->lines, (size_t) t->nrows, sizeof *t->lines);
		t->rows[t->nrows] = cells;
		t->lines[t->nrows++] = number;
	}
	free(line);
	fclose(f);
	return t;
}

char **
gen_glob(gen *g, const char *pattern)
{
	char *path = gen_alloc(strlen(g->dir) + strlen(pattern) + 2);
	glob_t found;
	char **names;

	sprintf(path, "%s/%s", g->dir, pattern);
	memset(&found, 0, sizeof found);
	if (glob(path, 0, NULL, &found) != 0)
		found.gl_pathc = 0;
	names = gen_alloc((found.gl_pathc + 1) * sizeof *names);
	for (size_t i = 0; i < found.gl_pathc; i++)
		names[i] = gen_strdup(found.gl_pathv[i] + strlen(g->dir) + 1);
	return names;
}

int
gen_col(const gen_table *t, const char *name)
{
	for (int c = 0; c < t->ncols; c++)
		if (strcmp(t->cols[c], name) == 0)
			return c;
	fprintf(stderr, "%s: no column \"%s\"\n", t->file, name);
	exit(1);
}

char **
gen_split(const char *s)
{
	char *copy = gen_strdup(s);
	char **list = gen_alloc((strlen(s) + 2) * sizeof *list);
	int n = 0;

	while (copy != NULL)
	{
		char *bar = strchr(copy, '|');

		if (bar)
			*bar++ = '\0';
		copy = trim(copy);
		if (*copy)
			list[n++] = copy;
		copy = bar;
	}
	return list;
}

/* slot of a string in an open-addressing table; grows the table at half full */
static key_slot *
find_slot(key_slot **table, uint32_t *cap, uint32_t used, const char *s, uint32_t n)
{
	uint32_t i;

	if (*cap == 0 || used * 2 >= *cap)
	{
		uint32_t new_cap = *cap ? *cap * 2 : 1024;
		key_slot *t = gen_alloc(new_cap * sizeof *t);

		for (uint32_t k = 0; k < *cap; k++)
			if ((*table)[k].s != NULL)
			{
				for (i = na_lex_hash((*table)[k].s, (*table)[k].n) & (new_cap - 1); t[i].s != NULL;
					 i = (i + 1) & (new_cap - 1))
					;
				t[i] = (*table)[k];
			}
		free(*table);
		*table = t;
		*cap = new_cap;
	}
	for (i = na_lex_hash(s, n) & (*cap - 1); (*table)[i].s != NULL; i = (i + 1) & (*cap - 1))
		if ((*table)[i].n == n && memcmp((*table)[i].s, s, n) == 0)
			break;
	return &(*table)[i];
}

uint32_t
gen_string(gen *g, const char *s)
{
	uint32_t n = (uint32_t) strlen(s);
	key_slot *slot;

	if (n == 0)
		return 0;
	slot = find_slot(&g->strings, &g->strings_cap, g->nstrings, s, n);
	if (slot->s != NULL)
		return slot->id;
	while (g->pool_len + n + 1 > g->pool_cap)
	{
		g->pool_cap = g->pool_cap ? g->pool_cap * 2 : 65536;
		g->pool = realloc(g->pool, g->pool_cap);
		if (g->pool == NULL)
			exit(1);
	}
	memcpy(g->pool + g->pool_len, s, n + 1);
	slot->s = gen_strdup(s);
	slot->n = n;
	slot->id = (uint32_t) g->pool_len;
	g->nstrings++;
	g->pool_len += n + 1;
	return slot->id;
}

const char *
gen_string_at(const gen *g, uint32_t offset)
{
	return offset == 0 ? "" : g->pool + offset;
}

static uint32_t
word_entry(gen *g, const char *s, uint32_t n)
{
	key_slot *slot = find_slot(&g->words, &g->words_cap, g->nlex, s, n);
	char *z;

	if (slot->s != NULL)
		return slot->id;
	z = gen_alloc(n + 1);
	memcpy(z, s, n);
	slot->s = z;
	slot->n = n;
	slot->id = g->nlex;
	g->lex = gen_grow(g->lex, g->nlex, sizeof *g->lex);
	g->lex_pay = gen_grow(g->lex_pay, g->nlex, sizeof *g->lex_pay);
	memset(&g->lex[g->nlex], 0, sizeof *g->lex);
	memset(&g->lex_pay[g->nlex], 0, sizeof *g->lex_pay);
	/* the walk of gen_string may move the pool, not the entry */
	g->lex[slot->id].nbytes = (uint16_t) n;
	g->nlex++;
	g->lex[g->nlex - 1].str = gen_string(g, z);
	return g->nlex - 1;
}

static uint32_t
trie_edge(gen *g, uint32_t node, uint32_t lex)
{
	uint32_t i;

	if (g->edge_cap == 0 || g->nedges * 2 >= g->edge_cap)
	{
		uint32_t cap = g->edge_cap ? g->edge_cap * 2 : 1024;
		na_trie_edge *t = gen_alloc(cap * sizeof *t);

		for (uint32_t k = 0; k < g->edge_cap; k++)
			if (g->edge_hash[k].next != 0)
			{
				na_trie_edge *e = &g->edge_hash[k];

				for (i = na_trie_hash(e->node, e->lex) & (cap - 1); t[i].next != 0;
					 i = (i + 1) & (cap - 1))
					;
				t[i] = *e;
			}
		free(g->edge_hash);
		g->edge_hash = t;
		g->edge_cap = cap;
	}
	for (i = na_trie_hash(node, lex) & (g->edge_cap - 1); g->edge_hash[i].next != 0;
		 i = (i + 1) & (g->edge_cap - 1))
		if (g->edge_hash[i].node == node && g->edge_hash[i].lex == lex)
			return g->edge_hash[i].next;
	g->node_pay = gen_grow(g->node_pay, g->nnodes, sizeof *g->node_pay);
	memset(&g->node_pay[g->nnodes], 0, sizeof *g->node_pay);
	g->edge_hash[i].node = node;
	g->edge_hash[i].lex = lex;
	g->edge_hash[i].next = g->nnodes;
	g->nedges++;
	return g->nnodes++;
}

static void
add_pay(pay_list *l, uint32_t pay)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (l->v[i] == pay)
			return;
	l->v = gen_grow(l->v, l->n, sizeof *l->v);
	l->v[l->n++] = pay;
}

bool
gen_key(gen *g, const char *phrase, na_topic topic, uint32_t value)
{
	na_scanner s;
	const na_segment *seg;
	uint32_t pay = (uint32_t) topic << 24 | value;
	uint32_t node = 0;
	uint32_t count = 0;
	uint32_t first = 0;

	if (value > 0xFFFFFF)
	{
		fprintf(stderr, "gen_data: value %u too large\n", value);
		exit(1);
	}
	na_scan_init(&s, &na_env_malloc, phrase, (uint32_t) strlen(phrase), NA_LOOKUP_NONE);
	while (na_scan_next(&s, &seg) == NA_OK && seg != NULL)
		for (uint32_t i = 0; i < seg->ntok; i++)
		{
			const na_token *t = &seg->tok[i];
			uint32_t lex;

			if (t->nkey == 0)
				continue;
			lex = word_entry(g, seg->keys + t->key, t->nkey);
			if (count == 0)
				first = lex;
			else if (count == 1)
			{
				if (g->lex[first].node == 0)
				{
					g->node_pay = gen_grow(g->node_pay, g->nnodes, sizeof *g->node_pay);
					memset(&g->node_pay[g->nnodes], 0, sizeof *g->node_pay);
					g->lex[first].node = g->nnodes++;
				}
				node = trie_edge(g, g->lex[first].node, lex);
			}
			else
				node = trie_edge(g, node, lex);
			count++;
		}
	na_scan_end(&s);
	if (count == 1)
		add_pay(&g->lex_pay[first], pay);
	else if (count > 1)
		add_pay(&g->node_pay[node], pay);
	return count > 0;
}

char *
gen_fold(const char *s)
{
	na_buf b;

	na_buf_init(&b, &na_env_malloc);
	if (na_normalize(&na_env_malloc, s, strlen(s), NA_STEPS_ALL, &b) != NA_OK ||
		!na_buf_put(&b, "", 1))
		exit(1);
	return b.data;
}

void
gen_section(gen *g, na_section section, const void *data, size_t record, uint32_t n)
{
	if (g->data[section] != NULL)
	{
		fprintf(stderr, "gen_data: section %d is put twice\n", (int) section);
		exit(1);
	}
	g->size[section] = (uint32_t) (record * n);
	g->data[section] = gen_alloc(record * n);
	if (n > 0)
		memcpy(g->data[section], data, record * n);
}

/* lexicon, trie and payloads into their sections */
static void
finish(gen *g)
{
	uint32_t *pay = NULL;
	uint32_t npay = 0;
	na_trie_node *nodes = gen_alloc(g->nnodes * sizeof *nodes);
	uint32_t cap = 1024;
	uint32_t *hash;
	uint32_t *parent = gen_alloc(g->nnodes * sizeof *parent);
	uint32_t *inside = gen_alloc(g->nlex * sizeof *inside);
	uint32_t *dates = gen_alloc(NA_DATES_BITS / 8);

	for (uint32_t i = 1; i < g->nlex; i++)
	{
		pay_list *l = &g->lex_pay[i];

		if (l->n > UINT16_MAX)
			exit(1);
		g->lex[i].pay = npay;
		g->lex[i].npay = (uint16_t) l->n;
		for (uint32_t k = 0; k < l->n; k++)
		{
			pay = gen_grow(pay, npay, sizeof *pay);
			pay[npay++] = l->v[k];
			g->lex[i].topics |= NA_TOPIC_BIT(NA_PAY_TOPIC(l->v[k]));
		}
	}
	for (uint32_t i = 1; i < g->nnodes; i++)
	{
		pay_list *l = &g->node_pay[i];

		nodes[i].pay = npay;
		nodes[i].npay = l->n;
		for (uint32_t k = 0; k < l->n; k++)
		{
			pay = gen_grow(pay, npay, sizeof *pay);
			pay[npay++] = l->v[k];
			nodes[i].topics |= NA_TOPIC_BIT(NA_PAY_TOPIC(l->v[k]));
		}
	}
	/* a node is younger than the one before it: from the last one on, all below are known */
	for (uint32_t i = 0; i < g->edge_cap; i++)
		if (g->edge_hash[i].next != 0)
			parent[g->edge_hash[i].next] = g->edge_hash[i].node;
	for (uint32_t i = g->nnodes; i-- > 1;)
		nodes[parent[i]].below |= nodes[i].topics | nodes[i].below;
	for (uint32_t i = 1; i < g->nlex; i++)
		if (g->lex[i].node != 0)
			g->lex[i].heads = nodes[g->lex[i].node].below;
	nodes[0].below = 0;
	/* what the phrases are of that a word stands in, but for their first word */
	for (uint32_t i = 0; i < g->edge_cap; i++)
		if (g->edge_hash[i].next != 0)
		{
			const na_trie_node *x = &nodes[g->edge_hash[i].next];

			inside[g->edge_hash[i].lex] |= x->topics | x->below;
		}
	if (g->nlex > NA_SLOT_ENTRY(UINT32_MAX))
	{
		fprintf(stderr, "gen_data: too many words\n");
		exit(1);
	}
	while (cap < g->nlex * 2)
		cap *= 2;
	hash = gen_alloc(cap * sizeof *hash);
	for (uint32_t i = 1; i < g->nlex; i++)
	{
		uint32_t h = na_lex_hash(g->pool + g->lex[i].str, g->lex[i].nbytes);
		uint32_t k = h & (cap - 1);

		while (hash[k] != 0)
			k = (k + 1) & (cap - 1);
		hash[k] = NA_SLOT_TAG(h) | i;
	}
	for (uint32_t i = 1; i < g->nlex; i++)
	{
		uint32_t h = na_lex_hash(g->pool + g->lex[i].str, g->lex[i].nbytes);

		/* the reader takes 0 for a word that it need not look up */
		if (h == 0)
		{
			fprintf(stderr, "gen_data: \"%s\" has hash 0\n", g->pool + g->lex[i].str);
			exit(1);
		}
		if ((g->lex[i].topics | g->lex[i].heads | inside[i]) & NA_TOPIC_BIT(NA_TOPIC_DATE))
			dates[NA_DATES_BIT(h) / 32] |= (uint32_t) 1 << NA_DATES_BIT(h) % 32;
	}
	gen_section(g, NA_SEC_LEX_DATES, dates, sizeof *dates, NA_DATES_BITS / 32);
	gen_section(g, NA_SEC_STRINGS, g->pool, 1, (uint32_t) g->pool_len);
	gen_section(g, NA_SEC_LEX_HASH, hash, sizeof *hash, cap);
	gen_section(g, NA_SEC_LEX, g->lex, sizeof *g->lex, g->nlex);
	gen_section(g, NA_SEC_TRIE_HASH, g->edge_hash, sizeof *g->edge_hash, g->edge_cap);
	gen_section(g, NA_SEC_TRIE, nodes, sizeof *nodes, g->nnodes);
	gen_section(g, NA_SEC_PAYLOAD, pay, sizeof *pay, npay);
	printf("lexicon: %u words, %u phrase nodes, %u payloads\n", g->nlex - 1, g->nnodes - 1, npay);
}

static void
write_blob(gen *g, const char *path)
{
	na_data_header h;
	size_t size = (sizeof h + 63) & ~(size_t) 63; /* no row of the tagger crosses a cache line */
	unsigned char *blob;
	FILE *f;

	memset(&h, 0, sizeof h);
	for (int s = 0; s < NA_SEC_COUNT; s++)
	{
		h.section[s].offset = (uint32_t) size;
		h.section[s].size = g->size[s];
		size = (size + g->size[s] + 63) & ~(size_t) 63;
	}
	if (size > UINT32_MAX)
	{
		fprintf(stderr, "gen_data: data exceed 4 GB\n");
		exit(1);
	}
	h.magic = NA_DATA_MAGIC;
	h.layout = NA_DATA_LAYOUT;
	h.size = (uint32_t) size;
	h.nsections = NA_SEC_COUNT;
	blob = gen_alloc(size);
	for (int s = 0; s < NA_SEC_COUNT; s++)
		if (g->size[s] > 0)
			memcpy(blob + h.section[s].offset, g->data[s], g->size[s]);
	h.checksum = na_fnv(blob + sizeof h, size - sizeof h);
	memcpy(blob, &h, sizeof h);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(blob, 1, size, f) != size || fclose(f) != 0)
	{
		perror(path);
		exit(1);
	}
	printf("%s: %zu bytes\n", path, size);
}

int
main(int argc, char **argv)
{
	gen g;

	if (argc != 3)
	{
		fprintf(stderr, "usage: gen_data DATA_DIR OUTPUT\n");
		return 2;
	}
	memset(&g, 0, sizeof g);
	g.dir = argv[1];
	/* offset 0 is the empty string; entry 0 and node 0 mean "none" */
	g.pool = gen_alloc(65536);
	g.pool_cap = 65536;
	g.pool_len = 1;
	g.lex = gen_grow(NULL, 0, sizeof *g.lex);
	g.lex_pay = gen_grow(NULL, 0, sizeof *g.lex_pay);
	memset(g.lex, 0, sizeof *g.lex);
	memset(g.lex_pay, 0, sizeof *g.lex_pay);
	g.nlex = 1;
	g.node_pay = gen_grow(NULL, 0, sizeof *g.node_pay);
	memset(g.node_pay, 0, sizeof *g.node_pay);
	g.nnodes = 1;
	for (size_t i = 0; i < NA_LENGTHOF(readers); i++)
		if (readers[i] != NULL)
			readers[i](&g);
	finish(&g);
	write_blob(&g, argv[2]);
	return 0;
}
