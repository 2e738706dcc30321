/*
 * gen_stem.c
 *		The stem lexicon: inflects the lemmas of data/stems, then learns from
 *		the word counts how likely each stem and affix is.
 *
 * Learning is expectation maximisation: every word's count is shared among its
 * readings by their likelihood so far, the shares become the next likelihoods.
 * Some rounds settle which of كتاب + ه and كتابة a text means.
 */
#include <math.h>
#include <stdlib.h>

#include "../core/na_chartab.h"
#include "../core/na_stem.h"
#include "gen.h"

#define ROUNDS 6
#define RARE 0.05 /* first likelihood of a plural that is also a singular: قصر, اعلام */

/* a word of data/: folded letters, and what folding loses */
typedef struct word
{
	uint8_t c[NA_STEM_WORD]; /* codes of na_stem_letters() */
	int n;
	uint32_t first; /* first, second and last letter as written */
	uint32_t second;
	uint32_t last;
	bool doubled; /* ends in shadda */
	bool shadda;  /* has one elsewhere */
} word;

/* an entry while it is being collected */
typedef struct stem
{
	uint64_t key;
	na_stem_entry e;
	uint32_t parameter; /* verbs share one for all their stems */
	uint32_t form;		/* class and person, for verbs */
	double start;		/* first likelihood */
} stem;

typedef struct reading
{
	uint32_t stem;
	uint8_t prefix;
	uint8_t suffix;
} reading;

typedef struct counted
{
	double count;
	uint32_t first; /* readings */
	uint32_t n;
} counted;

static stem *stems;
static uint32_t nstems;
static uint32_t nparameters;
static na_stem_affixes affixes;

enum
{
	HAMZA = 1,
	ALEF = 2,
	TEH = 4,
	SEEN = 13,
	MEEM = 25,
	NOON = 26,
	HEH = 27,
	WAW = 28,
	YEH = 29
};

#define CP_SHADDA 0x651
#define CP_TEH_MARBUTA 0x629
#define CP_MAQSURA 0x649
#define CP_YEH 0x64A
#define CP_ALEF 0x627
#define CP_ALEF_UP 0x623
#define CP_ALEF_LOW 0x625
#define CP_ALEF_MADDA 0x622
#define CP_WAW 0x648

static const char *const class_names[NA_STEM_CLASSES + 1] = {
	[NA_STEM_N] = "n",	 [NA_STEM_M] = "m",	  [NA_STEM_H] = "h",   [NA_STEM_A] = "a",
	[NA_STEM_B] = "b",	 [NA_STEM_T] = "t",	  [NA_STEM_P] = "p",   [NA_STEM_Y] = "y",
	[NA_STEM_Q] = "q",	 [NA_STEM_VP] = "vp", [NA_STEM_VL] = "vl", [NA_STEM_VS] = "vs",
	[NA_STEM_VR] = "vr", [NA_STEM_VY] = "vy", [NA_STEM_VW] = "vw", [NA_STEM_VK] = "vk",
	[NA_STEM_IP] = "ip", [NA_STEM_IR] = "ir", [NA_STEM_IS] = "is", [NA_STEM_IY] = "iy",
	[NA_STEM_IW] = "iw"};

/* false when the word is too long or has other characters than letters and marks */
static bool
parse_word(const char *s, word *w)
{
	char *key = gen_fold(s);
	int n = na_stem_letters(key, (uint32_t) strlen(key), w->c);
	const unsigned char *u = (const unsigned char *) s;

	memset(&w->n, 0, sizeof *w - offsetof(word, n));
	free(key);
	if (n < 1)
		return false;
	w->n = n;
	for (; u[0] != '\0' && u[1] != '\0'; u += 2)
	{
		uint32_t c = (uint32_t) (u[0] & 0x1F) << 6 | (u[1] & 0x3F);

		w->shadda = w->shadda || w->doubled;
		w->doubled = c == CP_SHADDA;
		if (c >= 0x64B && c <= 0x65F)
			continue;
		if (w->first == 0)
			w->first = c;
		else if (w->second == 0)
			w->second = c;
		w->last = c;
	}
	return true;
}

static na_stem_head
head_of(uint32_t cp)
{
	switch (cp)
	{
		case CP_ALEF_UP: return NA_HEAD_UP;
		case CP_ALEF_LOW: return NA_HEAD_LOW;
		case CP_ALEF_MADDA: return NA_HEAD_MADDA;
		case CP_ALEF: return NA_HEAD_WASL;
		default: return NA_HEAD_ANY;
	}
}

/* lemma, search lexeme, parameter of the lemma that is being inflected */
typedef struct lemma
{
	uint32_t str;
	uint32_t family;
	uint32_t parameter;
} lemma;

