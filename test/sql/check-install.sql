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
