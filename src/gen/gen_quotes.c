/*
 * gen_quotes.c
 *		data/quotes: verbs of saying in all persons, and the words around them.
 */
#include <stdlib.h>
#include <string.h>

#include "../core/na_quote_def.h"
#include "gen.h"

#define X_NAME(id, name) name,

static const char *const stances[] = {NA_STANCES(X_NAME) NULL};
static const char *const word_classes[] = {NA_QUOTE_WORDS(X_NAME) NULL};
static const char *const takes_names[] = {"an", "ب", "إلى", "على", "من", "عن", "في", "ل", NULL};

typedef struct verbs
{
	gen *g;
	na_verb *v;
	uint32_t n;
	bool objects; /* the row's verb takes object pronouns */
} verbs;

/* a + b, fresh */
static char *
cat(const char *a, const char *b)
{
	char *s = gen_alloc(strlen(a) + strlen(b) + 1);

	strcpy(s, a);
	return strcat(s, b);
}

static bool
ends(const char *s, const char *end)
{
	size_t n = strlen(s);
	size_t k = strlen(end);

	return n > k && strcmp(s + n - k, end) == 0;
}

/* without the last letter (two bytes) */
static char *
chop(const char *s)
{
	char *t = gen_strdup(s);
	size_t n = strlen(t);

	if (n > 2)
		t[n - 2] = '\0';
	return t;
}

static void
put(verbs *b, na_verb v, uint8_t form, uint8_t flags, const char *key)
{
	uint32_t i;

	v.form = form;
	v.flags |= flags;
	/* equal records share one index */
	for (i = b->n; i > 1; i--)
		if (memcmp(&b->v[i - 1], &v, sizeof v) == 0)
			break;
	if (i <= 1)
	{
		b->v = gen_grow(b->v, b->n, sizeof *b->v);
		i = b->n + 1;
		b->v[b->n++] = v;
	}
	gen_key(b->g, key, NA_TOPIC_VERB, i - 1);
}

static void
put_objects(verbs *b, na_verb v, uint8_t form, uint8_t flags, const char *stem)
{
	static const char *const pronouns[] = {"ه", "ها", "هم", "هما", NULL};

	for (int i = 0; pronouns[i] != NULL; i++)
		put(b, v, form, flags | NA_VERB_OBJECT, cat(stem, pronouns[i]));
}

/* قال قالت قالوا قالا قالتا قلن; نفى نفت نفوا نفيا */
static void
past(verbs *b, na_verb v, const char *p)
{
	bool weak = ends(p, "ى") || ends(p, "ا");
	const char *stem = weak ? chop(p) : p;

	put(b, v, NA_FORM_PAST, 0, p);
	put(b, v, NA_FORM_PAST, NA_VERB_FEMININE, cat(stem, "ت"));
	put(b, v, NA_FORM_PAST, NA_VERB_PLURAL, cat(stem, "وا"));
	put(b, v, NA_FORM_PAST, NA_VERB_PLURAL, cat(ends(p, "ى") ? cat(stem, "ي") : p, "ا"));
	put(b, v, NA_FORM_PAST, NA_VERB_PLURAL | NA_VERB_FEMININE, cat(stem, "تا"));
	if (strlen(p) == 6 && memcmp(p + 2, "ا", 2) == 0)
	{
		/* hollow: قال, قلن */
		char *hollow = gen_strdup(p);

		memmove(hollow + 2, hollow + 4, 3);
		put(b, v, NA_FORM_PAST, NA_VERB_PLURAL | NA_VERB_FEMININE, cat(hollow, "ن"));
	}
	else if (!weak)
		put(b, v, NA_FORM_PAST, NA_VERB_PLURAL | NA_VERB_FEMININE, cat(p, "ن"));
	if (!b->objects)
		return;
	put_objects(b, v, NA_FORM_PAST, 0, weak ? cat(stem, "ا") : p);
	put_objects(b, v, NA_FORM_PAST, NA_VERB_FEMININE, cat(stem, "ت"));
}

/* يقول تقول يقولون يقولان تقولان; ينفي ينفون ينفيان */
static void
present(verbs *b, na_verb v, const char *p)
{
	bool weak = ends(p, "ي") || ends(p, "ى") || ends(p, "و");
	const char *rest = p + 2;
	char *she = cat("ت", rest);
	const char *stem = weak ? chop(p) : p;
	const char *dual = ends(p, "ى") ? cat(stem, "ي") : p;

	put(b, v, NA_FORM_PRESENT, 0, p);
	put(b, v, NA_FORM_PRESENT, NA_VERB_FEMININE, she);
	put(b, v, NA_FORM_PRESENT, NA_VERB_PLURAL, cat(stem, "ون"));
	put(b, v, NA_FORM_PRESENT, NA_VERB_PLURAL, cat(stem, "وا"));
	put(b, v, NA_FORM_PRESENT, NA_VERB_PLURAL, cat(dual, "ان"));
	put(b, v, NA_FORM_PRESENT, NA_VERB_PLURAL | NA_VERB_FEMININE, cat(cat("ت", dual + 2), "ان"));
	if (!b->objects)
		return;
	put_objects(b, v, NA_FORM_PRESENT, 0, ends(p, "ى") ? cat(stem, "ا") : p);
	put_objects(b, v, NA_FORM_PRESENT, NA_VERB_FEMININE,
				ends(p, "ى") ? cat(cat("ت", stem + 2), "ا") : she);
}

