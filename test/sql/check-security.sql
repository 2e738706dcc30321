-- Hostile schemas, tables and views, and who may do what.
-- Every line of a result starts with ok or not ok.
SET client_min_messages = warning;
CREATE FUNCTION pg_temp.is(good boolean, what text) RETURNS text LANGUAGE sql AS
$$ SELECT CASE WHEN good THEN 'ok ' ELSE 'not ok ' END || what $$;
-- does a statement fail with this SQLSTATE?
CREATE FUNCTION pg_temp.fails(query text, state text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	RETURN false;
EXCEPTION WHEN others THEN
	IF sqlstate = state THEN RETURN true; END IF;
	RAISE WARNING '% %: %', sqlstate, query, sqlerrm;
	RETURN false;
END $$;

-- ---- what the extension brings ------------------------------------------------

CREATE SCHEMA tools;
CREATE EXTENSION news_ar SCHEMA tools;
SET search_path = tools, public;

SELECT pg_temp.is(count(*) = 0, 'no function runs with the rights of its owner')
FROM pg_proc WHERE pronamespace = 'tools'::regnamespace AND prosecdef;
SELECT pg_temp.is(count(*) = 0, 'no privilege is granted to or taken from PUBLIC by hand')
FROM pg_proc WHERE pronamespace = 'tools'::regnamespace AND proacl IS NOT NULL;
SELECT pg_temp.is(count(*) = 0, 'functions on internal pointers cannot be called from SQL')
FROM pg_proc WHERE pronamespace = 'tools'::regnamespace AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')
	AND prorettype = 'internal'::regtype AND NOT 'internal'::regtype = ANY (proargtypes);
SELECT pg_temp.is(count(*) = 0, 'the extension owns functions, a type and text search objects, and no table, trigger or cast')
FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'news_ar')
	AND classid NOT IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_class'::regclass, 'pg_ts_parser'::regclass,
		'pg_ts_template'::regclass, 'pg_ts_dict'::regclass, 'pg_ts_config'::regclass, 'pg_extension'::regclass)
	OR (refclassid = 'pg_extension'::regclass AND deptype = 'e' AND classid = 'pg_class'::regclass
		AND (SELECT relkind FROM pg_class WHERE oid = objid) <> 'c');
SELECT pg_temp.is(extconfig IS NULL, 'no table of settings') FROM pg_extension WHERE extname = 'news_ar';
-- functions in SQL and PL/pgSQL that build statements: their texts name pg_catalog
SELECT pg_temp.is(count(*) = 0, 'statements are built with quoted names only')
FROM pg_proc p JOIN pg_language l ON l.oid = prolang
WHERE pronamespace = 'tools'::regnamespace AND lanname = 'plpgsql' AND prosrc ~* 'execute'
	AND proconfig IS NULL AND prosrc !~ 'pg_catalog\.format\(';

-- ---- a hostile search_path ------------------------------------------------------

