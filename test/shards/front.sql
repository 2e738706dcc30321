-- front.sql
--		The archive of three machines as seen from the front: partitions by hash of the
--		article are foreign tables of the servers shard1, shard2 and shard3.
CREATE SCHEMA archive;
CREATE TABLE pages (id int NOT NULL, page text, url text, seen timestamptz) PARTITION BY HASH (id);
-- generated columns are plain here: nobody writes through these tables
CREATE TABLE archive.article (id int NOT NULL, url text, fetched timestamptz, published date, page_date date, written date,
	headline text, kicker text, byline text, author text, dateline text, agencies text[], sources text[], captions text[],
	content text, characters int, tsv tsvector, countries text[], entity_ids text[], fingerprint int[], page_hash bytea, version text) PARTITION BY HASH (id);
CREATE TABLE archive.mention (article int NOT NULL, written date, kind text, entity text, name text, country text, score real,
	start int[], length int[]) PARTITION BY HASH (article);
CREATE TABLE archive.event_date (article int NOT NULL, start int, length int, surface text, kind text, timex text,
	during daterange, grain text) PARTITION BY HASH (article);
CREATE TABLE archive.quote (article int NOT NULL, start int, length int, quote text, direct boolean, speaker text,
	speaker_id text, verb text, stance text) PARTITION BY HASH (article);
SELECT format('CREATE FOREIGN TABLE %s_%s PARTITION OF %s FOR VALUES WITH (MODULUS 3, REMAINDER %s) SERVER shard%s OPTIONS (schema_name %L, table_name %L)',
	t, n, t, n - 1, n, CASE WHEN t LIKE 'archive.%' THEN 'archive' ELSE 'public' END, replace(t, 'archive.', ''))
FROM generate_series(1, 3) n, unnest(ARRAY['pages', 'archive.article', 'archive.mention', 'archive.event_date', 'archive.quote']) t \gexec
-- term statistics: those of the shards added up
SELECT format('CREATE FOREIGN TABLE archive.term_%1$s (term text, documents bigint, occurrences bigint) SERVER shard%1$s OPTIONS (schema_name %2$L, table_name %3$L)',
	n, 'archive', 'term') FROM generate_series(1, 3) n \gexec
CREATE VIEW archive.term AS
SELECT term, sum(documents)::bigint AS documents, sum(occurrences)::bigint AS occurrences
FROM (SELECT * FROM archive.term_1 UNION ALL SELECT * FROM archive.term_2 UNION ALL SELECT * FROM archive.term_3) t GROUP BY term;