/* قائلا قائلة قائلين قائلون; نافيا نافية نافين */
static void
participle(verbs *b, na_verb v, const char *p)
{
	char *base = chop(p);
	char *plural = ends(base, "ي") ? chop(base) : base;

	put(b, v, NA_FORM_PARTICIPLE, 0, p);
	put(b, v, NA_FORM_PARTICIPLE, NA_VERB_FEMININE, cat(base, "ة"));
	put(b, v, NA_FORM_PARTICIPLE, NA_VERB_PLURAL, cat(plural, "ين"));
	put(b, v, NA_FORM_PARTICIPLE, NA_VERB_PLURAL | NA_VERB_FEMININE, cat(base, "ات"));
	put(b, v, NA_FORM_PARTICIPLE, NA_VERB_PLURAL | NA_VERB_FEMININE, cat(base, "تين"));
}

static void
masdar(verbs *b, na_verb v, const char *p)
{
	char *stem = ends(p, "ة") ? cat(chop(p), "ت") : gen_strdup(p);

	put(b, v, NA_FORM_MASDAR, 0, cat(stem, "ه"));
	put(b, v, NA_FORM_MASDAR, NA_VERB_FEMININE, cat(stem, "ها"));
	put(b, v, NA_FORM_MASDAR, NA_VERB_PLURAL, cat(stem, "هم"));
	put(b, v, NA_FORM_MASDAR, NA_VERB_PLURAL, cat(stem, "هما"));
	/* بالقول إن */
	put(b, v, NA_FORM_MASDAR, 0, cat("بال", p));
}

static void
words(gen *g)
{
	gen_table *t = gen_read(g, "quotes/words.tsv");
	int c_class = gen_col(t, "class");
	int c_forms = gen_col(t, "forms");

	for (int r = 0; r < t->nrows; r++)
	{
		int cls = gen_index(t->rows[r][c_class], word_classes);

		if (cls < 0)
			gen_fail(t, r, "unknown class \"%s\"", t->rows[r][c_class]);
		for (char **f = gen_split(t->rows[r][c_forms]); *f != NULL; f++)
			if (!gen_key(g, *f, NA_TOPIC_QUOTE_WORD, (uint32_t) cls))
				gen_fail(t, r, "\"%s\" has no word", *f);
	}
}

void
gen_quotes(gen *g)
{
	gen_table *t = gen_read(g, "quotes/verbs.tsv");
	int c_lemma = gen_col(t, "lemma");
	int c_class = gen_col(t, "class");
	int c_past = gen_col(t, "past");
	int c_present = gen_col(t, "present");
	int c_participle = gen_col(t, "participle");
	int c_masdar = gen_col(t, "masdar");
	int c_stance = gen_col(t, "stance");
	int c_takes = gen_col(t, "takes");
	int c_strength = gen_col(t, "strength");
	int c_impersonal = gen_col(t, "impersonal");
	verbs b = {g, NULL, 0, false};
	na_verb none = {0};

	b.v = gen_grow(b.v, 0, sizeof none);
	b.v[b.n++] = none;
	for (int r = 0; r < t->nrows; r++)
	{
		char **row = t->rows[r];
		int stance = gen_index(row[c_stance], stances);
		na_verb v = {0};

		if (stance < 0)
			gen_fail(t, r, "unknown stance \"%s\"", row[c_stance]);
		v.lemma = gen_string(g, row[c_lemma]);
		v.stance = (uint8_t) stance;
		v.flags = strcmp(row[c_strength], "strong") == 0 ? NA_VERB_STRONG : 0;
		if (row[c_impersonal][0] != '\0')
			v.flags |= NA_VERB_IMPERSONAL;
		b.objects = false;
		for (char **s = gen_split(row[c_takes]); *s != NULL; s++)
		{
			int i = gen_index(*s, takes_names);

			if (strcmp(*s, "ه") == 0)
			{
				b.objects = true;
				continue;
			}
			if (i < 0)
				gen_fail(t, r, "unknown complement \"%s\"", *s);
			v.takes |= (uint8_t) (1 << i);
		}
		if (strcmp(row[c_class], "attribution") == 0 || strcmp(row[c_class], "noun") == 0)
		{
			uint8_t form = row[c_class][0] == 'a' ? NA_FORM_ATTRIBUTION : NA_FORM_NOUN;

			for (char **s = gen_split(row[c_past]); *s != NULL; s++)
				put(&b, v, form, 0, *s);
		}
		else if (strcmp(row[c_class], "verb") == 0)
		{
			for (char **s = gen_split(row[c_past]); *s != NULL; s++)
				past(&b, v, *s);
			for (char **s = gen_split(row[c_present]); *s != NULL; s++)
				present(&b, v, *s);
			for (char **s = gen_split(row[c_participle]); *s != NULL; s++)
				participle(&b, v, *s);
			for (char **s = gen_split(row[c_masdar]); *s != NULL; s++)
				masdar(&b, v, *s);
		}
		else
			gen_fail(t, r, "unknown class \"%s\"", row[c_class]);
	}
	gen_section(g, NA_SEC_VERB, b.v, sizeof *b.v, b.n);
	words(g);
}
