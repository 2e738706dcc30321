-- The same for plans that parallel workers can run: functions of one value, and
-- functions of rows in LATERAL joins.
SET client_min_messages = warning;
SELECT n || ' ' || concat_ws(' ', left(md5(ar_normalize(t)), 8), left(md5(ar_clean(t)), 8), left(md5(coalesce(ar_stem(t), '-')), 8),
	left(md5(to_tsvector('arabic_news', t)::text), 8), coalesce(ar_date(t)::text, '-'),
	left(md5(ar_countries(t)::text), 8), left(md5(ar_entity_ids(t)::text), 8), left(md5(ar_page(t)::text), 8), left(md5(ar_fingerprint(t)::text), 8),
	ar_similarity(t, 'قال وزير الخارجية إن لبنان ' || t), left(md5(ar_highlight(t)), 8), left(md5(ar_analyze(t)::text), 8)) AS line
FROM hostile ORDER BY n;
SELECT n, md5(string_agg(x::text, '|' ORDER BY start)) FROM hostile, LATERAL ar_tokens(t) x GROUP BY n ORDER BY n;
SELECT n, md5(string_agg(x::text, '|' ORDER BY start)) FROM hostile, LATERAL ar_dates(t, '2024-11-03') x GROUP BY n ORDER BY n;
SELECT n, md5(string_agg(x::text, '|' ORDER BY start)) FROM hostile, LATERAL ar_entities(t) x GROUP BY n ORDER BY n;
SELECT n, md5(string_agg(x::text, '|' ORDER BY start)) FROM hostile, LATERAL ar_quotes(t) x GROUP BY n ORDER BY n;
SELECT n, md5(string_agg(x::text, '|' ORDER BY start)) FROM hostile, LATERAL ar_page_blocks(t) x GROUP BY n ORDER BY n;
