/*
 * test_calendar.c
 *		Every day of 1900–2100 against ICU's calendars, and the edges.
 *
 * ICU's Umm al-Qura table is the one that data/calendar was written from, so
 * for the years of the table the two must agree on every day.
 */
#include <stdio.h>
#include <stdlib.h>

#include <unicode/ucal.h>

#include "../../src/core/na_calendar.h"

#define MS_PER_DAY 86400000.0

static int failures;

#define CHECK(condition, ...)                                                                      \
	do                                                                                             \
	{                                                                                              \
		if (!(condition) && ++failures < 20)                                                       \
		{                                                                                          \
			fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                                        \
			fprintf(stderr, __VA_ARGS__);                                                          \
			fputc('\n', stderr);                                                                   \
		}                                                                                          \
	} while (0)

static UCalendar *
open_calendar(const char *locale)
{
	static const UChar utc[] = {'U', 'T', 'C', 0};
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *cal = ucal_open(utc, -1, locale, UCAL_DEFAULT, &status);

	if (U_FAILURE(status))
	{
		fprintf(stderr, "cannot open %s: %s\n", locale, u_errorName(status));
		exit(1);
	}
	return cal;
}

static int
field(UCalendar *cal, UCalendarDateFields f)
{
	UErrorCode status = U_ZERO_ERROR;

	return (int) ucal_get(cal, f, &status);
}

static void
set_day(UCalendar *cal, int32_t day)
{
	UErrorCode status = U_ZERO_ERROR;

	ucal_setMillis(cal, day * MS_PER_DAY, &status);
}

/* every day from 1900 to 2100, in all directions */
static void
test_against_icu(void)
{
	UCalendar *gregorian = open_calendar("en@calendar=gregorian");
	UCalendar *hijri = open_calendar("en@calendar=islamic-umalqura");
	int32_t from;
	int32_t to;

	ucal_setAttribute(gregorian, UCAL_FIRST_DAY_OF_WEEK, UCAL_MONDAY);
	ucal_setAttribute(gregorian, UCAL_MINIMAL_DAYS_IN_FIRST_WEEK, 4);
	CHECK(na_day_from_civil(1900, 1, 1, &from), "1900-01-01");
	CHECK(na_day_from_civil(2100, 12, 31, &to), "2100-12-31");
	for (int32_t day = from; day <= to; day++)
	{
		int y;
		int m;
		int d;
		int week;
		int32_t back = 0;

		set_day(gregorian, day);
		na_civil_from_day(day, &y, &m, &d);
		CHECK(y == field(gregorian, UCAL_YEAR) && m == field(gregorian, UCAL_MONTH) + 1 &&
				  d == field(gregorian, UCAL_DAY_OF_MONTH),
			  "day %d is not %d-%d-%d", day, y, m, d);
		CHECK(na_day_from_civil(y, m, d, &back) && back == day, "%d-%d-%d comes back as %d", y, m,
			  d, back);
		CHECK((na_weekday(day) + 1) % 7 + 1 == field(gregorian, UCAL_DAY_OF_WEEK),
			  "weekday of day %d", day);
		na_iso_week(day, &y, &week);
		CHECK(y == field(gregorian, UCAL_YEAR_WOY) && week == field(gregorian, UCAL_WEEK_OF_YEAR),
			  "week of day %d is not %d-W%d", day, y, week);
		CHECK(na_day_from_iso_week(y, week, &back) && back == day - na_weekday(day),
			  "Monday of %d-W%d", y, week);

		set_day(hijri, day);
		CHECK(na_hijri_from_day(day, &y, &m, &d) && y == field(hijri, UCAL_YEAR) &&
				  m == field(hijri, UCAL_MONTH) + 1 && d == field(hijri, UCAL_DAY_OF_MONTH),
			  "day %d is not %d-%d-%d AH", day, y, m, d);
		CHECK(na_day_from_hijri(y, m, d, &back) && back == day, "%d-%d-%d AH comes back as %d", y,
			  m, d, back);
	}
	ucal_close(gregorian);
	ucal_close(hijri);
}

