/*
 * na_calendar.h
 *		Day numbers, the proleptic Gregorian calendar and Umm al-Qura.
 *
 * A day is the number of days since 1970-01-01 (negative before).
 */
#ifndef NA_CALENDAR_H
#define NA_CALENDAR_H

#include "na_base.h"

/* false when there is no such date (30 February, month 13, year 0 is 1 BC and is allowed) */
extern bool na_day_from_civil(int y, int m, int d, int32_t *day);
extern void na_civil_from_day(int32_t day, int *y, int *m, int *d);
extern int na_days_in_month(int y, int m);
/* 0 = Monday … 6 = Sunday (ISO order) */
extern int na_weekday(int32_t day);
extern void na_iso_week(int32_t day, int *iso_year, int *week);
/* Monday of an ISO week */
extern bool na_day_from_iso_week(int iso_year, int week, int32_t *day);

/* One record of NA_SEC_HIJRI; the years follow each other without a gap. */
typedef struct na_hijri_year
{
	int32_t first;		  /* day of 1 Muharram */
	uint16_t year;		  /* AH */
	uint16_t long_months; /* bit m - 1: month m has 30 days, else 29 */
} na_hijri_year;

/*
 * Umm al-Qura.  Exact by the published table for its years; the years before
 * and behind it are computed by the arithmetic (civil) calendar joined to it.
 * false for dates that do not exist or lie outside 1 .. 9999 AH.
 */
extern bool na_day_from_hijri(int y, int m, int d, int32_t *day);
extern bool na_hijri_from_day(int32_t day, int *y, int *m, int *d);
extern int na_days_in_hijri_month(int y, int m);

#endif /* NA_CALENDAR_H */
