-- An ordinary user installs the extension (it is trusted) into a schema of his own,
-- while another schema in front of the path holds traps.
CREATE ROLE news_ar_owner LOGIN;
SELECT format('GRANT CREATE ON DATABASE %I TO news_ar_owner', current_database()) \gexec
CREATE SCHEMA trap AUTHORIZATION news_ar_owner;
CREATE SCHEMA tools AUTHORIZATION news_ar_owner;
SET ROLE news_ar_owner;
CREATE FUNCTION trap.ar_normalize(text) RETURNS text LANGUAGE sql AS $$ SELECT 'trapped' $$;
CREATE FUNCTION trap.lower(text) RETURNS text LANGUAGE sql AS $$ SELECT 'trapped' $$;
SET search_path = trap, pg_catalog;
CREATE EXTENSION news_ar SCHEMA tools;
SELECT CASE WHEN tools.ar_normalize('أب') = 'اب' THEN 'ok' ELSE 'not ok' END || ' installed by an ordinary user into a schema of his own';
SELECT CASE WHEN tools.ar_countries('زار لبنان') OPERATOR(pg_catalog.=) ARRAY['LB'] THEN 'ok' ELSE 'not ok' END || ' works under a hostile search_path';
SELECT CASE WHEN to_tsvector('tools.arabic_news', 'مدارس') @@ to_tsquery('tools.arabic_news', 'مدرسة') THEN 'ok' ELSE 'not ok' END || ' configuration found in its schema';
-- every function is immutable or declared otherwise on purpose, and parallel safe
SELECT CASE WHEN count(*) = 0 THEN 'ok' ELSE 'not ok' END || ' functions that do not write are parallel safe, those that read a table of the caller''s restricted'
FROM pg_proc p WHERE p.pronamespace = 'tools'::regnamespace AND p.provolatile <> 'v'
	AND p.proparallel <> CASE WHEN p.provolatile = 's' THEN 'r' ELSE 's' END;
SELECT CASE WHEN count(*) = 0 THEN 'ok' ELSE 'not ok' END || ' SQL functions have comments'
FROM pg_proc p WHERE p.pronamespace = 'tools'::regnamespace AND p.prorettype <> 'internal'::regtype
	AND NOT ('internal'::regtype = ANY (p.proargtypes)) AND obj_description(p.oid, 'pg_proc') IS NULL;
-- README.md says of a function what is not as usual: the line of its name, or one of them
\set readme `cat :'top'/README.md`
CREATE TEMP VIEW fact AS
SELECT p.oid::regprocedure AS function, p.proname AS name, f.fact
FROM pg_proc p, LATERAL (VALUES (CASE p.provolatile WHEN 's' THEN 'STABLE' WHEN 'v' THEN 'VOLATILE' END),
	(CASE p.proparallel WHEN 'r' THEN 'PARALLEL RESTRICTED' WHEN 'u' THEN 'PARALLEL UNSAFE' END),
	(CASE WHEN NOT p.proisstrict THEN 'not STRICT' END)) f(fact)
WHERE p.pronamespace = 'tools'::regnamespace AND f.fact IS NOT NULL AND NOT ('internal'::regtype = ANY (p.proargtypes));
CREATE TEMP VIEW claim AS
SELECT n.name, f.fact
FROM pg_catalog.regexp_split_to_table(:'readme', E'\n') line, LATERAL (SELECT m[1] AS name FROM pg_catalog.regexp_matches(line, '`((?:ar|news_ar)_[a-z0-9_]+)[(]', 'g') m) n,
	LATERAL (SELECT m[1] AS fact FROM pg_catalog.regexp_matches(line, '(STABLE|VOLATILE|PARALLEL RESTRICTED|PARALLEL UNSAFE|not STRICT)', 'g') m) f
