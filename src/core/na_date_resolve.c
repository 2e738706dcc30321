/*
 * na_date_resolve.c
 *		From what is written to days and a TIMEX3 value.
 */
#include <stdarg.h>
#include <stdio.h>

#include "na_date_grammar.h"

/* a span of days under way: lo is NA_NO_DAY while it is not resolved */
typedef struct days
{
	int32_t lo;
	int32_t hi;
	char timex[NA_TIMEX_MAX];
	uint8_t grain;
	uint8_t kind;
	bool hijri;
	bool relative;
} days;

/* the day of writing in both calendars */
typedef struct today
{
	bool known;
	int32_t day;
	int y[3]; /* by NA_CAL_* */
	int m[3];
	int d[3];
} today;

static void put_timex(days *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
put_timex(days *o, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(o->timex, sizeof(o->timex), format, ap);
	va_end(ap);
}

static void
get_today(int32_t day, today *t)
{
	memset(t, 0, sizeof(*t));
	t->day = day;
	t->known = day != NA_NO_DAY;
	if (!t->known)
		return;
	na_civil_from_day(day, &t->y[NA_CAL_GREGORIAN], &t->m[NA_CAL_GREGORIAN],
					  &t->d[NA_CAL_GREGORIAN]);
	if (!na_hijri_from_day(day, &t->y[NA_CAL_HIJRI], &t->m[NA_CAL_HIJRI], &t->d[NA_CAL_HIJRI]))
		t->y[NA_CAL_HIJRI] = 1;
}

static bool
day_of(int calendar, int y, int m, int d, int32_t *day)
{
	return calendar == NA_CAL_HIJRI ? na_day_from_hijri(y, m, d, day)
									: na_day_from_civil(y, m, d, day);
}

static int
month_length(int calendar, int y, int m)
{
	return calendar == NA_CAL_HIJRI ? na_days_in_hijri_month(y, m) : na_days_in_month(y, m);
}

/* n whole months from a month on */
static bool
month_span(int calendar, int y, int m, int n, int32_t *lo, int32_t *hi)
{
	int behind = m - 1 + n;

	return day_of(calendar, y, m, 1, lo) &&
		   day_of(calendar, y + behind / 12, behind % 12 + 1, 1, hi);
}

/* n years from a year on */
static bool
year_span(int calendar, int y, int n, int32_t *lo, int32_t *hi)
{
	return day_of(calendar, y, 1, 1, lo) && day_of(calendar, y + n, 1, 1, hi);
}

static void
put_day(days *o, int32_t day)
{
	int y;
	int m;
	int d;

	na_civil_from_day(day, &y, &m, &d);
	put_timex(o, "%s%04d-%02d-%02d", NA_TIMEX_YEAR(NA_CAL_GREGORIAN, y), m, d);
	o->lo = day;
	o->hi = day + 1;
	o->grain = NA_GRAIN_DAY;
}

static void
put_month(days *o, int calendar, int y, int m)
{
	put_timex(o, "%s%04d-%02d", NA_TIMEX_YEAR(calendar, y), m);
	if (!month_span(calendar, y, m, 1, &o->lo, &o->hi))
		o->lo = o->hi = NA_NO_DAY;
	o->grain = NA_GRAIN_MONTH;
}

static void
put_year(days *o, int calendar, int era, int y)
{
	if (era == NA_ERA_BC)
		y = 1 - y;
	put_timex(o, "%s%04d", NA_TIMEX_YEAR(calendar, y));
	if (!year_span(calendar, y, 1, &o->lo, &o->hi))
		o->lo = o->hi = NA_NO_DAY;
	o->grain = NA_GRAIN_YEAR;
}

/* first day of the week that holds a day */
static int32_t
week_start(const na_dctx *c, int32_t day)
{
	return day - (na_weekday(day) - c->week_start + 7) % 7;
}

static void
put_week(days *o, int32_t first)
{
	int y;
	int w;

	/* a week that starts on Saturday or Sunday is named by its middle */
	na_iso_week(first + 3, &y, &w);
	put_timex(o, "%s%04d-W%02d", NA_TIMEX_YEAR(NA_CAL_GREGORIAN, y), w);
	o->lo = first;
	o->hi = first + 7;
	o->grain = NA_GRAIN_WEEK;
}

/* ---- dates of the calendar ---- */

static int32_t
distance(int32_t a, int32_t b)
{
	return a > b ? a - b : b - a;
}

/*
 * The year of a day and month (or month alone) without a year: by the modifier
 * before or after the day of writing, else the nearest, ties to the past.  A
 * weekday that fits decides when the nearest day is far.
 */
static bool
guess_year(const na_stamp *s, const today *t, int *year)
{
	int cal = s->calendar;
	int32_t best = 0;
	int32_t best_fit = 0;
	int fit_year = 0;
	bool found = false;
	bool fits = false;

	for (int k = -8; k <= 8; k++)
	{
		int y = t->y[cal] + k;
		int32_t here = t->day;
		int32_t day;
		bool fit;

		if (!day_of(cal, y, s->month, s->day != 0 ? s->day : 1, &day))
			continue;
		/* months are compared with months */
		if (s->day == 0 && !day_of(cal, t->y[cal], t->m[cal], 1, &here))
			continue;
		if ((s->mod < 0 && day >= here) || (s->mod > 0 && s->mod != NA_MOD_NONE && day <= here))
			continue;
		fit = s->day != 0 && s->weekday >= 0 && na_weekday(day) == s->weekday;
		if (fit && (!fits || distance(day, here) < distance(best_fit, here)))
		{
			fits = true;
			best_fit = day;
			fit_year = y;
		}
		if (!found || distance(day, here) < distance(best, here))
		{
			found = true;
			best = day;
			*year = y;
		}
	}
	/* the one before the last, the one behind the next */
	if (found && s->mod == -2)
		(*year)--;
	else if (found && s->mod == 2)
		(*year)++;
	if (fits && distance(best, t->day) > 100 && distance(best_fit, t->day) < 400)
		*year = fit_year;
	return found;
}

/* the ninth of this month: the Hijri month where only there the weekday fits */
static bool
resolve_month_day(const na_stamp *s, const today *t, days *o)
{
	for (int pass = 0; pass < 2; pass++)
	{
		int cal = pass == 0 ? NA_CAL_GREGORIAN : NA_CAL_HIJRI;
		int month = t->y[cal] * 12 + t->m[cal] - 1 + s->monthmod;
		int32_t day;
		int32_t other;

		if (!day_of(cal, month / 12, month % 12 + 1, s->day, &day))
			continue;
		if (pass == 0 && s->weekday >= 0 && na_weekday(day) != s->weekday)
		{
			month = t->y[NA_CAL_HIJRI] * 12 + t->m[NA_CAL_HIJRI] - 1 + s->monthmod;
			if (day_of(NA_CAL_HIJRI, month / 12, month % 12 + 1, s->day, &other) &&
				na_weekday(other) == s->weekday)
				continue;
		}
		put_day(o, day);
		o->hijri = pass == 1;
		return true;
	}
	return false;
}

/* the first, middle or last ten days of a month; halves and weeks of a month */
static bool
narrow_month(const na_stamp *s, int calendar, int y, int m, days *o)
{
	int length = month_length(calendar, y, m);
	int32_t first;
	int from;
	int to;
	int y2;
	int m2;
	int d2;
	int y3;
	int m3;
	int d3;

	if (!day_of(calendar, y, m, 1, &first))
		return false;
	if (s->trim != 0)
	{
		int size = s->trim;
		int nth = s->nth > 0 ? s->nth : size == 7 ? 5 : 30 / size;

		from = (nth - 1) * size;
		to = from + size;
		if (size != 7 && nth == 30 / size)
			to = length;
		if (s->nth < 0 && size == 7)
		{
			from = length - 7;
			to = length;
		}
		if (to > length)
			to = length;
		if (from >= to)
			return false;
		na_civil_from_day(first + from, &y2, &m2, &d2);
		na_civil_from_day(first + to - 1, &y3, &m3, &d3);
		put_timex(o, "%s%04d-%02d-%02d/%s%04d-%02d-%02d", NA_TIMEX_YEAR(NA_CAL_GREGORIAN, y2), m2,
				  d2, NA_TIMEX_YEAR(NA_CAL_GREGORIAN, y3), m3, d3);
		o->kind = NA_DATE_INTERVAL;
		o->grain = size == 7 ? NA_GRAIN_WEEK : NA_GRAIN_DAY;
	}
	else if (s->edge != 0 && s->ten)
	{
		from = (s->edge - 1) * 10;
		to = s->edge == 3 ? length : from + 10;
	}
	else
		return true;
	o->lo = first + from;
	o->hi = first + to;
	return true;
}

/* a quarter, half or third of a year */
static bool
narrow_year(const na_stamp *s, int calendar, int y, days *o)
{
	int nth = s->nth > 0 ? s->nth : 12 / s->trim;

	if (nth > 12 / s->trim)
		return false;
	if (!month_span(calendar, y, (nth - 1) * s->trim + 1, s->trim, &o->lo, &o->hi))
		o->lo = o->hi = NA_NO_DAY;
	o->grain = s->trim == 3 ? NA_GRAIN_QUARTER : NA_GRAIN_HALF;
	if (s->trim == 3)
		put_timex(o, "%s%04d-Q%d", NA_TIMEX_YEAR(calendar, y), nth);
	else if (s->trim == 6)
		put_timex(o, "%s%04d-H%d", NA_TIMEX_YEAR(calendar, y), nth);
	else
	{
		put_timex(o, "%s%04d-%02d/%s%04d-%02d", NA_TIMEX_YEAR(calendar, y), (nth - 1) * s->trim + 1,
				  NA_TIMEX_YEAR(calendar, y), nth * s->trim);
		o->kind = NA_DATE_INTERVAL;
		o->grain = NA_GRAIN_MONTH;
	}
	return true;
}

/* year, month and day as far as written */
static bool
resolve_calendar(const na_dctx *c, const na_stamp *s, int i, days *o)
{
	today t;
	int cal = s->calendar != NA_CAL_NONE ? s->calendar : NA_CAL_GREGORIAN;
	int y = s->year;
	const char *h = cal == NA_CAL_HIJRI ? "H" : "";
	bool known = y != 0;

	get_today(c->reference, &t);
	o->hijri = cal == NA_CAL_HIJRI;
	if (s->monthmod != NA_MOD_NONE)
	{
		o->relative = true;
		if (s->anchor && s->monthmod == 0 && c->anchor != NA_NO_DAY)
			get_today(c->anchor, &t);
		o->hijri = false;
		if (t.known)
			return resolve_month_day(s, &t, o);
		put_timex(o, "XXXX-XX-%02d", s->day);
		o->grain = NA_GRAIN_DAY;
		return true;
	}
	if (!known && s->yearmod != NA_MOD_NONE)
	{
		o->relative = true;
		if (s->anchor && c->anchor != NA_NO_DAY)
			get_today(c->anchor, &t);
		if (t.known)
		{
			y = t.y[cal] + s->yearmod;
			known = true;
		}
	}
	if (!known && s->month != 0)
	{
		o->relative = true;
		if (t.known && !(s->mod == NA_MOD_NONE && na_habit_cue(c, i)))
		{
			na_stamp g = *s;

			g.calendar = (uint8_t) cal;
			if (!guess_year(&g, &t, &y))
				return false;
			known = true;
		}
	}
	if (!known)
	{
		/* impossible in every year */
		if (s->day > (cal == NA_CAL_HIJRI ? 30 : na_days_in_month(2000, s->month)))
			return false;
		o->grain = s->day != 0 ? NA_GRAIN_DAY : NA_GRAIN_MONTH;
		if (s->day != 0)
			put_timex(o, "%sXXXX-%02d-%02d", h, s->month, s->day);
		else if (s->month != 0)
			put_timex(o, "%sXXXX-%02d", h, s->month);
		else if (s->trim != 0)
		{
			put_timex(o, "XXXX-%c%d", s->trim == 3 ? 'Q' : 'H', s->nth > 0 ? s->nth : 12 / s->trim);
			o->grain = s->trim == 3 ? NA_GRAIN_QUARTER : NA_GRAIN_HALF;
		}
		else
		{
			put_timex(o, "XXXX");
			o->grain = NA_GRAIN_YEAR;
		}
		return true;
	}
	if (s->day != 0)
	{
		int32_t day;

		if (!day_of(cal, s->era == NA_ERA_BC ? 1 - y : y, s->month, s->day, &day))
			return false;
		put_day(o, day);
		return true;
	}
	if (s->month != 0)
	{
		if (s->era == NA_ERA_BC)
			y = 1 - y;
		put_month(o, cal, y, s->month);
		if (s->month2 != 0)
		{
			days b = *o;
			int y2 = s->month2 < s->month ? y + 1 : y;

			put_month(&b, cal, y2, s->month2);
			put_timex(o, "%s%04d-%02d/%s%04d-%02d", NA_TIMEX_YEAR(cal, y), s->month,
					  NA_TIMEX_YEAR(cal, y2), s->month2);
			o->hi = b.hi;
			o->kind = NA_DATE_INTERVAL;
			return true;
		}
		return narrow_month(s, cal, y, s->month, o);
	}
	if (s->trim != 0 && s->era != NA_ERA_BC)
		return narrow_year(s, cal, y, o);
	put_year(o, cal, s->era, y);
	return true;
}

/* ---- what hangs on the day of writing ---- */

static bool
resolve_weekday(const na_dctx *c, const na_stamp *s, int i, days *o)
{
	int32_t here = c->reference;
	int32_t day;

	o->grain = NA_GRAIN_DAY;
	o->relative = true;
	if (s->anchor && c->anchor != NA_NO_DAY)
		here = c->anchor;
	if (here == NA_NO_DAY)
	{
		put_timex(o, "XXXX-WXX-%d", s->weekday + 1);
		return true;
	}
	if (s->weekmod != NA_MOD_NONE || s->mod == 0)
	{
		day = week_start(c, here) + (s->weekmod != NA_MOD_NONE ? s->weekmod : 0) * 7;
		day += (s->weekday - c->week_start + 7) % 7;
	}
	else
	{
		/* days from the latest such weekday, this day included */
		int back = (na_weekday(here) - s->weekday + 7) % 7;

		if (s->mod < 0)
			day = here - (back == 0 ? 7 : back) + (s->mod + 1) * 7;
		else if (s->mod > 0 && s->mod != NA_MOD_NONE)
			day = here + 7 - back + (s->mod - 1) * 7;
		else if (back != 0 && na_plan_cue(c, i))
			day = here + 7 - back;
		else
			day = here - back;
	}
	put_day(o, day);
	return true;
}

static bool
resolve_deictic(const na_dctx *c, const na_stamp *s, days *o)
{
	int32_t day;

	o->relative = true;
	o->grain = NA_GRAIN_DAY;
	if (c->reference == NA_NO_DAY)
	{
		if (s->weekday >= 0)
			put_timex(o, "XXXX-WXX-%d", s->weekday + 1);
		else
			put_timex(o, "XXXX-XX-XX");
		return true;
	}
	day = c->reference + s->offset;
	/* the page may be a day younger than its text: the weekday knows better */
	if (s->weekday >= 0)
	{
		int off = (s->weekday - na_weekday(day) + 7) % 7;

		day += off > 3 ? off - 7 : off;
		/* but what was yesterday does not lie ahead */
		if (day > c->reference + 1 + s->offset && day > c->reference && s->offset <= 0)
			day -= 7;
	}
	put_day(o, day);
	return true;
}

static bool
put_decade(days *o, int calendar, int first)
{
	o->grain = NA_GRAIN_DECADE;
	o->hijri = calendar == NA_CAL_HIJRI;
	if (calendar == NA_CAL_GREGORIAN && first < 0)
	{
		/* before Christ it is counted the other way round, from nine years: 9 to 1 BC, 19 to 10 BC */
		int n = -first / 10 - 1;

		put_timex(o, "BC%03d", n);
		if (!year_span(calendar, -8 - 10 * n, n == 0 ? 9 : 10, &o->lo, &o->hi))
			o->lo = o->hi = NA_NO_DAY;
		return true;
	}
	put_timex(o, calendar == NA_CAL_HIJRI ? "H%03d" : "%03d", first / 10);
	if (!year_span(calendar, first, 10, &o->lo, &o->hi))
		o->lo = o->hi = NA_NO_DAY;
	return true;
}

/* the n-th century of an era, counted from 1 */
static bool
put_century(days *o, int era, int n)
{
	int calendar = era == NA_ERA_AH ? NA_CAL_HIJRI : NA_CAL_GREGORIAN;
	int first;

	if (era == NA_ERA_NONE && n <= 0)
	{
		era = NA_ERA_BC;
		n = 1 - n;
	}
	first = era == NA_ERA_BC ? 1 - 100 * n : (n - 1) * 100;
	put_timex(o, "%s%02d", era == NA_ERA_BC ? "BC" : era == NA_ERA_AH ? "H" : "", n - 1);
	o->grain = NA_GRAIN_CENTURY;
	o->hijri = calendar == NA_CAL_HIJRI;
	/* there is no year 0 */
	if (era != NA_ERA_BC && first == 0)
	{
		if (!day_of(calendar, 1, 1, 1, &o->lo) || !day_of(calendar, 100, 1, 1, &o->hi))
			return false;
		return true;
	}
	return year_span(calendar, first, 100, &o->lo, &o->hi);
}

static bool
resolve_unit(const na_dctx *c, const na_stamp *s, days *o)
{
	int32_t here = c->reference;
	today t;
	int shift = s->mod == NA_MOD_NONE ? 0 : s->mod;
	int y;
	int m;

	o->relative = true;
	if (s->anchor)
	{
		/* the day before, the same month: of what was mentioned; "the previous
		 * year" of the day of writing where nothing was */
		if (c->anchor != NA_NO_DAY)
			here = c->anchor;
		else if (shift == 0 || s->unit <= NA_UNIT_DAY)
			here = NA_NO_DAY;
	}
	get_today(here, &t);
	y = t.y[NA_CAL_GREGORIAN];
	m = t.m[NA_CAL_GREGORIAN];
	switch (s->unit)
	{
		case NA_UNIT_DAY:
		case NA_UNIT_NIGHT:
			if (!t.known)
				put_timex(o, "XXXX-XX-XX");
			else
				put_day(o, here + shift);
			o->grain = NA_GRAIN_DAY;
			break;
		case NA_UNIT_WEEK:
			if (!t.known)
				put_timex(o, "XXXX-WXX");
			else
				put_week(o, week_start(c, here) + shift * 7);
			o->grain = NA_GRAIN_WEEK;
			break;
		case NA_UNIT_WEEKEND:
			o->grain = NA_GRAIN_WEEK;
			if (!t.known)
				put_timex(o, "XXXX-WXX-WE");
			else
			{
				int32_t monday = here - na_weekday(here) + shift * 7;
				int wy;
				int w;

				na_iso_week(monday, &wy, &w);
				put_timex(o, "%s%04d-W%02d-WE", NA_TIMEX_YEAR(NA_CAL_GREGORIAN, wy), w);
				o->lo = monday + 5;
				o->hi = monday + 7;
			}
			break;
		case NA_UNIT_MONTH:
			o->grain = NA_GRAIN_MONTH;
			if (!t.known)
				put_timex(o, "XXXX-XX");
			else
			{
				m = y * 12 + m - 1 + shift;
				put_month(o, NA_CAL_GREGORIAN, m / 12, m % 12 + 1);
				return narrow_month(s, NA_CAL_GREGORIAN, m / 12, m % 12 + 1, o);
			}
			break;
		case NA_UNIT_QUARTER:
			o->grain = NA_GRAIN_QUARTER;
			if (!t.known)
				put_timex(o, "XXXX-QX");
			else
			{
				na_stamp q = *s;

				m = y * 4 + (m - 1) / 3 + shift;
				q.trim = 3;
				q.nth = (int8_t) (m % 4 + 1);
				return narrow_year(&q, NA_CAL_GREGORIAN, m / 4, o);
			}
			break;
		case NA_UNIT_YEAR:
			o->grain = NA_GRAIN_YEAR;
			if (s->trim != 0)
			{
				if (t.known)
					return narrow_year(s, NA_CAL_GREGORIAN, y + shift, o);
				put_timex(o, "XXXX-%c%d", s->trim == 3 ? 'Q' : 'H',
						  s->nth > 0 ? s->nth : 12 / s->trim);
				o->grain = s->trim == 3 ? NA_GRAIN_QUARTER : NA_GRAIN_HALF;
			}
			else if (!t.known)
				put_timex(o, "XXXX");
			else
				put_year(o, NA_CAL_GREGORIAN, NA_ERA_NONE, y + shift);
			break;
		case NA_UNIT_DECADE:
			o->grain = NA_GRAIN_DECADE;
			if (!t.known)
				put_timex(o, "XXX");
			else
				return put_decade(o, NA_CAL_GREGORIAN, y / 10 * 10 + shift * 10);
			break;
		case NA_UNIT_CENTURY:
			o->grain = NA_GRAIN_CENTURY;
			if (s->era == NA_ERA_AH)
			{
				if (!t.known)
					put_timex(o, "HXX");
				else
					return put_century(o, NA_ERA_AH, t.y[NA_CAL_HIJRI] / 100 + 1 + shift);
			}
			else if (!t.known)
				put_timex(o, "XX");
			else
				return put_century(o, NA_ERA_NONE, y / 100 + 1 + shift);
			break;
		default: return false;
	}
	return true;
}

bool
na_shift_day(int32_t day, int32_t months, int32_t days, int32_t *out)
{
	int64_t m;
	int y;
	int month;
	int d;
	int length;

	na_civil_from_day(day, &y, &month, &d);
	m = (int64_t) y * 12 + month - 1 + months;
	if (m < 12 || m >= 10000 * 12 || days > 4000000 || days < -4000000)
		return false;
	length = na_days_in_month((int) (m / 12), (int) (m % 12) + 1);
	if (!na_day_from_civil((int) (m / 12), (int) (m % 12) + 1, d < length ? d : length, out))
		return false;
	*out += days;
	na_civil_from_day(*out, &y, &month, &d);
	return y >= 1;
}

/* an amount of time before or after the day of writing, at its own grain */
static bool
resolve_ago(const na_dctx *c, const na_stamp *s, days *o)
{
	bool known = c->reference != NA_NO_DAY;
	int32_t day = 0;
	int y;
	int m;
	int d;

	o->relative = true;
	if (known && !na_shift_day(c->reference, s->months, s->offset, &day))
		return false;
	na_civil_from_day(day, &y, &m, &d);
	switch (s->unit)
	{
		case NA_UNIT_WEEK:
			o->grain = NA_GRAIN_WEEK;
			if (known)
				put_week(o, week_start(c, day));
			else
				put_timex(o, "XXXX-WXX");
			break;
		case NA_UNIT_MONTH:
			o->grain = NA_GRAIN_MONTH;
			if (known)
				put_month(o, NA_CAL_GREGORIAN, y, m);
			else
				put_timex(o, "XXXX-XX");
			break;
		case NA_UNIT_YEAR:
		case NA_UNIT_DECADE:
		case NA_UNIT_CENTURY:
			o->grain = NA_GRAIN_YEAR;
			if (known)
				put_year(o, NA_CAL_GREGORIAN, NA_ERA_NONE, y);
			else
				put_timex(o, "XXXX");
			break;
		default:
			o->grain = NA_GRAIN_DAY;
			if (known)
				put_day(o, day);
			else
				put_timex(o, "XXXX-XX-XX");
			break;
	}
	return true;
}

static bool
resolve_decade(const na_dctx *c, const na_stamp *s, days *o)
{
	today t;
	int calendar = s->era == NA_ERA_AH ? NA_CAL_HIJRI : NA_CAL_GREGORIAN;
	int century;

	get_today(c->reference, &t);
	if (s->century != 0)
		century = (s->century - 1) * 100;
	else if (s->mod != NA_MOD_NONE)
	{
		/* "the last century": without a day of writing the one before our own */
		int y = t.known ? t.y[calendar] : calendar == NA_CAL_HIJRI ? 1440 : 2020;

		century = (y / 100 + s->mod) * 100;
	}
	else
		century = calendar == NA_CAL_HIJRI ? 1300 : 1900;
	return put_decade(o, calendar, century + s->decade);
}

static bool
put_season(days *o, int season, int year)
{
	static const char *const names[] = {"", "SP", "SU", "FA", "WI"};

	put_timex(o, "%s%04d-%s", NA_TIMEX_YEAR(NA_CAL_GREGORIAN, year), names[season]);
	o->grain = NA_GRAIN_SEASON;
	/* by whole months; winter ends in the next year */
	return month_span(NA_CAL_GREGORIAN, year, season * 3, 3, &o->lo, &o->hi);
}

static bool
resolve_season(const na_dctx *c, const na_stamp *s, days *o)
{
	today t;
	int y;

	get_today(c->reference, &t);
	if (s->anchor && c->anchor != NA_NO_DAY)
		get_today(c->anchor, &t);
	o->grain = NA_GRAIN_SEASON;
	if (s->year != 0 && s->calendar == NA_CAL_HIJRI)
	{
		int32_t lo;
		int32_t hi;
		int m;
		int d;

		if (!year_span(NA_CAL_HIJRI, s->year, 1, &lo, &hi))
			return false;
		na_civil_from_day(lo, &y, &m, &d);
		for (int k = 0; k < 2; k++)
			if (put_season(o, s->season, y + k) && o->lo >= lo && o->lo < hi)
				return true;
		return false;
	}
	if (s->year != 0)
		return put_season(o, s->season, s->year);
	o->relative = true;
	if (!t.known)
	{
		static const char *const names[] = {"", "SP", "SU", "FA", "WI"};

		put_timex(o, "XXXX-%s", names[s->season]);
		return true;
	}
	y = t.y[NA_CAL_GREGORIAN];
	if (s->yearmod != NA_MOD_NONE)
		return put_season(o, s->season, y + s->yearmod);
	if (s->mod == 0)
		return put_season(o, s->season, s->season == 4 && t.m[NA_CAL_GREGORIAN] < 3 ? y - 1 : y);
	for (int k = 1; k >= -2; k--)
	{
		int year = s->mod < 0 ? y + k : y - 1 - k;

		if (!put_season(o, s->season, year))
			return false;
		if (s->mod < 0 ? o->hi <= t.day : o->lo > t.day)
			return s->mod == -2 ? put_season(o, s->season, year - 1) : true;
	}
	return true;
}

/* ---- clock times ---- */

static void
put_clock(const na_stamp *s, days *o)
{
	static const char *const parts[] = {"", "MO", "MI", "AF", "EV", "NI", "DT"};
	size_t n = strlen(o->timex);
	int h = s->hour;

	o->kind = NA_DATE_DATETIME;
	if (h < 0)
	{
		snprintf(o->timex + n, sizeof(o->timex) - n, "T%s", parts[s->part]);
		o->grain = NA_GRAIN_DAYPART;
		return;
	}
	if (h <= 12)
	{
		uint8_t noon = s->noon;

		if (noon == 0 && s->part != 0 && s->part != 6)
			noon = s->part == 1 ? 1 : s->part == 5 ? 3 : 2;
		if (noon == 2 && h < 12)
			h += 12;
		else if (noon == 1 && h == 12)
			h = 0;
		else if (noon == 3)
			/* at night: 12 is midnight, 6 to 11 is the evening */
			h = h == 12 ? 0 : h >= 6 ? h + 12 : h;
	}
	if (s->second >= 0)
	{
		snprintf(o->timex + n, sizeof(o->timex) - n, "T%02d:%02d:%02d", h, s->minute, s->second);
		o->grain = NA_GRAIN_SECOND;
	}
	else
	{
		snprintf(o->timex + n, sizeof(o->timex) - n, "T%02d:%02d", h, s->minute);
		o->grain = s->minute != 0 ? NA_GRAIN_MINUTE : NA_GRAIN_HOUR;
	}
	n = strlen(o->timex);
	if (s->has_zone && s->zone == 0)
		snprintf(o->timex + n, sizeof(o->timex) - n, "Z");
	else if (s->has_zone)
		snprintf(o->timex + n, sizeof(o->timex) - n, "%c%02d:%02d", s->zone < 0 ? '-' : '+',
				 (s->zone < 0 ? -s->zone : s->zone) / 60, (s->zone < 0 ? -s->zone : s->zone) % 60);
}

static bool
resolve(const na_dctx *c, const na_stamp *s, int i, days *o)
{
	bool ok;

	memset(o, 0, sizeof(*o));
	o->lo = o->hi = NA_NO_DAY;
	o->kind = NA_DATE_DATE;
	switch (s->base)
	{
		case NA_BASE_CALENDAR: ok = resolve_calendar(c, s, i, o); break;
		case NA_BASE_WEEKDAY: ok = resolve_weekday(c, s, i, o); break;
		case NA_BASE_DEICTIC: ok = resolve_deictic(c, s, o); break;
		case NA_BASE_UNIT: ok = resolve_unit(c, s, o); break;
		case NA_BASE_AGO: ok = resolve_ago(c, s, o); break;
		case NA_BASE_DECADE: ok = resolve_decade(c, s, o); break;
		case NA_BASE_CENTURY: ok = put_century(o, s->era, s->century); break;
		case NA_BASE_SEASON: ok = resolve_season(c, s, o); break;
		case NA_BASE_CLOCK: ok = true; break;
		default: return false;
	}
	if (ok && (s->hour >= 0 || s->part != 0) &&
		(o->grain == NA_GRAIN_DAY || s->base == NA_BASE_CLOCK))
		put_clock(s, o);
	return ok;
}

static void
copy_out(const days *o, na_date *out)
{
	out->kind = o->kind;
	out->grain = o->grain;
	out->hijri = o->hijri;
	out->relative = o->relative;
	out->lo = o->lo;
	out->hi = o->hi;
	memcpy(out->timex, o->timex, sizeof(out->timex));
}

bool
na_resolve(const na_dctx *c, const na_stamp *s, int i, na_date *out)
{
	days o;

	if (!resolve(c, s, i, &o))
		return false;
	copy_out(&o, out);
	return true;
}

/* ---- twins ---- */

/* take the year that puts a day and month next to a day */
static bool
year_near(na_stamp *s, int32_t day)
{
	today t;
	na_stamp g = *s;
	int y;

	get_today(day, &t);
	g.mod = NA_MOD_NONE;
	g.weekday = -1;
	if (!guess_year(&g, &t, &y))
		return false;
	s->year = y;
	return true;
}

static bool
full_day(const na_stamp *s, int32_t *day)
{
	return s->year != 0 && s->month != 0 && s->day != 0 && s->era != NA_ERA_BC &&
		   day_of(s->calendar, s->year, s->month, s->day, day);
}

bool
na_join_twin(const na_dctx *c, na_stamp *s, const na_stamp *t)
{
	na_stamp greg;
	int32_t day;

	(void) c;
	if (s->calendar == t->calendar || t->calendar == NA_CAL_NONE)
	{
		/* the same once more, in another language */
		if (s->month != t->month || s->day != t->day ||
			(s->year != 0 && t->year != 0 && s->year != t->year) || (s->month | s->day) == 0)
			return false;
		if (s->year == 0)
			s->year = t->year;
		return true;
	}
	/* the Gregorian date wins: the Hijri one hangs on who saw the moon where */
	greg = s->calendar == NA_CAL_GREGORIAN ? *s : *t;
	greg.weekday = s->weekday;
	greg.part = s->part;
	greg.hour = s->hour;
	greg.minute = s->minute;
	greg.second = s->second;
	greg.noon = s->noon;
	greg.has_zone = s->has_zone;
	greg.zone = s->zone;
	greg.local = s->local;
	greg.base = NA_BASE_CALENDAR;
	greg.strong = true;
	if (greg.year == 0 && greg.mod == NA_MOD_NONE &&
		full_day(s->calendar == NA_CAL_GREGORIAN ? t : s, &day))
	{
		if (!year_near(&greg, day))
			return false;
	}
	/* a pair that is a month or more apart is no pair */
	if (full_day(&greg, &day))
	{
		int32_t other;

		if (full_day(s->calendar == NA_CAL_GREGORIAN ? t : s, &other) && distance(day, other) > 40)
			return false;
	}
	*s = greg;
	return true;
}

/* ---- ranges ---- */

static bool
has_year(const na_stamp *s)
{
	return s->year != 0 || s->yearmod != NA_MOD_NONE;
}

static void
copy_year(na_stamp *to, const na_stamp *from)
{
	to->year = from->year;
	to->yearmod = from->yearmod;
	to->era = from->era;
	to->anchor = from->anchor;
	if (to->month == 0 || to->calendar == NA_CAL_NONE)
		to->calendar = from->calendar;
}

/* complete two dates of the calendar from each other */
static bool
complete(const na_dctx *c, na_stamp *a, na_stamp *b, int i, days *x, days *y)
{
	na_dctx near = *c;

	/* from 3 to 5 March: the month stands once */
	if (a->day != 0 && a->month == 0 && a->monthmod == NA_MOD_NONE)
	{
		a->month = b->month;
		a->calendar = b->calendar;
		a->monthmod = b->monthmod;
	}
	else if (b->day != 0 && b->month == 0 && b->monthmod == NA_MOD_NONE)
	{
		b->month = a->month;
		b->calendar = a->calendar;
		b->monthmod = a->monthmod;
	}
	/* 13/8 – 18/9/1436 AH */
	if (b->calendar == NA_CAL_HIJRI && has_year(b) && !has_year(a) && a->month != 0)
		a->calendar = NA_CAL_HIJRI;
	/* between 1334 and 1325 BC; 1250–1517 AD */
	if (a->era == NA_ERA_NONE && b->era != NA_ERA_NONE && a->month == 0)
	{
		a->era = b->era;
		a->calendar = b->calendar;
	}
	if (!has_year(a) && has_year(b) && a->calendar == b->calendar)
	{
		copy_year(a, b);
		if (!resolve(c, a, i, x) || !resolve(c, b, i, y))
			return false;
		if (a->year != 0 && x->lo != NA_NO_DAY && x->lo > y->lo)
		{
			a->year--;
			return resolve(c, a, i, x);
		}
		return true;
	}
	if (has_year(a) && !has_year(b) && a->calendar == b->calendar)
	{
		copy_year(b, a);
		if (!resolve(c, a, i, x) || !resolve(c, b, i, y))
			return false;
		if (b->year != 0 && x->lo != NA_NO_DAY && x->lo > y->lo)
		{
			b->year++;
			return resolve(c, b, i, y);
		}
		return true;
	}
	if (!has_year(a) && !has_year(b))
	{
		if (b->mod == NA_MOD_NONE)
			b->mod =
				a->monthmod == NA_MOD_NONE && b->monthmod == NA_MOD_NONE ? a->mod : NA_MOD_NONE;
		if (!resolve(c, b, i, y))
			return false;
		if (y->lo == NA_NO_DAY || a->mod != NA_MOD_NONE || a->monthmod != NA_MOD_NONE)
			return resolve(c, a, i, x);
		/* the start is the last one before the end */
		near.reference = y->hi;
		a->mod = -1;
		return resolve(&near, a, i, x);
	}
	return resolve(c, a, i, x) && resolve(c, b, i, y);
}

bool
na_resolve_range(const na_dctx *c, na_stamp *a, na_stamp *b, int i, na_date *out)
{
	days x;
	days y;
	size_t n;

	if (a->base == NA_BASE_CALENDAR && b->base == NA_BASE_CALENDAR)
	{
		if (!complete(c, a, b, i, &x, &y))
			return false;
		/* years that a right-to-left mark has swapped */
		if (x.lo != NA_NO_DAY && x.lo > y.lo && a->month == 0 && b->month == 0)
		{
			days z = x;

			x = y;
			y = z;
		}
	}
	else
	{
		na_dctx near = *c;

		if (!resolve(c, a, i, &x))
			return false;
		/* from Sunday to Thursday: the Thursday behind that Sunday */
		if (x.lo != NA_NO_DAY && b->base == NA_BASE_WEEKDAY && b->mod == NA_MOD_NONE)
		{
			near.reference = x.lo;
			b->mod = 1;
		}
		if (b->base == NA_BASE_CLOCK && a->hour >= 0)
		{
			/* from three to five in the afternoon */
			if (a->noon == 0 && b->noon != 0 && a->hour <= b->hour)
			{
				a->noon = b->noon;
				if (!resolve(c, a, i, &x))
					return false;
			}
		}
		if (!resolve(&near, b, i, &y))
			return false;
	}
	if (y.kind == NA_DATE_INTERVAL || x.kind == NA_DATE_INTERVAL)
		return false;
	if (x.lo != NA_NO_DAY && y.lo != NA_NO_DAY && y.hi <= x.lo)
		return false;
	memset(out, 0, sizeof(*out));
	n = strlen(x.timex);
	if (n + strlen(y.timex) + 2 > sizeof(out->timex))
		return false;
	memcpy(out->timex, x.timex, n);
	out->timex[n] = '/';
	memcpy(out->timex + n + 1, y.timex, strlen(y.timex) + 1);
	out->kind = NA_DATE_INTERVAL;
	out->grain = x.grain < y.grain ? x.grain : y.grain;
	out->hijri = x.hijri && y.hijri;
	out->relative = x.relative || y.relative;
	out->lo = x.lo != NA_NO_DAY && y.lo != NA_NO_DAY ? x.lo : NA_NO_DAY;
	out->hi = out->lo != NA_NO_DAY ? y.hi : NA_NO_DAY;
	/* hours of one day that is named with one of them */
	if (b->base == NA_BASE_CLOCK && x.lo != NA_NO_DAY)
	{
		out->lo = x.lo;
		out->hi = x.hi;
	}
	else if (a->base == NA_BASE_CLOCK && y.lo != NA_NO_DAY)
	{
		out->lo = y.lo;
		out->hi = y.hi;
	}
	return true;
}
