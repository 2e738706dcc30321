/*
 * fuzz_calendar.c
 *		The calendars: there and back again.
 */
#include "fuzz.h"
#include "na_calendar.h"

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	(void) env;
	for (uint32_t i = 0; i + 12 <= in->n; i += 12)
	{
		int32_t v[3], day, again;
		int y, m, d, week;

		memcpy(v, in->text + i, sizeof v);
		if (na_day_from_civil(v[0], v[1], v[2], &day))
		{
			na_civil_from_day(day, &y, &m, &d);
			FUZZ_CHECK(y == v[0] && m == v[1] && d == v[2]);
			FUZZ_CHECK(d <= na_days_in_month(y, m));
			FUZZ_CHECK(na_weekday(day) >= 0 && na_weekday(day) < 7);
			na_iso_week(day, &y, &week);
			FUZZ_CHECK(na_day_from_iso_week(y, week, &again));
			FUZZ_CHECK(again <= day && day - again < 7);
		}
		(void) na_day_from_iso_week(v[0], v[1], &day);
		(void) na_days_in_hijri_month(v[0], v[1]);
		if (na_day_from_hijri(v[0], v[1], v[2], &day))
		{
			FUZZ_CHECK(na_hijri_from_day(day, &y, &m, &d));
			FUZZ_CHECK(y == v[0] && m == v[1] && d == v[2]);
			FUZZ_CHECK(d <= na_days_in_hijri_month(y, m));
		}
		if (na_hijri_from_day(v[0], &y, &m, &d))
			FUZZ_CHECK(na_day_from_hijri(y, m, d, &day) && day == v[0]);
		/* the same with numbers that may be dates */
		y = (int) ((uint32_t) v[0] % 10001);
		m = (int) ((uint32_t) v[1] % 14);
		d = (int) ((uint32_t) v[2] % 33);
		if (na_day_from_hijri(y, m, d, &day))
		{
			int y2, m2, d2;

			FUZZ_CHECK(na_hijri_from_day(day, &y2, &m2, &d2) && y == y2 && m == m2 && d == d2);
		}
		if (na_day_from_civil(y, m, d, &day))
		{
			int y2, m2, d2;

			na_civil_from_day(day, &y2, &m2, &d2);
			FUZZ_CHECK(y == y2 && m == m2 && d == d2);
		}
	}
}
