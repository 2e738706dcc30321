-- news_ar_report.sql
--		One HTML file about an archive made by news_ar_archive_create(): an article with
--		its names and dates marked, timeline, bars, who is named with whom, stories.
--		The file asks nothing of the network and holds no script.
--
--	psql -v archive=archive -f "$(pg_config --sharedir)/extension/news_ar_report.sql" -o report.html
--
-- Variables: archive (schema), article (id of the article shown; else the one with
-- most names in the largest story), title, template (file; its marks {{name}} are
-- replaced by the parts below, which are HTML already: everything that comes from
-- pages goes through html()).
\set QUIET on
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
\if :{?archive} \else \set archive archive \endif
\if :{?article} \else \set article '' \endif
\if :{?title} \else \set title 'أرشيف الأخبار' \endif
\if :{?template} \else \set template `pg_config --sharedir` /extension/news_ar_report.html \endif
\set page `cat :'template'`
BEGIN;
SET LOCAL client_min_messages = warning;
-- literals below hold backslashes that are backslashes
SET LOCAL standard_conforming_strings = on;
-- what the caller asks for and is not there is an error: psql goes on after a failed `cat`
CREATE FUNCTION pg_temp.demand(good boolean, complaint text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF good IS NOT TRUE THEN
		RAISE EXCEPTION '%', complaint USING ERRCODE = 'invalid_parameter_value';
	END IF;
END $$;
SELECT pg_temp.demand(:'page' ~ '\S', format('template %s cannot be read or is empty', :'template')) \g /dev/null
SELECT quote_ident(n.nspname) AS ext FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'news_ar' \gset

-- text for content and attributes: no markup, no controls, nothing that turns the page round
CREATE FUNCTION pg_temp.html(t text) RETURNS text LANGUAGE sql AS $$
	SELECT replace(replace(replace(replace(replace(
		regexp_replace(t, '[\u0001-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]', '', 'g'),
		'&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;')
$$;
-- at most n characters
CREATE FUNCTION pg_temp.short(t text, n int) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN char_length(s) > n THEN rtrim(left(s, n - 1)) || '…' ELSE s END
	FROM (SELECT btrim(regexp_replace(t, '\s+', ' ', 'g')) AS s) x
$$;
CREATE FUNCTION pg_temp.host(url text) RETURNS text LANGUAGE sql AS $$
	SELECT substring(url FROM '^https?://([A-Za-z0-9.-]{1,100})')
$$;
CREATE FUNCTION pg_temp.day(d date) RETURNS text LANGUAGE sql AS $$
	SELECT '<bdi dir="ltr">' || to_char(d, 'YYYY-MM-DD') || '</bdi>'
$$;
-- a number in at most four characters
CREATE FUNCTION pg_temp.brief(n bigint) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN n < 1000 THEN n::text WHEN n < 9950 THEN round(n / 1000.0, 1) || 'k' WHEN n < 999500 THEN round(n / 1000.0) || 'k' ELSE round(n / 1e6) || 'M' END
$$;
-- one of a row of items, each with a direction of its own
CREATE FUNCTION pg_temp.item(t text) RETURNS text LANGUAGE sql AS $$ SELECT '<bdi>' || pg_temp.html(t) || '</bdi>' $$;
-- horizontal bars, names on the right
CREATE FUNCTION pg_temp.bars(what text, names text[], n bigint[]) RETURNS text LANGUAGE sql AS $$
	SELECT format('<svg viewBox="0 0 360 %s" role="img" aria-label="%s">', 26 * count(*) + 4, pg_temp.html(what)) ||
		string_agg(format('<text x="356" y="%s">%s</text><rect x="%s" y="%s" width="%s" height="16" rx="2"/><text class="n" x="%s" y="%s" text-anchor="end">%s</text>',
			26 * k - 8, pg_temp.html(pg_temp.short(name, 18)), 215 - w, 26 * k - 20, w, 211 - w, 26 * k - 8, v), '' ORDER BY k) || '</svg>'
	FROM (SELECT k, name, v, greatest(2, round(175.0 * v / max(v) OVER ())) AS w
		FROM unnest(names, n) WITH ORDINALITY AS u(name, v, k)) b
	HAVING count(*) > 0
$$;
-- upright bars over time, the first on the right; of bins without a value nothing is drawn
CREATE FUNCTION pg_temp.columns(what text, label text, starts date[], n bigint[], high bigint, unit text, pale boolean) RETURNS text LANGUAGE sql AS $$
	SELECT format('<svg viewBox="0 0 360 %s" role="img" aria-label="%s">', CASE WHEN label IS NULL THEN 120 ELSE 86 END, pg_temp.html(what)) ||
		CASE WHEN label IS NULL THEN '' ELSE format('<text x="356" y="14">%s</text>', pg_temp.html(pg_temp.short(label, 30))) END ||
		format('<line x1="6" x2="354" y1="%1$s" y2="%1$s"/>', base) ||
		coalesce(string_agg(format('<rect%s x="%s" y="%s" width="%s" height="%s"/>', CASE WHEN pale THEN ' class="pale"' ELSE '' END,
			round(354 - 348.0 * k / bins + 348.0 * 0.12 / bins, 1), base - h, round(348.0 * 0.76 / bins, 1), h), '' ORDER BY k) FILTER (WHERE v > 0), '') ||
		string_agg(format('<text class="n" x="%s" y="%s" text-anchor="middle">%s</text>', least(334, greatest(26, round(354 - 348.0 * (k - 0.5) / bins))), base + 15,
			to_char(d, CASE unit WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY' END)), '' ORDER BY k)
			FILTER (WHERE (k - 1) % ceil(bins / 4.0)::int = 0) ||
		-- the height of the highest
		format('<text class="n" x="6" y="%s" text-anchor="start">%s</text>', CASE WHEN label IS NULL THEN 12 ELSE 14 END, max(v)) || '</svg>'
	FROM (SELECT k, d, v, count(*) OVER () AS bins, CASE WHEN label IS NULL THEN 100 ELSE 66 END AS base,
			CASE WHEN v > 0 THEN greatest(1, round((CASE WHEN label IS NULL THEN 82 ELSE 44 END) * v::numeric / greatest(high, 1))) END AS h
		FROM unnest(starts, n) WITH ORDINALITY AS u(d, v, k)) b
	GROUP BY base HAVING count(*) > 0
$$;
-- equal steps over a range of days: days, months or years, at most about forty
CREATE FUNCTION pg_temp.bins(a date, b date) RETURNS TABLE (unit text, starts date, ends date) LANGUAGE sql AS $$
	SELECT u.unit, s::date, (s + u.step)::date
	FROM (SELECT CASE WHEN b - a <= 45 THEN 'day' WHEN b - a <= 45 * 30 THEN 'month' ELSE 'year' END AS unit,
			CASE WHEN b - a <= 45 THEN interval '1 day' WHEN b - a <= 45 * 30 THEN interval '1 month'
				ELSE interval '1 year' * ceil((b - a) / 365.0 / 40) END AS step) u,
		generate_series(date_trunc(u.unit, a::timestamp), b::timestamp, u.step) s
$$;

CREATE TEMP TABLE part (name text PRIMARY KEY, html text) ON COMMIT DROP;
INSERT INTO part VALUES ('title', pg_temp.html(:'title'));

-- the days of nearly all articles: a few misread or very old dates must not stretch the charts
CREATE TEMP TABLE span ON COMMIT DROP AS
SELECT percentile_disc(0.01) WITHIN GROUP (ORDER BY written) AS a, percentile_disc(0.99) WITHIN GROUP (ORDER BY written) AS b FROM :"archive".article;

INSERT INTO part
SELECT 'numbers', string_agg(format('<li><b>%s</b> %s</li>', n, what), '' ORDER BY k)
FROM (VALUES (1, (SELECT count(*) FROM :"archive".article), 'مقالات'), (2, (SELECT count(DISTINCT entity) FROM :"archive".mention), 'أسماء'),
	(3, (SELECT coalesce(sum(cardinality(start)), 0) FROM :"archive".mention), 'مواضع ذكر'), (4, (SELECT count(*) FROM :"archive".event_date), 'تواريخ'),
	(5, (SELECT count(*) FROM :"archive".quote), 'اقتباسات'), (6, (SELECT count(*) FROM :"archive".story_cluster), 'أخبار مكررة')) v(k, n, what);
INSERT INTO part
SELECT 'range', coalesce('معظمها من ' || pg_temp.day(a) || ' إلى ' || pg_temp.day(b), '') FROM span;

-- ---- one article ----
CREATE TEMP TABLE shown ON COMMIT DROP AS
SELECT a.* FROM :"archive".article a
LEFT JOIN (SELECT article, count(DISTINCT entity) AS names FROM :"archive".mention GROUP BY article) m ON m.article = a.id
WHERE :'article' = '' OR a.id::text = :'article'
-- of readable length, with many names
ORDER BY a.headline IS NOT NULL AND a.characters BETWEEN 500 AND 4000 DESC, coalesce(m.names, 0) DESC, a.id LIMIT 1;
SELECT pg_temp.demand(:'article' = '' OR EXISTS (SELECT FROM shown), format('archive %s has no article %s', :'archive', :'article')) \g /dev/null
INSERT INTO part
SELECT 'article', format('<h3>%s</h3><p class="soft">%s</p><div class="legend"><span class="ar-person">شخص</span><span class="ar-place">مكان</span><span class="ar-organization">هيئة</span><span class="ar-nationality">نسبة</span><span class="ar-other">غير ذلك</span><span class="ar-date">تاريخ</span></div>%s',
	pg_temp.html(coalesce(headline, '')),
	concat_ws(' · ', pg_temp.day(written), pg_temp.item(author), pg_temp.item(nullif(array_to_string(agencies, '، '), '')), pg_temp.item(pg_temp.host(url))),
	-- the headline stands above already
	:ext.ar_highlight(CASE WHEN headline <> '' AND starts_with(content, headline) THEN substr(content, char_length(headline) + 1) ELSE content END, written))
FROM shown;

-- ---- charts ----
INSERT INTO part
SELECT 'timeline', (SELECT pg_temp.columns('عدد المقالات التي تذكر اليوم', NULL, array_agg(starts ORDER BY starts), array_agg(n ORDER BY starts), max(n), min(unit), false)
	FROM (SELECT b.unit, b.starts, coalesce(sum(t.articles), 0)::bigint AS n
		FROM (SELECT min(day) AS a, max(day) AS b
				FROM (SELECT day, sum(articles) OVER (ORDER BY day) AS upto, articles, sum(articles) OVER () AS total FROM :"archive".timeline) c
				WHERE upto >= 0.02 * total AND upto - articles <= 0.98 * total) r,
			LATERAL pg_temp.bins(r.a, r.b) b LEFT JOIN :"archive".timeline t ON t.day >= b.starts AND t.day < b.ends
		GROUP BY b.unit, b.starts) x);
CREATE TEMP TABLE top ON COMMIT DROP AS
SELECT *, row_number() OVER (ORDER BY articles DESC, mentions DESC, entity) AS k
FROM :"archive".entity WHERE kind IN ('person', 'organization', 'place') ORDER BY articles DESC, mentions DESC, entity LIMIT 10;
INSERT INTO part
SELECT 'trend', string_agg(svg, '' ORDER BY k)
FROM (SELECT t.k, pg_temp.columns(min(t.name), min(t.name), array_agg(b.starts ORDER BY b.starts), array_agg(c.n ORDER BY b.starts), max(max(c.n)) OVER (), min(b.unit), true) AS svg
	FROM top t, span r, LATERAL pg_temp.bins(r.a, r.b) b,
		LATERAL (SELECT coalesce(sum(d.articles), 0)::bigint AS n FROM :"archive".trend d
			WHERE d.entity = t.entity AND d.kind = t.kind AND d.day >= b.starts AND d.day < b.ends) c
	WHERE t.k <= 4 GROUP BY t.k) x;
INSERT INTO part
SELECT p.part, (SELECT pg_temp.bars(p.what, array_agg(name ORDER BY articles DESC, mentions DESC, entity), array_agg(articles ORDER BY articles DESC, mentions DESC, entity))
	FROM (SELECT * FROM :"archive".entity e WHERE e.kind = p.kind AND (p.kind <> 'place' OR e.entity !~ '^[A-Z]{2}$')
		ORDER BY articles DESC, mentions DESC, entity LIMIT 10) e)
FROM (VALUES ('persons', 'person', 'أشخاص'), ('organizations', 'organization', 'هيئات'), ('places', 'place', 'أماكن')) p(part, kind, what);
INSERT INTO part
SELECT 'countries', pg_temp.bars('دول', array_agg(coalesce(name, country) ORDER BY articles DESC, country), array_agg(articles ORDER BY articles DESC, country))
FROM (SELECT * FROM :"archive".country_count ORDER BY articles DESC, country LIMIT 10) c;
-- who with whom: a matrix, the names numbered
INSERT INTO part
SELECT 'together', format('<svg viewBox="0 0 360 %s" role="img" aria-label="من يُذكر مع من">', 26 * (n + 1) + 4) ||
	(SELECT string_agg(format('<text x="356" y="%s">%s. %s</text><text class="n" x="%s" y="16" text-anchor="middle">%s</text>',
		26 * k + 18, k, pg_temp.html(pg_temp.short(name, 13)), 232 - 22 * (k - 1) - 11, k), '' ORDER BY k) FROM top) ||
	coalesce((SELECT string_agg(format('<rect x="%s" y="%s" width="20" height="22" rx="2" fill-opacity="%s"/><text class="n c%s" x="%s" y="%s" text-anchor="middle">%s</text>',
		232 - 22 * col + 1, 26 * r + 2, round(0.12 + 0.88 * articles / high, 2), CASE WHEN articles > 0.45 * high THEN ' on' ELSE '' END,
		232 - 22 * col + 11, 26 * r + 17, pg_temp.brief(articles)), '' ORDER BY r, col)
		FROM (SELECT x.k AS r, y.k AS col, count(*) AS articles, max(count(*)) OVER () AS high
			FROM :"archive".mention a JOIN top x ON x.entity = a.entity AND x.kind = a.kind
				JOIN :"archive".mention b ON b.article = a.article JOIN top y ON y.entity = b.entity AND y.kind = b.kind AND y.k <> x.k
			GROUP BY x.k, y.k) c), '') || '</svg>'
FROM (SELECT count(*) AS n FROM top) t WHERE n > 0;

-- ---- lists ----
INSERT INTO part
SELECT 'stories', '<ul class="plain">' || string_agg(format('<li><span class="tag">%s</span><b>%s</b><p class="soft">%s</p></li>', size,
		pg_temp.html(pg_temp.short(coalesce(headline, (SELECT content FROM :"archive".article WHERE id = story)), 110)),
		concat_ws(' · ', CASE WHEN first_day = last_day THEN pg_temp.day(first_day) ELSE pg_temp.day(first_day) || ' – ' || pg_temp.day(last_day) END, pg_temp.item(hosts))),
		'' ORDER BY size DESC, first_day, story) || '</ul>'
FROM (SELECT s.*, (SELECT string_agg(DISTINCT pg_temp.host(a.url), '، ') FROM :"archive".article a WHERE a.id = ANY (s.articles[1:20])) AS hosts
	FROM :"archive".story_cluster s ORDER BY size DESC, first_day, story LIMIT 10) s;
INSERT INTO part
SELECT 'quoted', '<ul class="plain">' || string_agg(format('<li><span class="tag">%s</span><b>%s</b><blockquote>%s</blockquote></li>', quotes,
		pg_temp.html(pg_temp.short(speaker, 60)), pg_temp.html(pg_temp.short(said, 180))), '' ORDER BY quotes DESC, articles DESC, who) || '</ul>'
FROM (SELECT m.*, (SELECT q.quote FROM :"archive".quote q JOIN :"archive".article a ON a.id = q.article WHERE left(coalesce(q.speaker_id, q.speaker), 200) = left(m.who, 200) AND coalesce(q.speaker_id, q.speaker) = m.who
		ORDER BY q.direct DESC, a.written DESC NULLS LAST, q.article, q.start LIMIT 1) AS said
	FROM :"archive".most_quoted m ORDER BY quotes DESC, articles DESC, who LIMIT 8) m;
INSERT INTO part SELECT 'footer', pg_temp.html('news_ar ' || :ext.news_ar_version());

-- every mark is replaced once: what a part holds is not looked at again
SELECT string_agg(piece || coalesce((SELECT coalesce(p.html, '<p class="soft">لا شيء</p>') FROM part p WHERE p.name = m[1]), ''), '' ORDER BY pieces.k)
FROM regexp_split_to_table(:'page', '\{\{[a-z_]+\}\}') WITH ORDINALITY AS pieces(piece, k)
LEFT JOIN regexp_matches(:'page', '\{\{([a-z_]+)\}\}', 'g') WITH ORDINALITY AS marks(m, k) ON marks.k = pieces.k;
ROLLBACK;
