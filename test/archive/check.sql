-- check.sql
--		An archive of the pages of the table `pages`: load, restart, follow, compare,
--		ask.  Prints ok and not ok lines.
SET client_min_messages = warning;
\set quiet on
CREATE FUNCTION pg_temp.is(good boolean, what text) RETURNS text LANGUAGE sql AS
$$ SELECT CASE WHEN good THEN 'ok ' ELSE 'not ok ' END || what $$;

CREATE FUNCTION pg_temp.refuses(sql text, state text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE sql;
	RETURN 'not ok refuses ' || sql;
EXCEPTION WHEN OTHERS OR query_canceled THEN
	RETURN CASE WHEN SQLSTATE = state THEN 'ok ' ELSE 'not ok ' || SQLSTATE || ' ' || SQLERRM || ' ' END || 'refuses ' || sql;
END $$;

SELECT news_ar_archive_create('pages', 'id', 'page', url => 'url', fetched => 'seen');

-- ---- the first load: in batches, stopped, taken up again ----
CALL archive.load(batch_size => 7, batches => 3);
SELECT pg_temp.is(count(*) = 21, 'three batches of seven') FROM archive.article;
SELECT pg_temp.is(state = 'finished' AND pages = 53 AND archived = 21 AND percent = 39.6, 'progress') FROM archive.progress;
-- a load that died: its batch is rolled back, its row of the log stays
BEGIN;
SELECT archive.put(ARRAY[30, 31]) \g /dev/null
ROLLBACK;
CALL archive.load(batch_size => 7);
SELECT pg_temp.is(count(*) = 53 AND count(*) FILTER (WHERE id = 1009) = 0, 'the load is taken up where it stopped') FROM archive.article;
SELECT pg_temp.is(max(archived) = 53 AND count(*) = 2, 'progress of both calls') FROM archive.progress;
CALL archive.load();
SELECT pg_temp.is(archived = 53 AND r.done = 0, 'nothing is left')
FROM archive.progress, LATERAL (SELECT l.archived AS done FROM archive.load_run l WHERE l.run = progress.run) r ORDER BY progress.run DESC LIMIT 1;

-- ---- the same as the functions say ----
CREATE TEMP VIEW fresh AS
SELECT s.id, s.url, s.seen, p.*, coalesce(nullif(concat_ws(E'\n\n', p.headline, p.lead, p.body), ''), s.page) AS content,
	coalesce(p.published, p.page_date, (s.seen AT TIME ZONE 'UTC')::date) AS written
FROM pages s, ar_page(s.page) p WHERE s.page IS NOT NULL;
-- what the functions say, kept by text: they are asked once for each
CREATE TEMP TABLE direct (content text, written date, countries text[], entity_ids text[], fingerprint int[],
	tsv tsvector, entities jsonb, dates jsonb, quotes jsonb);
CREATE FUNCTION pg_temp.ask() RETURNS void LANGUAGE sql AS $$
	INSERT INTO direct
	SELECT content, written, ar_countries(content), ar_entity_ids(content), ar_fingerprint(content), to_tsvector('arabic_news', content),
		(SELECT jsonb_agg(e) FROM ar_entities(content) e), (SELECT jsonb_agg(d) FROM ar_dates(content, written) d),
		(SELECT jsonb_agg(q) FROM ar_quotes(content) q)
	FROM (SELECT DISTINCT content, written FROM fresh) f
	WHERE NOT EXISTS (SELECT FROM direct d WHERE d.content = f.content AND d.written IS NOT DISTINCT FROM f.written)
$$;
CREATE TEMP VIEW f AS
SELECT fresh.*, d.countries, d.entity_ids, d.fingerprint, d.tsv, d.entities, d.dates, d.quotes
FROM fresh JOIN direct d ON d.content = fresh.content AND d.written IS NOT DISTINCT FROM fresh.written;
CREATE TEMP VIEW f_entity AS SELECT f.id AS article, f.written, e.* FROM f, jsonb_to_recordset(entities)
	AS e(start int, length int, surface text, kind text, id text, name text, country text, score real);
CREATE TEMP VIEW f_date AS SELECT f.id AS article, d.* FROM f, jsonb_to_recordset(dates)
	AS d(start int, length int, surface text, kind text, timex text, during daterange, grain text);
CREATE TEMP VIEW f_quote AS SELECT f.id AS article, q.* FROM f, jsonb_to_recordset(quotes)
	AS q(start int, length int, quote text, direct boolean, speaker text, speaker_id text, verb text);
CREATE FUNCTION pg_temp.equal(at text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT pg_temp.ask();
	SELECT pg_temp.is(NOT EXISTS (
		(SELECT id, url, seen, written, published, page_date, headline, kicker, byline, author, dateline, agencies, sources, captions,
			content, countries, entity_ids, fingerprint, length(content),
			setweight(to_tsvector('arabic_news', coalesce(headline, '')), 'A') || tsv FROM f
		EXCEPT ALL SELECT id, url, fetched, written, published, page_date, headline, kicker, byline, author, dateline, agencies, sources, captions,
			content, countries, entity_ids, fingerprint, characters, tsv FROM archive.article))
		AND (SELECT count(*) FROM archive.article) = (SELECT count(*) FROM pages WHERE page IS NOT NULL), 'articles are what the functions give, ' || at)
	UNION ALL
	SELECT pg_temp.is(NOT EXISTS (
		(SELECT article, kind, id, start, length FROM f_entity
		EXCEPT ALL SELECT article, kind, nullif(entity, '=' || ltrim(entity, '=')), s, l FROM archive.mention, unnest(start, length) u(s, l)))
		AND (SELECT sum(cardinality(start)) FROM archive.mention) = (SELECT count(*) FROM f_entity),
		'mentions are what ar_entities() gives, ' || at)
	UNION ALL
	SELECT pg_temp.is(NOT EXISTS (
		(SELECT article, start, length, surface, kind, timex, during, grain FROM f_date
		EXCEPT ALL SELECT article, start, length, surface, kind, timex, during, grain FROM archive.event_date))
		AND (SELECT count(*) FROM archive.event_date) = (SELECT count(*) FROM f_date),
		'dates are what ar_dates() gives, ' || at)
	UNION ALL
	SELECT pg_temp.is(NOT EXISTS (
		(SELECT article, start, length, quote, direct, speaker, speaker_id, verb FROM f_quote
		EXCEPT ALL SELECT article, start, length, quote, direct, speaker, speaker_id, verb FROM archive.quote))
		AND (SELECT count(*) FROM archive.quote) = (SELECT count(*) FROM f_quote),
		'quotations are what ar_quotes() gives, ' || at)
$$;
SELECT pg_temp.equal('after the load');
SELECT pg_temp.is(bool_and(m.entity = coalesce(e.id, '=' || ar_normalize(e.name)) AND substr(a.content, e.start, e.length) = e.surface)
	AND count(*) = (SELECT count(*) FROM f_entity), 'offsets point into content')
FROM archive.article a JOIN f_entity e ON e.article = a.id JOIN archive.mention m ON m.article = a.id AND e.start = ANY (m.start) AND e.kind = m.kind;

-- ---- following the table ----
INSERT INTO pages SELECT id + 2000, page, url, seen FROM pages WHERE id IN (1, 2, 1001);
UPDATE pages SET page = replace(page, 'الإسكندرية', 'طرابلس') WHERE id = 1002;
UPDATE pages SET seen = '2023-02-01 10:00+00' WHERE id = 1004;
UPDATE pages SET id = 1103 WHERE id = 1003;
UPDATE pages SET page = NULL WHERE id = 3;
UPDATE pages SET page = (SELECT page FROM pages WHERE id = 4) WHERE id = 1009;
DELETE FROM pages WHERE id IN (5, 6);
SELECT pg_temp.is((SELECT array_agg(id ORDER BY id) FROM archive.article WHERE id IN (3, 5, 6, 1003, 1009, 1103, 2001, 2002, 3001)) = '{1009,1103,2001,2002,3001}', 'rows come and go');
SELECT pg_temp.equal('after changes');
-- one change in a transaction that fails leaves nothing
BEGIN;
INSERT INTO pages VALUES (5001, 'زار بيروت', NULL, NULL);
ROLLBACK;
SELECT pg_temp.is(NOT EXISTS (SELECT FROM archive.mention WHERE article = 5001), 'a transaction that fails leaves nothing');
-- ON CONFLICT and COPY go the same way
INSERT INTO pages VALUES (1001, 'x', NULL, NULL) ON CONFLICT (id) DO UPDATE SET url = excluded.url || 'y';
COPY pages (id, page) FROM stdin;
5002	عاد الوزير إلى عمّان أمس
\.
SELECT pg_temp.equal('after COPY and ON CONFLICT');
-- articles of other data are read again on demand
UPDATE archive.article SET version = 'old', countries = '{XX}' WHERE id IN (7, 8);
CALL archive.load(stale => true);
SELECT pg_temp.is(NOT EXISTS (SELECT FROM archive.article WHERE version <> news_ar_version() OR countries = '{XX}'), 'stale articles are read again');

-- ---- wire copy ----
CALL archive.refresh();
SELECT pg_temp.is(count(*) = (SELECT count(*) FROM archive.article), 'every article was compared') FROM archive.story;
-- all pairs, compared one with the other
CREATE TEMP TABLE pairs AS
SELECT x.id AS a, y.id AS b, ar_similarity(x.content, y.content) AS s FROM archive.article x JOIN archive.article y ON x.id < y.id;
SELECT pg_temp.is(NOT EXISTS (SELECT a, b, s FROM pairs WHERE s >= 0.5 EXCEPT SELECT a, b, similarity FROM archive.near_copy)
	AND NOT EXISTS (SELECT a, b, similarity FROM archive.near_copy EXCEPT SELECT a, b, s FROM pairs), 'the pairs are all pairs');
TRUNCATE archive.near_copy, archive.story;
SELECT archive.compare_all() \g /dev/null
SELECT pg_temp.is(NOT EXISTS (SELECT a, b, s FROM pairs WHERE s >= 0.5 EXCEPT SELECT a, b, similarity FROM archive.near_copy)
	AND NOT EXISTS (SELECT a, b, similarity FROM archive.near_copy EXCEPT SELECT a, b, s FROM pairs)
	AND (SELECT count(*) FROM archive.story) = (SELECT count(*) FROM archive.article), 'and so they are when all are compared at once');
CREATE FUNCTION pg_temp.components_equal() RETURNS boolean LANGUAGE sql AS $$
	WITH RECURSIVE edge AS (SELECT a, b FROM archive.near_copy WHERE similarity >= 0.7 UNION SELECT b, a FROM archive.near_copy WHERE similarity >= 0.7),
	reach AS (SELECT id AS a, id AS b FROM archive.article UNION SELECT r.a, e.b FROM reach r JOIN edge e ON e.a = r.b)
	SELECT NOT EXISTS (SELECT a, min(b) FROM reach GROUP BY a EXCEPT SELECT article, story FROM archive.story)
$$;
SELECT pg_temp.is(pg_temp.components_equal(), 'clusters are the connected components');
SELECT pg_temp.is(articles = '{1001,3001,1103,1004}' OR articles @> '{1001,3001,1103,1004}', 'copies, excerpt and the longer article are one story')
FROM archive.story_cluster WHERE story = 1001;
SELECT pg_temp.is(bool_and(share >= 0.7 AND length_ratio < 0.7) AND bool_or(short = 1103 AND long = 1004), 'the short copy is seen inside the long one')
FROM archive.containment;
-- the bridge between clusters goes: they fall apart; it comes back: they are one again
DELETE FROM pages WHERE id = 1001;
SELECT pg_temp.is(NOT EXISTS (SELECT FROM archive.story_cluster WHERE 1001 = ANY (articles)) AND NOT EXISTS (SELECT FROM archive.containment WHERE 1001 IN (short, long)),
	'a deleted article leaves its cluster at once');
CALL archive.compare();
SELECT pg_temp.is(pg_temp.components_equal() AND NOT EXISTS (SELECT FROM archive.near_copy WHERE 1001 IN (a, b)), 'and then the cluster is labelled anew');
UPDATE pages SET page = page || ' وأكثر.' WHERE id = 1103;
SELECT pg_temp.is(NOT EXISTS (SELECT FROM archive.story_cluster WHERE 1103 = ANY (articles)) AND NOT EXISTS (SELECT FROM archive.containment WHERE 1103 IN (short, long)),
	'a changed article leaves its cluster at once');
CALL archive.compare();
SELECT pg_temp.is(pg_temp.components_equal() AND EXISTS (SELECT FROM archive.containment WHERE short = 1103 AND long = 1004) AND NOT EXISTS (SELECT FROM archive.changed),
	'and comes back when it was compared');
DELETE FROM pages WHERE id IN (1103, 3001, 1002);
CALL archive.compare();
SELECT pg_temp.is(NOT EXISTS (SELECT FROM archive.near_copy WHERE 1004 IN (a, b)) AND (SELECT story FROM archive.story WHERE article = 1004) = 1004,
	'the last of a cluster stands alone');
INSERT INTO pages SELECT 1001, page, url, seen FROM (SELECT split_part(page, E'\n\n', 3) || E'\n\n' || 'x' AS page, url, seen FROM pages WHERE id = 1004) p;
CALL archive.compare(batch_size => 1);
SELECT pg_temp.is(pg_temp.components_equal() AND (SELECT story FROM archive.story WHERE article = 1004) = 1001, 'a new copy joins its story');
-- a chain, each like the next only
INSERT INTO pages
SELECT 6000 + k, string_agg(format('تسلسل%s كلمة%s في خبر%s طويل', n, n * 7, n * 3), ' ' ORDER BY n), NULL, NULL
FROM generate_series(1, 12) k, LATERAL generate_series(k * 10, k * 10 + 19) n GROUP BY k;
CALL archive.compare();
SELECT pg_temp.is(count(*) = 12 AND pg_temp.components_equal(), 'a chain of copies is one story') FROM archive.story WHERE story = 6001;
DELETE FROM pages WHERE id = 6006;
CALL archive.compare();
SELECT pg_temp.is((SELECT array_agg(DISTINCT story) FROM archive.story WHERE article BETWEEN 6001 AND 6012) = '{6001,6007}' AND pg_temp.components_equal(), 'cut in two, it is two');
-- more than twenty articles with the same words
INSERT INTO pages SELECT 7000 + k, (SELECT page FROM pages WHERE id = 1004) || E'\n\nنسخة ' || k, NULL, NULL FROM generate_series(1, 25) k;
CALL archive.compare(batch_size => 6);
SELECT pg_temp.is(count(*) >= 26 AND pg_temp.components_equal(), 'copy that everybody took is one story') FROM archive.story WHERE story = 1001;

-- ---- questions ----
CALL archive.refresh();
SELECT pg_temp.ask() \g /dev/null
SELECT pg_temp.is(NOT EXISTS (
	SELECT written, kind, coalesce(id, '=' || ar_normalize(name)), count(DISTINCT article), count(*) FROM f_entity
		WHERE written IS NOT NULL GROUP BY 1, 2, 3
	EXCEPT SELECT day, kind, entity, articles, mentions FROM archive.trend), 'trend');
SELECT pg_temp.is(NOT EXISTS (
	SELECT kind, coalesce(id, '=' || ar_normalize(name)), count(DISTINCT article), count(*) FROM f_entity GROUP BY 1, 2
	EXCEPT SELECT kind, entity, articles, mentions FROM archive.entity), 'entity');
CREATE TEMP TABLE named AS
SELECT DISTINCT article, kind, coalesce(id, '=' || ar_normalize(name)) AS entity FROM f_entity;
SELECT pg_temp.is(NOT EXISTS (
	SELECT y.entity, y.kind, count(*) FROM named x JOIN named y USING (article)
	WHERE (x.entity, x.kind) = ('JO', 'place') AND (y.entity, y.kind) <> ('JO', 'place') GROUP BY 1, 2
	EXCEPT SELECT other, other_kind, articles FROM archive.cooccurrence WHERE entity = 'JO' AND kind = 'place')
	AND EXISTS (SELECT FROM archive.cooccurrence WHERE entity = 'JO' AND kind = 'place'), 'cooccurrence');
SELECT pg_temp.is(NOT EXISTS (SELECT c, count(*) FROM f, unnest(countries) c GROUP BY 1
	EXCEPT SELECT country, articles FROM archive.country_count), 'country_count');
SELECT pg_temp.is(bool_and(name IS NOT NULL AND name_en IS NOT NULL), 'countries have names') FROM archive.country_count;
SELECT pg_temp.is(NOT EXISTS (SELECT written, c, count(*) FROM f, unnest(countries) c WHERE written IS NOT NULL GROUP BY 1, 2
	EXCEPT SELECT day, country, articles FROM archive.country_day), 'country_day');
SELECT pg_temp.is(sum(mentions) = (SELECT count(*) FROM f_date
	WHERE upper(during) - lower(during) = 1 AND grain IN ('day', 'daypart', 'hour', 'minute', 'second')), 'timeline') FROM archive.timeline;
SELECT pg_temp.is(NOT EXISTS (SELECT coalesce(speaker_id, speaker), count(*), count(DISTINCT article) FROM f_quote
	WHERE coalesce(speaker_id, speaker) IS NOT NULL GROUP BY 1 EXCEPT SELECT who, quotes, articles FROM archive.most_quoted), 'most_quoted');
SELECT pg_temp.is(NOT EXISTS (SELECT id, ar_analyze(content, written) FROM fresh WHERE id IN (1, 2, 1006, 7003)
	EXCEPT SELECT id, analysis FROM archive.document WHERE id IN (1, 2, 1006, 7003)), 'document');
SELECT pg_temp.is((SELECT id FROM archive.search('حافلات كهربائية', 1)) = ANY (SELECT unnest(articles) FROM archive.story_cluster WHERE story = 1001), 'search');
SELECT pg_temp.is(score > 0 AND array_length(shared, 1) > 0 AND id = 2001, 'related: the copy of a page names the same') FROM archive.related(1, 1);
SELECT pg_temp.is(NOT EXISTS (SELECT FROM archive.related(1001) WHERE id = 1001), 'no article is related to itself');
SELECT pg_temp.is(count(*) > 1 AND count(DISTINCT article) = count(*), 'topics: an article stands in one') FROM archive.topics('2000-01-01', '2100-01-01', 10000);
SELECT pg_temp.is(count(DISTINCT topic) = 1 AND count(*) = 2, 'topics: an excerpt stands with the article that holds it')
FROM archive.topics('2000-01-01', '2100-01-01', 10000) WHERE article IN (1001, 1004);
SELECT pg_temp.is((SELECT t.topic FROM archive.topics('2000-01-01', '2100-01-01', 10000) t WHERE t.article = 2001)
	= (SELECT t.topic FROM archive.topics('2000-01-01', '2100-01-01', 10000) t WHERE t.article = 1), 'topics: copies stand together');

-- ---- pages that cannot be read are set aside, and what was done for the others stays ----
CREATE TABLE odd (k text PRIMARY KEY, t text);
INSERT INTO odd SELECT n::text, 'خبر رقم ' || n FROM generate_series(1, 9) n;
SELECT news_ar_archive_create('odd', 'k', 't', 'oddities', live => false);
ALTER TABLE oddities.article ADD CHECK (id <> '5');
CALL oddities.load(batch_size => 4);
SELECT pg_temp.is((SELECT array_agg(id) FROM oddities.failure) = '{5}' AND (SELECT count(*) FROM oddities.article) = 8
	AND (SELECT failed = 1 AND archived = 8 FROM oddities.progress), 'a page that fails is set aside');
ALTER TABLE oddities.article DROP CONSTRAINT article_id_check;
DELETE FROM oddities.failure;
CALL oddities.load();
SELECT pg_temp.is((SELECT count(*) FROM oddities.article) = 9, 'and taken later');
INSERT INTO odd VALUES ('x', 'y');
SELECT pg_temp.is((SELECT count(*) FROM oddities.article) = 9, 'an archive that is not live waits for load()');
-- what changed and went without a trigger is found on demand
CALL oddities.load();
UPDATE odd SET t = 'زار الوزير بيروت' WHERE k = '1';
UPDATE odd SET t = NULL WHERE k = '2';
UPDATE odd SET k = '33' WHERE k = '3';
DELETE FROM odd WHERE k IN ('4', '5', '6', '7');
INSERT INTO oddities.failure (id, sqlstate, message) VALUES ('4', '54000', ''), ('8', '54000', '');
CALL oddities.load(batch_size => 2);
SELECT pg_temp.is(count(*) = 11 AND bool_and(id <> '1' OR countries = '{}'), 'load() takes up what is new only') FROM oddities.article;
CREATE TEMP TABLE kept AS SELECT id, xmin::text AS written_by FROM oddities.article;
CALL oddities.load(batch_size => 2, stale => true);
SELECT pg_temp.is((SELECT array_agg(id ORDER BY id) FROM oddities.article) = '{1,33,8,9,x}' AND (SELECT countries = '{LB}' FROM oddities.article WHERE id = '1')
	AND (SELECT array_agg(id) FROM oddities.failure) = '{8}' AND (SELECT archived = 5 AND percent = 100.0 FROM oddities.progress ORDER BY run DESC LIMIT 1),
	'load(stale => true) finds what changed and went');
SELECT pg_temp.is(array_agg(id ORDER BY id) = '{33,8,9,x}', 'and leaves the others alone') FROM oddities.article a JOIN kept k USING (id) WHERE a.xmin::text = k.written_by;
CALL oddities.refresh();
SELECT pg_temp.is(count(*) = 5, 'refresh() after it') FROM oddities.story;
DROP SCHEMA oddities CASCADE;
SELECT news_ar_archive_create('pages', 'id', 'page', 'oddities', url => 'url', fetched => 'seen', live => false);
CALL oddities.load();
BEGIN;
UPDATE pages SET url = 'http://other.example' WHERE id = 1;
UPDATE pages SET seen = '2020-02-02' WHERE id = 2;
SELECT pg_temp.is(oddities.wanted(ARRAY[1, 2, 4], true) = '{1,2}' AND oddities.wanted(ARRAY[1, 2, 4], false) IS NULL, 'so are the address and the day');
ROLLBACK;
DROP SCHEMA oddities CASCADE;

-- ---- triggers of the user's that change what the statement does not name ----
CREATE TABLE cooked (k int PRIMARY KEY, raw text, t text, gen text GENERATED ALWAYS AS (t || ' أمس') STORED, n int DEFAULT 0);
CREATE FUNCTION cook() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.t := replace(NEW.raw, '<br>', ' '); RETURN NEW; END $$;
CREATE TRIGGER cook BEFORE INSERT OR UPDATE ON cooked FOR EACH ROW EXECUTE FUNCTION cook();
SELECT news_ar_archive_create('cooked', 'k', 't', 'oddities');
SELECT news_ar_archive_create('cooked', 'k', 'gen', 'generated');
INSERT INTO cooked VALUES (1, 'زار<br>بيروت');
UPDATE cooked SET raw = 'زار<br>دمشق';
SELECT pg_temp.is(o.countries = '{SY}' AND g.countries = '{SY}' AND g.content = 'زار دمشق أمس', 'a page that a trigger writes, a generated page')
FROM oddities.article o JOIN generated.article g USING (id);
CREATE TEMP TABLE kept_too AS SELECT xmin::text AS written_by FROM oddities.article;
UPDATE cooked SET n = n + 1;
UPDATE cooked SET raw = raw;
SELECT pg_temp.is(a.xmin::text = k.written_by, 'a page that stays what it was is not read again') FROM oddities.article a, kept_too k;
DROP SCHEMA oddities, generated CASCADE;
DROP TABLE cooked;

-- ---- a statement does not fail for what cannot be archived ----
CREATE TABLE strange (k int PRIMARY KEY, t text, at timestamp);
SELECT news_ar_archive_create('strange', 'k', 't', 'strangers', fetched => 'at');
INSERT INTO strange SELECT k, 'زار الوزير بيروت أمس', at::timestamp
FROM unnest('{infinity,-infinity,0044-03-15 BC,10000-01-01,9999-12-31 23:59,0001-01-01,2024-05-05}'::text[]) WITH ORDINALITY AS u(at, k);
SELECT pg_temp.is(array_agg(coalesce(written::text, '') ORDER BY id) = '{"","","","",9999-12-31,0001-01-01,2024-05-05}' AND NOT EXISTS (SELECT FROM strangers.failure),
	'a day that is none is unknown') FROM strangers.article;
-- whatever stands for a name
INSERT INTO strange VALUES (8, 'وقال ' || (SELECT string_agg(translate(md5(n::text), '0123456789abcdef', 'ابتثجحخدذرزسشصضط'), '') FROM generate_series(1, 300) n)
		|| ': "سنبني مدرسة جديدة في القرية هذا العام".'),
	(10, 'التقى أحمد ' || (SELECT string_agg('بن ' || (ARRAY['محمد', 'علي', 'حسن', 'خالد', 'عمر', 'يوسف'])[1 + abs(hashint4(n)) % 6], ' ') FROM generate_series(1, 400) n) || ' في بيروت');
SELECT pg_temp.is((SELECT count(*) FROM strangers.article WHERE id IN (8, 10)) = 2 AND (SELECT max(char_length(speaker)) > 2000 FROM strangers.quote)
	AND (SELECT max(char_length(entity)) = 200 AND max(char_length(name)) > 200 FROM strangers.mention), 'names of any length');
-- many pages, one of them too large for a tsvector
SET client_min_messages = error;
INSERT INTO strange SELECT 20 + k, CASE k WHEN 3 THEN (SELECT string_agg(translate(md5(n::text), '0123456789', 'ghijklmnop'), ' ') FROM generate_series(1, 40000) n) ELSE 'زار بيروت ' || k END
FROM generate_series(1, 5) k;
SELECT pg_temp.is((SELECT count(*) FROM strange WHERE k > 20) = 5 AND (SELECT array_agg(id ORDER BY id) FROM strangers.article WHERE id > 20) = '{21,22,24,25}'
	AND (SELECT array_agg(id || sqlstate) FROM strangers.failure) = '{2354000}', 'a page that is too large is set aside');
UPDATE strange SET t = (SELECT t FROM strange WHERE k = 23) WHERE k = 24;
SELECT pg_temp.is((SELECT array_agg(id ORDER BY id) FROM strangers.failure) = '{23,24}' AND NOT EXISTS (SELECT FROM strangers.article WHERE id = 24)
	AND NOT EXISTS (SELECT FROM strangers.mention WHERE article = 24), 'a page that becomes too large leaves the archive');
UPDATE strange SET t = 'زار بيروت' WHERE k IN (23, 24);
SELECT pg_temp.is(NOT EXISTS (SELECT FROM strangers.failure) AND (SELECT count(*) FROM strangers.article WHERE id > 20) = 5, 'and comes back when it is smaller');
-- an error of any kind, asked for by a setting
CREATE FUNCTION fault(id int) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	IF id = 31 AND current_setting('test.fault', true) <> '' THEN
		RAISE 'fault' USING ERRCODE = current_setting('test.fault');
	END IF;
	RETURN true;
END $$;
ALTER TABLE strangers.article ADD CHECK (public.fault(id));
SELECT pg_temp.is(array_agg(state) = '{25006,40001,40P01,42501,53100,53200,55P03,55006,57014,57P01,58030}', 'errors that are not the page''s fault are errors')
FROM unnest('{23514,25006,40001,40P01,42501,53100,53200,54000,55P03,55006,57014,57P01,58030,22023,P0001,XX000}'::text[]) AS state
WHERE set_config('test.fault', state, false) <> '' AND pg_temp.refuses($$INSERT INTO strange VALUES (31, 'زار بيروت') ON CONFLICT (k) DO UPDATE SET t = strange.t || '.'$$, state) ~ '^ok';
SELECT pg_temp.is(array_agg(id) = '{31}', 'others set the page aside') FROM strangers.failure;
SET client_min_messages = warning;
SET test.fault = '';
DROP SCHEMA strangers CASCADE;
DROP TABLE strange;

-- ---- names of any kind ----
CREATE SCHEMA "s'$f$%I""";
CREATE TABLE "s'$f$%I"""."t"";DROP TABLE pages;--" ("k %s' ""$body$" uuid PRIMARY KEY, "p%1$I' ""$f$" text, "u'"" %L" text, "f'"" %%" date, "ids" int);
INSERT INTO "s'$f$%I"""."t"";DROP TABLE pages;--" VALUES ('00000000-0000-0000-0000-000000000001', 'زار الوزير بيروت أمس', 'http://x', '2024-05-05', 1);
SELECT news_ar_archive_create('"s''$f$%I"""."t"";DROP TABLE pages;--"', 'k %s'' "$body$', 'p%1$I'' "$f$', 'a''"$f$ %I; drop --', 'u''" %L', 'f''" %%');
CALL "a'""$f$ %I; drop --".load();
INSERT INTO "s'$f$%I"""."t"";DROP TABLE pages;--" VALUES ('00000000-0000-0000-0000-000000000002', 'زار الوزير بيروت أمس', 'http://x', '2024-05-05', 1);
CALL "a'""$f$ %I; drop --".refresh();
SELECT pg_temp.is(count(*) = 2 AND min(written) = '2024-05-05' AND bool_and(countries = '{LB}') AND EXISTS (SELECT FROM pages), 'hostile names') FROM "a'""$f$ %I; drop --".article;
SELECT pg_temp.is((SELECT count(*) = 2 FROM "a'""$f$ %I; drop --".event_date WHERE lower(during) = '2024-05-04')
	AND (SELECT count(*) FROM "a'""$f$ %I; drop --".search('بيروت')) = 2 AND (SELECT size = 2 FROM "a'""$f$ %I; drop --".story_cluster), 'hostile names in functions and views');
DELETE FROM "s'$f$%I"""."t"";DROP TABLE pages;--";
SELECT pg_temp.is(NOT EXISTS (SELECT FROM "a'""$f$ %I; drop --".mention), 'hostile names in triggers');
DROP SCHEMA "a'""$f$ %I; drop --" CASCADE;
DROP SCHEMA "s'$f$%I""" CASCADE;

-- ---- a partitioned table; an ordinary user who may only write pages ----
CREATE TABLE parted (id bigint PRIMARY KEY, page varchar) PARTITION BY RANGE (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20);
SELECT news_ar_archive_create('parted', 'id', 'page', 'parted_archive');
CREATE ROLE news_ar_writer;
GRANT INSERT, UPDATE, DELETE, SELECT ON parted_1, parted TO news_ar_writer;
SET ROLE news_ar_writer;
INSERT INTO parted VALUES (1, 'زار بيروت');
INSERT INTO parted_1 VALUES (2, 'زار عمّان');
RESET ROLE;
UPDATE parted SET id = 11 WHERE id = 1;
SELECT pg_temp.is((SELECT array_agg(id ORDER BY id) FROM parted_archive.article) = '{2,11}', 'partitions, rows that move, a user without rights to the archive');
TRUNCATE parted;
SELECT pg_temp.is(NOT EXISTS (SELECT FROM parted_archive.article) AND NOT EXISTS (SELECT FROM parted_archive.mention), 'TRUNCATE');
-- of partitions that are emptied, detached or dropped no trigger tells
INSERT INTO parted SELECT n, 'زار بيروت ' || n FROM generate_series(1, 19) n;
CREATE TABLE parted_3 PARTITION OF parted FOR VALUES FROM (20) TO (30);
INSERT INTO parted VALUES (21, 'زار بيروت'), (22, 'زار دمشق');
TRUNCATE parted_1;
INSERT INTO parted VALUES (5, 'زار دمشق');
ALTER TABLE parted DETACH PARTITION parted_2;
DROP TABLE parted_3;
CALL parted_archive.load(stale => true);
SELECT pg_temp.is((SELECT array_agg(id || countries[1]) FROM parted_archive.article) = '{5SY}' AND (SELECT array_agg(DISTINCT article) FROM parted_archive.mention) = '{5}',
	'load(stale => true) finds that partitions were emptied, detached or dropped');
INSERT INTO parted_2 VALUES (19, 'x') ON CONFLICT (id) DO UPDATE SET page = 'y';
SELECT pg_temp.is(count(*) = 1, 'a detached partition is followed no longer') FROM parted_archive.article;
ALTER TABLE parted ATTACH PARTITION parted_2 FOR VALUES FROM (10) TO (20);
CALL parted_archive.load();
UPDATE parted SET page = 'زار دمشق' WHERE id = 19;
SELECT pg_temp.is(count(*) = 11 AND count(*) FILTER (WHERE countries = '{SY}') = 2, 'and again when it is attached and loaded') FROM parted_archive.article;
DROP TABLE parted;
DROP SCHEMA parted_archive CASCADE;
DROP ROLE news_ar_writer;

-- ---- what an archive names, renamed and named back ----
CREATE TABLE named_pages (k int PRIMARY KEY, t text, other int);
SELECT news_ar_archive_create('named_pages', 'k', 't', 'names');
INSERT INTO named_pages VALUES (1, 'زار بيروت');
CREATE FUNCTION pg_temp.hint(sql text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	h text;
BEGIN
	EXECUTE sql;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS h = PG_EXCEPTION_HINT;
	RETURN SQLSTATE || ' ' || h;
END $$;
ALTER TABLE named_pages RENAME TO renamed;
SELECT pg_temp.is(pg_temp.hint($$UPDATE renamed SET t = 'زار دمشق'$$) ~ '^55000 .*was renamed', 'a renamed table of pages says so');
ALTER TABLE renamed RENAME TO named_pages;
ALTER TABLE named_pages RENAME COLUMN t TO u;
SELECT pg_temp.is(pg_temp.hint($$UPDATE named_pages SET u = 'زار دمشق'$$) ~ '^42703 .*holds names', 'so does a renamed column');
ALTER TABLE named_pages RENAME COLUMN u TO t;
SELECT pg_temp.refuses('ALTER TABLE named_pages DROP COLUMN t', '2BP01');
ALTER SCHEMA names RENAME TO renamed;
SELECT pg_temp.is(pg_temp.hint($$UPDATE named_pages SET t = 'زار دمشق'$$) ~ '^(3F000|42P01|42883) ', 'a renamed archive is an error');
ALTER SCHEMA renamed RENAME TO names;
CREATE SCHEMA moved;
ALTER EXTENSION news_ar SET SCHEMA moved;
SELECT pg_temp.is(pg_temp.hint($$UPDATE named_pages SET t = 'زار دمشق'$$) ~ '^42883 .*holds names', 'so does a moved extension');
ALTER EXTENSION news_ar SET SCHEMA public;
UPDATE named_pages SET other = 1;
UPDATE named_pages SET t = 'زار دمشق';
SELECT pg_temp.is((SELECT countries FROM names.article) = '{SY}' AND NOT EXISTS (SELECT FROM names.failure), 'named back, it goes on');
DROP TABLE named_pages;
DROP SCHEMA names CASCADE;
DROP SCHEMA moved;

-- ---- keys of many types ----
CREATE DOMAIN number AS int CHECK (VALUE > 0);
CREATE DOMAIN big_number AS number;
CREATE TYPE letter AS ENUM ('a', 'b', 'c', 'd');
CREATE TYPE span AS RANGE (SUBTYPE = date);
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pg_temp.keyed(type text, keys text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TABLE keyed (k %s PRIMARY KEY, t text)', type);
	PERFORM news_ar_archive_create('keyed', 'k', 't', 'key_archive');
	EXECUTE format('INSERT INTO keyed SELECT k, %L FROM unnest(%L::%s[]) k', 'أقر مجلس محلي في الإسكندرية أمس خطة جديدة للنقل العام تشمل شراء ثمانين حافلة كهربائية وتجديد خط الترام القديم.', keys, split_part(type, ' COLLATE', 1));
	UPDATE keyed SET t = t || ' وقالت' WHERE k = (SELECT k FROM keyed ORDER BY k LIMIT 1);
	DELETE FROM keyed WHERE k = (SELECT k FROM keyed ORDER BY k DESC LIMIT 1);
	DELETE FROM key_archive.article WHERE id = (SELECT k FROM keyed ORDER BY k LIMIT 1);
END $$;
SELECT format('SELECT pg_temp.keyed(%L, %L)', type, keys), 'CALL key_archive.load(batch_size => 1)', 'CALL key_archive.load(stale => true)', 'CALL key_archive.refresh()',
	format('SELECT pg_temp.is((SELECT count(*) = 2 FROM key_archive.article) AND (SELECT count(*) = 1 FROM key_archive.story_cluster)
		AND (SELECT count(*) = 2 FROM key_archive.search(%L)) AND (SELECT count(*) >= 0 FROM keyed, key_archive.related(k)), %L)', 'حافلة', 'key of type ' || type),
	'DROP SCHEMA key_archive CASCADE', 'DROP TABLE keyed'
FROM (VALUES ('int', '{1,2,3}'), ('big_number', '{1,2,3}'), ('letter', '{a,b,c}'), ('span', '{"[2024-01-01,2024-02-01)","[2024-02-01,)","[2025-01-01,)"}'),
	('character(3)', '{a,b ,c}'), ('varchar(5)', '{a,b,c}'), ('text COLLATE "C"', '{a,B,c}'), ('name', '{a,b,c}'), ('bytea', '{"\\x01","\\x02","\\x03"}'),
	('numeric(6,2)', '{1.1,1.11,2}'), ('timestamptz', '{2024-01-01,2024-01-02,infinity}'), ('inet', '{1.1.1.1,10.0.0.0/8,::1}'), ('interval', '{1 day,23 hours,2 days}'),
	('jsonb', '{1,2,true}'), ('bit(3)', '{101,011,111}'), ('"char"', '{a,b,c}')) v(type, keys)
\gexec
CREATE TABLE keyed_array (k int[] PRIMARY KEY, t text);
CREATE TABLE keyed_pair (k pair PRIMARY KEY, t text);
CREATE DOMAIN numbers AS int[];
CREATE TABLE keyed_numbers (k numbers PRIMARY KEY, t text);
SELECT pg_temp.refuses(format('SELECT news_ar_archive_create(%L, %L, %L, %L)', t, 'k', 't', 'x'), '42804') FROM unnest('{keyed_array,keyed_pair,keyed_numbers}'::text[]) t;
SELECT count(*) > 0 AS has_citext FROM pg_available_extensions WHERE name = 'citext' \gset
\if :has_citext
CREATE EXTENSION citext;
CREATE TABLE keyed_citext (k citext PRIMARY KEY, t text);
SELECT pg_temp.refuses($$SELECT news_ar_archive_create('keyed_citext', 'k', 't', 'x')$$, '42804');
DROP EXTENSION citext CASCADE;
\endif
DROP TABLE keyed_array, keyed_pair, keyed_numbers;

-- ---- what cannot be made ----
CREATE TABLE no_key (id int, page text, at text);
CREATE VIEW a_view AS SELECT * FROM pages;
SELECT pg_temp.refuses($$SELECT news_ar_archive_create('no_key', 'id', 'page', 'x')$$, '42P16');
SELECT pg_temp.refuses($$SELECT news_ar_archive_create('a_view', 'id', 'page', 'x')$$, '42809');
SELECT pg_temp.refuses($$SELECT news_ar_archive_create('pages', 'id', 'text', 'x')$$, '42703');
SELECT pg_temp.refuses($$SELECT news_ar_archive_create('pages', 'id', 'page', 'x', fetched => 'url')$$, '42804');
SELECT pg_temp.refuses($$SELECT news_ar_archive_create('pages', 'id', 'page')$$, '42P06');
SELECT pg_temp.refuses($$SELECT news_ar_archive_create('pages', NULL, 'page')$$, '22004');
SELECT pg_temp.refuses($$CALL archive.load(0)$$, '22023');
