/*
 * ar_date.c
 *		ar_date(), ar_dates(), ar_hijri(), ar_from_hijri(): dates in text, and
 *		the Umm al-Qura calendar.
 */
#include "news_ar.h"

#include "catalog/pg_type.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#include "na_calendar.h"
#include "na_date.h"

PG_FUNCTION_INFO_V1(ar_date);
PG_FUNCTION_INFO_V1(ar_date_reference);
PG_FUNCTION_INFO_V1(ar_dates);
PG_FUNCTION_INFO_V1(ar_dates_reference);
PG_FUNCTION_INFO_V1(ar_hijri);
PG_FUNCTION_INFO_V1(ar_from_hijri);

/* days between the epochs of the core (1970) and of the server (2000) */
#define EPOCH_SHIFT (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE)

/* a day of the core as a date; false when the server has no such date */
static bool
day_to_date(int32 day, DateADT *date)
{
	*date = day - EPOCH_SHIFT;
	return day != NA_NO_DAY && IS_VALID_DATE(*date);
}

/* the day of a date argument, with room for the sums that hang on it */
int32
nar_day_from_date(DateADT date, const char *what)
{
	int y, m, d;

	if (!DATE_NOT_FINITE(date))
	{
		j2date(date + POSTGRES_EPOCH_JDATE, &y, &m, &d);
		if (y >= 1 && y <= 9999)
			return date + EPOCH_SHIFT;
	}
	ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
					errmsg("%s out of range: \"%s\"", what,
						   DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(date)))),
					errhint("It must lie between the years 1 and 9999.")));
}

/* ---- the date of a header ---- */

static Datum
header_date(FunctionCallInfo fcinfo, int32 reference)
{
	NAR_TEXT(0, txt, len);
	na_date_line line;
	DateADT date;

	nar_check_encoding();
	nar_check(na_date_header(&nar_env, txt, len, reference, &line));
	if (!day_to_date(line.day, &date))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(date);
}

/*
 * ar_date(text) -> date: the one date that a header states, else NULL.
 */
Datum
ar_date(PG_FUNCTION_ARGS)
{
	return header_date(fcinfo, NA_NO_DAY);
}

/*
 * ar_date(text, date) -> date: the same, on that day of writing; NULL = unknown.
 */
Datum
ar_date_reference(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return header_date(fcinfo, PG_ARGISNULL(1)
								   ? NA_NO_DAY
								   : nar_day_from_date(PG_GETARG_DATEADT(1), "reference date"));
}

/* ---- every temporal expression ---- */

typedef struct dates_state
{
	nar_srf srf;
	const char *text;
	TypeCacheEntry *range;
} dates_state;

static Datum
make_during(TypeCacheEntry *range, DateADT lo, DateADT hi)
{
	RangeBound lower = {DateADTGetDatum(lo), false, true, true};
	RangeBound upper = {DateADTGetDatum(hi), false, false, false};

#if PG_VERSION_NUM >= 160000
	return RangeTypePGetDatum(range_serialize(range, &lower, &upper, false, NULL));
#else
	return RangeTypePGetDatum(range_serialize(range, &lower, &upper, false));
#endif
}

static bool
put_row(void *ctx, const na_date *d)
{
	dates_state *state = ctx;
	Datum values[7];
	bool nulls[7] = {false};
	DateADT lo, hi;

	values[0] = Int32GetDatum((int32) (d->chr + 1));
	values[1] = Int32GetDatum((int32) d->nchars);
	values[2] = nar_text(state->text + d->byte, d->nbytes);
	values[3] = CStringGetTextDatum(na_date_kind_name(d->kind));
	values[4] = CStringGetTextDatum(d->timex);
	if (day_to_date(d->lo, &lo) && day_to_date(d->hi, &hi))
		values[5] = make_during(state->range, lo, hi);
	else
		nulls[5] = true;
	values[6] = CStringGetTextDatum(na_date_grain_name(d->grain));
	nar_srf_put(&state->srf, values, nulls);
	for (int i = 2; i < 7; i++)
		if (!nulls[i])
			pfree(DatumGetPointer(values[i]));
	return true;
}

static Datum
put_dates(FunctionCallInfo fcinfo, const na_date_options *options)
{
	NAR_TEXT(0, txt, len);
	dates_state state;

	nar_check_encoding();
	nar_srf_begin(fcinfo, &state.srf);
	state.text = txt;
	state.range = lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO);
	nar_check(na_dates(&nar_env, txt, len, options, put_row, &state));
	return (Datum) 0;
}

/*
 * ar_dates(text) -> setof (start, length, surface, kind, timex, during, grain)
 */
Datum
ar_dates(PG_FUNCTION_ARGS)
{
	na_date_options options = {NA_NO_DAY, 0};

	return put_dates(fcinfo, &options);
}

/*
 * ar_dates(text, date [, int]) -> the same on that day of writing (NULL =
 * unknown), with weeks that start on that day (1 = Monday … 7 = Sunday).
 */
Datum
ar_dates_reference(PG_FUNCTION_ARGS)
{
	na_date_options options = {NA_NO_DAY, 0};

	if (!PG_ARGISNULL(1))
		options.reference = nar_day_from_date(PG_GETARG_DATEADT(1), "reference date");
	if (PG_NARGS() > 2 && !PG_ARGISNULL(2))
	{
		int32 start = PG_GETARG_INT32(2);

		if (start < 1 || start > 7)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("start of the week out of range: %d", start),
							errhint("The days are numbered from 1 (Monday) to 7 (Sunday).")));
		options.week_start = start - 1;
	}
	if (PG_ARGISNULL(0))
	{
		nar_srf srf;

		/* no text, no dates */
		nar_srf_begin(fcinfo, &srf);
		return (Datum) 0;
	}
	return put_dates(fcinfo, &options);
}

/* ---- the Umm al-Qura calendar ---- */

/*
 * ar_hijri(date) -> text: YYYY-MM-DD of the Umm al-Qura calendar.
 */
Datum
ar_hijri(PG_FUNCTION_ARGS)
{
	DateADT date = PG_GETARG_DATEADT(0);
	int y, m, d;

	nar_check_encoding();
	/* no year of the Gregorian calendar is asked for: what ar_from_hijri() gives comes back */
	if (DATE_NOT_FINITE(date) || !na_hijri_from_day(date + EPOCH_SHIFT, &y, &m, &d))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("date out of range: \"%s\"",
						DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(date)))),
				 errdetail("The Hijri years 1 to 9999 begin on 622-07-19 and end on 10323-10-21 "
						   "(Gregorian).")));
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%04d-%02d-%02d", y, m, d)));
}

/*
 * ar_from_hijri(year, month, day) -> date: a day of the Umm al-Qura calendar.
 */
Datum
ar_from_hijri(PG_FUNCTION_ARGS)
{
	int32 y = PG_GETARG_INT32(0);
	int32 m = PG_GETARG_INT32(1);
	int32 d = PG_GETARG_INT32(2);
	int32 day;
	DateADT date;

	nar_check_encoding();
	if (!na_day_from_hijri(y, m, d, &day) || !day_to_date(day, &date))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("no such Hijri date: %d-%d-%d", y, m, d),
				 errhint("Years are 1 to 9999, months 1 to 12; a month has 29 or 30 days.")));
	PG_RETURN_DATEADT(date);
}
