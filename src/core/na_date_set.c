/*
 * na_date_set.c
 *		Recurring times, and lists of days, months and years.
 */
#include <stdio.h>

#include "na_date_grammar.h"

/* ---- sets ---- */

static void
weekday_set(na_found *f, int from, int to, int weekday, int part)
{
	static const char *const parts[] = {"", "TMO", "TMI", "TAF", "TEV", "TNI", "TDT"};
	char timex[NA_TIMEX_MAX];

	snprintf(timex, sizeof(timex), "XXXX-WXX-%d%s", weekday + 1, parts[part]);
	na_put_value(f, from, to, NA_DATE_SET, NA_GRAIN_WEEK, timex);
}

/* every year, كل يوم جمعة, كل 4 سنوات, يوميا */
int
na_rule_every(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *w = na_word(c, i, NA_DC_set);
	const na_date_word *unit;
	char timex[NA_TIMEX_MAX];
	int32_t n = 1;
	int j;

	if (w != NULL)
	{
		na_amount_timex(timex, sizeof(timex), w->value, w->value == NA_UNIT_QUARTER ? 3 : 1, "");
		if (w->value == NA_UNIT_QUARTER)
			timex[2] = 'M';
		na_put_value(f, i, i + 1, NA_DATE_SET, na_unit_grain(w->value), timex);
		return i + 1;
	}
	if (na_word(c, i, NA_DC_every) == NULL)
		return 0;
	j = i + 1;
	unit = na_unit_word(c, j);
	if (na_is_unit(unit, NA_UNIT_DAY) && !(unit->flags & (NA_DF_def | NA_DF_du | NA_DF_pl)) &&
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
		na_put_value(f, i, j + 1, NA_DATE_SET, NA_GRAIN_DAYPART, timex);
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
	unit = na_unit_word(c, j);
	if (unit == NULL || (unit->flags & (NA_DF_def | NA_DF_vague)) || c->item[j].clitic != 0 ||
		na_word(c, j + 1, NA_DC_reject) != NULL)
		return 0;
	/* "every days" is nothing; "every ten days", "every two days" are */
	if ((unit->flags & NA_DF_pl) && n == 1)
		return 0;
	if (unit->flags & NA_DF_du)
		n = 2;
	na_amount_timex(timex, sizeof(timex), unit->value, n, "");
	na_put_value(f, i, j + 1, NA_DATE_SET, na_unit_grain(unit->value), timex);
	return j + 1;
}

/* أيام الجمعة, يومي الثلاثاء والخميس, يومي السبت والأحد الماضيين */
int
na_rule_weekdays(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *unit = na_unit_word(c, i);
	int8_t day[7];
	int item[7];
	int n = 0;
	int j = i + 1;
	na_stamp s;
	bool consecutive = true;
	bool set;
	bool every = false;
	int k;

	if (!na_is_unit(unit, NA_UNIT_DAY) || !(unit->flags & (NA_DF_du | NA_DF_pl)) ||
		(unit->flags & NA_DF_def))
		return 0;
	while (n < 7)
	{
		const na_date_word *w = na_word(c, j, NA_DC_weekday);

		if (w == NULL || (w->flags & NA_DF_bare) ||
			(n > 0 && c->item[j].clitic != 'w' && !na_mark(c, j - 1, ',') &&
			 na_word(c, j - 1, NA_DC_prep) == NULL))
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
		na_word(c, j + 1, NA_DC_every) != NULL && na_unit_word(c, j + 2) != NULL)
	{
		every = true;
		j += 3;
	}
	else if (na_word(c, j, NA_DC_every) != NULL && na_unit_word(c, j + 1) != NULL)
	{
		every = true;
		j += c->item[j].ntok > 1 || na_unit_word(c, j + 1) != NULL ? 2 : 1;
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
				if (s.mod == 1 || (s.mod == NA_MOD_NONE && na_plan_cue(c, i)))
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
				snprintf(first.timex, sizeof(first.timex), "%s%04d-%02d-%02d/%s%04d-%02d-%02d",
						 NA_TIMEX_YEAR(NA_CAL_GREGORIAN, y), m, d,
						 NA_TIMEX_YEAR(NA_CAL_GREGORIAN, y2), m2, d2);
			}
			else
				snprintf(first.timex, sizeof(first.timex), "XXXX-WXX-%d/XXXX-WXX-%d", day[0] + 1,
						 day[n - 1] + 1);
		}
		first.kind = NA_DATE_INTERVAL;
		na_put_date(f, i, j, &first);
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
				na_put_date(f, from, to, &d);
		}
	}
	return j;
}

/* the first of January of every year; the fifth of every month */
int
na_rule_recurring(const na_dctx *c, int i, na_found *f)
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
	unit = na_unit_word(c, j + 1);
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
	na_put_value(f, i, j + 2, NA_DATE_SET, s.day != 0 ? NA_GRAIN_DAY : NA_GRAIN_MONTH, timex);
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
		na_put_date(f, from, to, &all);
		return;
	}
	for (int k = 0; k < n; k++)
		na_put_date(f, k == 0 ? from : item[k], k == n - 1 ? to : item[k] + 1, &d[k]);
}

/* يومي 12 و13 ماي الجاري; 2 و21 و30 ماي 2019; الخامس والثامن من سبتمبر المقبل */
int
na_rule_days(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *unit = na_unit_word(c, i);
	int8_t day[NA_FOUND_MAX];
	int item[NA_FOUND_MAX];
	na_date d[NA_FOUND_MAX];
	na_stamp s;
	int n = 0;
	int j = i;
	int end = 0;

	if (na_is_unit(unit, NA_UNIT_DAY) && !(unit->flags & NA_DF_def))
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
int
na_rule_months(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *unit = na_unit_word(c, i);
	na_stamp s[NA_FOUND_MAX];
	int item[NA_FOUND_MAX];
	na_date d[NA_FOUND_MAX];
	bool years = false;
	int n = 0;
	int j = i;
	int end = 0;
	int k;

	if (na_is_unit(unit, NA_UNIT_YEAR) && (unit->flags & (NA_DF_du | NA_DF_pl)))
	{
		years = true;
		j++;
	}
	else if (na_is_unit(unit, NA_UNIT_MONTH) && (unit->flags & (NA_DF_du | NA_DF_pl)))
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
			na_put_date(f, k == 0 ? i : item[k], k == n - 1 ? end : item[k] + 1, &d[k]);
		return end;
	}
	put_list(f, i, end, item, d, n);
	return end;
}
