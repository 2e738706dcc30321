-- What is true of every text (table hostile); every line starts with ok or not ok.
-- Numbers of the texts for which it is not true stand behind it.
SET client_min_messages = warning;
CREATE FUNCTION pg_temp.none(bad bigint[], what text) RETURNS text LANGUAGE sql AS
$$ SELECT CASE WHEN bad IS NULL THEN 'ok random: ' ELSE 'not ok random: ' END || what
	|| CASE WHEN bad IS NULL THEN '' ELSE format(' (texts %s)', bad[1:10]) END $$;

-- offsets
SELECT pg_temp.none((SELECT array_agg(DISTINCT n) FROM hostile, ar_tokens(t) x WHERE (substr(t, start, length) = surface AND start >= 1 AND length >= 1 AND start + length - 1 <= length(t)) IS NOT TRUE), 'tokens stand where they say');
SELECT pg_temp.none((SELECT array_agg(DISTINCT n) FROM (SELECT n, start, lag(start + length, 1, 1) OVER (PARTITION BY n ORDER BY ord) AS after FROM hostile, ROWS FROM (ar_tokens(t)) WITH ORDINALITY AS x(start, length, surface, kind, norm, stem, ord)) y WHERE start < after), 'tokens follow each other');
SELECT pg_temp.none((SELECT array_agg(DISTINCT n) FROM hostile, ar_dates(t) x WHERE (substr(t, start, length) = surface AND start >= 1 AND length >= 1) IS NOT TRUE), 'dates stand where they say');
SELECT pg_temp.none((SELECT array_agg(DISTINCT n) FROM hostile, ar_dates(t, '2024-11-03') x WHERE (substr(t, start, length) = surface AND (during IS NULL OR NOT isempty(during))) IS NOT TRUE), 'dates with a reference stand where they say');
SELECT pg_temp.none((SELECT array_agg(DISTINCT n) FROM hostile, ar_entities(t) x WHERE (substr(t, start, length) = surface AND score BETWEEN 0 AND 1 AND kind IN ('person', 'place', 'organization', 'nationality', 'other')) IS NOT TRUE), 'entities stand where they say');
SELECT pg_temp.none((SELECT array_agg(DISTINCT n) FROM (SELECT n, start, lag(start + length, 1, 1) OVER (PARTITION BY n ORDER BY ord) AS after FROM hostile, ROWS FROM (ar_entities(t)) WITH ORDINALITY AS x(start, length, surface, kind, id, name, name_en, country, score, ord)) y WHERE start < after), 'entities follow each other');
SELECT pg_temp.none((SELECT array_agg(DISTINCT n) FROM hostile, ar_entities(t, 'names') x WHERE (substr(t, start, length) = surface) IS NOT TRUE), 'entities of a table stand where they say');
SELECT pg_temp.none((SELECT array_agg(DISTINCT n) FROM hostile, ar_quotes(t) x WHERE (substr(t, start, length) = quote AND length >= 1) IS NOT TRUE), 'quotations stand where they say');
SELECT pg_temp.none((SELECT array_agg(DISTINCT n) FROM hostile, ar_page_blocks(t) x WHERE (substr(t, start, length) = content AND line >= 1) IS NOT TRUE), 'blocks stand where they say');

-- nothing is lost
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE translate(t, (SELECT * FROM blanks), '') IS DISTINCT FROM translate((SELECT coalesce(string_agg(content, '' ORDER BY line), '') FROM ar_page_blocks(t)), (SELECT * FROM blanks), '')), 'blocks are the whole text');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE t <> '' AND t IS DISTINCT FROM (SELECT string_agg(token, '' ORDER BY ord) FROM ts_parse('arabic_news', t) WITH ORDINALITY AS p(tokid, token, ord) WHERE tokid NOT IN (5, 17))), 'tokens of the parser are the whole text');