static void
test_leap_years(void)
{
	CHECK(na_days_in_month(1900, 2) == 28, "1900");
	CHECK(na_days_in_month(2000, 2) == 29, "2000");
	CHECK(na_days_in_month(2024, 2) == 29, "2024");
	CHECK(na_days_in_month(2100, 2) == 28, "2100");
	CHECK(na_days_in_month(0, 2) == 29, "year 0 (1 BC)");
	CHECK(na_days_in_month(-4, 2) == 29, "year -4 (5 BC)");
}

static void
test_impossible(void)
{
	int32_t day;
	int y;
	int m;
	int d;

	CHECK(!na_day_from_civil(2023, 2, 29, &day), "2023-02-29");
	CHECK(!na_day_from_civil(2023, 4, 31, &day), "2023-04-31");
	CHECK(!na_day_from_civil(2023, 0, 1, &day), "month 0");
	CHECK(!na_day_from_civil(2023, 13, 1, &day), "month 13");
	CHECK(!na_day_from_civil(2023, 1, 0, &day), "day 0");
	CHECK(!na_day_from_civil(INT32_MAX, 1, 1, &day), "huge year");
	CHECK(!na_day_from_hijri(0, 1, 1, &day), "year 0 AH");
	CHECK(!na_day_from_hijri(10000, 1, 1, &day), "year 10000 AH");
	CHECK(!na_day_from_hijri(1445, 13, 1, &day), "month 13 AH");
	CHECK(!na_day_from_hijri(1445, 1, 31, &day), "31 Muharram");
	CHECK(!na_day_from_iso_week(2023, 53, &day), "2023-W53");
	CHECK(na_day_from_iso_week(2020, 53, &day), "2020-W53");
	CHECK(!na_hijri_from_day(-500000, &y, &m, &d), "before the Hijra");
	CHECK(!na_hijri_from_day(INT32_MIN, &y, &m, &d), "INT32_MIN");
	CHECK(!na_hijri_from_day(INT32_MAX, &y, &m, &d), "INT32_MAX");
}

/* the years around the table join it: every day has one date, in order */
static void
test_joints(void)
{
	int32_t expected = 0;
	int32_t day;

	CHECK(na_day_from_hijri(1, 1, 1, &expected), "1 AH");
	for (int y = 1; y <= 9999; y++)
	{
		for (int m = 1; m <= 12; m++)
		{
			int y2;
			int m2;
			int d2;

			CHECK(na_day_from_hijri(y, m, 1, &day) && day == expected, "%d-%d AH is day %d", y, m,
				  day);
			CHECK(na_hijri_from_day(day, &y2, &m2, &d2) && y2 == y && m2 == m && d2 == 1,
				  "%d-%d AH", y, m);
			expected += na_days_in_hijri_month(y, m);
		}
	}
	CHECK(!na_hijri_from_day(expected, &(int){0}, &(int){0}, &(int){0}), "day behind 9999 AH");
}

/* far from today the Gregorian side still goes there and back */
static void
test_far(void)
{
	for (int32_t day = -4000000; day < 4000000; day += 997)
	{
		int y;
		int m;
		int d;
		int32_t back;

		na_civil_from_day(day, &y, &m, &d);
		CHECK(na_day_from_civil(y, m, d, &back) && back == day, "day %d", day);
	}
}

static void
run(void (*test)(void), const char *what)
{
	int before = failures;

	test();
	printf("%s %s\n", failures == before ? "ok" : "not ok", what);
}

int
main(void)
{
	run(test_against_icu, "every day of 1900-2100 against ICU");
	run(test_leap_years, "leap years");
	run(test_impossible, "impossible dates");
	run(test_joints, "years 1 to 9999 AH follow each other");
	run(test_far, "far days");
	return failures > 0;
}
