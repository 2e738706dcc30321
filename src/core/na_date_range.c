/*
 * na_date_range.c
 *		Ranges: from, between, a dash.
 */
#include <stdio.h>

#include "na_date_grammar.h"

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
	const na_date_word *unit = na_unit_word(c, i);
	bool years = false;
	int j = i;
	int k;

	if (na_is_unit(unit, NA_UNIT_YEAR) && (unit->flags & (NA_DF_du | NA_DF_pl)))
	{
		years = true;
		j++;
	}
	else if (unit != NULL && (unit->flags & NA_DF_du) && !(unit->flags & NA_DF_vague))
		j++;
	else if (na_is_unit(unit, NA_UNIT_DAY) && !(unit->flags & (NA_DF_def | NA_DF_pl)) &&
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
	if (a->base == NA_BASE_CLOCK && b->hour >= 0)
		return true;
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
	na_stamp clock;
	bool clock_first = false;
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
	if (na_is_int(c, j, 4, 4) &&
		(na_mark(c, j + 1, '/') || na_mark(c, j + 1, '-') || (na_is_minus(c, j + 1))) &&
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
		{
			na_stamp_init(&clock);
			clock_first = na_read_clock(c, j, &clock) != 0;
			k = read_end(c, j, &b, open);
		}
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
	if (clock_first && b.hour >= 0 && a.base == NA_BASE_CALENDAR && a.day != 0 && a.month == 0 &&
		a.monthmod == NA_MOD_NONE)
	{
		na_stamp_init(&clock);
		clock.base = NA_BASE_CLOCK;
		clock.hour = a.day;
		clock.noon = b.noon;
		clock.second = -1;
		a = clock;
	}
	if (open != OPEN_FROM && a.base == NA_BASE_CALENDAR && a.day != 0 && a.month == 0 && !dash &&
		open != OPEN_BETWEEN && b.month == 0)
		return 0;
	if (!fit_together(&a, &b, open, dash))
		return 0;
	if (is_year_only(&a) && na_is_number_before(c, i))
		return 0;
	/* years without any word that says so must look like years */
	if (is_year_only(&a) && open == OPEN_NONE && dash && b.era == NA_ERA_NONE &&
		(a.year < 1300 || (a.year > 1500 && a.year < 1700) || a.year > 2100 || b.year > 2100))
		return 0;
	memset(out, 0, sizeof(*out));
	if (!na_resolve_range(c, &a, &b, i, out))
		return 0;
	if (out->lo != NA_NO_DAY && out->hi - out->lo <= 1 && b.base != NA_BASE_CLOCK &&
		a.base != NA_BASE_CLOCK)
		return 0;
	return j;
}

/* a range, then perhaps the same in another calendar */
int
na_rule_range(const na_dctx *c, int i, na_found *f)
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
	na_put_date(f, i, j, &d);
	return j;
}
