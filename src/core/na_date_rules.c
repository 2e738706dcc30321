/*
 * na_date_rules.c
 *		Whole expressions: sets, lists, ranges, points, amounts of time, vague
 *		references.  The longest one that starts at an item wins.
 */
#include <stdio.h>

#include "na_date_grammar.h"

/* ---- results ---- */

static void
put_date(na_found *f, int from, int to, const na_date *d)
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
static void
put_value(na_found *f, int from, int to, na_date_kind kind, na_date_grain grain, const char *timex)
{
	na_date d;

	memset(&d, 0, sizeof(d));
	d.kind = (uint8_t) kind;
	d.grain = (uint8_t) grain;
	d.lo = d.hi = NA_NO_DAY;
	d.relative = true;
	snprintf(d.timex, sizeof(d.timex), "%s", timex);
	put_date(f, from, to, &d);
}

/* ---- units ---- */

static const na_date_word *
unit_word(const na_dctx *c, int i)
{
	for (int k = 0; i >= 0 && i < c->n && k < c->item[i].nword; k++)
		if (c->item[i].word[k]->cls == NA_DC_unit && !(c->item[i].word[k]->flags & NA_DF_trim))
			return c->item[i].word[k];
	return NULL;
}

static bool
is_unit(const na_date_word *w, int unit)
{
	return w != NULL && w->value == unit && !(w->flags & NA_DF_vague);
}

/* P3D, PT5H, P2Y … */
static void
amount_timex(char *out, size_t size, int unit, int32_t n, const char *fraction)
{
	static const char letters[] = {'S', 'M', 'H', 'D', 'W', 'M', 'Q', 'Y', 'Y', 'Y', 'W', 'Y', 'D'};

	if (unit == NA_UNIT_DECADE)
		n *= 10;
	else if (unit == NA_UNIT_CENTURY)
		n *= 100;
	snprintf(out, size, "P%s%d%s%c", unit <= NA_UNIT_HOUR ? "T" : "", (int) n, fraction,
			 letters[unit]);
}