static void
add(const lemma *l, const uint8_t *c, int n, na_stem_class cls, na_stem_head head)
{
	stem *s;
	bool verb = na_stem_kind_of(cls) != NA_STEM_NOUN;

	if (n < 1 || n > NA_STEM_LETTERS)
		return;
	stems = gen_grow(stems, nstems, sizeof *stems);
	s = &stems[nstems++];
	memset(s, 0, sizeof *s);
	s->key = na_stem_pack(c, n);
	s->e.lemma = l->str;
	s->e.family = l->family;
	s->e.cls = (uint8_t) cls;
	s->e.head = (uint8_t) (c[0] == ALEF ? head : NA_HEAD_ANY);
	s->parameter = verb ? l->parameter : nparameters++;
	/* present stems: by person, too, or the rare first person would eat nouns in alef */
	s->form =
		verb ? 1 + (uint32_t) cls * 32 + (na_stem_kind_of(cls) == NA_STEM_PRESENT ? c[0] : 0) : 0;
	s->start = 1.0;
}

/* a present stem with each of its person letters */
static void
add_present(const lemma *l, const uint8_t *c, int n, na_stem_class cls)
{
	static const uint8_t person[4] = {YEH, TEH, NOON, ALEF};
	uint8_t b[NA_STEM_WORD + 1];

	if (n >= NA_STEM_WORD)
		return;
	memcpy(b + 1, c, (size_t) n);
	for (int i = 0; i < 4; i++)
	{
		b[0] = person[i];
		add(l, b, n + 1, cls, NA_HEAD_UP);
	}
}

static bool
starts(const word *w, uint8_t a, uint8_t b, uint8_t c)
{
	return w->n >= 3 && w->c[0] == a && w->c[1] == b && (c == 0 || w->c[2] == c);
}

typedef struct base
{
	uint8_t c[NA_STEM_WORD + 2];
	int n;
	uint32_t last;
} base;

static void
inflect_verb(const lemma *l, const word *w, const word *present, int npresent)
{
	const uint8_t *k = w->c;
	int n = w->n;
	na_stem_head head = head_of(w->first);
	base b[8];
	int nb = 0;
	uint8_t t[NA_STEM_WORD + 2];
	bool hollow;

	if (n < 2 || n >= NA_STEM_WORD - 2)
		return;
	/* سأل is not hollow */
	hollow = n >= 3 && k[n - 2] == ALEF && k[n - 1] != HAMZA &&
			 ((n == 3 && w->second == CP_ALEF) ||
			  (n == 4 && (w->first == CP_ALEF_UP || w->first == CP_ALEF)) ||
			  (n >= 5 && w->first == CP_ALEF &&
			   (starts(w, ALEF, SEEN, TEH) || starts(w, ALEF, NOON, 0) || n == 5)));
	for (int i = 0; i < npresent && nb < 8; i++, nb++)
	{
		b[nb].n = present[i].n - 1;
		b[nb].last = present[i].last;
		memcpy(b[nb].c, present[i].c + 1, (size_t) b[nb].n);
	}
	if (nb == 0)
	{
		/* the rules of the head of verbs.tsv */
		bool drop = (n == 4 && w->first == CP_ALEF_UP) || (w->first == CP_ALEF && n >= 4) ||
					(w->first == CP_ALEF_UP && w->shadda && w->doubled && n == 3);
		bool hamza = w->first == CP_ALEF_MADDA || (w->first == CP_ALEF_UP && w->shadda);

		if (!drop && !hamza && w->first == CP_ALEF_UP && n == 5)
			drop = true;
		if (w->first == CP_ALEF_UP && w->doubled && n == 3)
			drop = true, hamza = false;
		b[0].n = n - (drop ? 1 : 0);
		memcpy(b[0].c, k + (drop ? 1 : 0), (size_t) b[0].n);
		if (!drop && hamza)
			b[0].c[0] = HAMZA;
		b[0].last = w->last;
		nb = 1;
	}
	if (w->doubled)
	{
		memcpy(t, k, (size_t) n);
		t[n] = k[n - 1];
		add(l, k, n, NA_STEM_VL, head);
		add(l, t, n + 1, NA_STEM_VS, head);
		for (int i = 0; i < nb; i++)
		{
			b[i].c[b[i].n] = b[i].c[b[i].n - 1];
			add_present(l, b[i].c, b[i].n, NA_STEM_IP);
			add_present(l, b[i].c, b[i].n + 1, NA_STEM_IS);
		}
		return;
	}
	if (hollow)
	{
		add(l, k, n, NA_STEM_VL, head);
		memcpy(t, k, (size_t) n);
		t[n - 2] = k[n - 1];
		add(l, t, n - 1, NA_STEM_VS, head);
		if (!starts(w, ALEF, NOON, 0))
		{
			t[n - 2] = YEH;
			t[n - 1] = k[n - 1];
			add(l, t, n, NA_STEM_VR, head == NA_HEAD_WASL ? NA_HEAD_WASL : head);
		}
		if (n == 3)
		{
			if (npresent == 0)
				b[0].c[1] = WAW;
			/* imperative: قولوا */
			add(l, b[0].c, b[0].n, NA_STEM_VK, head);
			add_present(l, k, n, NA_STEM_IR);
		}
		else if (w->first == CP_ALEF_UP || (n >= 5 && starts(w, ALEF, SEEN, TEH)))
		{
			add_present(l, k + 1, n - 1, NA_STEM_IR);
			if (npresent == 0)
				b[0].c[b[0].n - 2] = YEH;
		}
		for (int i = 0; i < nb; i++)
		{
			if (b[i].n < 2)
				continue;
			add_present(l, b[i].c, b[i].n, NA_STEM_IP);
			b[i].c[b[i].n - 2] = b[i].c[b[i].n - 1];
			add_present(l, b[i].c, b[i].n - 1, NA_STEM_IS);
		}
		return;
	}
	if (n >= 3 && (w->last == CP_MAQSURA || w->last == CP_YEH || w->last == CP_ALEF))
	{
		memcpy(t, k, (size_t) n);
		if (w->last == CP_MAQSURA)
		{
			add(l, k, n - 1, NA_STEM_VY, head);
			t[n - 1] = YEH;
			add(l, t, n, NA_STEM_VR, head);
		}
		else if (w->last == CP_YEH)
		{
			add(l, k, n, NA_STEM_VP, head);
			add(l, k, n - 1, NA_STEM_VK, head);
		}
		else
			add(l, k, n - 1, NA_STEM_VW, head);
		for (int i = 0; i < nb; i++)
			add_present(l, b[i].c, b[i].n - 1,
						(npresent > 0 ? b[i].last == CP_WAW : w->last == CP_ALEF) ? NA_STEM_IW
																				  : NA_STEM_IY);
		if (npresent > 0 ? b[0].last == CP_WAW : w->last == CP_ALEF)
			add_present(l, b[0].c, b[0].n - 1, NA_STEM_IY);
		return;
	}
	add(l, k, n, NA_STEM_VP, head);
	if (n == 3 && k[1] == ALEF && k[2] == HAMZA)
	{
		t[0] = k[0];
		t[1] = HAMZA;
		add(l, t, 2, NA_STEM_VS, head);
	}
	if (n == 3 && k[0] == WAW && npresent > 0)
		add_present(l, k, n, NA_STEM_IR);
	if (n == 3 && w->first == CP_ALEF_UP)
	{
		/* passive يؤخذ, imperative خذوا */
		memcpy(t, k, (size_t) n);
		t[0] = HAMZA;
		add_present(l, t, n, NA_STEM_IR);
		add(l, k + 1, n - 1, NA_STEM_VK, head);
	}
	if (n == 3 && w->second == CP_ALEF_UP)
	{
		/* passive of سأل: سئل */
		memcpy(t, k, (size_t) n);
		t[1] = HAMZA;
		add(l, t, n, NA_STEM_VR, head);
	}
	for (int i = 0; i < nb; i++)
		add_present(l, b[i].c, b[i].n, NA_STEM_IP);
	if (n == 4 && k[1] == ALEF && w->first != CP_ALEF_UP && w->first != CP_ALEF_MADDA)
	{
		memcpy(t, k, (size_t) n);
		t[1] = WAW;
		add(l, t, n, NA_STEM_VR, head);
	}
}

