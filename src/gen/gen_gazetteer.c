/*
 * gen_gazetteer.c
 *		Gazetteer entries, nationalities, personal names, titles, context words.
 */
#include <stdlib.h>

#include "../core/na_gazetteer.h"
#include "gen.h"

static na_gaz *entries;
static uint32_t nentries;

static const char *const kinds[] = {"",		 "person", "place", "organization", "nationality",
									"other", NULL};

static bool
has_flag(const char *flags, const char *flag)
{
	size_t n = strlen(flag);

	for (const char *p = flags; (p = strstr(p, flag)) != NULL; p += n)
		if ((p == flags || p[-1] == ',' || p[-1] == ' ') &&
			(p[n] == '\0' || p[n] == ',' || p[n] == ' '))
			return true;
	return false;
}

static uint32_t
new_entry(void)
{
	entries = gen_grow(entries, nentries, sizeof *entries);
	memset(&entries[nentries], 0, sizeof *entries);
	return nentries++;
}

static void
check_country(const gen_table *t, int row, const char *iso)
{
	if (*iso != '\0' &&
		!(strlen(iso) == 2 && iso[0] >= 'A' && iso[0] <= 'Z' && iso[1] >= 'A' && iso[1] <= 'Z'))
		gen_fail(t, row, "country \"%s\" is no ISO 3166-1 alpha-2 code", iso);
}

/* one file of entries; minor ones are put in a second pass so that their names come last */
static void
read_entries(gen *g, const char *file, bool minor)
{
	gen_table *t = gen_read(g, file);
	int c_id = gen_col(t, "id"), c_kind = gen_col(t, "kind"), c_cls = gen_col(t, "class");
	int c_country = gen_col(t, "country"), c_en = gen_col(t, "name_en"),
		c_name = gen_col(t, "name");
	int c_var = gen_col(t, "variants"), c_short = gen_col(t, "short"),
		c_flags = gen_col(t, "flags");

	for (int r = 0; r < t->nrows; r++)
	{
		char **row = t->rows[r];
		const char *flags = row[c_flags];
		int kind = gen_index(row[c_kind], kinds);
		uint32_t i;
		na_gaz *e;
		char **list;

		if (has_flag(flags, "minor") != minor)
			continue;
		if (kind <= 0)
			gen_fail(t, r, "unknown kind \"%s\"", row[c_kind]);
		if (*row[c_id] == '\0' || *row[c_name] == '\0')
			gen_fail(t, r, "entry without id or name");
		check_country(t, r, row[c_country]);
		i = new_entry();
		e = &entries[i];
		e->id = gen_string(g, row[c_id]);
		e->name = gen_string(g, row[c_name]);
		e->name_en = gen_string(g, row[c_en]);
		e->cls = gen_string(g, row[c_cls]);
		e->variants = gen_string(g, row[c_var]);
		e->shorts = gen_string(g, row[c_short]);
		e->kind = (uint8_t) kind;
		if (*row[c_country])
			memcpy(e->country, row[c_country], 2);
		if (has_flag(flags, "weak"))
			e->flags |= NA_GAZ_WEAK;
		if (has_flag(flags, "person"))
			e->flags |= NA_GAZ_PERSON;
		if (has_flag(flags, "old"))
			e->flags |= NA_GAZ_OLD;
		if (minor)
			e->flags |= NA_GAZ_MINOR;
		if (strstr(flags, "home="))
			e->flags |= NA_GAZ_HOME;
		if (strcmp(row[c_cls], "country") == 0 || strcmp(row[c_cls], "territory") == 0)
			e->flags |= NA_GAZ_COUNTRY;
		if (strcmp(row[c_cls], "capital") == 0 || strcmp(row[c_cls], "city") == 0 ||
			strcmp(row[c_cls], "town") == 0 || strcmp(row[c_cls], "village") == 0)
			e->flags |= NA_GAZ_CITY;
		if (!gen_key(g, row[c_name], NA_TOPIC_GAZ, i))
			gen_fail(t, r, "name has no word");
		for (list = gen_split(row[c_var]); *list; list++)
			gen_key(g, *list, NA_TOPIC_GAZ, i);
		for (list = gen_split(row[c_short]); *list; list++)
			gen_key(g, *list, NA_TOPIC_GAZ_SHORT, i);
	}
}