CREATE ROLE news_ar_reader LOGIN;
CREATE ROLE news_ar_writer LOGIN;
GRANT USAGE ON SCHEMA tools TO news_ar_reader, news_ar_writer;
CREATE SCHEMA trap;
GRANT USAGE ON SCHEMA trap TO news_ar_reader;
CREATE FUNCTION trap.translate(text, text, text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE FUNCTION trap.regexp_replace(text, text, text, text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE FUNCTION trap.websearch_to_tsquery(regconfig, text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE FUNCTION trap.to_tsvector(regconfig, text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE FUNCTION trap.string_agg_step(text, text, text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE AGGREGATE trap.string_agg(text, text) (SFUNC = trap.string_agg_step, STYPE = text);
CREATE FUNCTION trap.replace(text, text, text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE FUNCTION trap.ar_stem(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE DOMAIN trap.text AS pg_catalog.text CHECK (pg_catalog.length(VALUE) < 0);
CREATE FUNCTION trap.abs(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE FUNCTION trap.less(int, int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE OPERATOR trap.<= (LEFTARG = int, RIGHTARG = int, FUNCTION = trap.less);
CREATE FUNCTION trap.same(text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE OPERATOR trap.= (LEFTARG = text, RIGHTARG = text, FUNCTION = trap.same);
CREATE OPERATOR trap.<> (LEFTARG = text, RIGHTARG = text, FUNCTION = trap.same);
CREATE TEXT SEARCH CONFIGURATION trap.arabic_news (COPY = pg_catalog.simple);
CREATE TABLE public.page (id int, body text, tsv tsvector);
INSERT INTO public.page SELECT n, 'وزراء المدارس', to_tsvector('tools.arabic_news', 'وزراء المدارس') FROM generate_series(1, 3) AS n;
SELECT pg_temp.is(tools.ar_bm25_refresh('public.stats', 'public.page', 'tsv') = 3, 'term statistics');
GRANT SELECT ON public.page, public.stats TO news_ar_reader;
GRANT CREATE ON SCHEMA public TO news_ar_reader;
SET search_path = trap, pg_catalog, tools;
SET ROLE news_ar_reader;
SELECT pg_temp.is(tools.ar_query('وزراء "مدارس"')::pg_catalog.text LIKE '%وزير%', 'ar_query');
SELECT pg_temp.is(tools.ar_query_any('وزراء مدارس')::pg_catalog.text LIKE '%وزير%', 'ar_query_any');
SELECT pg_temp.is((tools.ar_bm25_query('public.stats', tools.ar_query('وزراء'))).average_length OPERATOR(pg_catalog.>) 0, 'ar_bm25_query');
SELECT pg_temp.is(tools.ar_bm25(tsv, tools.ar_bm25_query('public.stats', tools.ar_query('وزراء'))) OPERATOR(pg_catalog.>) 0, 'ar_bm25') FROM public.page LIMIT 1;
SELECT pg_temp.is(count(*) OPERATOR(pg_catalog.>) 0, 'ar_suggest') FROM tools.ar_suggest('public.stats', 'وزرا');
SELECT pg_temp.is(tools.ar_bm25_refresh('public.stats_of_reader', 'public.page', 'tsv') OPERATOR(pg_catalog.=) 3, 'ar_bm25_refresh');
SELECT pg_temp.is(count(*) OPERATOR(pg_catalog.=) 1, 'ar_entities') FROM tools.ar_entities('زار لبنان');
SELECT pg_temp.is(tools.ar_analyze('زار لبنان') IS NOT NULL, 'ar_analyze');
RESET ROLE;
RESET search_path;
SET search_path = tools, public;

-- ---- names that want to be SQL ---------------------------------------------------

CREATE SCHEMA "s""; DROP TABLE public.page; --";
CREATE TABLE "s""; DROP TABLE public.page; --"."t'""; DELETE FROM public.page; --" (name text, kind text, id text, name_en text, country text);
INSERT INTO "s""; DROP TABLE public.page; --"."t'""; DELETE FROM public.page; --"
VALUES ('جبل الزيتون الأزرق', 'place', $$x'; DROP TABLE public.page; --$$, NULL, NULL);
SELECT pg_temp.is(count(*) = 1, 'a table with quotes in its name')
FROM pg_class c, LATERAL ar_entities('رأينا جبل الزيتون الأزرق من بعيد', c.oid::regclass) e
WHERE c.relname LIKE 't''%' AND e.id = $$x'; DROP TABLE public.page; --$$;
SELECT pg_temp.is(ar_bm25_refresh('"s""; DROP TABLE public.page; --"."stats; --"', 'public.page', 'tsv') = 3, 'statistics with quotes in their name');
SELECT pg_temp.is(pg_temp.fails($$SELECT ar_bm25_refresh('a; DROP TABLE public.page', 'public.page', 'tsv')$$, '22023'), 'a name that is none');
SELECT pg_temp.is(pg_temp.fails($$SELECT ar_bm25_refresh('public.other', 'public.page', 'tsv FROM public.page; --')$$, '42703'), 'a column that is none');
SELECT pg_temp.is(ar_query_any($$'; DROP TABLE public.page; -- \' x''y \\$$) IS NOT NULL, 'a query of quotes');
SELECT pg_temp.is(count(*) = 3, 'the table is still there') FROM public.page;

-- ---- gazetteers of the caller's -----------------------------------------------------

CREATE TABLE public.names (name text, kind text, id text, name_en text, country text, tenant text);
INSERT INTO public.names VALUES ('جبل الزيتون الأزرق', 'place', 'a-place', NULL, 'LB', 'a'), ('واحة النخيل الحمراء', 'place', 'b-place', NULL, NULL, 'b');
CREATE FUNCTION public.found(gazetteer regclass) RETURNS text LANGUAGE sql AS
$$ SELECT coalesce(string_agg(id, ' ' ORDER BY start), '') FROM tools.ar_entities('رأينا جبل الزيتون الأزرق وقرب واحة النخيل الحمراء', gazetteer) WHERE id LIKE '%-place' $$;
SELECT pg_temp.is(public.found('public.names') = 'a-place b-place', 'names of a table');
SET ROLE news_ar_reader;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM tools.ar_entities('x', 'public.names')$$, '42501'), 'nobody reads a table that he may not read');
RESET ROLE;

-- the right to read the five columns will do
GRANT SELECT (name, kind, id, name_en, country) ON public.names TO news_ar_reader;
SET ROLE news_ar_reader;
SELECT pg_temp.is(public.found('public.names') = 'a-place b-place', 'with the right to read the columns of a gazetteer alone');
RESET ROLE;
REVOKE ALL ON public.names FROM news_ar_reader;

-- a table seen by one role is not shown to the next
GRANT SELECT ON public.names TO news_ar_reader;
SET ROLE news_ar_reader;
SELECT pg_temp.is(public.found('public.names') = 'a-place b-place', 'with the right to read');
RESET ROLE;
BEGIN;
SELECT pg_temp.is(public.found('public.names') = 'a-place b-place', 'in one transaction, by the owner');
SET LOCAL ROLE news_ar_writer;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM tools.ar_entities('x', 'public.names')$$, '42501'), 'in the same transaction, without the right');
COMMIT;

-- row-level security, by a setting that changes within a transaction
ALTER TABLE public.names ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenants ON public.names FOR SELECT USING (tenant = current_setting('news_ar_test.tenant', true));
SET ROLE news_ar_reader;
BEGIN TRANSACTION READ ONLY;
SET LOCAL news_ar_test.tenant = 'a';
SELECT pg_temp.is(public.found('public.names') = 'a-place', 'rows of tenant a');
SET LOCAL news_ar_test.tenant = 'b';
SELECT pg_temp.is(public.found('public.names') = 'b-place', 'rows of tenant b, in the same transaction');
COMMIT;
SELECT pg_temp.is(public.found('public.names') = '', 'no tenant, no rows');
SET row_security = off;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM tools.ar_entities('x', 'public.names')$$, '42501'), 'row_security = off is an error, as in any query');
RESET row_security;
RESET ROLE;
ALTER TABLE public.names DISABLE ROW LEVEL SECURITY;

-- work that was rolled back
BEGIN;
SAVEPOINT a;
INSERT INTO public.names VALUES ('جبل الزيتون الأزرق القديم', 'place', 'c-place', NULL, NULL, 'c');
SELECT pg_temp.is(count(*) = 1, 'a row of this transaction') FROM ar_entities('رأينا جبل الزيتون الأزرق القديم', 'public.names') WHERE id = 'c-place';
ROLLBACK TO a;
SELECT pg_temp.is(count(*) = 0, 'and it is gone when it was rolled back') FROM ar_entities('رأينا جبل الزيتون الأزرق القديم', 'public.names') WHERE id = 'c-place';
COMMIT;

-- a view whose functions read gazetteers themselves while theirs is read
CREATE TABLE public.other_names (name text, kind text, id text, name_en text, country text);
INSERT INTO public.other_names SELECT 'واحة السراب ' || n, 'place', 'other-' || n, NULL, NULL FROM generate_series(1, 3000) AS n;
CREATE VIEW public.nested AS SELECT name, kind, CASE WHEN EXISTS (SELECT FROM ar_entities(name, 'public.other_names')) THEN id ELSE id END AS id,
	name_en, country FROM (SELECT name, kind, id, name_en, country FROM public.other_names UNION ALL SELECT name, kind, id, name_en, country FROM public.names) AS n;
SELECT pg_temp.is(public.found('public.nested') = 'a-place b-place', 'a gazetteer that reads another one while it is read');
-- the name that is asked for is the view's own
CREATE FUNCTION public.depth() RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN PERFORM * FROM tools.ar_entities('رأينا', 'public.endless'); RETURN 'x'; END $$;
CREATE VIEW public.endless AS SELECT name, kind, public.depth() AS id, name_en, country FROM public.names;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('رأينا', 'public.endless')$$, '54001'), 'a gazetteer that reads itself ends with stack depth limit exceeded');
SELECT pg_temp.is(public.found('public.names') = 'a-place b-place', 'and the session goes on');

-- a view that drops, changes or fails
CREATE TABLE public.victim (LIKE public.names);
INSERT INTO public.victim SELECT * FROM public.names;
CREATE FUNCTION public.drop_victim() RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN EXECUTE 'DROP TABLE IF EXISTS public.victim CASCADE'; RETURN 'dropped'; END $$;
CREATE VIEW public.dropping AS SELECT name, kind, public.drop_victim() AS id, name_en, country FROM public.victim;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('رأينا', 'public.dropping')$$, '55006'), 'a table that a view drops while it is read');
CREATE FUNCTION public.boom(int) RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN IF $1 > 2500 THEN RAISE division_by_zero; END IF; RETURN 'x'; END $$;
CREATE VIEW public.failing AS SELECT 'اسم ' || n AS name, 'place' AS kind, public.boom(n) AS id, NULL::text AS name_en, NULL::text AS country FROM generate_series(1, 3000) AS n;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('رأينا', 'public.failing')$$, '22012'), 'a view that fails half-way');
SELECT pg_temp.is(public.found('public.names') = 'a-place b-place', 'and the next query is whole');
CREATE FUNCTION public.writes() RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN INSERT INTO public.names VALUES ('نص', 'place', 'w-place'); RETURN 'x'; END $$;
CREATE VIEW public.writing AS SELECT name, kind, public.writes() AS id, name_en, country FROM public.other_names LIMIT 1;
SET ROLE news_ar_reader;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM tools.ar_entities('رأينا', 'public.writing')$$, '42501'), 'functions of a view run with the rights of the caller');
RESET ROLE;

