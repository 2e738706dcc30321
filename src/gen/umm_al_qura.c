/*
 * umm_al_qura.c
 *		Print the Umm al-Qura calendar as ICU carries it, as a TSV.
 *
 * This is a maintainer's tool, not part of the build: its output is committed as
 * data/calendar/umm-al-qura.tsv, so that no answer depends on the ICU of a machine.
 *
 *	cc -o umm_al_qura src/gen/umm_al_qura.c $(pkg-config --cflags --libs icu-uc icu-i18n)
 *	./umm_al_qura > data/calendar/umm-al-qura.tsv
 */
#include <stdio.h>
#include <stdlib.h>

#include <unicode/ucal.h>
#include <unicode/uversion.h>

/* The years of ICU's table; behind them ICU falls back to the civil calendar. */
#define FIRST_YEAR 1300
#define LAST_YEAR 1600

#define MS_PER_DAY 86400000.0

static void
check(const char *what, UErrorCode status)
{
	if (U_FAILURE(status))
	{
		fprintf(stderr, "umm_al_qura: %s: %s\n", what, u_errorName(status));
		exit(1);
	}
}

static UCalendar *
open_calendar(const char *locale)
{
	static const UChar utc[] = {'U', 'T', 'C', 0};
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *cal = ucal_open(utc, -1, locale, UCAL_DEFAULT, &status);

	check(locale, status);
	return cal;
}

/* Days since 1970-01-01 of the first day of a month (0 = Muharram). */
static int
first_of_month(UCalendar *cal, int year, int month)
{
	UErrorCode status = U_ZERO_ERROR;
	double ms;

	ucal_clear(cal);
	ucal_set(cal, UCAL_EXTENDED_YEAR, year);
	ucal_set(cal, UCAL_MONTH, month);
	ucal_set(cal, UCAL_DAY_OF_MONTH, 1);
	ms = ucal_getMillis(cal, &status);
	check("ucal_getMillis", status);
	return (int) (ms / MS_PER_DAY + (ms < 0 ? -0.5 : 0.5));
}

static void
print_gregorian(UCalendar *gregorian, int day)
{
	UErrorCode status = U_ZERO_ERROR;

	ucal_setMillis(gregorian, day * MS_PER_DAY, &status);
	printf("%04d-%02d-%02d", (int) ucal_get(gregorian, UCAL_YEAR, &status),
		   (int) ucal_get(gregorian, UCAL_MONTH, &status) + 1,
		   (int) ucal_get(gregorian, UCAL_DAY_OF_MONTH, &status));
	check("ucal_get", status);
}

int
main(void)
{
	UCalendar *hijri = open_calendar("en@calendar=islamic-umalqura");
	UCalendar *gregorian = open_calendar("en@calendar=gregorian");

	printf("# Umm al-Qura calendar: the first day of every Hijri year and the lengths of its\n"
		   "# twelve months, as ICU %s carries them (calendar islamic-umalqura).\n"
		   "# Written by src/gen/umm_al_qura.c; do not edit by hand.\n"
		   "# Licence: PostgreSQL Licence; the dates are facts published by the Institute of\n"
		   "# Astronomical & Geophysical Research, King Abdulaziz City, read through ICU\n"
		   "# (Unicode Licence V3).\n"
		   "year\tfirst_day\tmonth_lengths\n",
		   U_ICU_VERSION);
	for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
	{
		printf("%d\t", year);
		print_gregorian(gregorian, first_of_month(hijri, year, 0));
		for (int month = 0; month < 12; month++)
		{
			int next = month < 11 ? first_of_month(hijri, year, month + 1)
								  : first_of_month(hijri, year + 1, 0);

			printf("%c%d", month == 0 ? '\t' : '|', next - first_of_month(hijri, year, month));
		}
		putchar('\n');
	}
	ucal_close(hijri);
	ucal_close(gregorian);
	return 0;
}
