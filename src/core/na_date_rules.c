/*
 * na_date_rules.c
 *		Whole expressions: sets, lists, ranges, points, amounts of time, vague
 *		references.  The longest one that starts at an item wins.
 */
#include <stdio.h>

#include "na_date_grammar.h"

/* ---- results ---- */

void
na_put_date(na_found *f, int from, int to, const na_date *d)
{
	if (f->n < NA_FOUND_MAX)
	{
		f->at[f->n].from = from;
		f->at[f->n].to = to;
		f->at[f->n].date = *d;
		f->n++;
	}
}

/* a date without days */
void
na_put_value(na_found *f, int from, int to, na_date_kind kind, na_date_grain grain,
			 const char *timex)
{
	na_date d;

	memset(&d, 0, sizeof(d));
	d.kind = (uint8_t) kind;
	d.grain = (uint8_t) grain;
	d.lo = d.hi = NA_NO_DAY;
	d.relative = true;
	snprintf(d.timex, sizeof(d.timex), "%s", timex);
	na_put_date(f, from, to, &d);
}

/* ---- units ---- */

/* P3D, PT5H, P2Y … */
void
na_amount_timex(char *out, size_t size, int unit, int32_t n, const char *fraction)
{
	static const char letters[] = {'S', 'M', 'H', 'D', 'W', 'M', 'Q', 'Y', 'Y', 'Y', 'W', 'Y', 'D'};

	if (unit == NA_UNIT_DECADE)
		n *= 10;
	else if (unit == NA_UNIT_CENTURY)
		n *= 100;
	snprintf(out, size, "P%s%d%s%c", unit <= NA_UNIT_HOUR ? "T" : "", (int) n, fraction,
			 letters[unit]);
}

na_date_grain
na_unit_grain(int unit)
{
	static const uint8_t grains[] = {
		NA_GRAIN_SECOND, NA_GRAIN_MINUTE,  NA_GRAIN_HOUR, NA_GRAIN_DAY,	   NA_GRAIN_WEEK,
		NA_GRAIN_MONTH,	 NA_GRAIN_QUARTER, NA_GRAIN_YEAR, NA_GRAIN_DECADE, NA_GRAIN_CENTURY,
		NA_GRAIN_WEEK,	 NA_GRAIN_YEAR,	   NA_GRAIN_DAY};

	return (na_date_grain) grains[unit];
}

/* ---- context ---- */

/* the item before i, past an opening bracket or quote */
static int
item_before(const na_dctx *c, int i)
{
	i--;
	if (i >= 0 && (na_mark(c, i, '(') || c->item[i].kind == NA_QUOTE))
		i--;
	return i;
}

/* the word before a day and month that makes them a name: مدينة 6 أكتوبر, قوى 8 آذار */
static bool
is_name_before(const na_dctx *c, int i)
{
	const na_date_word *w = na_word(c, item_before(c, i), NA_DC_name);

	return w != NULL;
}

/* رقم, قانون, العدد before a figure */
bool
na_is_number_before(const na_dctx *c, int i)
{
	int k = item_before(c, i);

	if (na_mark(c, k, ':'))
		k--;
	return na_word(c, k, NA_DC_number) != NULL && na_word(c, k, NA_DC_on) == NULL;
}

/* ---- points ---- */

/* the year of an event that is named by its day: ثورة 25 يناير */
static void
add_event_year(const na_dctx *c, int i, na_stamp *s)
{
	if (s->calendar != NA_CAL_GREGORIAN || s->day == 0 || s->month == 0 || s->year != 0 ||
		s->mod != NA_MOD_NONE || s->yearmod != NA_MOD_NONE)
		return;
	for (int back = 1; back <= 2 && i - back >= 0; back++)
	{
		int year = na_event_year(c, i - back, s->month * 100 + s->day);
		int32_t day;

		/* an event that had not been yet was another one */
		if (year != 0 && na_day_from_civil(year, s->month, s->day, &day) &&
			(c->reference == NA_NO_DAY || day <= c->reference))
		{
			s->year = year;
			return;
		}
	}
}