-- other things than tables of the right form
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('x', 0::oid::regclass)$$, '42P01'), 'no table');
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('x', 4294967295::oid::regclass)$$, '42P01'), 'no such table');
CREATE SEQUENCE public.seq;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('x', 'public.seq')$$, '42809'), 'a sequence');
CREATE INDEX names_index ON public.names (name);
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('x', 'public.names_index')$$, '42809'), 'an index');
CREATE TYPE public.pair AS (name text, kind text);
SELECT pg_temp.is(pg_temp.fails(format($$SELECT * FROM ar_entities('x', %s::oid::regclass)$$, 'public.pair'::regtype::oid), '42P01'), 'a type');
CREATE VIEW public.short_view AS SELECT name, kind FROM public.names;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('x', 'public.short_view')$$, '42703'), 'columns are missing');
CREATE VIEW public.numbers AS SELECT 1 AS name, 'place' AS kind, 'x' AS id, 'x' AS name_en, 'LB' AS country;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('x', 'public.numbers')$$, '42804'), 'a number for a name');
CREATE VIEW public.kinds AS SELECT 'اسم' AS name, 'planet' AS kind, 'x' AS id, 'x' AS name_en, 'LB' AS country;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('x', 'public.kinds')$$, '22023'), 'a kind that is none');
CREATE VIEW public.countries AS SELECT 'اسم' AS name, 'place' AS kind, 'x' AS id, 'x' AS name_en, c AS country FROM unnest('{LB,<>}'::text[]) AS c;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('x', 'public.countries')$$, '22023'), 'a country that is none');
CREATE VIEW public.letter AS SELECT 'اسم' AS name, 'place' AS kind, 'x' AS id, 'x' AS name_en, 'ل' AS country;
SELECT pg_temp.is(pg_temp.fails($$SELECT * FROM ar_entities('x', 'public.letter')$$, '22023'), 'a country of one letter and two bytes');
CREATE VIEW public.hostile AS SELECT n AS name, 'other' AS kind, n AS id, n AS name_en, NULL::text AS country
FROM unnest(ARRAY[NULL, '', ' ', '...', repeat('طويل ', 100000), repeat('ط', 300000), E'\u202E\u2066', '<script>', E'a\tb\nc', 'ـــ', E'\U0010FFFF']) AS n;
SELECT pg_temp.is(count(*) >= 0, 'names that are none') FROM ar_entities('رأينا <script> طويل طويل طويل a b c', 'public.hostile');
CREATE TEMP TABLE own (LIKE public.names);
INSERT INTO own SELECT * FROM public.names;
SELECT pg_temp.is(public.found('own') = 'a-place b-place', 'a temporary table');

