-- What is in that database, by scans and by indexes.
SELECT md5(string_agg(p::text, '|' ORDER BY id)) FROM page p;
SELECT md5(string_agg(e::text, '|' ORDER BY id, start)) FROM entity e;
SELECT md5(string_agg(q::text, '|' ORDER BY id, quote)) FROM quotation q;
SELECT md5(string_agg(d::text, '|' ORDER BY id, during)) FROM day d;
SELECT own_query('وزراء المدارس'), to_tsvector('own', 'وزراء المدارس');
SET enable_seqscan = off;
SELECT count(*) FROM page WHERE countries @> '{FR}';
SELECT count(*) FROM page WHERE tsv @@ plainto_tsquery('tools.arabic_news', 'مدرسة وزير');
SELECT count(*) FROM page WHERE to_tsvector('tools.arabic_news', body) @@ plainto_tsquery('tools.arabic_news', 'مدرسة وزير');
SELECT count(*) FROM page WHERE fingerprint && (SELECT fingerprint FROM page WHERE id = 1);
SELECT count(*) FROM page WHERE tools.ar_stem(left(body, 60)) = (SELECT tools.ar_stem(left(body, 60)) FROM page WHERE id = 5);
SELECT count(*) FROM page WHERE tools.ar_countries(body) @> '{FR}' AND id < 100;
SELECT count(*) FROM page WHERE key <> tools.ar_normalize(body) OR countries <> tools.ar_countries(body) OR tsv <> to_tsvector('tools.arabic_news', body);
