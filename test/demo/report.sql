-- report.sql
--		Shows the articles in a terminal.  Arabic stands between :rli and :pdi, so
--		that a terminal that knows right-to-left text keeps each value together.
\set ON_ERROR_STOP on
\pset footer off
SET client_min_messages = warning;
SET timezone = 'UTC';

SELECT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'arabic_news') AS has_search,
	   CASE WHEN EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'arabic_news')
			THEN 'arabic_news' ELSE 'simple' END AS config
\gset

-- one value as seen in the terminal; line breaks stay inside their own isolate
CREATE FUNCTION pg_temp.seen(value text, rli text, pdi text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(rli || line || pdi, E'\n                ' ORDER BY n)
	FROM regexp_split_to_table(value, '\s*\n\s*') WITH ORDINALITY t(line, n)
	WHERE line <> ''
$$;
CREATE FUNCTION pg_temp.field(name text, value text, rli text, pdi text) RETURNS text LANGUAGE sql AS $$
	SELECT rpad('  ' || name, 16) || pg_temp.seen(value, rli, pdi)
$$;
CREATE FUNCTION pg_temp.few(value text, lines int, everything bool) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN everything OR count(*) <= lines THEN value
		   ELSE string_agg(line, E'\n' ORDER BY n) FILTER (WHERE n <= lines)
				|| format(E'\n… %s more', count(*) - lines) END
	FROM (SELECT line, row_number() OVER () AS n
		  FROM regexp_split_to_table(value, '\s*\n\s*') line WHERE line <> '') t
$$;

CREATE TEMP TABLE shown AS
	SELECT * FROM articles ORDER BY id LIMIT CASE WHEN :'full'::bool THEN NULL ELSE 12 END;
CREATE TEMP TABLE line (id int, section int, n bigint, txt text);

INSERT INTO line
SELECT id, 0, 0, E'\n' || :'bold' || id || '  ' || file || :'plain'
FROM shown a;

INSERT INTO line
SELECT id, 1, n, pg_temp.field(name, value, CASE WHEN name IN ('published', 'page date') THEN '' ELSE :'rli' END,
							   CASE WHEN name IN ('published', 'page date') THEN '' ELSE :'pdi' END)
FROM shown a, LATERAL (VALUES
	(1, 'published', published::text),
	(2, 'page date', page_date::text),
	(3, 'kicker', kicker),
	(4, 'headline', headline),
	(5, 'author', author),
	(6, 'byline', byline),
	(7, 'dateline', dateline),
	(8, 'agencies', array_to_string(agencies, ', ')),
	(9, 'lead', lead),
	(10, 'body', pg_temp.few(body, 3, :'full')),
	(11, 'subheads', array_to_string(subheads, E'\n')),
	(12, 'captions', array_to_string(captions, E'\n')),
	(13, 'credits', array_to_string(credits, ', ')),
	(14, 'sources', array_to_string(sources, ', '))) f(n, name, value)
WHERE value <> '';

INSERT INTO line
SELECT id, 2, n, CASE WHEN n = 1 THEN '  dates         ' ELSE repeat(' ', 16) END
	|| format('%s%s%s  %s', :'rli', surface, :'pdi',
			  coalesce(CASE WHEN lower(during) IS NULL THEN during::text
						WHEN upper(during) - lower(during) = 1 THEN lower(during)::text
						ELSE lower(during) || ' to ' || upper(during) - 1 END, timex))
FROM (SELECT a.id, d.*, row_number() OVER (PARTITION BY a.id ORDER BY d.start) AS n
	  FROM shown a, ar_dates(content, written) d) t
WHERE n <= 12 OR :'full'::bool;

INSERT INTO line
SELECT id, 3, 0, '  countries     ' || array_to_string(countries, ' ')
FROM shown a WHERE cardinality(countries) > 0;

INSERT INTO line
SELECT id, 4, CASE kind WHEN 'person' THEN 1 WHEN 'organization' THEN 2 WHEN 'place' THEN 3
						WHEN 'nationality' THEN 4 ELSE 5 END,
	rpad('  ' || kind, 16) || string_agg(
		:'rli' || surface || :'pdi'
		|| coalesce(' [' || nullif(concat_ws(' ', entity, nullif(country, entity)), '') || ']', '')
		|| CASE WHEN times > 1 THEN ' ×' || times ELSE '' END, E'\n                ' ORDER BY first)
FROM (SELECT id, kind, min(surface) AS surface, entity, min(country) AS country,
			 sum(times) AS times, min(first) AS first,
			 row_number() OVER (PARTITION BY id, kind ORDER BY min(first)) AS k
	  FROM (SELECT a.id, e.kind, (array_agg(e.surface ORDER BY length(e.surface) DESC, e.start))[1] AS surface,
				   e.id AS entity, min(e.country) AS country, count(*) AS times, min(e.start) AS first
			FROM shown a, ar_entities(a.content) e
			GROUP BY a.id, e.kind, e.id, CASE WHEN e.id IS NULL THEN ar_normalize(e.surface) END) s
	  GROUP BY id, kind, entity, CASE WHEN entity IS NULL THEN surface END) t
WHERE k <= 8 OR :'full'::bool
GROUP BY id, kind;

INSERT INTO line
SELECT id, 5, n, CASE WHEN n = 1 THEN '  quotes        ' ELSE repeat(' ', 16) END
	|| format('%s%s: %s%s', :'rli', coalesce(speaker, '؟'), quote, :'pdi')
FROM (SELECT a.id, q.*, row_number() OVER (PARTITION BY a.id ORDER BY q.start) AS n
	  FROM shown a, ar_quotes(content) q) t
WHERE n <= 4 OR :'full'::bool;

SELECT txt FROM line ORDER BY id, section, n;
SELECT format(E'\n… and %s more articles (--full shows them)', count(*))
FROM articles WHERE id NOT IN (SELECT id FROM shown) HAVING count(*) > 0;

-- ---- across the articles ----

SELECT E'\n' || :'bold' || 'Countries by number of articles' || :'plain';
SELECT format('  %s  %s', country, string_agg(n::text, ''))
FROM (SELECT country, count(*) AS n FROM articles, unnest(countries) country
	  GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10) t
GROUP BY country, n ORDER BY n DESC, country;

-- what to look for: the caller's words, else what most articles name
CREATE TEMP TABLE wanted (words text);
INSERT INTO wanted SELECT :'search' WHERE :'search' <> '';
INSERT INTO wanted
SELECT e.name FROM shown a, ar_entities(a.content) e
WHERE e.kind IN ('person', 'organization') AND e.name IS NOT NULL AND NOT EXISTS (SELECT FROM wanted)
GROUP BY e.name ORDER BY count(DISTINCT a.id) DESC, count(*) DESC, e.name LIMIT 1;
INSERT INTO wanted
SELECT word FROM ts_stat('SELECT words FROM articles')
WHERE length(word) > 3 AND NOT EXISTS (SELECT FROM wanted)
ORDER BY ndoc DESC, nentry DESC, word LIMIT 1;

SELECT E'\n' || :'bold' || 'Search' || :'plain' || '  ' || :'rli' || words || :'pdi' FROM wanted;
SELECT format(E'  %s  %s  %s\n              %s', round(rank::numeric, 3), id,
			  :'rli' || coalesce(ts_headline(:'config', headline, query,
				format('StartSel="%s", StopSel="%s", HighlightAll=true', start_mark, stop_mark)), file) || :'pdi',
			  :'rli' || regexp_replace(ts_headline(:'config', coalesce(lead || ' ', '') || coalesce(body, ''), query,
				format('StartSel="%s", StopSel="%s", MaxFragments=2, MaxWords=18, MinWords=8, FragmentDelimiter=" … "',
					   start_mark, stop_mark)), '\s+', ' ', 'g') || :'pdi')
FROM (SELECT articles.*, query, ts_rank_cd(articles.words, query) AS rank,
			 CASE WHEN :'mark' = '' THEN '«' ELSE :'mark' END AS start_mark,
			 CASE WHEN :'mark' = '' THEN '»' ELSE :'unmark' END AS stop_mark
	  FROM wanted, websearch_to_tsquery(:'config', CASE WHEN :'has_search'::bool THEN wanted.words
														ELSE ar_normalize(wanted.words) END) query, articles
	  WHERE articles.words @@ query
	  ORDER BY rank DESC, id LIMIT 5) t
ORDER BY rank DESC, id;

SELECT E'\n' || :'bold' || 'Near duplicates' || :'plain' ||
	   CASE WHEN count(*) = 0 THEN '  none' ELSE string_agg(pair, '' ORDER BY similarity DESC) END
FROM (SELECT format(E'\n  %s  %s and %s', round(similarity::numeric, 2), a, b) AS pair, similarity
	  FROM (SELECT a.id AS a, b.id AS b, ar_similarity(a.content, b.content) AS similarity
			FROM articles a JOIN articles b ON a.fingerprint && b.fingerprint AND a.id < b.id) t
	  WHERE similarity >= 0.5 ORDER BY similarity DESC LIMIT 10) t;