WHERE line LIKE '| %';
SELECT CASE WHEN EXISTS (SELECT FROM claim c WHERE c.name = f.name AND c.fact = f.fact) THEN 'ok' ELSE 'not ok' END || format(' README says that %s is %s', function, fact) FROM fact f;
SELECT CASE WHEN count(*) = 0 THEN 'ok' ELSE 'not ok ' || string_agg(name || ' ' || fact, ', ') END || ' README says nothing else'
FROM claim c WHERE NOT EXISTS (SELECT FROM fact f WHERE f.name = c.name AND f.fact = c.fact);
SELECT CASE WHEN :'readme' LIKE '%\`' || p.proname || '(%' ESCAPE '\' THEN 'ok' ELSE 'not ok' END || format(' README names %s', p.proname)
FROM (SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'tools'::regnamespace AND prorettype <> 'internal'::regtype AND NOT ('internal'::regtype = ANY (proargtypes))) p;
DROP VIEW claim, fact;
-- values of generated columns and indexes are the same after dump and restore order of creation
CREATE TABLE tools.a (t text, n text GENERATED ALWAYS AS (tools.ar_normalize(t)) STORED, c text[] GENERATED ALWAYS AS (tools.ar_countries(t)) STORED);
INSERT INTO tools.a VALUES ('زار لبنان');
CREATE INDEX ON tools.a USING gin (c);
CREATE INDEX ON tools.a (tools.ar_stem(t));
SELECT CASE WHEN n = 'زار لبنان' AND c = '{LB}' THEN 'ok' ELSE 'not ok' END || ' generated columns and expression indexes' FROM tools.a;
DROP EXTENSION news_ar CASCADE;
RESET ROLE;
DROP TABLE IF EXISTS tools.a;
DROP SCHEMA trap CASCADE;
DROP SCHEMA tools CASCADE;
SELECT format('REVOKE CREATE ON DATABASE %I FROM news_ar_owner', current_database()) \gexec
DROP ROLE news_ar_owner;

-- in a database of another encoding the error is the one that says so, whatever the server can convert
SELECT current_database() AS home, $$DO $do$
BEGIN
	CREATE EXTENSION news_ar;
	RAISE EXCEPTION 'no error';
EXCEPTION WHEN OTHERS THEN
	PERFORM set_config('check.state', SQLSTATE, false);
END $do$ $$ AS install \gset
CREATE DATABASE news_ar_check_1 TEMPLATE template0 LOCALE 'C' ENCODING 'EUC_JP';
CREATE DATABASE news_ar_check_2 TEMPLATE template0 LOCALE 'C' ENCODING 'MULE_INTERNAL';
CREATE DATABASE news_ar_check_3 TEMPLATE template0 LOCALE 'C' ENCODING 'LATIN1';
CREATE DATABASE news_ar_check_4 TEMPLATE template0 LOCALE 'C' ENCODING 'WIN1256';
SELECT $$SELECT CASE WHEN current_setting('check.state') = '0A000' THEN 'ok' ELSE 'not ok ' || current_setting('check.state') END || ' CREATE EXTENSION in ' || current_setting('server_encoding')$$ AS report \gset
\connect news_ar_check_1
:install; :report;
\connect news_ar_check_2
:install; :report;
\connect news_ar_check_3
:install; :report;
\connect news_ar_check_4
:install; :report;
\connect :home
DROP DATABASE news_ar_check_1;
DROP DATABASE news_ar_check_2;
DROP DATABASE news_ar_check_3;
DROP DATABASE news_ar_check_4;

-- literals are not written with backslashes: the old way of reading them is as good
SET standard_conforming_strings = off;
SET escape_string_warning = off;
SET backslash_quote = off;
CREATE EXTENSION news_ar;
CREATE TABLE doc (id int PRIMARY KEY, v tsvector);
INSERT INTO doc VALUES (1, to_tsvector('arabic_news', 'وزير الصحة')), (2, array_to_tsvector(ARRAY[chr(92), chr(39), chr(92) || chr(92) || chr(39)]));
SELECT ar_bm25_refresh('doc_terms', 'doc', 'v') \g /dev/null
SELECT CASE WHEN (ar_bm25_query('doc_terms', ar_query('وزير'))).terms = '{وزير}' AND ar_query_any('وزير') = 'وزير'::tsquery AND (SELECT count(*) FROM ar_suggest('doc_terms', 'وزرا')) > 0
	THEN 'ok' ELSE 'not ok' END || ' installed and used with standard_conforming_strings = off';
CREATE FUNCTION odd() RETURNS text[] LANGUAGE sql AS 'SELECT ARRAY[chr(39), chr(92), chr(92) || chr(92) || chr(39)] COLLATE "C"';
-- the query of odd lexemes, as tsquery's own output has it
SELECT string_agg(chr(39) || replace(replace(x, chr(92), chr(92) || chr(92)), chr(39), chr(39) || chr(39)) || chr(39), ' | ') AS odd FROM unnest(odd()) x \gset
SELECT CASE WHEN bool_and(terms = odd() AND round(weights[1]::numeric, 2) = 0.69) THEN 'ok' ELSE 'not ok' END || ' lexemes of quotes and backslashes, standard_conforming_strings = off' FROM ar_bm25_query('doc_terms', (:'odd')::tsquery);
SET standard_conforming_strings = on;
SELECT CASE WHEN bool_and(terms = odd() AND round(weights[1]::numeric, 2) = 0.69) THEN 'ok' ELSE 'not ok' END || ' and on' FROM ar_bm25_query('doc_terms', (:'odd')::tsquery);
RESET ALL;
DROP EXTENSION news_ar CASCADE;
