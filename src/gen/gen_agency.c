/*
 * gen_agency.c
 *		data/agencies.tsv: news agencies and outlets.
 */
#include <string.h>

#include "../core/na_agency.h"
#include "gen.h"

/* a form, and with blanks for its points: pages are read word by word */
static bool
form(gen *g, const char *s, uint32_t value)
{
	char *spaced = gen_strdup(s);
	bool ok = gen_key(g, s, NA_TOPIC_AGENCY, value);

	for (char *p = spaced; (p = strchr(p, '.')) != NULL;)
		*p = ' ';
	return gen_key(g, spaced, NA_TOPIC_AGENCY, value) || ok;
}

void
gen_agency(gen *g)
{
	gen_table *t = gen_read(g, "agencies.tsv");
	int c_credit = gen_col(t, "credit");
	int c_id = gen_col(t, "id");
	int c_country = gen_col(t, "country");
	int c_names = gen_col(t, "names");
	int c_abbreviations = gen_col(t, "abbreviations");
	int c_notes = gen_col(t, "notes");
	na_agency *a = gen_alloc((size_t) (t->nrows + 1) * sizeof *a);

	for (int r = 0; r < t->nrows; r++)
	{
		na_agency *e = &a[r + 1];
		const char *country = t->rows[r][c_country];
		const char *notes = t->rows[r][c_notes];
		int columns[2] = {c_names, c_abbreviations};

		e->name = gen_string(g, t->rows[r][c_credit]);
		e->id = gen_string(g, t->rows[r][c_id]);
		if (country[0] != '\0')
		{
			if (strlen(country) != 2)
				gen_fail(t, r, "\"%s\" is no country code", country);
			memcpy(e->country, country, 2);
		}
		e->kind = strncmp(notes, "collective", 10) == 0 ? NA_AGENCY_ANY
				  : strncmp(notes, "agency", 6) == 0	? NA_AGENCY_AGENCY
				  : strncmp(notes, "photo", 5) == 0		? NA_AGENCY_PHOTO
														: NA_AGENCY_OUTLET;
		form(g, t->rows[r][c_credit], (uint32_t) r + 1);
		for (int c = 0; c < 2; c++)
			for (char **f = gen_split(t->rows[r][columns[c]]); *f != NULL; f++)
				if (!form(g, *f, (uint32_t) r + 1))
					gen_fail(t, r, "\"%s\" has no word", *f);
	}
	gen_section(g, NA_SEC_AGENCY, a, sizeof *a, (uint32_t) t->nrows + 1);
}