static bool
ends_in_ya(const char *w)
{
	size_t n = strlen(w);

	return n > 4 && strcmp(w + n - 2, "ي") == 0;
}

/*
 * A nisba in one inflection: every word that ends in ya takes the suffix in
 * its place.  With the article: on every word that inflects; where the first
 * word does not (جنوب أفريقي), on that one alone.
 */
static void
put_inflection(gen *g, const char *masculine, const char *suffix, bool article, uint32_t i)
{
	char out[512] = "";
	char copy[256];
	char *save = NULL;
	bool first = true;
	bool first_inflects = true;

	snprintf(copy, sizeof copy, "%s", masculine);
	for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save))
	{
		bool inflects = ends_in_ya(w);

		if (first)
			first_inflects = inflects;
		else
			strcat(out, " ");
		if (article && (first || (inflects && first_inflects)))
			strcat(out, "ال");
		if (inflects)
		{
			w[strlen(w) - 2] = '\0';
			strcat(out, w);
			strcat(out, suffix);
		}
		else
			strcat(out, w);
		first = false;
	}
	gen_key(g, out, NA_TOPIC_NISBA, i);
}

static void
put_both(gen *g, const char *form, uint32_t i)
{
	char b[512];

	gen_key(g, form, NA_TOPIC_NISBA, i);
	snprintf(b, sizeof b, "ال%s", form);
	gen_key(g, b, NA_TOPIC_NISBA, i);
}

static void
read_nationalities(gen *g)
{
	static const char *const suffixes[] = {"ي",	   "ية",   "يون", "يين", "يان",
										   "يتان", "يتين", "يات", NULL};
	gen_table *t = gen_read(g, "gazetteer/nationalities.tsv");
	int c_country = gen_col(t, "country"), c_m = gen_col(t, "masculine"),
		c_f = gen_col(t, "feminine");
	int c_pl = gen_col(t, "plurals"), c_n = gen_col(t, "nouns"), c_flags = gen_col(t, "flags");

	for (int r = 0; r < t->nrows; r++)
	{
		char **row = t->rows[r];
		uint32_t i = new_entry();
		na_gaz *e = &entries[i];
		char **list = gen_split(row[c_m]);
		uint32_t country = UINT32_MAX;

		check_country(t, r, row[c_country]);
		if (*list == NULL && *gen_split(row[c_n]) == NULL && *gen_split(row[c_pl]) == NULL)
			gen_fail(t, r, "nationality without a form");
		for (uint32_t k = 0; k < i; k++)
			if (*row[c_country] && (entries[k].flags & NA_GAZ_COUNTRY) &&
				memcmp(entries[k].country, row[c_country], 2) == 0)
			{
				country = k;
				break;
			}
		e->kind = NA_ENT_NATIONALITY;
		e->name = gen_string(g, *list ? *list : *gen_split(row[c_n]));
		e->cls = gen_string(g, "nationality");
		e->variants = gen_string(g, row[c_m]);
		if (*row[c_country])
		{
			memcpy(e->country, row[c_country], 2);
			e->id = gen_string(g, row[c_country]);
			if (country != UINT32_MAX)
				e->name_en = entries[country].name_en;
		}
		if (has_flag(row[c_flags], "weak"))
			e->flags |= NA_GAZ_WEAK;
		if (has_flag(row[c_flags], "name"))
			e->flags |= NA_GAZ_NAME;
		for (; *list; list++)
		{
			for (int s = 0; suffixes[s]; s++)
			{
				put_inflection(g, *list, suffixes[s], false, i);
				put_inflection(g, *list, suffixes[s], true, i);
			}
			/* accusative, without the article only */
			put_inflection(g, *list, "يا", false, i);
		}
		for (list = gen_split(row[c_f]); *list; list++)
			put_both(g, *list, i);
		for (list = gen_split(row[c_pl]); *list; list++)
			put_both(g, *list, i);
		for (list = gen_split(row[c_n]); *list; list++)
			put_both(g, *list, i);
	}
}

