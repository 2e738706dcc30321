-- What every function gives for every text, one line a text; the columns are in
-- the order of the list below.  Two runs must print the same.
SET client_min_messages = warning;
SELECT n || ' ' || concat_ws(' ',
	left(md5(ar_normalize(t)), 8), left(md5(ar_normalize(t, '{digits,case,spaces}')), 8), left(md5(ar_clean(t)), 8),
	left(md5((SELECT coalesce(string_agg(x::text, '|'), '') FROM ar_tokens(t) x)), 8),
	left(md5(coalesce(ar_stem(t), '-')), 8),
	left(md5(to_tsvector('arabic_news', t)::text), 8),
	left(md5(plainto_tsquery('arabic_news', t)::text), 8),
	left(md5(ar_query(left(t, 900))::text), 8),
	left(md5(coalesce(ar_query_any(t)::text, '-')), 8),
	left(md5(ts_headline('arabic_news', t, plainto_tsquery('arabic_news', 'لبنان الوزير قال'))), 8),
	coalesce(ar_date(t)::text, '-'), coalesce(ar_date(t, '2024-11-03')::text, '-'),
	left(md5((SELECT coalesce(string_agg(x::text, '|'), '') FROM ar_dates(t) x)), 8),
	left(md5((SELECT coalesce(string_agg(x::text, '|'), '') FROM ar_dates(t, '2024-11-03', 6) x)), 8),
	left(md5((SELECT coalesce(string_agg(x::text, '|'), '') FROM ar_entities(t) x)), 8),
	left(md5(ar_countries(t)::text), 8), left(md5(ar_entity_ids(t)::text), 8),
	left(md5(ar_page(t)::text), 8),
	left(md5((SELECT coalesce(string_agg(x::text, '|'), '') FROM ar_page_blocks(t) x)), 8),
	left(md5((SELECT coalesce(string_agg(x::text, '|'), '') FROM ar_quotes(t) x)), 8),
	left(md5(ar_fingerprint(t)::text), 8), ar_similarity(t, 'قال وزير الخارجية إن لبنان ' || t),
	left(md5(ar_highlight(t)), 8), left(md5(ar_highlight(t, '2024-11-03')), 8),
	left(md5(ar_analyze(t)::text), 8), left(md5(ar_analyze(t, '2024-11-03')::text), 8))
FROM hostile ORDER BY n;