/* a singular or a plural by its ending */
static void
inflect_noun(const lemma *l, const word *w, bool plural, bool has_plural)
{
	na_stem_head head = head_of(w->first);
	const uint8_t *k = w->c;
	int n = w->n;

	if (w->last == CP_TEH_MARBUTA && n > 2)
		add(l, k, n - 1, plural ? NA_STEM_T : NA_STEM_H, head);
	else if (w->last == CP_MAQSURA && n > 2)
		add(l, k, n - 1, NA_STEM_Y, head);
	else if (w->last == CP_ALEF && n > 3)
	{
		if (plural)
			add(l, k, n, NA_STEM_B, head);
		add(l, k, n - 1, NA_STEM_Y, head);
	}
	else if (w->last == CP_YEH && n > 3 && plural)
	{
		add(l, k, n, NA_STEM_B, head);
		add(l, k, n - 1, NA_STEM_Q, head);
	}
	else
		add(l, k, n, plural ? NA_STEM_B : has_plural ? NA_STEM_M : NA_STEM_N, head);
}

/* ---- spellings that are one to search ---------------------------------------- */

typedef struct variant
{
	uint32_t from;
	uint32_t to;
} variant;

static variant *variants;
static size_t nvariants;

static uint32_t
canonical(uint32_t lexeme)
{
	for (size_t i = 0; i < nvariants; i++)
		if (variants[i].from == lexeme)
			return variants[i].to;
	return lexeme;
}

static uint32_t
folded(gen *g, const char *s)
{
	char *k = gen_fold(s);
	uint32_t r = gen_string(g, k);

	free(k);
	return r;
}

static void
read_variants(gen *g)
{
	gen_table *t = gen_read(g, "stems/variants.tsv");
	int c_lex = gen_col(t, "lexeme"), c_var = gen_col(t, "variants");

	for (int r = 0; r < t->nrows; r++)
		for (char **v = gen_split(t->rows[r][c_var]); *v != NULL; v++)
		{
			variants = gen_grow(variants, nvariants, sizeof *variants);
			variants[nvariants].from = folded(g, *v);
			variants[nvariants++].to = folded(g, t->rows[r][c_lex]);
		}
}

