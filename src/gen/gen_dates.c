/*
 * gen_dates.c
 *		The lexicon of dates and the Umm al-Qura table.
 */
#include <stdlib.h>

#include "../core/na_calendar.h"
#include "../core/na_date_word.h"
#include "gen.h"

static const char *const classes[] = {"none",
#define X(name) #name,
									  NA_DATE_CLASSES(X)
#undef X
										  NULL};

static const char *const flag_names[] = {
#define X(name) #name,
	NA_DATE_FLAGS(X)
#undef X
		NULL};

static na_date_word *words;
static uint32_t nwords;

/* the record of that meaning; equal meanings share one */
static uint32_t
word_record(uint32_t cls, int value, int extra, uint32_t flags)
{
	for (uint32_t i = 0; i < nwords; i++)
		if (words[i].cls == cls && words[i].value == value && words[i].extra == extra &&
			words[i].flags == flags)
			return i;
	words = gen_grow(words, nwords, sizeof *words);
	words[nwords] = (na_date_word){flags, (int16_t) value, (int16_t) extra, cls};
	return nwords++;
}

static int
number(const gen_table *t, int row, const char *s)
{
	char *end;
	long v = strtol(s, &end, 10);

	if (*end != '\0' || v < INT16_MIN || v > INT16_MAX)
		gen_fail(t, row, "\"%s\" is no number of 16 bits", s);
	return (int) v;
}

/* flags by name; "al" is the generator's own: also with the article */
static uint32_t
read_flags(const gen_table *t, int row, const char *s, bool *article)
{
	char *copy = gen_strdup(s);
	uint32_t flags = 0;

	*article = false;
	for (char *name = strtok(copy, ","); name != NULL; name = strtok(NULL, ","))
	{
		int i = gen_index(name, flag_names);

		if (strcmp(name, "al") == 0)
			*article = true;
		else if (i >= 0)
			flags |= 1u << i;
		else if (strcmp(name, "sg") != 0)
			gen_fail(t, row, "unknown flag \"%s\"", name);
	}
	return flags;
}

static void
put_word(gen *g, const gen_table *t, int row, const char *form, uint32_t record)
{
	if (!gen_key(g, form, NA_TOPIC_DATE, record))
		gen_fail(t, row, "\"%s\" has no word", form);
}

static void
read_words(gen *g, const char *file)
{
	gen_table *t = gen_read(g, file);
	int c_class = gen_col(t, "class");
	int c_value = gen_col(t, "value");
	int c_extra = gen_col(t, "extra");
	int c_flags = gen_col(t, "flags");
	int c_forms = gen_col(t, "forms");

	for (int r = 0; r < t->nrows; r++)
	{
		char **row = t->rows[r];
		int cls = gen_index(row[c_class], classes);
		int value = number(t, r, row[c_value]);
		int extra = number(t, r, row[c_extra]);
		bool article;
		uint32_t flags = read_flags(t, r, row[c_flags], &article);
		uint32_t plain;
		uint32_t definite;

		if (cls <= 0)
			gen_fail(t, r, "unknown class \"%s\"", row[c_class]);
		plain = word_record((uint32_t) cls, value, extra, flags);
		definite = article ? word_record((uint32_t) cls, value, extra, flags | NA_DF_def) : 0;
		for (char **form = gen_split(row[c_forms]); *form != NULL; form++)
		{
			put_word(g, t, r, *form, plain);
			if (article)
			{
				char *with = gen_alloc(strlen(*form) + sizeof "ال");

				strcpy(with, "ال");
				strcat(with, *form);
				put_word(g, t, r, with, definite);
			}
		}
	}
}

/* year, first day as YYYY-MM-DD, twelve month lengths */
static void
read_hijri(gen *g)
{
	gen_table *t = gen_read(g, "calendar/umm-al-qura.tsv");
	int c_year = gen_col(t, "year");
	int c_first = gen_col(t, "first_day");
	int c_lengths = gen_col(t, "month_lengths");
	na_hijri_year *years = gen_alloc((size_t) t->nrows * sizeof *years);
	int32_t expected = 0;

	for (int r = 0; r < t->nrows; r++)
	{
		int y;
		int m;
		int d;
		int32_t first;
		char **length = gen_split(t->rows[r][c_lengths]);

		if (sscanf(t->rows[r][c_first], "%d-%d-%d", &y, &m, &d) != 3 ||
			!na_day_from_civil(y, m, d, &first))
			gen_fail(t, r, "\"%s\" is no date", t->rows[r][c_first]);
		years[r].year = (uint16_t) number(t, r, t->rows[r][c_year]);
		years[r].first = first;
		if (r > 0 && (years[r].year != years[r - 1].year + 1 || first != expected))
			gen_fail(t, r, "does not follow the year before it");
		expected = first;
		for (m = 0; m < 12; m++)
		{
			int days = length[m] == NULL ? 0 : number(t, r, length[m]);

			if (days != 29 && days != 30)
				gen_fail(t, r, "month %d has neither 29 nor 30 days", m + 1);
			if (days == 30)
				years[r].long_months |= (uint16_t) (1u << m);
			expected += days;
		}
	}
	gen_section(g, NA_SEC_HIJRI, years, sizeof *years, (uint32_t) t->nrows);
}

void
gen_dates(gen *g)
{
	for (char **file = gen_glob(g, "dates/*.tsv"); *file != NULL; file++)
		read_words(g, *file);
	gen_section(g, NA_SEC_DATE_WORD, words, sizeof *words, nwords);
	read_hijri(g);
}