static void
read_names(gen *g, const char *file, na_topic topic)
{
	gen_table *t = gen_read(g, file);
	int c_name = gen_col(t, "name"), c_flags = gen_col(t, "flags");
	int c_gender = topic == NA_TOPIC_GIVEN ? gen_col(t, "gender") : -1;

	for (int r = 0; r < t->nrows; r++)
	{
		char **row = t->rows[r];
		uint32_t v = has_flag(row[c_flags], "weak") ? NA_NAME_WEAK : 0;

		if (c_gender >= 0)
			v |= row[c_gender][0] == 'f'   ? NA_NAME_FEMALE
				 : row[c_gender][0] == 'm' ? NA_NAME_MALE
										   : NA_NAME_MALE | NA_NAME_FEMALE;
		for (char **list = gen_split(row[c_name]); *list; list++)
			if (!gen_key(g, *list, topic, v))
				gen_fail(t, r, "name has no word");
	}
}

static void
read_titles(gen *g)
{
	gen_table *t = gen_read(g, "names/titles.tsv");
	int c_title = gen_col(t, "title"), c_gender = gen_col(t, "gender"),
		c_number = gen_col(t, "number");
	int c_cls = gen_col(t, "class"), c_kind = gen_col(t, "role_kind"),
		c_notes = gen_col(t, "notes");
	na_title *titles = gen_alloc((size_t) t->nrows * sizeof *titles);

	for (int r = 0; r < t->nrows; r++)
	{
		char **row = t->rows[r];
		na_title *x = &titles[r];

		x->title = gen_string(g, row[c_title]);
		x->domain = gen_string(g, row[c_kind]);
		x->role = strcmp(row[c_cls], "role") == 0;
		x->number = strcmp(row[c_number], "sg") == 0 ? 1 : strcmp(row[c_number], "du") == 0 ? 2 : 3;
		x->gender = (uint8_t) row[c_gender][0];
		x->weak = has_flag(row[c_notes], "weak");
		if (!gen_key(g, row[c_title], NA_TOPIC_TITLE, (uint32_t) r))
			gen_fail(t, r, "title has no word");
	}
	gen_section(g, NA_SEC_TITLE, titles, sizeof *titles, (uint32_t) t->nrows);
}

static void
read_context(gen *g)
{
	static const char *const cues[] = {"",
									   "place-before",
									   "place-cue",
									   "person-after",
									   "person-before",
									   "person-suffix",
									   "org-before",
									   "org-cue",
									   "nationality-before",
									   NULL};
	gen_table *t = gen_read(g, "names/context.tsv");
	int c_word = gen_col(t, "word"), c_cue = gen_col(t, "cue"), c_notes = gen_col(t, "notes");

	for (int r = 0; r < t->nrows; r++)
	{
		char **row = t->rows[r];
		int cue = gen_index(row[c_cue], cues);

		/* no cue of names: the tagger was not trained with it */
		if (strcmp(row[c_cue], "language-before") == 0)
		{
			gen_key(g, row[c_word], NA_TOPIC_LANGUAGE, 0);
			continue;
		}
		if (cue <= 0)
			gen_fail(t, r, "unknown cue \"%s\"", row[c_cue]);
		gen_key(g, row[c_word], NA_TOPIC_CONTEXT,
				(uint32_t) cue | (has_flag(row[c_notes], "weak") ? NA_CTX_WEAK : 0));
	}
}

