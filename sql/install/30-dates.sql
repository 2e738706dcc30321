-- ---- dates ------------------------------------------------------------------

CREATE FUNCTION ar_date(text) RETURNS date
AS 'MODULE_PATHNAME', 'ar_date'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION ar_date(text) IS
'the one date that a page header or short string states, in any of the calendars, month names and digits of Arabic pages; NULL when it states none, several, or one without its year';

-- Not STRICT: a NULL reference means that the day of writing is unknown.
CREATE FUNCTION ar_date(text, reference date) RETURNS date
AS 'MODULE_PATHNAME', 'ar_date_reference'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION ar_date(text, date) IS
'the one date that a page header or short string states; reference: the day of writing, to which yesterday, two hours ago and dates without a year are related; a NULL reference is an unknown one, a NULL text gives NULL; error 22008 for a reference outside the years 1 to 9999';

CREATE FUNCTION ar_dates(text,
	OUT start int, OUT length int, OUT surface text, OUT kind text, OUT timex text,
	OUT during daterange, OUT grain text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'ar_dates'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 ROWS 10;
COMMENT ON FUNCTION ar_dates(text) IS
'temporal expressions of a text in order; start: 1-based character, length: characters; kind: date, datetime, interval, duration, set; timex: ISO-TimeML (TIMEX3) value, X for digits that the text leaves open; during: the days meant, NULL where unresolved; grain: second, minute, hour, daypart, day, week, month, season, quarter, half, year, decade, century, ref';

-- Not STRICT: a NULL reference means that the day of writing is unknown.
CREATE FUNCTION ar_dates(text, reference date,
	OUT start int, OUT length int, OUT surface text, OUT kind text, OUT timex text,
	OUT during daterange, OUT grain text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'ar_dates_reference'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20 ROWS 10;
COMMENT ON FUNCTION ar_dates(text, date) IS
'temporal expressions of a text that was written on the day reference (columns as of ar_dates(text)); a NULL reference is an unknown one, a NULL text gives no rows; error 22008 for a reference outside the years 1 to 9999';

CREATE FUNCTION ar_dates(text, reference date, week_start int,
	OUT start int, OUT length int, OUT surface text, OUT kind text, OUT timex text,
	OUT during daterange, OUT grain text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'ar_dates_reference'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20 ROWS 10;
COMMENT ON FUNCTION ar_dates(text, date, int) IS
'the same with weeks that start on the day week_start: 1 Monday (as in ISO 8601) to 7 Sunday, so 6 is Saturday; NULL means 1; error 22023 for another number';

CREATE FUNCTION ar_hijri(date) RETURNS text
AS 'MODULE_PATHNAME', 'ar_hijri'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ar_hijri(date) IS
'a date as YYYY-MM-DD of the Umm al-Qura calendar: by its table for 1300 to 1600 AH, by the arithmetic calendar joined to it around them; error 22008 for dates outside the Hijri years 1 to 9999';

CREATE FUNCTION ar_from_hijri(year int, month int, day int) RETURNS date
AS 'MODULE_PATHNAME', 'ar_from_hijri'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ar_from_hijri(int, int, int) IS
'the date of a day of the Umm al-Qura calendar, years 1 to 9999; error 22008 when there is no such day';