static lemma
new_lemma(gen *g, const char *s, const char *verb)
{
	lemma l;

	l.str = folded(g, s);
	l.family = canonical(*verb != '\0' ? folded(g, verb) : l.str);
	l.parameter = nparameters++;
	return l;
}

/* ---- the files ---------------------------------------------------------------- */

static void
read_verbs(gen *g)
{
	gen_table *t = gen_read(g, "stems/verbs.tsv");
	int c_lemma = gen_col(t, "lemma"), c_present = gen_col(t, "present");

	for (int r = 0; r < t->nrows; r++)
	{
		lemma l = new_lemma(g, t->rows[r][c_lemma], "");
		word w, present[8];
		int n = 0;

		if (!parse_word(t->rows[r][c_lemma], &w))
			gen_fail(t, r, "\"%s\" is no word", t->rows[r][c_lemma]);
		for (char **p = gen_split(t->rows[r][c_present]); *p != NULL && n < 8; p++)
			if (!parse_word(*p, &present[n]) || present[n].c[0] != YEH || present[n].n < 2)
				gen_fail(t, r, "\"%s\" is no present tense", *p);
			else
				n++;
		inflect_verb(&l, &w, present, n);
	}
}

static void
read_nouns(gen *g, const char *file)
{
	gen_table *t = gen_read(g, file);
	int c_lemma = gen_col(t, "lemma"), c_class = gen_col(t, "class"), c_pl = gen_col(t, "plurals");
	int c_forms = gen_col(t, "forms"), c_verb = gen_col(t, "verb");

	for (int r = 0; r < t->nrows; r++)
	{
		const char *cls = t->rows[r][c_class];
		lemma l = new_lemma(g, t->rows[r][c_lemma], t->rows[r][c_verb]);
		char **plurals = gen_split(t->rows[r][c_pl]);
		word w;

		if (!parse_word(t->rows[r][c_lemma], &w))
			gen_fail(t, r, "\"%s\" is no word", t->rows[r][c_lemma]);
		if (strcmp(cls, "") == 0)
			inflect_noun(&l, &w, false, *plurals != NULL);
		else if (strcmp(cls, "a") == 0)
			add(&l, w.c, w.n, NA_STEM_A, head_of(w.first));
		else if (strcmp(cls, "p") == 0)
			add(&l, w.c, w.n, NA_STEM_P, head_of(w.first));
		else if (strcmp(cls, "q") == 0)
		{
			add(&l, w.c, w.n, NA_STEM_B, head_of(w.first));
			add(&l, w.c, w.n - 1, NA_STEM_Q, head_of(w.first));
		}
		else
			gen_fail(t, r, "unknown class \"%s\"", cls);
		for (; *plurals != NULL; plurals++)
			if (parse_word(*plurals, &w))
				inflect_noun(&l, &w, true, true);
			else
				gen_fail(t, r, "\"%s\" is no word", *plurals);
		for (char **f = gen_split(t->rows[r][c_forms]); *f != NULL; f++)
			if (parse_word(*f, &w))
				add(&l, w.c, w.n, NA_STEM_P, head_of(w.first));
			else
				gen_fail(t, r, "\"%s\" is no word", *f);
	}
}

static void
read_particles(gen *g)
{
	gen_table *t = gen_read(g, "stems/particles.tsv");
	int c_word = gen_col(t, "word");

	for (int r = 0; r < t->nrows; r++)
	{
		lemma l = new_lemma(g, t->rows[r][c_word], "");
		word w;

		if (parse_word(t->rows[r][c_word], &w))
			add(&l, w.c, w.n, NA_STEM_P, NA_HEAD_ANY);
	}
}

static void
read_open(gen *g)
{
	gen_table *t = gen_read(g, "stems/open.tsv");
	int c_stem = gen_col(t, "stem"), c_class = gen_col(t, "class");

	for (int r = 0; r < t->nrows; r++)
	{
		const char *cls = t->rows[r][c_class];
		na_stem_class c = *cls == '\0'	? NA_STEM_N
						  : *cls == 'a' ? NA_STEM_A
						  : *cls == 'h' ? NA_STEM_H
										: NA_STEM_P;
		char *s = gen_alloc(strlen(t->rows[r][c_stem]) + 4);
		lemma l;
		word w;

		strcpy(s, t->rows[r][c_stem]);
		if (!parse_word(s, &w))
			gen_fail(t, r, "\"%s\" is no word", s);
		if (c == NA_STEM_H)
			strcat(s, "ه");
		l = new_lemma(g, s, "");
		add(&l, w.c, w.n, c, NA_HEAD_ANY);
	}
}

/* ---- affixes ------------------------------------------------------------------- */

static uint32_t
affix_key(const gen_table *t, int row, const char *s, int *len)
{
	uint8_t c[NA_STEM_WORD];
	int n = *s == '\0' ? 0 : na_stem_letters(s, (uint32_t) strlen(s), c);

	if (n < 0 || n > NA_STEM_AFFIX)
		gen_fail(t, row, "\"%s\" is no affix", s);
	*len = n;
	return (uint32_t) na_stem_pack(c, n);
}

