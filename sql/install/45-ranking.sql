-- ---- queries and ranking ------------------------------------------------------

CREATE FUNCTION ar_query(config regconfig, words text) RETURNS tsquery
AS 'MODULE_PATHNAME', 'ar_query'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION ar_query(regconfig, text) IS
'query of a user''s words under a text-search configuration: all words; words in quotation marks a phrase; OR or its Arabic word alternatives; -word excludes';

CREATE FUNCTION ar_query(words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ar_query('arabic_news'::regconfig, $1);
COMMENT ON FUNCTION ar_query(text) IS 'the same under the configuration arabic_news';

-- no literal holds a backslash, chr(92): standard_conforming_strings may be off
CREATE FUNCTION ar_query_any(text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT string_agg('''' || replace(replace(lexeme, chr(92), repeat(chr(92), 2)), '''', '''''') || '''', ' | ')::tsquery
	FROM unnest(to_tsvector('arabic_news'::regconfig, $1)));
COMMENT ON FUNCTION ar_query_any(text) IS
'query for any of the words of a text, to be ranked by ar_bm25(); NULL when all are stop words';

CREATE TYPE ar_bm25_query AS (terms text[], weights real[], average_length float8);
COMMENT ON TYPE ar_bm25_query IS 'terms of a query with their weights by term statistics; made by ar_bm25_query()';

CREATE FUNCTION ar_bm25_refresh(stats text, source regclass, vector_column name) RETURNS bigint
LANGUAGE plpgsql VOLATILE STRICT
AS $$
DECLARE
	name pg_catalog.text[] := pg_catalog.parse_ident(stats);
	target pg_catalog.text;
	query pg_catalog.text := pg_catalog.format('SELECT %I FROM %s', vector_column, source);
	documents bigint;
BEGIN
	-- names are the caller's, found by his search_path; all else is pg_catalog's
	SELECT pg_catalog.string_agg(pg_catalog.quote_ident(part), '.' ORDER BY n) INTO target
	FROM pg_catalog.unnest(name) WITH ORDINALITY AS p(part, n);
	BEGIN
		EXECUTE pg_catalog.format('CREATE TABLE IF NOT EXISTS %s (term pg_catalog.text PRIMARY KEY, documents bigint NOT NULL, occurrences bigint NOT NULL)', target);
	EXCEPTION WHEN unique_violation OR duplicate_table THEN
		NULL; -- another session was making it
	END;
	-- one refresh at a time; who reads the old statistics may go on
	EXECUTE pg_catalog.format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', target);
	EXECUTE pg_catalog.format('DELETE FROM %s', target);
	EXECUTE pg_catalog.format('INSERT INTO %s SELECT word, ndoc, nentry FROM pg_catalog.ts_stat(%L)', target, query);
	-- the empty term: all documents, all occurrences
	EXECUTE pg_catalog.format('INSERT INTO %1$s SELECT '''', (SELECT pg_catalog.count(*) FROM %2$s WHERE %3$I IS NOT NULL), coalesce(pg_catalog.sum(occurrences), 0) FROM %1$s',
		target, source, vector_column);
	EXECUTE pg_catalog.format('SELECT documents FROM %s WHERE term OPERATOR(pg_catalog.=) ''''', target) INTO documents;
	RETURN documents;
END $$;
COMMENT ON FUNCTION ar_bm25_refresh(text, regclass, name) IS
'build or rebuild the table of term statistics of a tsvector column; gives the number of documents';

CREATE FUNCTION ar_bm25_query(stats regclass, query tsquery) RETURNS ar_bm25_query
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	result record;
BEGIN
	-- the terms of a query without what it excludes
	EXECUTE pg_catalog.format($q$
		WITH total AS (SELECT documents AS n, occurrences AS len FROM %1$s WHERE term = ''),
		wanted AS (SELECT DISTINCT lexeme FROM pg_catalog.unnest($1) AS w(lexeme))
		SELECT coalesce(pg_catalog.array_agg(w.lexeme ORDER BY w.lexeme), '{}') AS terms,
			coalesce(pg_catalog.array_agg(pg_catalog.ln(1 + (total.n - coalesce(s.documents, 0) + 0.5) / (coalesce(s.documents, 0) + 0.5))::real ORDER BY w.lexeme), '{}') AS weights,
			coalesce(pg_catalog.max(total.len::float8 / nullif(total.n, 0)), 1) AS average_length
		FROM total CROSS JOIN wanted w LEFT JOIN %1$s s ON s.term = w.lexeme$q$, stats)
	INTO result
	USING ARRAY(SELECT pg_catalog.replace(pg_catalog.replace(m[1], '''''', ''''), pg_catalog.repeat(pg_catalog.chr(92), 2), pg_catalog.chr(92))
		FROM pg_catalog.regexp_matches(pg_catalog.querytree(query), '''((?:[^'']|'''')*)''', 'g') AS m);
	RETURN result;
END $$;
COMMENT ON FUNCTION ar_bm25_query(regclass, tsquery) IS
'terms of a query with their weights (inverse document frequency) from a table made by ar_bm25_refresh()';

CREATE FUNCTION ar_bm25_score(document tsvector, terms text[], weights real[], average_length float8, k1 float8, b float8)
RETURNS float8
AS 'MODULE_PATHNAME', 'ar_bm25_score'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION ar_bm25_score(tsvector, text[], real[], float8, float8, float8) IS
'BM25 of a document for weighted terms';

CREATE FUNCTION ar_bm25(document tsvector, query ar_bm25_query, k1 float8 DEFAULT 1.2, b float8 DEFAULT 0.75)
RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ar_bm25_score(document, (query).terms, (query).weights, (query).average_length, k1, b);
COMMENT ON FUNCTION ar_bm25(tsvector, ar_bm25_query, float8, float8) IS
'BM25 of a document for a query made by ar_bm25_query(); higher is better, 0 = no term in common';

CREATE FUNCTION ar_distance(text, text) RETURNS int
AS 'MODULE_PATHNAME', 'ar_distance'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION ar_distance(text, text) IS
'edit distance of two words: letters inserted, dropped, changed or swapped; NULL beyond 64 characters';

CREATE FUNCTION ar_suggest(stats regclass, word text, count int DEFAULT 3)
RETURNS TABLE (term text, documents bigint, distance int)
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	stem text;
	own regproc[];
BEGIN
	-- the extension's schema is not known here, its functions are
	SELECT array_agg(p.oid::regproc ORDER BY p.proname) INTO own
	FROM pg_proc p JOIN pg_depend x ON x.classid = 'pg_proc'::regclass AND x.objid = p.oid
		JOIN pg_extension e ON x.refclassid = 'pg_extension'::regclass AND x.refobjid = e.oid
	WHERE p.proname IN ('ar_distance', 'ar_stem') AND x.deptype = 'e' AND e.extname = 'news_ar';
	EXECUTE format('SELECT %s($1)', own[2]) INTO stem USING word;
	RETURN QUERY EXECUTE format($q$
		SELECT s.term, s.documents, d.distance
		FROM %1$s s, LATERAL (SELECT %2$s($1, s.term)) AS d(distance)
		WHERE s.term <> '' AND abs(char_length(s.term) - char_length($1)) <= 2
			AND d.distance <= CASE WHEN char_length($1) < 5 THEN 1 ELSE 2 END
		ORDER BY d.distance, s.documents DESC, s.term LIMIT $2$q$, stats, own[1])
	USING stem, count;
END $$;
COMMENT ON FUNCTION ar_suggest(regclass, text, int) IS
'did you mean: terms of the statistics close to a word, nearest and most frequent first';