-- doing it twice changes nothing
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ar_normalize(ar_normalize(t)) IS DISTINCT FROM ar_normalize(t)), 'ar_normalize is idempotent');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ar_clean(ar_clean(t)) IS DISTINCT FROM ar_clean(t)), 'ar_clean is idempotent');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ar_normalize(ar_normalize(t, s), s) IS DISTINCT FROM ar_normalize(t, s)), format('ar_normalize(%s) is idempotent', s))
FROM unnest(ARRAY['{}', '{compatibility}', '{marks}', '{quranic}', '{tatweel}', '{alef}', '{hamza}', '{alef_maqsura}', '{ta_marbuta}', '{persian}', '{digits}', '{punctuation}', '{controls}', '{spaces}', '{case}', '{digits,spaces}', '{case,compatibility}', '{controls,spaces,tatweel}', '{marks,compatibility,case}']::text[]) AS l(text), CAST(text AS text[]) AS s;

-- both forms of the arguments
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ar_date(t) IS DISTINCT FROM ar_date(t, NULL)), 'ar_date without a reference');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ARRAY(SELECT x::text FROM ar_dates(t) x) <> ARRAY(SELECT x::text FROM ar_dates(t, NULL) x) OR ARRAY(SELECT x::text FROM ar_dates(t, '2024-11-03') x) <> ARRAY(SELECT x::text FROM ar_dates(t, '2024-11-03', 1) x)), 'ar_dates without a reference or a start of the week');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ar_highlight(t) <> ar_highlight(t, NULL)), 'ar_highlight without a reference');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ar_analyze(t) <> ar_analyze(t, NULL)), 'ar_analyze without a reference');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ar_normalize(t) <> ar_normalize(t, '{compatibility,marks,quranic,tatweel,alef,hamza,alef_maqsura,ta_marbuta,persian,digits,punctuation,controls,spaces,case}')), 'ar_normalize with all steps by name');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ARRAY(SELECT x::text FROM ar_tokens(t) x) <> ARRAY(SELECT x::text FROM ar_tokens(t || '') x)), 'texts as they are stored and copies of them');

-- functions agree with each other
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile, ar_analyze(t) a WHERE a->'entities' IS DISTINCT FROM (SELECT coalesce(jsonb_agg(jsonb_build_object('start', start, 'length', length, 'surface', surface, 'kind', kind, 'id', id, 'name', name, 'name_en', name_en, 'country', country, 'score', round(score::numeric, 3)) ORDER BY ord), '[]') FROM ROWS FROM (ar_entities(t)) WITH ORDINALITY AS x(start, length, surface, kind, id, name, name_en, country, score, ord))), 'ar_analyze and ar_entities');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile, ar_analyze(t) a WHERE a->'countries' <> to_jsonb(ar_countries(t)) OR a->'entity_ids' <> to_jsonb(ar_entity_ids(t)) OR a->'fingerprint' <> to_jsonb(ar_fingerprint(t))), 'ar_analyze and the arrays');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile, ar_analyze(t, '2024-11-03') a WHERE jsonb_array_length(a->'dates') <> (SELECT count(*) FROM ar_dates(t, '2024-11-03')) OR jsonb_array_length(a->'quotes') <> (SELECT count(*) FROM ar_quotes(t))), 'ar_analyze and dates and quotations');
SELECT pg_temp.none((SELECT array_agg(a.n) FROM hostile a, hostile b WHERE b.n = a.n % 50 + 1 AND (ar_similarity(a.t, b.t) <> ar_similarity(b.t, a.t) OR ar_similarity(a.t, b.t) NOT BETWEEN 0 AND 1)), 'ar_similarity is symmetric');
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE ar_similarity(t, t) NOT IN (0, 1)), 'ar_similarity of a text and itself');

-- highlighted text is no markup but the function's own
SELECT pg_temp.none((SELECT array_agg(n) FROM hostile WHERE regexp_replace(ar_highlight(t, '2024-11-03'), '</?(div|p|mark|time)( [a-z-]+="[^"<>]*")*>', '', 'g') ~ '[<>"'']'), 'ar_highlight escapes what it shows');