-- the table may be temporary, so the function stays with the leader
CREATE TABLE public.many AS SELECT 'رأينا جبل الزيتون الأزرق'::text AS t FROM generate_series(1, 2000);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT pg_temp.is(count(*) = 2000, 'a temporary gazetteer in a parallel plan')
FROM public.many, LATERAL ar_entities(t, 'own'::regclass) AS e WHERE e.id = 'a-place';
CREATE TEMP TABLE own_stats AS SELECT * FROM public.stats;
SELECT pg_temp.is(sum(ar_bm25(to_tsvector('arabic_news', t), ar_bm25_query('own_stats', ar_query('جبل')))) IS NOT NULL, 'temporary statistics in a parallel plan') FROM public.many;

-- without the extension's schema in the path
SET search_path = pg_catalog;
SELECT pg_temp.is(count(*) > 0, 'ar_suggest by its qualified name') FROM tools.ar_suggest('public.stats', 'وزرا');
SELECT pg_temp.is((tools.ar_bm25_query('public.stats', tools.ar_query('وزراء'))).average_length > 0, 'ar_bm25_query by its qualified name');

-- ---- an archive of somebody's pages ------------------------------------------------

RESET search_path;
CREATE ROLE news_ar_owner;
CREATE SCHEMA site AUTHORIZATION news_ar_owner;
SET ROLE news_ar_owner;
CREATE TABLE site.pages (id int PRIMARY KEY, page text) PARTITION BY RANGE (id);
CREATE TABLE site.pages_1 PARTITION OF site.pages FOR VALUES FROM (0) TO (10);
RESET ROLE;
\set archive_script :top '/sql/archive/news_ar_archive.sql'
\i :archive_script
SELECT news_ar_archive_create('site.pages', 'id', 'page') \g /dev/null
GRANT USAGE ON SCHEMA archive, site TO news_ar_reader, news_ar_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA archive TO news_ar_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON site.pages, site.pages_1 TO news_ar_writer;
SELECT pg_temp.is(array_agg(proname::text) = '{follow}', 'one function of an archive has the rights of its owner, and it is a trigger')
FROM pg_proc WHERE pronamespace = 'archive'::regnamespace AND prosecdef AND prorettype = 'trigger'::regtype;
SELECT pg_temp.is(count(*) = 0, 'nobody else may call it')
FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
WHERE p.pronamespace = 'archive'::regnamespace AND p.prosecdef AND a.grantee NOT IN (p.proowner, 'news_ar_owner'::regrole);
SET ROLE news_ar_writer;
INSERT INTO site.pages VALUES (1, 'زار بيروت');
INSERT INTO site.pages_1 VALUES (2, 'زار دمشق'), (3, 'زار عمّان');
UPDATE site.pages SET page = 'زار القاهرة' WHERE id = 2;
DELETE FROM site.pages WHERE id = 3;
RESET ROLE;
-- the owner of the pages goes on making partitions, which the trigger is hung on
SET ROLE news_ar_owner;
CREATE TABLE site.pages_2 PARTITION OF site.pages FOR VALUES FROM (10) TO (20);
INSERT INTO site.pages_2 VALUES (11, 'زار تونس');
RESET ROLE;
SELECT pg_temp.is(array_agg(id || array_to_string(countries, '') ORDER BY id) = '{1LB,2EG,11TN}', 'whoever may write pages keeps the archive') FROM archive.article;
SET ROLE news_ar_reader;
CREATE TEMP TABLE bait (id int);
SELECT pg_temp.is(pg_temp.fails(format('CREATE TRIGGER t AFTER %s ON bait FOR EACH %s EXECUTE FUNCTION archive.follow()', event, lower(level)), '42501'),
	'a reader cannot hang it on a table of his own: ' || event)
