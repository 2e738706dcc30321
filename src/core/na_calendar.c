/*
 * na_calendar.c
 *		Day numbers, the proleptic Gregorian calendar and Umm al-Qura.
 */
#include "na_calendar.h"

#include "na_data.h"

/* years beyond these are no dates of anybody's news, and would overflow a day */
#define MAX_YEAR 999999

#define MAX_HIJRI_YEAR 9999

/* days of 400 Gregorian years */
#define ERA_DAYS 146097

/* division that rounds down, for a positive divisor */
static int32_t
floor_div(int32_t a, int32_t b)
{
	return a >= 0 ? a / b : -((-a + b - 1) / b);
}

int
na_days_in_month(int y, int m)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (m < 1 || m > 12)
		return 0;
	if (m == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0))
		return 29;
	return days[m - 1];
}

/*
 * Day of a civil date.  Years are counted from March, so that the leap day is
 * the last one of its year and the months before it have a regular pattern.
 */
bool
na_day_from_civil(int y, int m, int d, int32_t *day)
{
	int32_t era;
	int32_t year_of_era;
	int32_t day_of_year;

	if (y < -MAX_YEAR || y > MAX_YEAR || d < 1 || d > na_days_in_month(y, m))
		return false;
	if (m <= 2)
		y--;
	era = floor_div(y, 400);
	year_of_era = y - era * 400;
	day_of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
	*day = era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
		   719468;
	return true;
}

void
na_civil_from_day(int32_t day, int *y, int *m, int *d)
{
	int64_t shifted = (int64_t) day + 719468;
	int64_t era = (shifted >= 0 ? shifted : shifted - (ERA_DAYS - 1)) / ERA_DAYS;
	int32_t day_of_era = (int32_t) (shifted - era * ERA_DAYS);
	int32_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int32_t month = (5 * day_of_year + 2) / 153;

	*d = day_of_year - (153 * month + 2) / 5 + 1;
	*m = month < 10 ? month + 3 : month - 9;
	*y = (int) (year_of_era + era * 400) + (*m <= 2);
}

int
na_weekday(int32_t day)
{
	/* 1970-01-01 was a Thursday */
	int w = (int) ((day % 7 + 3) % 7);

	return w < 0 ? w + 7 : w;
}

void
na_iso_week(int32_t day, int *iso_year, int *week)
{
	/* the week belongs to the year of its Thursday */
	int32_t thursday = day - na_weekday(day) + 3;
	int32_t first = 0;
	int m;
	int d;

	na_civil_from_day(thursday, iso_year, &m, &d);
	(void) na_day_from_civil(*iso_year, 1, 1, &first);
	*week = (int) ((thursday - first) / 7) + 1;
}

bool
na_day_from_iso_week(int iso_year, int week, int32_t *day)
{
	int32_t fourth;
	int year;
	int number;

	/* 4 January always lies in week 1 */
	if (week < 1 || week > 53 || !na_day_from_civil(iso_year, 1, 4, &fourth))
		return false;
	*day = fourth - na_weekday(fourth) + (week - 1) * 7;
	na_iso_week(*day, &year, &number);
	return year == iso_year && number == week;
}

/*
 * The arithmetic calendar: in a cycle of 30 years, 11 have a leap day at the
 * end of the last month; odd months have 30 days.
 */
static bool
is_long_year(int y)
{
	return (14 + 11 * (int64_t) y) % 30 < 11;
}

/* days of the years 1 .. y - 1 */
static int32_t
arithmetic_days(int y)
{
	return (int32_t) ((int64_t) (y - 1) * 354 + (3 + 11 * (int64_t) y) / 30);
}

static const na_hijri_year *
hijri_table(uint32_t *n)
{
	return (const na_hijri_year *) na_section_at(NA_SEC_HIJRI, sizeof(na_hijri_year), n);
}

/* days in a year of the table */
static int
table_year_days(const na_hijri_year *h)
{
	int days = 12 * 29;

	for (int m = 0; m < 12; m++)
		days += h->long_months >> m & 1;
	return days;
}

/*
 * First day and month lengths of any Hijri year.  Around the table the
 * arithmetic years are shifted to meet it, so that every day has one date.
 */
static bool
hijri_year(int y, na_hijri_year *out)
{
	uint32_t n;
	const na_hijri_year *table = hijri_table(&n);
	const na_hijri_year *last = &table[n - 1];

	if (y < 1 || y > MAX_HIJRI_YEAR)
		return false;
	if (n > 0 && y >= table->year && y <= last->year)
	{
		*out = table[y - table->year];
		return true;
	}
	out->year = (uint16_t) y;
	out->long_months = 0x555; /* 1, 3, 5 … 11 */
	if (is_long_year(y))
		out->long_months |= 1u << 11;
	if (n == 0)
		out->first = arithmetic_days(y) - 492148; /* 16 July 622 (Julian) */
	else if (y < table->year)
		out->first = table->first - (arithmetic_days(table->year) - arithmetic_days(y));
	else
		out->first = last->first + table_year_days(last) +
					 (arithmetic_days(y) - arithmetic_days(last->year + 1));
	return true;
}

int
na_days_in_hijri_month(int y, int m)
{
	na_hijri_year h;

	if (m < 1 || m > 12 || !hijri_year(y, &h))
		return 0;
	return 29 + (h.long_months >> (m - 1) & 1);
}

bool
na_day_from_hijri(int y, int m, int d, int32_t *day)
{
	na_hijri_year h;

	if (m < 1 || m > 12 || d < 1 || !hijri_year(y, &h) || d > 29 + (h.long_months >> (m - 1) & 1))
		return false;
	*day = h.first + (m - 1) * 29 + d - 1;
	for (int i = 0; i < m - 1; i++)
		*day += h.long_months >> i & 1;
	return true;
}

bool
na_hijri_from_day(int32_t day, int *y, int *m, int *d)
{
	na_hijri_year h;
	na_hijri_year next;
	int year;
	int rest;

	if (!hijri_year(1, &h) || day < h.first)
		return false;
	/* 30 years have 10631 days: the guess is never more than a year off */
	if (day - (int64_t) h.first > (int64_t) MAX_HIJRI_YEAR * 355)
		return false;
	year = (int) (((int64_t) day - h.first) * 30 / 10631) + 1;
	while (year > 1 && (!hijri_year(year, &h) || h.first > day))
		year--;
	if (!hijri_year(year, &h))
		return false;
	while (hijri_year(year + 1, &next) && next.first <= day)
	{
		h = next;
		year++;
	}
	rest = (int) (day - h.first);
	for (int month = 0; month < 12; month++)
	{
		int length = 29 + (h.long_months >> month & 1);

		if (rest < length)
		{
			*y = year;
			*m = month + 1;
			*d = rest + 1;
			return true;
		}
		rest -= length;
	}
	return false; /* behind the last year */
}