static uint32_t
suffix_index(const gen_table *t, int row, const char *s)
{
	int len;
	uint32_t key = affix_key(t, row, s, &len);
	uint32_t h;

	for (uint32_t i = 0; i < affixes.nsuffix; i++)
		if (affixes.suffix_key[i] == key)
			return i;
	if (affixes.nsuffix == NA_STEM_SUFFIXES)
		gen_fail(t, row, "too many suffixes");
	for (h = na_suffix_hash(key); affixes.suffix_hash[h] != 0; h = (h + 1) % NA_STEM_SUFFIX_HASH)
		;
	affixes.suffix_hash[h] = (uint8_t) affixes.nsuffix;
	affixes.suffix_key[affixes.nsuffix] = key;
	return affixes.nsuffix++;
}

static const char *
plain(const char *s)
{
	return strcmp(s, "-") == 0 ? "" : s;
}

static void
read_affixes(gen *g)
{
	static const char *const pronouns[] = {"ه", "ها", "هم", "هن", "هما", "ك", "كم", "نا", NULL};
	gen_table *t = gen_read(g, "stems/suffixes.tsv");
	int c_class = gen_col(t, "class"), c_suffixes = gen_col(t, "suffixes");
	int c_pronouns = gen_col(t, "pronouns"), c_definite = gen_col(t, "definite"), c_kinds, c_prefix;

	affixes.nsuffix = 1; /* none */
	for (int r = 0; r < t->nrows; r++)
	{
		int cls = gen_index(t->rows[r][c_class], class_names);

		if (cls < 0)
			gen_fail(t, r, "unknown class \"%s\"", t->rows[r][c_class]);
		for (char **s = gen_split(t->rows[r][c_suffixes]); *s != NULL; s++)
			affixes.suffix_classes[suffix_index(t, r, plain(*s))] |= 1u << cls;
		for (char **s = gen_split(t->rows[r][c_pronouns]); *s != NULL; s++)
			for (const char *const *p = pronouns; *p != NULL; p++)
			{
				char both[64];

				snprintf(both, sizeof both, "%s%s", plain(*s), *p);
				affixes.suffix_classes[suffix_index(t, r, both)] |= 1u << cls;
			}
		for (char **s = gen_split(t->rows[r][c_definite]); *s != NULL; s++)
			affixes.suffix_definite[suffix_index(t, r, plain(*s))] |= 1u << cls;
	}

	t = gen_read(g, "stems/prefixes.tsv");
	c_prefix = gen_col(t, "prefix");
	c_kinds = gen_col(t, "kinds");
	affixes.nprefix = 1; /* none */
	affixes.prefix_kinds[0] = 1 << NA_STEM_NOUN | 1 << NA_STEM_PAST | 1 << NA_STEM_PRESENT;
	for (int r = 0; r < t->nrows; r++)
	{
		uint32_t i = affixes.nprefix++;
		int len;

		if (i == NA_STEM_PREFIXES)
			gen_fail(t, r, "too many prefixes");
		affixes.prefix_key[i] = affix_key(t, r, t->rows[r][c_prefix], &len);
		affixes.prefix_len[i] = (uint8_t) len;
		affixes.prefix_first |= 1u << (affixes.prefix_key[i] & 31);
		for (const char *k = t->rows[r][c_kinds]; *k; k++)
		{
			static const char names[] = "nvid";
			const char *at = strchr(names, *k);

			if (at == NULL)
				gen_fail(t, r, "unknown kind \"%c\"", *k);
			affixes.prefix_kinds[i] |= (uint8_t) (1 << (at - names));
		}
	}
}

/* ---- learning ------------------------------------------------------------------ */

static int
by_stem(const void *a, const void *b)
{
	const stem *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->e.cls != y->e.cls)
		return x->e.cls < y->e.cls ? -1 : 1;
	if (x->e.lemma != y->e.lemma)
		return x->e.lemma < y->e.lemma ? -1 : 1;
	return x->parameter < y->parameter ? -1 : x->parameter > y->parameter;
}

static uint64_t *hash_keys;
static uint32_t *hash_first;
static uint32_t hash_size;
static na_stem_entry *entries;