FROM (VALUES ('DELETE', 'ROW'), ('INSERT', 'ROW'), ('UPDATE', 'ROW'), ('TRUNCATE', 'STATEMENT')) v(event, level);
RESET ROLE;
-- not even with the right to
GRANT EXECUTE ON FUNCTION archive.follow() TO news_ar_reader;
SET ROLE news_ar_reader;
CREATE TRIGGER r AFTER INSERT OR UPDATE OR DELETE ON bait FOR EACH ROW EXECUTE FUNCTION archive.follow();
CREATE TRIGGER s AFTER TRUNCATE ON bait FOR EACH STATEMENT EXECUTE FUNCTION archive.follow();
SELECT pg_temp.is(pg_temp.fails('INSERT INTO bait VALUES (1)', '55000'), 'rows of another table are not archived');
ALTER TABLE bait DISABLE TRIGGER r;
INSERT INTO bait VALUES (1);
ALTER TABLE bait ENABLE TRIGGER r;
SELECT pg_temp.is(pg_temp.fails('DELETE FROM bait', '55000') AND pg_temp.fails('UPDATE bait SET id = 2', '55000') AND pg_temp.fails('TRUNCATE bait', '55000'),
	'nor do they remove articles');
DROP TABLE bait;
RESET ROLE;
SELECT pg_temp.is(count(*) = 3, 'the archive is whole') FROM archive.article;