static void
read_org_heads(gen *g)
{
	static const char *const extends[] = {"nisba", "adjective", "of-field", "of-place", "of-person",
										  "name",  "number",	"year",		NULL};
	gen_table *t = gen_read(g, "gazetteer/patterns.tsv");
	int c_head = gen_col(t, "head"), c_kind = gen_col(t, "kind"), c_cls = gen_col(t, "class");
	int c_ext = gen_col(t, "extends");
	na_org_head *heads = gen_alloc((size_t) t->nrows * sizeof *heads);

	for (int r = 0; r < t->nrows; r++)
	{
		char **row = t->rows[r];
		int kind = gen_index(row[c_kind], kinds);

		if (kind <= 0)
			gen_fail(t, r, "unknown kind \"%s\"", row[c_kind]);
		heads[r].head = gen_string(g, row[c_head]);
		heads[r].cls = gen_string(g, row[c_cls]);
		heads[r].kind = (uint8_t) kind;
		for (char **list = gen_split(row[c_ext]); *list; list++)
		{
			int k = gen_index(*list, extends);

			if (k < 0)
				gen_fail(t, r, "unknown extension \"%s\"", *list);
			heads[r].extends |= (uint8_t) (1 << k);
		}
		if (!gen_key(g, row[c_head], NA_TOPIC_ORG_HEAD, (uint32_t) r))
			gen_fail(t, r, "head has no word");
	}
	gen_section(g, NA_SEC_ORG_HEAD, heads, sizeof *heads, (uint32_t) t->nrows);
}

static void
read_fields(gen *g)
{
	gen_table *t = gen_read(g, "gazetteer/ministry-fields.tsv");
	int c_field = gen_col(t, "field"), c_en = gen_col(t, "name_en"), c_alone = gen_col(t, "alone");
	na_field *fields = gen_alloc((size_t) t->nrows * sizeof *fields);

	for (int r = 0; r < t->nrows; r++)
	{
		char **row = t->rows[r];

		fields[r].field = gen_string(g, row[c_field]);
		fields[r].name_en = gen_string(g, row[c_en]);
		fields[r].alone = strcmp(row[c_alone], "yes") == 0;
		if (!gen_key(g, row[c_field], NA_TOPIC_FIELD, (uint32_t) r))
			gen_fail(t, r, "field has no word");
	}
	gen_section(g, NA_SEC_FIELD, fields, sizeof *fields, (uint32_t) t->nrows);
}

static void
read_bodies(gen *g)
{
	gen_table *t = gen_read(g, "gazetteer/bodies.tsv");
	int c_name = gen_col(t, "name");

	for (int r = 0; r < t->nrows; r++)
		for (char **list = gen_split(t->rows[r][c_name]); *list; list++)
			if (!gen_key(g, *list, NA_TOPIC_BODY, 0))
				gen_fail(t, r, "name has no word");
}

void
gen_gazetteer(gen *g)
{
	static const char *const files[] = {"gazetteer/countries.tsv",		 "gazetteer/places-*.tsv",
										"gazetteer/organizations-*.tsv", "gazetteer/media.tsv",
										"gazetteer/persons-*.tsv",		 NULL};

	/* entry 0 is no entry */
	new_entry();
	for (int pass = 0; pass < 2; pass++)
		for (int f = 0; files[f]; f++)
			for (char **names = gen_glob(g, files[f]); *names; names++)
				read_entries(g, *names, pass == 1);
	read_nationalities(g);
	gen_section(g, NA_SEC_GAZ, entries, sizeof *entries, nentries);
	for (char **names = gen_glob(g, "names/given.tsv"); *names; names++)
		read_names(g, *names, NA_TOPIC_GIVEN);
	for (char **names = gen_glob(g, "names/family.tsv"); *names; names++)
		read_names(g, *names, NA_TOPIC_FAMILY);
	read_titles(g);
	read_context(g);
	read_org_heads(g);
	read_fields(g);
	read_bodies(g);
	printf("gazetteer: %u entries\n", nentries - 1);
}