static int
rule_point(const na_dctx *c, int i, na_found *f)
{
	na_stamp s;
	na_date d;
	int j = na_read_point(c, i, &s, false);
	const na_date_word *w;

	if (j == 0)
		return 0;
	if (s.base == NA_BASE_CALENDAR)
	{
		if (s.day != 0 && s.year == 0 && s.mod == NA_MOD_NONE && s.weekday < 0 &&
			s.yearmod == NA_MOD_NONE && s.monthmod == NA_MOD_NONE && s.hour < 0 && s.part == 0 &&
			na_word(c, i, NA_DC_holiday) == NULL && is_name_before(c, i))
			return j; /* taken, and nothing in it */
		/* Shaaban al-Fihri, Ramadan Abdallah: names */
		if (s.day == 0 && s.month != 0 && !s.strong && is_name_before(c, i))
			return 0;
		if (na_is_number(c, i) && na_is_number_before(c, i) && s.weekday < 0)
			return s.month == 0 || s.day == 0 ? 0 : j;
		add_event_year(c, i, &s);
	}
	if (s.base == NA_BASE_WEEKDAY && s.mod == NA_MOD_NONE && s.part == 0 && s.hour < 0)
	{
		w = na_word(c, i - 1, NA_DC_name);
		if (w != NULL && w->value == 2)
			return 0;
		for (int k = 0; i > 0 && k < c->item[i - 1].nword; k++)
			if (c->item[i - 1].word[k]->cls == NA_DC_name && c->item[i - 1].word[k]->value == 2)
				return 0;
	}
	memset(&d, 0, sizeof(d));
	if (!na_resolve(c, &s, i, &d))
		return s.base == NA_BASE_CALENDAR && s.day != 0 ? j : 0;
	na_put_date(f, i, j, &d);
	return j;
}

/* ---- vague references ---- */

static int
rule_ref(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *w = na_word(c, i, NA_DC_ref);

	if (w == NULL)
		return 0;
	/* ألان is the name Alan, الآن is now */
	if (c->item[i].ntok == 1 && w->value == 0 && (c->item[i].flags & NA_TF_HAMZA_UP))
		return 0;
	/* earlier on Thursday, later this month: the day says it */
	if (w->value != 0)
	{
		na_stamp s;
		const na_date_word *prep = na_word(c, i + 1, NA_DC_prep);

		if (na_read_point(c, prep != NULL && prep->value <= 2 ? i + 2 : i + 1, &s, false) != 0)
			return 0;
	}
	na_put_value(f, i, i + 1, NA_DATE_DATE, NA_GRAIN_REF,
				 w->value < 0	? "PAST_REF"
				 : w->value > 0 ? "FUTURE_REF"
								: "PRESENT_REF");
	return i + 1;
}

typedef struct rule
{
	int (*read)(const na_dctx *c, int i, na_found *f);
	uint64_t first; /* the classes that its first item may have */
} rule;

#define DAY_NUMBER (NA_BIT_NUMBER | NA_BIT(ord) | NA_BIT(num))
#define MONTH_NAME (NA_BIT(month) | NA_BIT(hmonth) | NA_BIT(unit))

static const rule rules[] = {
	{na_rule_every, NA_BIT(every) | NA_BIT(set)},
	{na_rule_weekdays, NA_BIT(unit)},
	{na_rule_recurring, DAY_NUMBER | MONTH_NAME | NA_BIT(holiday)},
	{na_rule_days, DAY_NUMBER | NA_BIT(unit)},
	{na_rule_months, MONTH_NAME},
	{na_rule_range, ~(NA_BIT(ref) | NA_BIT(every) | NA_BIT(set))},
	{rule_point, ~(NA_BIT(ref) | NA_BIT(every) | NA_BIT(set) | NA_BIT(prep) | NA_BIT(span))},
	{na_rule_amount, DAY_NUMBER | NA_BIT(unit) | NA_BIT(few) | NA_BIT(span) | NA_BIT(frac)},
	{rule_ref, NA_BIT(ref)},
};

int
na_read_expression(const na_dctx *c, int i, na_found *found)
{
	uint64_t classes = c->item[i].classes;
	int best = 0;

	found->n = 0;
	for (size_t k = 0; k < NA_LENGTHOF(rules); k++)
	{
		na_found f;
		int end;

		if (!(classes & rules[k].first))
			continue;
		f.n = 0;
		end = rules[k].read(c, i, &f);
		if (end > best)
		{
			best = end;
			found->n = f.n;
			memcpy(found->at, f.at, (size_t) f.n * sizeof(f.at[0]));
		}
	}
	return best;
}
