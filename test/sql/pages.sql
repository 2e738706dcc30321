-- pages.sql
--		Tables page (name, page) and want (name, n, key, value) are filled by
--		test/run-all; key is a field of ar_page() or the number of a line.
CREATE EXTENSION IF NOT EXISTS news_ar;
CREATE TEMP TABLE got AS
	SELECT name, f.key, f.value
	FROM page, ar_page(page) p, LATERAL (VALUES
		('headline', p.headline), ('author', p.author), ('published', p.published::text),
		('page_date', p.page_date::text), ('kicker', p.kicker), ('byline', p.byline),
		('dateline', p.dateline), ('lead', p.lead), ('body', p.body),
		('agencies', array_to_string(p.agencies, '|')), ('credits', array_to_string(p.credits, '|')),
		('captions', array_to_string(p.captions, '|')), ('subheads', array_to_string(p.subheads, '|')),
		('sources', array_to_string(p.sources, '|'))) f(key, value)
	UNION ALL
	SELECT name, line::text, kind FROM page, ar_page_blocks(page);
SELECT CASE WHEN coalesce(got.value, '') = coalesce(want.value, '') THEN 'ok' ELSE 'not ok' END
	|| format(' page %s %s', name, key)
	|| CASE WHEN coalesce(got.value, '') = coalesce(want.value, '') THEN ''
			ELSE format(' is %L, expected %L', got.value, want.value) END
FROM want LEFT JOIN got USING (name, key) ORDER BY name, n;
-- no block beyond the expected ones, and every page has its expectation
SELECT format('not ok page %s line %s is extra', name, key)
FROM got WHERE key ~ '^\d+$' AND NOT EXISTS (SELECT FROM want WHERE want.name = got.name AND want.key = got.key);
SELECT format('not ok page %s has no expectation', name) FROM page WHERE name NOT IN (SELECT name FROM want);