static void
build_lexicon(void)
{
	uint32_t n = 0, distinct = 0;

	qsort(stems, nstems, sizeof *stems, by_stem);
	for (uint32_t i = 0; i < nstems; i++)
		if (n == 0 || stems[n - 1].key != stems[i].key || stems[n - 1].e.cls != stems[i].e.cls ||
			stems[n - 1].e.lemma != stems[i].e.lemma)
		{
			distinct += n == 0 || stems[n - 1].key != stems[i].key;
			stems[n++] = stems[i];
		}
	nstems = n;
	for (hash_size = 1024; hash_size < distinct * 8 / 5; hash_size *= 2)
		;
	hash_keys = gen_alloc(hash_size * sizeof *hash_keys);
	hash_first = gen_alloc(hash_size * sizeof *hash_first);
	for (uint32_t i = 0; i < nstems; i++)
	{
		bool first = i == 0 || stems[i - 1].key != stems[i].key;
		bool last = i + 1 == nstems || stems[i + 1].key != stems[i].key;

		if (last)
			stems[i].e.flags |= NA_STEM_F_LAST;
		if (first)
		{
			uint32_t shift = 64 - (uint32_t) __builtin_ctz(hash_size);
			uint32_t h = na_stem_hash(stems[i].key, shift);

			while (hash_keys[h] != 0)
				h = (h + 1) & (hash_size - 1);
			hash_keys[h] = stems[i].key;
			hash_first[h] = i;
			/* of a word that is a singular of its own, the plural reading starts as a rare one */
			{
				bool singular = false, feminine = false;
				uint32_t e;

				for (e = i; e < nstems && stems[e].key == stems[i].key; e++)
				{
					uint8_t c = stems[e].e.cls;

					singular = singular || c == NA_STEM_N || c == NA_STEM_M || c == NA_STEM_A ||
							   c == NA_STEM_P;
					feminine = feminine || c == NA_STEM_H;
				}
				for (e = i; e < nstems && stems[e].key == stems[i].key; e++)
					if ((stems[e].e.cls == NA_STEM_B && singular) ||
						(stems[e].e.cls == NA_STEM_T && feminine))
						stems[e].start = RARE;
			}
		}
	}
	entries = gen_alloc(nstems * sizeof *entries);
	for (uint32_t i = 0; i < nstems; i++)
		entries[i] = stems[i].e;
}

#define FORMS (1 + NA_STEM_CLASSES * 32)

static int
cost_of(double p, int most)
{
	double c = p > 0 ? -8 * log2(p) : most;

	return c > most ? most : c < 0 ? 0 : (int) lrint(c);
}

static void
learn(gen *g)
{
	gen_table *t = gen_read(g, "stems/counts.tsv");
	int c_word = gen_col(t, "word"), c_count = gen_col(t, "count");
	na_stem_lexicon lex = {hash_keys, hash_first, 64 - (uint32_t) __builtin_ctz(hash_size), entries,
						   &affixes};
	reading *readings = NULL;
	size_t nreadings = 0;
	counted *words = gen_alloc((size_t) t->nrows * sizeof *words);
	double *p_stem = gen_alloc(nparameters * sizeof *p_stem),
		   *n_stem = gen_alloc(nparameters * sizeof *n_stem);
	double(*p_suffix)[NA_STEM_SUFFIXES] = gen_alloc(NA_STEM_CLASSES * sizeof *p_suffix);
	double(*n_suffix)[NA_STEM_SUFFIXES] = gen_alloc(NA_STEM_CLASSES * sizeof *n_suffix);
	double p_prefix[NA_STEM_DEFINITE][NA_STEM_PREFIXES],
		n_prefix[NA_STEM_DEFINITE][NA_STEM_PREFIXES];
	double *p_form = gen_alloc(FORMS * sizeof *p_form), *n_form = gen_alloc(FORMS * sizeof *n_form);
	double share[256];
	double sum;

	for (int r = 0; r < t->nrows; r++)
	{
		uint8_t c[NA_STEM_WORD];
		int n = na_stem_letters(t->rows[r][c_word], (uint32_t) strlen(t->rows[r][c_word]), c);
		na_stem_reading out[256];
		int nout = n > 0 ? na_stem_readings(&lex, c, n, out, 256) : 0;

		words[r].count = atof(t->rows[r][c_count]);
		words[r].first = (uint32_t) nreadings;
		words[r].n = (uint32_t) nout;
		for (int i = 0; i < nout; i++)
		{
			readings = gen_grow(readings, nreadings, sizeof *readings);
			readings[nreadings].stem = out[i].entry;
			readings[nreadings].prefix = out[i].prefix;
			readings[nreadings++].suffix = out[i].suffix;
		}
	}
	for (uint32_t i = 0; i < nparameters; i++)
		p_stem[i] = 1;
	for (uint32_t i = 0; i < nstems; i++)
		if (stems[i].start < 1)
			p_stem[stems[i].parameter] = stems[i].start;
	for (int c = 0; c < NA_STEM_CLASSES; c++)
	{
		int n = 0;

		for (uint32_t s = 0; s < affixes.nsuffix; s++)
			n += affixes.suffix_classes[s] >> c & 1;
		for (uint32_t s = 0; s < affixes.nsuffix; s++)
			p_suffix[c][s] = 1.0 / (n ? n : 1);
	}
	for (int k = 0; k < NA_STEM_DEFINITE; k++)
		for (int i = 0; i < NA_STEM_PREFIXES; i++)
			p_prefix[k][i] = 1;
	for (int i = 0; i < FORMS; i++)
		p_form[i] = 1;

	for (int round = 0; round < ROUNDS; round++)
	{
		memset(n_stem, 0, nparameters * sizeof *n_stem);
		memset(n_suffix, 0, NA_STEM_CLASSES * sizeof *n_suffix);
		memset(n_prefix, 0, sizeof n_prefix);
		memset(n_form, 0, FORMS * sizeof *n_form);
		for (int r = 0; r < t->nrows; r++)
		{
			double all = 0;

			for (uint32_t i = 0; i < words[r].n; i++)
			{
				const reading *x = &readings[words[r].first + i];
				const stem *s = &stems[x->stem];

				share[i] = p_stem[s->parameter] * p_form[s->form] * p_suffix[s->e.cls][x->suffix] *
						   p_prefix[na_stem_kind_of(s->e.cls)][x->prefix];
				all += share[i];
			}
			for (uint32_t i = 0; i < words[r].n; i++)
			{
				const reading *x = &readings[words[r].first + i];
				const stem *s = &stems[x->stem];
				double f = words[r].count * share[i] / all;

				n_stem[s->parameter] += f;
				n_form[s->form] += f;
				n_suffix[s->e.cls][x->suffix] += f;
				n_prefix[na_stem_kind_of(s->e.cls)][x->prefix] += f;
			}
		}
		/* shares to likelihoods; a little for what was not seen */
		sum = 0;
		for (uint32_t i = 0; i < nparameters; i++)
			sum += n_stem[i];
		for (uint32_t i = 0; i < nparameters; i++)
			p_stem[i] = (n_stem[i] + 0.2) / sum;
		for (int c = 0; c < NA_STEM_CLASSES; c++)
		{
			sum = 100;
			for (uint32_t s = 0; s < affixes.nsuffix; s++)
				sum += n_suffix[c][s];
			for (uint32_t s = 0; s < affixes.nsuffix; s++)
				p_suffix[c][s] = (n_suffix[c][s] + 1) / sum;
		}
		for (int k = 0; k < NA_STEM_DEFINITE; k++)
		{
			sum = 100;
			for (int i = 0; i < NA_STEM_PREFIXES; i++)
				sum += n_prefix[k][i];
			for (int i = 0; i < NA_STEM_PREFIXES; i++)
				p_prefix[k][i] = (n_prefix[k][i] + 1) / sum;
		}
		sum = 100;
		for (int i = 1; i < FORMS; i++)
			sum += n_form[i];
		for (int i = 1; i < FORMS; i++)
			p_form[i] = (n_form[i] + 1) / sum;
	}
	for (uint32_t i = 0; i < nstems; i++)
		entries[i].cost =
			(uint8_t) cost_of(p_stem[stems[i].parameter] * p_form[stems[i].form], 255);
	for (int c = 0; c < NA_STEM_CLASSES; c++)
		for (uint32_t s = 0; s < affixes.nsuffix; s++)
			affixes.suffix_cost[c][s] = (uint16_t) cost_of(p_suffix[c][s], 400);
	for (int k = 0; k < NA_STEM_DEFINITE; k++)
		for (int i = 0; i < NA_STEM_PREFIXES; i++)
			affixes.prefix_cost[k][i] = (uint16_t) cost_of(p_prefix[k][i], 400);
}

