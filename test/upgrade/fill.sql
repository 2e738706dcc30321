-- A database as users have it: generated columns, indexes of every kind, views.
SET client_min_messages = warning;
CREATE SCHEMA tools;
CREATE EXTENSION news_ar SCHEMA tools;
CREATE TABLE page (
	id int PRIMARY KEY,
	body text NOT NULL,
	key text GENERATED ALWAYS AS (tools.ar_normalize(body)) STORED,
	countries text[] GENERATED ALWAYS AS (tools.ar_countries(body)) STORED,
	ids text[] GENERATED ALWAYS AS (tools.ar_entity_ids(body)) STORED,
	fingerprint int[] GENERATED ALWAYS AS (tools.ar_fingerprint(body)) STORED,
	published date GENERATED ALWAYS AS (tools.ar_date(body)) STORED,
	tsv tsvector GENERATED ALWAYS AS (to_tsvector('tools.arabic_news', body)) STORED);
INSERT INTO page (id, body)
SELECT n, format(E'الأحد %s نوفمبر 2024\n\nلقاء في بيروت يبحث ملف المياه رقم %s\n\nقال محمد بن سلمان أمس: "نرفض القرار رقم %s"، خلال زيارة إلى %s التقى فيها عددا من الوزراء اللبنانيين والمدارس.',
	1 + n % 28, n, n, (ARRAY['بيروت', 'القاهرة', 'باريس'])[1 + n % 3])
FROM generate_series(1, 200) AS n;
CREATE INDEX page_key ON page (key);
CREATE INDEX page_countries ON page USING gin (countries);
CREATE INDEX page_fingerprint ON page USING gin (fingerprint);
CREATE INDEX page_tsv ON page USING gin (tsv);
CREATE INDEX page_stem ON page (tools.ar_stem(left(body, 60)));
CREATE INDEX page_expression ON page USING gin (to_tsvector('tools.arabic_news', body));
CREATE INDEX page_partial ON page (id) WHERE tools.ar_countries(body) @> '{FR}';
ALTER TABLE page ADD CONSTRAINT short CHECK (length(tools.ar_clean(body)) < 100000);
CREATE TABLE names (name text, kind text, id text, name_en text, country text);
INSERT INTO names VALUES ('ملف المياه', 'other', 'water-file', 'Water file', NULL);
CREATE VIEW entity AS SELECT p.id, e.* FROM page p, tools.ar_entities(p.body, 'names') AS e (start, length, surface, kind, entity_id, name, name_en, country, score);
CREATE VIEW quotation AS SELECT p.id, q.speaker, q.quote FROM page p, tools.ar_quotes(p.body) q;
CREATE MATERIALIZED VIEW day AS SELECT p.id, d.during FROM page p, tools.ar_dates(p.body, p.published) d;
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = tools.arabic_news, Stem = false);
CREATE TEXT SEARCH CONFIGURATION own (COPY = tools.arabic_news);
ALTER TEXT SEARCH CONFIGURATION own ALTER MAPPING FOR word WITH plain;
CREATE FUNCTION own_query(text) RETURNS tsquery LANGUAGE sql IMMUTABLE RETURN tools.ar_query($1);