static na_date_grain
unit_grain(int unit)
{
	static const uint8_t grains[] = {NA_GRAIN_SECOND, NA_GRAIN_MINUTE,	NA_GRAIN_HOUR,
									 NA_GRAIN_DAY,	  NA_GRAIN_WEEK,	NA_GRAIN_MONTH,
									 NA_GRAIN_QUARTER, NA_GRAIN_YEAR,	NA_GRAIN_DECADE,
									 NA_GRAIN_CENTURY, NA_GRAIN_WEEK,	NA_GRAIN_YEAR,
									 NA_GRAIN_DAY};

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
static bool
is_number_before(const na_dctx *c, int i)
{
	int k = item_before(c, i);

	if (na_mark(c, k, ':'))
		k--;
	return na_word(c, k, NA_DC_number) != NULL && na_word(c, k, NA_DC_on) == NULL;
}

/* ---- sets ---- */

static void
weekday_set(na_found *f, int from, int to, int weekday, int part)
{
	static const char *const parts[] = {"", "TMO", "TMI", "TAF", "TEV", "TNI", "TDT"};
	char timex[NA_TIMEX_MAX];

	snprintf(timex, sizeof(timex), "XXXX-WXX-%d%s", weekday + 1, parts[part]);
	put_value(f, from, to, NA_DATE_SET, NA_GRAIN_WEEK, timex);
}

/* every year, كل يوم جمعة, كل 4 سنوات, يوميا */
static int
rule_every(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *w = na_word(c, i, NA_DC_set);
	const na_date_word *unit;
	char timex[NA_TIMEX_MAX];
	int32_t n = 1;
	int j;

	if (w != NULL)
	{
		amount_timex(timex, sizeof(timex), w->value, w->value == NA_UNIT_QUARTER ? 3 : 1, "");
		if (w->value == NA_UNIT_QUARTER)
			timex[2] = 'M';
		put_value(f, i, i + 1, NA_DATE_SET, unit_grain(w->value), timex);
		return i + 1;
	}
	if (na_word(c, i, NA_DC_every) == NULL)
		return 0;
	j = i + 1;
	unit = unit_word(c, j);
	if (is_unit(unit, NA_UNIT_DAY) && !(unit->flags & (NA_DF_def | NA_DF_du | NA_DF_pl)) &&
		na_word(c, j + 1, NA_DC_weekday) != NULL)
		j++;
	w = na_word(c, j, NA_DC_part);
	if (w != NULL && na_word(c, j + 1, NA_DC_weekday) != NULL)
		j++;
	else
		w = NULL;
	if (na_word(c, j, NA_DC_weekday) != NULL && c->item[j].clitic == 0)
	{
		weekday_set(f, i, j + 1, na_word(c, j, NA_DC_weekday)->value, w != NULL ? w->value : 0);
		return j + 1;
	}
	w = na_word(c, j, NA_DC_part);
	if (w != NULL && c->item[j].clitic == 0 && w->value <= 5)
	{
		static const char *const parts[] = {"", "TMO", "TMI", "TAF", "TEV", "TNI"};

		snprintf(timex, sizeof(timex), "XXXX-XX-XX%s", parts[w->value]);
		put_value(f, i, j + 1, NA_DATE_SET, NA_GRAIN_DAYPART, timex);
		return j + 1;
	}
	if (na_is_int(c, j, 1, 3))
		n = c->item[j++].num;
	else
	{
		int k = na_read_cardinal(c, j, &n);

		if (k != 0)
			j = k;
		else
			n = 1;
	}
	unit = unit_word(c, j);
	if (unit == NULL || (unit->flags & (NA_DF_def | NA_DF_vague)) || c->item[j].clitic != 0 ||
		na_word(c, j + 1, NA_DC_reject) != NULL)
		return 0;
	/* "every days" is nothing; "every ten days", "every two days" are */
	if ((unit->flags & NA_DF_pl) && n == 1)
		return 0;
	if (unit->flags & NA_DF_du)
		n = 2;
	amount_timex(timex, sizeof(timex), unit->value, n, "");
	put_value(f, i, j + 1, NA_DATE_SET, unit_grain(unit->value), timex);
	return j + 1;
}

/* أيام الجمعة, يومي الثلاثاء والخميس, يومي السبت والأحد الماضيين */
static int
rule_weekdays(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *unit = unit_word(c, i);
	int8_t day[7];
	int item[7];
	int n = 0;
	int j = i + 1;
	na_stamp s;
	bool consecutive = true;
	bool set;
	bool every = false;
	int k;

	if (!is_unit(unit, NA_UNIT_DAY) || !(unit->flags & (NA_DF_du | NA_DF_pl)) ||
		(unit->flags & NA_DF_def))
		return 0;
	while (n < 7)
	{
		const na_date_word *w = na_word(c, j, NA_DC_weekday);

		if (w == NULL || (w->flags & NA_DF_bare) || (n > 0 && c->item[j].clitic != 'w' &&
			!na_mark(c, j - 1, ',') && na_word(c, j - 1, NA_DC_prep) == NULL))
			break;
		if (n > 0 && w->value != (day[n - 1] + 1) % 7)
			consecutive = false;
		day[n] = (int8_t) w->value;
		item[n] = j;
		n++;
		j++;
		if (na_mark(c, j, ',') && na_word(c, j + 1, NA_DC_weekday) != NULL)
			j++;
		/* و standing alone */
		else if (na_word(c, j, NA_DC_prep) != NULL && na_word(c, j, NA_DC_prep)->value == 6 &&
				 na_word(c, j + 1, NA_DC_weekday) != NULL)
			j++;
	}
	if (n == 0 || ((unit->flags & NA_DF_du) && n != 2))
		return 0;
	na_stamp_init(&s);
	k = na_read_mod(c, j, &s);
	if (k != 0)
		j = k;
	/* of every week */
	if (k == 0 && na_word(c, j, NA_DC_prep) != NULL && na_word(c, j, NA_DC_prep)->value == 1 &&
		na_word(c, j + 1, NA_DC_every) != NULL && unit_word(c, j + 2) != NULL)
	{
		every = true;
		j += 3;
	}
	else if (na_word(c, j, NA_DC_every) != NULL && unit_word(c, j + 1) != NULL)
	{
		every = true;
		j += c->item[j].ntok > 1 || unit_word(c, j + 1) != NULL ? 2 : 1;
	}
	/* timetables: days that do not follow each other, "the days of …" */
	set = k == 0 && (every || na_habit_cue(c, i) || !consecutive || (unit->flags & NA_DF_pl));
	s.base = NA_BASE_WEEKDAY;
	if (!set && consecutive && n > 1)
	{
		na_date first;
		na_date last;

		s.weekday = day[0];
		if (!na_resolve(c, &s, i, &first))
			return 0;
		s.weekday = day[n - 1];
		if (!na_resolve(c, &s, i, &last))
			return 0;
		if (first.lo != NA_NO_DAY)
		{
			/* the run that lies on the right side of the day of writing */
			if (first.lo > last.lo)
			{
				if (s.mod == 1 || (s.mod == NA_MOD_NONE && na_future_cue(c, i)))
					last.lo = first.lo + n - 1;
				else
					first.lo = last.lo - (n - 1);
			}
			first.hi = first.lo + n;
		}
		{
			int y;
			int m;
			int d;
			int y2;
			int m2;
			int d2;

			if (first.lo != NA_NO_DAY)
			{
				na_civil_from_day(first.lo, &y, &m, &d);
				na_civil_from_day(first.hi - 1, &y2, &m2, &d2);
				snprintf(first.timex, sizeof(first.timex), "%04d-%02d-%02d/%04d-%02d-%02d", y, m,
						 d, y2, m2, d2);
			}
			else
				snprintf(first.timex, sizeof(first.timex), "XXXX-WXX-%d/XXXX-WXX-%d", day[0] + 1,
						 day[n - 1] + 1);
		}
		first.kind = NA_DATE_INTERVAL;
		put_date(f, i, j, &first);
		return j;
	}
	for (k = 0; k < n; k++)
	{
		int from = k == 0 ? i : item[k];
		int to = k == n - 1 ? j : item[k] + 1;
		na_date d;

		if (set)
			weekday_set(f, from, to, day[k], 0);
		else
		{
			s.weekday = day[k];
			memset(&d, 0, sizeof(d));
			if (na_resolve(c, &s, i, &d))
				put_date(f, from, to, &d);
		}
	}
	return j;
}

/* the first of January of every year; the fifth of every month */
static int
rule_recurring(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *unit;
	const na_date_word *prep;
	na_stamp s;
	char timex[NA_TIMEX_MAX];
	int j;

	na_stamp_init(&s);
	j = na_read_calendar(c, i, &s);
	if (j == 0 || s.year != 0 || s.month == 0 || s.month2 != 0)
	{
		na_stamp_init(&s);
		j = na_read_daynum(c, i, &s);
	}
	if (j == 0)
		return 0;
	prep = na_word(c, j, NA_DC_prep);
	if (prep != NULL && (prep->value == 1 || prep->value == 2))
		j++;
	if (na_word(c, j, NA_DC_every) == NULL)
		return 0;
	unit = unit_word(c, j + 1);
	if (unit == NULL || (unit->flags & (NA_DF_def | NA_DF_du | NA_DF_pl)))
		return 0;
	if (s.month != 0 && unit->value == NA_UNIT_YEAR)
	{
		const char *h = s.calendar == NA_CAL_HIJRI ? "H" : "";

		if (s.day != 0)
			snprintf(timex, sizeof(timex), "%sXXXX-%02d-%02d", h, s.month, s.day);
		else
			snprintf(timex, sizeof(timex), "%sXXXX-%02d", h, s.month);
	}
	else if (s.month == 0 && unit->value == NA_UNIT_MONTH)
		snprintf(timex, sizeof(timex), "XXXX-XX-%02d", s.day);
	else
		return 0;
	put_value(f, i, j + 2, NA_DATE_SET, s.day != 0 ? NA_GRAIN_DAY : NA_GRAIN_MONTH, timex);
	return j + 2;
}

/* ---- lists ---- */

/* is item i joined to what stands before it: and, comma */
static int
skip_and(const na_dctx *c, int i)
{
	const na_date_word *prep = na_word(c, i, NA_DC_prep);

	if (na_mark(c, i, ','))
		return i + 1;
	if (prep != NULL && prep->value == 6)
		return i + 1;
	return i < c->n && c->item[i].clitic == 'w' ? i : 0;
}

/* put a list: one interval when each follows the one before it, else one by one */
static void
put_list(na_found *f, int from, int to, const int *item, const na_date *d, int n)
{
	bool consecutive = true;

	for (int k = 1; k < n; k++)
		if (d[k].lo == NA_NO_DAY || d[k].lo != d[k - 1].hi)
			consecutive = false;
	if (consecutive && n > 1)
	{
		na_date all = d[0];
		size_t len = strlen(all.timex);

		all.hi = d[n - 1].hi;
		all.kind = NA_DATE_INTERVAL;
		snprintf(all.timex + len, sizeof(all.timex) - len, "/%.*s",
				 (int) (sizeof(all.timex) - len - 2), d[n - 1].timex);
		put_date(f, from, to, &all);
		return;
	}
	for (int k = 0; k < n; k++)
		put_date(f, k == 0 ? from : item[k], k == n - 1 ? to : item[k] + 1, &d[k]);
}

/* يومي 12 و13 ماي الجاري; 2 و21 و30 ماي 2019; الخامس والثامن من سبتمبر المقبل */
static int
rule_days(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *unit = unit_word(c, i);
	int8_t day[NA_FOUND_MAX];
	int item[NA_FOUND_MAX];
	na_date d[NA_FOUND_MAX];
	na_stamp s;
	int n = 0;
	int j = i;
	int end = 0;

	if (is_unit(unit, NA_UNIT_DAY) && !(unit->flags & NA_DF_def))
		j++;
	while (n < NA_FOUND_MAX)
	{
		na_stamp t;
		int k;

		na_stamp_init(&t);
		item[n] = j;
		if (n > 0)
		{
			/* the last of them carries the month */
			end = na_read_calendar(c, j, &t);
			if (end != 0 && t.day != 0 && t.strong && (t.month != 0 || t.monthmod != NA_MOD_NONE))
			{
				day[n++] = t.day;
				s = t;
				break;
			}
			end = 0;
			na_stamp_init(&t);
		}
		k = na_read_daynum(c, j, &t);
		if (k == 0)
			return 0;
		day[n++] = t.day;
		j = skip_and(c, k);
		if (j == 0)
			return 0;
	}
	if (end == 0 || n < 2)
		return 0;
	j = na_read_mod(c, end, &s);
	if (j != 0)
		end = j;
	for (int k = 0; k < n; k++)
	{
		s.day = day[k];
		if (!na_resolve(c, &s, i, &d[k]))
			return 0;
	}
	put_list(f, i, end, item, d, n);
	return end;
}

/* مايو ويونيو الماضيين; يونيو ويوليو 2015; عامي 2011 و2015 */
static int
rule_months(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *unit = unit_word(c, i);
	na_stamp s[NA_FOUND_MAX];
	int item[NA_FOUND_MAX];
	na_date d[NA_FOUND_MAX];
	bool years = false;
	int n = 0;
	int j = i;
	int end = 0;
	int k;

	if (is_unit(unit, NA_UNIT_YEAR) && (unit->flags & (NA_DF_du | NA_DF_pl)))
	{
		years = true;
		j++;
	}
	else if (is_unit(unit, NA_UNIT_MONTH) && (unit->flags & (NA_DF_du | NA_DF_pl)))
		j++;
	while (n < NA_FOUND_MAX)
	{
		na_stamp_init(&s[n]);
		item[n] = j;
		if (years)
			k = na_is_int(c, j, 4, 4) ? na_read_year(c, j, &s[n], false) : 0;
		else
		{
			k = na_read_calendar(c, j, &s[n]);
			if (k != 0 && (s[n].day != 0 || s[n].month2 != 0 || s[n].monthmod != NA_MOD_NONE))
				k = 0;
		}
		if (k == 0)
			break;
		s[n].base = NA_BASE_CALENDAR;
		n++;
		end = k;
		j = skip_and(c, k);
		if (j == 0 || j < k)
			break;
	}
	if (n < 2)
		return 0;
	if (!years)
	{
		bool strong = false;

		k = na_read_mod(c, end, &s[n - 1]);
		if (k != 0)
			end = k;
		for (k = 0; k < n; k++)
			strong |= s[k].strong;
		if (!strong)
			return 0;
		/* what stands behind the last holds for all */
		for (k = 0; k < n - 1; k++)
		{
			if (s[k].calendar != s[n - 1].calendar)
				return 0;
			if (s[k].year == 0 && s[k].yearmod == NA_MOD_NONE)
			{
				s[k].year = s[n - 1].year;
				s[k].yearmod = s[n - 1].yearmod;
			}
			if (s[k].mod == NA_MOD_NONE)
				s[k].mod = s[n - 1].mod;
		}
	}
	for (k = 0; k < n; k++)
		if (!na_resolve(c, &s[k], i, &d[k]))
			return 0;
	if (years)
	{
		for (k = 0; k < n; k++)
			put_date(f, k == 0 ? i : item[k], k == n - 1 ? end : item[k] + 1, &d[k]);
		return end;
	}
	put_list(f, i, end, item, d, n);
	return end;
}

/* ---- ranges ---- */

enum
{
	OPEN_NONE,
	OPEN_FROM,
	OPEN_BETWEEN
};

/* one end of a range, which may leave to the other what it shares with it */
static int
read_end(const na_dctx *c, int i, na_stamp *s, int open)
{
	const na_date_word *unit = unit_word(c, i);
	bool years = false;
	int j = i;
	int k;

	if (is_unit(unit, NA_UNIT_YEAR) && (unit->flags & (NA_DF_du | NA_DF_pl)))
	{
		years = true;
		j++;
	}
	else if (unit != NULL && (unit->flags & NA_DF_du) && !(unit->flags & NA_DF_vague))
		j++;
	else if (is_unit(unit, NA_UNIT_DAY) && !(unit->flags & (NA_DF_def | NA_DF_pl)) &&
			 na_is_number(c, i + 1))
		j++;
	if (na_word(c, j, NA_DC_on) != NULL)
		j++;
	na_stamp_init(s);
	if (years || open == OPEN_BETWEEN)
	{
		/* between 1334 and 1325 BC: nothing else says that they are years */
		na_stamp t = *s;

		if (na_is_int(c, j, years ? 1 : 4, 4) && (years || c->item[j].num < 2100))
		{
			k = na_read_year(c, j, &t, false);
			if (k == 0 && years)
			{
				t.year = c->item[j].num;
				t.calendar = NA_CAL_GREGORIAN;
				k = j + 1;
			}
			if (k != 0)
			{
				t.base = NA_BASE_CALENDAR;
				*s = t;
				return k;
			}
		}
	}
	k = na_read_point(c, j, s, true);
	if (k != 0)
		return k;
	na_stamp_init(s);
	/* 13/8 */
	if (na_is_int(c, j, 1, 2) && (na_mark(c, j + 1, '/')) && na_is_int(c, j + 2, 1, 2) &&
		c->item[j].num >= 1 && c->item[j].num <= 31 && c->item[j + 2].num >= 1 &&
		c->item[j + 2].num <= 12 && !na_mark(c, j + 3, '/'))
	{
		s->base = NA_BASE_CALENDAR;
		s->calendar = NA_CAL_GREGORIAN;
		s->day = (int8_t) c->item[j].num;
		s->month = (int8_t) c->item[j + 2].num;
		return j + 3;
	}
	k = na_read_daynum(c, j, s);
	if (k != 0)
	{
		s->base = NA_BASE_CALENDAR;
		return k;
	}
	return 0;
}

static bool
is_year_only(const na_stamp *s)
{
	return s->base == NA_BASE_CALENDAR && s->year != 0 && s->month == 0 && s->day == 0 &&
		   s->trim == 0;
}

/* two ends that can make a range */
static bool
fit_together(const na_stamp *a, const na_stamp *b, int open, bool dash)
{
	if (b->edge != 0 && b->ten)
		return false;
	if (a->base == NA_BASE_CALENDAR && b->base == NA_BASE_CALENDAR)
	{
		if (is_year_only(a) != is_year_only(b))
			return false;
		if (is_year_only(a))
		{
			int32_t gap = a->year > b->year ? a->year - b->year : b->year - a->year;

			/* 2015-1436 is the number of a regulation */
			return gap > 0 && (gap < 300 || b->era != NA_ERA_NONE) &&
				   (!dash || open != OPEN_NONE || a->year >= 1500 || b->era != NA_ERA_NONE ||
					gap < 100);
		}
		if ((a->month == 0 && a->monthmod == NA_MOD_NONE) &&
			(b->month == 0 && b->monthmod == NA_MOD_NONE))
			return false;
		/* a day and a month are no range */
		if ((a->day != 0) != (b->day != 0))
			return false;
		/* a dash between whole dates is a list */
		if (dash && open == OPEN_NONE && a->month != 0 && a->day != 0 && a->weekday >= 0)
			return false;
		return true;
	}
	if (a->base == NA_BASE_CALENDAR && (a->day == 0 || a->month == 0))
		return false;
	if (b->base == NA_BASE_CALENDAR && (b->day == 0 || b->month == 0) &&
		!(a->base == NA_BASE_UNIT && is_year_only(b)))
		return false;
	if (dash)
		return a->base == b->base && (a->base == NA_BASE_WEEKDAY || a->base == NA_BASE_CLOCK ||
									  (b->base == NA_BASE_CLOCK && a->hour >= 0));
	return a->base != NA_BASE_AGO && b->base != NA_BASE_AGO;
}

/* item i closes a range's first end: to, a dash, and; the item behind it */
static int
read_to(const na_dctx *c, int i, int open, bool *dash)
{
	const na_date_word *prep = na_word(c, i, NA_DC_prep);

	*dash = false;
	if (prep != NULL && prep->value == 3)
		return i + 1;
	if (na_mark(c, i, ',') && na_word(c, i + 1, NA_DC_prep) != NULL &&
		na_word(c, i + 1, NA_DC_prep)->value == 3 && open == OPEN_FROM)
		return i + 2;
	if (open == OPEN_BETWEEN)
	{
		if (prep != NULL && prep->value == 6)
			return i + 1;
		return i < c->n && c->item[i].clitic == 'w' ? i : 0;
	}
	if (na_mark(c, i, '-'))
	{
		*dash = true;
		return i + 1;
	}
	if (na_mark(c, i, '/') && na_is_int(c, i - 1, 4, 4))
	{
		*dash = true;
		return i + 1;
	}
	if (na_is_minus(c, i))
	{
		*dash = true;
		return i;
	}
	return 0;
}

/* 2014/15, 2019-20 */
static int
short_year(const na_dctx *c, int i, const na_stamp *a, na_stamp *b)
{
	if (!is_year_only(a) || !na_is_int(c, i, 2, 2) || c->item[i].num != (a->year + 1) % 100 ||
		na_mark(c, i + 1, '/') || na_mark(c, i + 1, '-') || na_mark(c, i + 1, ':'))
		return 0;
	*b = *a;
	b->year = a->year + 1;
	return i + 1;
}

static int
read_range(const na_dctx *c, int i, na_date *out)
{
	const na_date_word *prep = na_word(c, i, NA_DC_prep);
	const na_date_word *span = na_word(c, i, NA_DC_span);
	na_stamp a;
	na_stamp b;
	int open = OPEN_NONE;
	bool dash;
	int j = i;
	int k;

	if (prep != NULL && prep->value == 5)
		open = OPEN_BETWEEN;
	else if ((prep != NULL && prep->value == 1) || (span != NULL && span->value == 2))
		open = OPEN_FROM;
	if (open != OPEN_NONE)
		j++;
	k = 0;
	na_stamp_init(&a);
	/* the year alone before a slash or dash: the point would refuse it */
	if (na_is_int(c, j, 4, 4) && (na_mark(c, j + 1, '/') || na_mark(c, j + 1, '-') ||
								  (na_is_minus(c, j + 1))) &&
		!(c->item[j].flags & NA_TF_SIGN))
	{
		if (na_is_int(c, j + 2, 1, 2) && na_mark(c, j + 3, (char) c->item[j + 1].cp))
			return 0;
		k = na_read_year(c, j, &a, false);
		a.base = NA_BASE_CALENDAR;
		if (na_mark(c, j - 1, '/') || (na_mark(c, j - 1, '-') && !(c->item[j].flags & NA_TF_SPACE)))
			return 0;
	}
	if (k == 0)
		k = read_end(c, j, &a, open);
	if (k == 0)
		return 0;
	j = read_to(c, k, open, &dash);
	if (j == 0 || (na_is_minus(c, j) && !dash))
		return 0;
	if (dash && (k = short_year(c, j, &a, &b)) != 0)
		j = k;
	else
	{
		k = 0;
		na_stamp_init(&b);
		if (is_year_only(&a) && na_is_int(c, j, 4, 4))
		{
			na_stamp t = b;

			k = na_read_year(c, j, &t, false);
			if (k == 0 && na_is_minus(c, j))
			{
				t.year = c->item[j].num;
				t.calendar = a.calendar;
				k = j + 1;
			}
			if (k != 0)
			{
				b = t;
				b.base = NA_BASE_CALENDAR;
				/* a chain of figures is a number */
				if (dash && na_mark(c, k, (char) c->item[j - 1].cp) && na_is_number(c, k + 1))
					return 0;
			}
		}
		else if (na_is_minus(c, j) && na_is_int(c, j, 1, 2))
		{
			/* 8 -10 نوفمبر */
			na_item copy = c->item[j];
			na_stamp t;

			na_stamp_init(&t);
			k = na_read_month(c, j + 1, &t);
			if (k != 0)
			{
				int y = 0;

				t.day = (int8_t) copy.num;
				t.base = NA_BASE_CALENDAR;
				y = na_read_year(c, k, &t, false);
				if (y != 0)
					k = y;
				b = t;
			}
		}
		if (k == 0)
			k = read_end(c, j, &b, open);
		if (k == 0)
			return 0;
		j = k;
	}
	if (b.base == NA_BASE_CALENDAR && b.mod == NA_MOD_NONE)
	{
		k = na_read_mod(c, j, &b);
		if (k != 0 && !is_year_only(&b))
			j = k;
		else
			b.mod = NA_MOD_NONE;
	}
	/* from 3 to 5 in the afternoon */
	if (b.base == NA_BASE_CLOCK && a.base == NA_BASE_CALENDAR && a.day != 0 && a.month == 0)
	{
		a.base = NA_BASE_CLOCK;
		a.hour = a.day;
		a.day = 0;
		a.noon = b.noon;
	}
	if (open != OPEN_FROM && a.base == NA_BASE_CALENDAR && a.day != 0 && a.month == 0 && !dash &&
		open != OPEN_BETWEEN && b.month == 0)
		return 0;
	if (!fit_together(&a, &b, open, dash))
		return 0;
	if (is_year_only(&a) && is_number_before(c, i))
		return 0;
	/* years without any word that says so must look like years */
	if (is_year_only(&a) && open == OPEN_NONE && dash && b.era == NA_ERA_NONE &&
		(a.year < 1300 || (a.year > 1500 && a.year < 1700) || a.year > 2100 || b.year > 2100))
		return 0;
	memset(out, 0, sizeof(*out));
	if (!na_resolve_range(c, &a, &b, i, out))
		return 0;
	if (out->lo != NA_NO_DAY && out->hi - out->lo <= 1 && b.base != NA_BASE_CLOCK)
		return 0;
	return j;
}

/* a range, then perhaps the same in another calendar */
static int
rule_range(const na_dctx *c, int i, na_found *f)
{
	na_date d;
	na_date twin;
	int j = read_range(c, i, &d);
	int k = j;

	if (j == 0)
		return 0;
	if (na_mark(c, k, ','))
		k++;
	if (na_mark(c, k, '('))
		k++;
	if (na_word(c, k, NA_DC_twin) != NULL)
		k++;
	if (k != j && d.hijri)
	{
		int e = read_range(c, k, &twin);

		if (e != 0 && !twin.hijri && (twin.lo != NA_NO_DAY || d.lo == NA_NO_DAY))
		{
			if (na_mark(c, e, ')'))
				e++;
			d = twin;
			j = e;
		}
	}
	put_date(f, i, j, &d);
	return j;
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
		if (na_is_number(c, i) && is_number_before(c, i) && s.weekday < 0)
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
	put_date(f, i, j, &d);
	return j;
}

/* ---- amounts of time ---- */

typedef struct amount
{
	int unit;
	int32_t n;
	char fraction[8];
	bool vague; /* some days */
	bool definite; /* the days */
	bool single; /* a bare noun: a day */
	char timex[NA_TIMEX_MAX];
} amount;

/* one unit with its number: 3 أيام, ثلاثة أسابيع, يومين, الأيام الثلاثة, الـ24 ساعة */
static int
read_one_amount(const na_dctx *c, int i, amount *a)
{
	const na_date_word *unit;
	const na_date_word *w;
	int32_t n = 0;
	bool number = false;
	int j = i;
	int k;

	memset(a, 0, sizeof(*a));
	if (na_is_number(c, i) && c->item[i].num >= 0 && c->item[i].digits <= 6 &&
		!(c->item[i].flags & (NA_TF_PERCENT | NA_TF_SIGN)))
	{
		n = c->item[i].num;
		if (c->item[i].flags & NA_TF_DECIMAL)
		{
			const na_token *t = &c->seg->tok[c->item[i].tok];

			/* the key ends in the point and the decimals */
			if (c->item[i].ndecimal > 4)
				return 0;
			memcpy(a->fraction, na_key(c->seg, t).p + t->nkey - c->item[i].ndecimal - 1,
				   c->item[i].ndecimal + 1u);
		}
		number = true;
		j = i + 1;
	}
	else if ((k = na_read_cardinal(c, i, &n)) != 0)
	{
		number = true;
		j = k;
	}
	else if ((w = na_word(c, i, NA_DC_few)) != NULL)
	{
		a->vague = true;
		j = i + 1;
	}
	unit = unit_word(c, j);
	if (unit == NULL || (unit->flags & NA_DF_vague) || unit->value == NA_UNIT_WEEKEND ||
		unit->value == NA_UNIT_SPORT || (c->item[j].clitic != 0 && j != i))
	{
		/* half an hour, a quarter of an hour */
		w = na_word(c, i, NA_DC_frac);
		unit = unit_word(c, i + 1);
		if (j == i && w != NULL && unit != NULL && c->item[i + 1].clitic == 0 &&
			!(unit->flags & (NA_DF_def | NA_DF_du | NA_DF_pl)) &&
			(unit->value == NA_UNIT_HOUR || (unit->value == NA_UNIT_YEAR && w->value != 20)))
		{
			a->unit = unit->value == NA_UNIT_HOUR ? NA_UNIT_MINUTE : NA_UNIT_MONTH;
			a->n = unit->value == NA_UNIT_HOUR ? w->value : w->value / 5;
			return i + 2;
		}
		return 0;
	}
	a->unit = unit->value;
	a->n = n;
	if (number)
	{
		/* "in 5 the year" is nothing; "the 24 hours" is */
		if (unit->flags & NA_DF_def)
			return 0;
		if (unit->flags & NA_DF_du)
			return 0;
		return j + 1;
	}
	if (a->vague)
		return (unit->flags & NA_DF_pl) && !(unit->flags & NA_DF_def) ? j + 1 : 0;
	if (unit->flags & NA_DF_du)
	{
		a->n = 2;
		a->definite = (unit->flags & NA_DF_def) != 0;
		return j + 1;
	}
	if (unit->flags & NA_DF_pl)
	{
		a->definite = (unit->flags & NA_DF_def) != 0;
		j++;
		if (a->definite)
		{
			/* the days the three */
			if (na_word(c, j, NA_DC_few) != NULL)
			{
				a->vague = true;
				return j + 1;
			}
			w = na_word(c, j, NA_DC_num);
			if (w != NULL && c->item[j].clitic == 0 &&
				((w->flags & NA_DF_def) || w->value == 10))
			{
				k = na_read_cardinal(c, j, &a->n);
				return k;
			}
			if (na_is_int(c, j, 1, 3) && (c->item[j].flags & NA_TF_AL))
			{
				a->n = c->item[j].num;
				return j + 1;
			}
		}
		a->vague = true;
		return j;
	}
	if (unit->flags & NA_DF_def)
		return 0;
	/* a day, one day */
	a->n = 1;
	w = na_word(c, j + 1, NA_DC_num);
	if (w != NULL && w->value == 1 && c->item[j + 1].clitic == 0)
		return j + 2;
	a->single = true;
	return j + 1;
}

/* an amount: one unit, "and a half", or two units (سنة وشهرين, 5 ساعات و30 دقيقة) */
static int
read_amount(const na_dctx *c, int i, amount *a)
{
	const na_date_word *w;
	amount b;
	int j = read_one_amount(c, i, a);
	int k;

	if (j == 0)
		return 0;
	if (!a->vague)
		amount_timex(a->timex, sizeof(a->timex), a->unit, a->n, a->fraction);
	w = na_word(c, j, NA_DC_frac);
	if (w != NULL && w->value == 30 && c->item[j].clitic == 'w' && !a->vague)
	{
		static const int parts[] = {0, 60, 60, 24, 0, 0, 0, 12, 10, 100, 0, 0, 0};
		static const int finer[] = {0, NA_UNIT_SECOND, NA_UNIT_MINUTE, NA_UNIT_HOUR, 0, 0, 0,
									NA_UNIT_MONTH, NA_UNIT_YEAR, NA_UNIT_YEAR, 0, 0, 0};

		if (parts[a->unit] != 0)
			amount_timex(a->timex, sizeof(a->timex), finer[a->unit],
						 a->n * parts[a->unit] + parts[a->unit] / 2, "");
		else
			amount_timex(a->timex, sizeof(a->timex), a->unit, a->n, ".5");
		j++;
		/* سنة ونصف السنة */
		if (unit_word(c, j) != NULL && unit_word(c, j)->value == a->unit && c->item[j].clitic == 0)
			j++;
		a->single = false;
		return j;
	}
	if (j < c->n && c->item[j].clitic == 'w' && !a->vague && !a->definite &&
		(k = read_one_amount(c, j, &b)) != 0 && b.unit < a->unit && !b.vague && !b.definite &&
		b.unit != NA_UNIT_QUARTER)
	{
		char first[NA_TIMEX_MAX];
		char second[NA_TIMEX_MAX];

		memcpy(first, a->timex, sizeof(first));
		amount_timex(second, sizeof(second), b.unit, b.n, b.fraction);
		/* one T only */
		snprintf(a->timex, sizeof(a->timex), "%.28s%.28s", first,
				 second + (second[1] == 'T' && first[1] == 'T' ? 2 : 1));
		a->single = false;
		j = k;
	}
	return j;
}

/* an age: عمره 39 سنة, البالغ 30 عاما, فلان، 28 عاما، … */
static bool
is_age(const na_dctx *c, int from, int to, const amount *a)
{
	const na_date_word *w;

	w = na_word(c, to, NA_DC_reject);
	if (w != NULL && w->value == 2)
		return true;
	for (int back = 1; back <= 3 && from - back >= 0; back++)
	{
		int k = from - back;

		if (c->item[k].kind == NA_PUNCT && !na_mark(c, k, '('))
			break;
		w = na_word(c, k, NA_DC_age);
		if (w != NULL && (w->value == 1 || back == 1))
			return true;
	}
	if (a->unit != NA_UNIT_YEAR || a->n < 1 || a->n > 115 || !na_is_number(c, from))
		return false;
	return (na_mark(c, from - 1, ',') || na_mark(c, from - 1, '(')) &&
		   (to >= c->n || na_mark(c, to, ',') || na_mark(c, to, ')') || na_mark(c, to, '.'));
}

/* the days of a window before or behind the day of writing */
static void
window_days(const na_dctx *c, const amount *a, int mod, na_date *d)
{
	int32_t here = c->reference;
	int32_t other;
	int y;
	int m;
	int day;
	int32_t n = mod < 0 ? -a->n : a->n;

	if (here == NA_NO_DAY || a->n > 100000)
		return;
	switch (a->unit)
	{
		case NA_UNIT_DAY:
		case NA_UNIT_NIGHT:
			other = here + n;
			break;
		case NA_UNIT_WEEK:
			other = here + n * 7;
			break;
		case NA_UNIT_MONTH:
		case NA_UNIT_YEAR:
		case NA_UNIT_DECADE:
		case NA_UNIT_CENTURY:
			na_civil_from_day(here, &y, &m, &day);
			n *= a->unit == NA_UNIT_MONTH ? 1
				 : a->unit == NA_UNIT_YEAR ? 12
				 : a->unit == NA_UNIT_DECADE ? 120
											 : 1200;
			m = y * 12 + m - 1 + n;
			if (m < 12)
				return;
			y = m / 12;
			m = m % 12 + 1;
			if (day > na_days_in_month(y, m))
				day = na_days_in_month(y, m);
			if (!na_day_from_civil(y, m, day, &other))
				return;
			break;
		default:
			return;
	}
	d->lo = mod < 0 ? other : here;
	d->hi = mod < 0 ? here : other;
	d->relative = true;
}

/*
 * Amounts of time, with what stands before and behind them: قبل يومين, منذ 6
 * أشهر, خلال ثلاثة أشهر, السنوات الخمس المقبلة, الأيام الماضية, 207 أيام.
 */
static int
rule_amount(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *span = na_word(c, i, NA_DC_span);
	const na_date_word *mod;
	const na_date_word *unit;
	amount a;
	na_date d;
	int lead = 0;
	int j = i;
	int from;
	int end;
	int back = 0; /* -1 last, 1 next */

	/* the coming period, the last stage */
	unit = unit_word(c, i);
	if (unit != NULL && (unit->flags & NA_DF_vague) && (unit->flags & NA_DF_def))
	{
		int k = i + 1;

		if (na_word(c, k, NA_DC_few) != NULL)
			k++;
		mod = na_word(c, k, NA_DC_mod);
		if (mod == NULL || (mod->flags & (NA_DF_pre | NA_DF_anchor)) || c->item[k].clitic != 0)
			return 0;
		put_value(f, i, k + 1, NA_DATE_DATE, NA_GRAIN_REF,
				  mod->value < 0 ? "PAST_REF" : mod->value > 0 ? "FUTURE_REF" : "PRESENT_REF");
		return k + 1;
	}
	if (span != NULL)
	{
		lead = span->value;
		j++;
	}
	if (na_word(c, j, NA_DC_approx) != NULL && c->item[j].clitic == 0)
		j++;
	from = j;
	j = read_amount(c, from, &a);
	if (j == 0)
		return 0;
	if (na_word(c, j, NA_DC_reject) != NULL && na_word(c, j, NA_DC_reject)->value == 1)
		return j;
	/* 30 دقيقة: fine; a bare noun only behind a word that measures */
	if (a.single)
	{
		na_stamp s;

		/* since the year 1986, before the day of Friday: no amounts */
		if (lead == 0 || na_read_point(c, from, &s, true) > j)
			return 0;
	}
	if (c->item[from].clitic != 0 && lead != 0 && c->item[from].clitic != 'l')
		return 0;
	mod = na_word(c, j, NA_DC_mod);
	if (mod != NULL && !(mod->flags & (NA_DF_pre | NA_DF_anchor)) && c->item[j].clitic == 0)
	{
		back = mod->value;
		if (back == 0 && a.definite)
			back = 2;
		j++;
	}
	/* أيام قليلة, سنوات عديدة */
	else if (a.vague && na_word(c, j, NA_DC_few) != NULL)
	{
		j++;
		mod = na_word(c, j, NA_DC_mod);
		if (mod != NULL && !(mod->flags & (NA_DF_pre | NA_DF_anchor)) && c->item[j].clitic == 0)
		{
			back = mod->value;
			j++;
		}
	}
	else
		mod = NULL;
	end = j;
	if (is_age(c, from, end, &a))
		return end;
	memset(&d, 0, sizeof(d));
	d.lo = d.hi = NA_NO_DAY;
	d.kind = NA_DATE_DURATION;
	d.grain = (uint8_t) unit_grain(a.unit);
	if (a.vague)
	{
		/* the last days, some years ago */
		if (mod != NULL && back != 0)
			put_value(f, lead == 4 || lead == 0 ? from : i, end, NA_DATE_DATE, NA_GRAIN_REF,
					  back < 0 ? "PAST_REF" : back == 1 ? "FUTURE_REF" : "PRESENT_REF");
		else if (lead == 1 || lead == 2)
			put_value(f, i, end, NA_DATE_DATE, NA_GRAIN_REF, "PAST_REF");
		else if (lead == 3 && !a.definite && na_future_cue(c, i))
			put_value(f, i, end, NA_DATE_DATE, NA_GRAIN_REF, "FUTURE_REF");
		else
			return 0;
		return end;
	}
	if (a.definite && mod == NULL && !na_is_number(c, from) && na_word(c, from, NA_DC_num) == NULL &&
		unit_word(c, from) != NULL && (unit_word(c, from)->flags & NA_DF_du) && lead == 0)
		return 0;
	if (a.fraction[0] == '\0' && mod == NULL && (lead == 1 || lead == 2 || lead == 3))
	{
		bool event = false;
		const na_date_word *prep = na_word(c, end, NA_DC_prep);

		/* "68 days before the start", "a week after the attack" measure */
		if (lead != 2 && prep != NULL && c->item[end].clitic == 0 &&
			(prep->value == 1 || (prep->value == 2)) && c->item[end].ntok == 1)
		{
			na_str key = na_key(c->seg, &c->seg->tok[c->item[end].tok]);

			/* من and على, but not في */
			event = !(key.n == 4 && memcmp(key.p, "في", 4) == 0) &&
					na_word(c, end + 1, NA_DC_ref) == NULL &&
					na_word(c, end + 1, NA_DC_deictic) == NULL;
		}
		if (lead == 3 && !event)
			event = !na_future_cue(c, i);
		if (!event)
		{
			na_stamp s;

			na_stamp_init(&s);
			s.base = NA_BASE_AGO;
			s.unit = (uint8_t) a.unit;
			s.offset = lead == 3 ? a.n : -a.n;
			if (a.n > 100000 || !na_resolve(c, &s, i, &d))
				return 0;
			put_date(f, i, end, &d);
			return end;
		}
	}
	memcpy(d.timex, a.timex, sizeof(d.timex));
	if (back == -1 || back == 1)
		window_days(c, &a, back, &d);
	put_date(f, from, end, &d);
	return end;
}

/* ---- vague references ---- */

static int
rule_ref(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *w = na_word(c, i, NA_DC_ref);

	if (w == NULL)
		return 0;
	put_value(f, i, i + 1, NA_DATE_DATE, NA_GRAIN_REF,
			  w->value < 0 ? "PAST_REF" : w->value > 0 ? "FUTURE_REF" : "PRESENT_REF");
	return i + 1;
}

typedef int (*rule)(const na_dctx *c, int i, na_found *f);

static const rule rules[] = {
	rule_every, rule_weekdays, rule_recurring, rule_days, rule_months,
	rule_range, rule_point,	   rule_amount,	   rule_ref,
};

int
na_read_expression(const na_dctx *c, int i, na_found *found)
{
	int best = 0;

	found->n = 0;
	for (size_t k = 0; k < NA_LENGTHOF(rules); k++)
	{
		na_found f;
		int end;

		f.n = 0;
		end = rules[k](c, i, &f);
		if (end > best)
		{
			best = end;
			*found = f;
		}
	}
	return best;
}
