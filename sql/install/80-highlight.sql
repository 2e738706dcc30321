-- ---- highlighting -----------------------------------------------------------

CREATE FUNCTION ar_highlight(text) RETURNS text
AS 'MODULE_PATHNAME', 'ar_highlight'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 300;
COMMENT ON FUNCTION ar_highlight(text) IS
'text as HTML: <div class="news-ar" dir="rtl"> with a <p> for each line, entities as <mark class="ar-KIND" data-id data-name data-country>, temporal expressions as <time class="ar-date" datetime>; everything else escaped, control and bidi control characters dropped';

-- Not STRICT: a NULL reference means that the day of writing is unknown.
CREATE FUNCTION ar_highlight(text, reference date) RETURNS text
AS 'MODULE_PATHNAME', 'ar_highlight'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 300;
COMMENT ON FUNCTION ar_highlight(text, date) IS
'text as HTML, as ar_highlight(text), with relative dates resolved against the day of writing; a NULL text gives NULL';