-- ---- an archive where everything of pg_catalog has a namesake in front of it ---------

CREATE SCHEMA snare;
CREATE FUNCTION snare.snap() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'trapped'; END $$;
DO $$
DECLARE
	made int := 0;
	namesake record;
BEGIN
	-- operators and functions of few arguments, aggregates as functions
	FOR namesake IN SELECT format('CREATE FUNCTION snare.%I(%s) RETURNS %s LANGUAGE plpgsql AS ''BEGIN RAISE ''''trapped''''; END''', p.proname,
				(SELECT string_agg(t::regtype::text, ', ' ORDER BY k) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u(t, k)), p.prorettype::regtype) AS make
			FROM pg_proc p
			WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'a') AND p.provariadic = 0 AND p.pronargs <= 4
				AND NOT EXISTS (SELECT FROM pg_type t WHERE t.oid = ANY (p.proargtypes::oid[] || p.prorettype) AND t.typtype = 'p'
					AND t.typname NOT IN ('anyelement', 'anyarray', 'anynonarray', 'anyrange', 'record', 'void'))
		UNION ALL
		SELECT format('CREATE FUNCTION snare.op_%s(%s) RETURNS %s LANGUAGE plpgsql AS ''BEGIN RAISE ''''trapped''''; END''', o.oid,
				concat_ws(', ', nullif(o.oprleft, 0)::regtype, o.oprright::regtype), o.oprresult::regtype)
				|| format('; CREATE OPERATOR snare.%s (%sRIGHTARG = %s, FUNCTION = snare.op_%s)', o.oprname,
				CASE WHEN o.oprleft <> 0 THEN format('LEFTARG = %s, ', o.oprleft::regtype) END, o.oprright::regtype, o.oid)
			FROM pg_operator o WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprright <> 0
		UNION ALL
		SELECT format('CREATE DOMAIN snare.%I AS pg_catalog.%1$I CHECK (snare.snap())', t)
			FROM unnest('{text,date,name,float8,float4,int4,int8,bool,timestamptz,daterange,jsonb,regclass,tsvector,tsquery,oid,interval,numeric}'::text[]) AS t
	LOOP
		BEGIN
			EXECUTE namesake.make;
			made := made + 1;
		EXCEPTION WHEN syntax_error_or_access_rule_violation OR feature_not_supported THEN
			NULL;
		END;
	END LOOP;
	IF made < 2000 THEN
		RAISE 'only % namesakes', made;
	END IF;
