-- ---- everything in one pass -------------------------------------------------

CREATE FUNCTION ar_analyze(text) RETURNS jsonb
AS 'MODULE_PATHNAME', 'ar_analyze'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 400;
COMMENT ON FUNCTION ar_analyze(text) IS
'page, dates, entities, quotes, countries, entity_ids and fingerprint of a text as one document, with the keys of the functions'' columns (a date''s during as from and until, until not included); relative dates are resolved against the page''s own date';

-- Not STRICT: a NULL reference means that the day of writing is unknown.
CREATE FUNCTION ar_analyze(text, reference date) RETURNS jsonb
AS 'MODULE_PATHNAME', 'ar_analyze'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 400;
COMMENT ON FUNCTION ar_analyze(text, date) IS
'as ar_analyze(text), with relative dates resolved against the day of writing; a NULL reference leaves the page''s own date in its place, a NULL text gives NULL; error 22008 for a reference outside the years 1 to 9999';