/* mark the entries whose lemma, as a word, is a stop word */
static void
read_stop_words(gen *g)
{
	gen_table *t = gen_read(g, "stopwords.tsv");
	int c_word = gen_col(t, "word"), c_spelling = gen_col(t, "spelling");

	for (int r = 0; r < t->nrows; r++)
	{
		uint32_t str = folded(g, t->rows[r][c_word]);
		bool exact = strcmp(t->rows[r][c_spelling], "exact") == 0;

		for (uint32_t i = 0; i < nstems; i++)
			if (stems[i].e.lemma == str)
				stems[i].e.flags |= (uint8_t) (NA_STEM_F_STOP | (exact ? NA_STEM_F_MAQSURA : 0));
	}
}

/* ---- frequent words ------------------------------------------------------------ */

#define HOT (1u << NA_STEM_HOT_BITS)
#define COLD (1u << NA_STEM_KNOWN_BITS)

static na_stem_known known[HOT + COLD];
static uint32_t nknown;

static void
put_known(uint64_t key, uint64_t lexeme)
{
	bool hot = nknown < HOT / 3 * 2;
	na_stem_known *table = known + (hot ? 0 : HOT);
	uint32_t bits = hot ? NA_STEM_HOT_BITS : NA_STEM_KNOWN_BITS;
	uint32_t h = na_stem_hash(key, 64 - bits);

	while (table[h].key != 0)
		h = (h + 1) & ((1u << bits) - 1);
	table[h].key = key;
	table[h].lexeme = lexeme;
	nknown++;
}

/* the lexeme of search of a word as written; "" = a stop word */
static const char *
lexeme_of(const na_stem_lexicon *lex, const gen *g, const char *key, const uint8_t *c, int n,
		  const char *surface)
{
	int start, end;
	bool stop;
	char *light;
	const na_stem_entry *e =
		na_stem_analyse(lex, c, n, surface, (uint32_t) strlen(surface), &start, &end, &stop);

	if (stop)
		return "";
	if (e != NULL)
		return gen_string_at(g, e->family);
	light = gen_strdup(key + 2 * start);
	light[2 * (end - start)] = '\0';
	return light;
}

static void
put_letter(char *s, int i, uint32_t cp)
{
	s[2 * i] = (char) (0xC0 | cp >> 6);
	s[2 * i + 1] = (char) (0x80 | (cp & 0x3F));
}