END $$;
INSERT INTO site.pages VALUES (4, 'قال وزير النقل أحمد الشريف في بيروت أمس: "ستصل أولى الحافلات الكهربائية الثمانين قبل نهاية هذا الصيف إلى كل المدن".');
INSERT INTO site.pages SELECT 5, page FROM site.pages WHERE id = 4;
DELETE FROM archive.article WHERE id = 4;
UPDATE archive.article SET version = 'old' WHERE id = 1;
SET search_path = snare, pg_catalog;
CALL archive.load(batch_size => 1);
CALL archive.load(stale => true);
CALL archive.compare();
CALL archive.refresh();
SELECT archive.compare_all() \g /dev/null
INSERT INTO site.pages SELECT 6, page FROM site.pages WHERE id OPERATOR(pg_catalog.=) 4;
UPDATE site.pages SET page = 'زار صنعاء' WHERE id OPERATOR(pg_catalog.=) 1;
DELETE FROM site.pages WHERE id OPERATOR(pg_catalog.=) 5;
CALL archive.refresh();
SELECT score FROM archive.search('بيروت') \g /dev/null
SELECT score FROM archive.related(4) \g /dev/null
SELECT topic FROM archive.topics('2000-01-01'::pg_catalog.date, '2100-01-01'::pg_catalog.date) \g /dev/null
SELECT state FROM archive.progress \g /dev/null
RESET search_path;
SELECT pg_temp.is(array_agg(story ORDER BY article) = '{1,2,4,4,11}', 'load(), refresh() and the trigger meet none of them') FROM archive.story;
SELECT pg_temp.is(count(*) = 0, 'every function of an archive has its search_path, but for procedures that commit')
FROM pg_proc WHERE pronamespace = 'archive'::regnamespace AND prokind = 'f' AND proconfig IS DISTINCT FROM '{"search_path=pg_catalog, pg_temp"}';
-- which leave the caller's as it was
DO $$
BEGIN
	SET search_path = public, site;
	CALL archive.compare();
	CALL archive.refresh();
	CALL archive.load();
	PERFORM pg_temp.is(true, '') WHERE current_setting('search_path') <> 'public, site';
	IF FOUND THEN RAISE 'search_path is %', current_setting('search_path'); END IF;
END $$;
RESET search_path;
SET client_min_messages = error;
DROP SCHEMA snare CASCADE;
SET client_min_messages = warning;
DROP SCHEMA archive CASCADE;
DROP SCHEMA site CASCADE;

-- ---- cleaning up -----------------------------------------------------------------------

RESET ALL;
DROP OWNED BY news_ar_reader, news_ar_writer, news_ar_owner CASCADE;
DROP ROLE news_ar_reader, news_ar_writer, news_ar_owner;