/*
 * The word with one final letter, if all ways to write its alefs with and
 * without hamza lead to one lexeme.
 */
static void
know_word(const na_stem_lexicon *lex, gen *g, const char *key, const uint8_t *c, int n,
		  uint32_t final, int final_code)
{
	static const uint32_t alefs[4] = {CP_ALEF, CP_ALEF_UP, CP_ALEF_LOW, CP_ALEF_MADDA};
	char surface[2 * NA_STEM_LETTERS + 1];
	int at[NA_STEM_LETTERS];
	int nat = 0;
	const char *lexeme = NULL;
	uint8_t packed[NA_STEM_LETTERS], letters[NA_STEM_WORD];
	int nletters;

	/* stems start behind proclitics of at most four letters */
	for (int i = 0; i < n && i <= 4; i++)
		if (c[i] == ALEF)
			at[nat++] = i;
	for (int way = 0; way < 1 << (2 * nat); way++)
	{
		const char *x;

		strcpy(surface, key);
		if (final != 0)
			put_letter(surface, n - 1, final);
		for (int i = 0; i < nat; i++)
			put_letter(surface, at[i], alefs[way >> (2 * i) & 3]);
		x = lexeme_of(lex, g, key, c, n, surface);
		if (lexeme != NULL && strcmp(lexeme, x) != 0)
			return;
		lexeme = x;
	}
	nletters = *lexeme ? na_stem_letters(lexeme, (uint32_t) strlen(lexeme), letters) : 0;
	if (nletters < 0 || nletters > NA_STEM_LETTERS)
		return;
	memcpy(packed, c, (size_t) n);
	if (final_code != 0)
		packed[n - 1] = (uint8_t) final_code;
	put_known(na_stem_pack(packed, n), na_stem_pack(letters, nletters));
}

/* counts.tsv begins with the most frequent words */
static void
know_words(gen *g)
{
	gen_table *t = gen_read(g, "stems/counts.tsv");
	int c_word = gen_col(t, "word");
	na_stem_lexicon lex = {hash_keys, hash_first, 64 - (uint32_t) __builtin_ctz(hash_size), entries,
						   &affixes};

	for (int r = 0; r < t->nrows && nknown < (HOT + COLD) / 3 * 2; r++)
	{
		const char *key = t->rows[r][c_word];
		uint8_t c[NA_STEM_WORD];
		int n = na_stem_letters(key, (uint32_t) strlen(key), c);

		if (n < 1 || n > NA_STEM_LETTERS)
			continue;
		know_word(&lex, g, key, c, n, 0, 0);
		if (c[n - 1] == HEH)
			know_word(&lex, g, key, c, n, CP_TEH_MARBUTA, NA_STEM_FINAL_TEH);
		if (c[n - 1] == YEH)
			know_word(&lex, g, key, c, n, CP_MAQSURA, NA_STEM_FINAL_MAQSURA);
	}
}

/* what na_stem_frequent() makes of U+0600 .. U+06FF */
static void
write_letters(gen *g)
{
	uint8_t letters[256];

	for (uint32_t i = 0; i < 256; i++)
	{
		uint32_t cp = 0x600 + i, to = na_fold_all[i];
		na_class cls = na_char_class(cp);
		uint8_t code = 0;
		char key[2];

		letters[i] = 0;
		if (to == 0 && (cls == NA_C_ARABIC_MARK || cls == NA_C_TATWEEL))
			letters[i] = NA_STEM_L_MARK;
		if (cls != NA_C_ARABIC || to < 0x600 || to > 0x6FF)
			continue;
		put_letter(key, 0, to);
		if (na_stem_letters(key, 2, &code) != 1)
			continue;
		/* na_stem() knows ه and ة by their code points: their look-alikes take the long way */
		if (code == HEH && cp != 0x647 && cp != CP_TEH_MARBUTA)
			continue;
		letters[i] = code;
		if (cp == CP_TEH_MARBUTA)
			letters[i] |= NA_STEM_L_TEH;
		if (cp == CP_MAQSURA)
			letters[i] |= NA_STEM_L_MAQSURA;
	}
	gen_section(g, NA_SEC_STEM_LETTER, letters, 1, sizeof letters);
}

void
gen_stem(gen *g)
{
	read_variants(g);
	read_affixes(g);
	read_verbs(g);
	read_nouns(g, "stems/nouns.tsv");
	read_nouns(g, "stems/adjectives.tsv");
	read_particles(g);
	read_open(g);
	read_stop_words(g);
	build_lexicon();
	learn(g);
	know_words(g);
	write_letters(g);
	gen_section(g, NA_SEC_STEM_KNOWN, known, sizeof *known, NA_LENGTHOF(known));
	gen_section(g, NA_SEC_STEM_KEY, hash_keys, sizeof *hash_keys, hash_size);
	gen_section(g, NA_SEC_STEM_FIRST, hash_first, sizeof *hash_first, hash_size);
	gen_section(g, NA_SEC_STEM, entries, sizeof *entries, nstems);
	gen_section(g, NA_SEC_STEM_AUX, &affixes, sizeof affixes, 1);
}
