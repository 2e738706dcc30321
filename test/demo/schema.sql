-- schema.sql
--		The tables of the demo: pages as copied, articles as rows.  This is how a
--		table of one's own may look like; every generated column is a function of
--		news_ar on the article's text, every index stands on one of them.
\set ON_ERROR_STOP on
CREATE EXTENSION news_ar;

SELECT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'arabic_news') AS has_search
\gset

CREATE UNLOGGED TABLE pages (file text NOT NULL, page text NOT NULL);

CREATE TABLE articles (
	id			int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	file		text NOT NULL,
	page		text NOT NULL,	-- as it was copied
	headline	text,
	kicker		text,
	byline		text,
	author		text,
	dateline	text,
	published	date,
	page_date	date,
	lead		text,
	body		text,
	subheads	text[],
	captions	text[],
	credits		text[],
	agencies	text[],
	sources		text[],
	content		text NOT NULL,	-- headline, lead and body: what is searched and analysed
	written		date GENERATED ALWAYS AS (coalesce(published, page_date)) STORED,
	norm		text GENERATED ALWAYS AS (ar_normalize(content)) STORED
);
CREATE INDEX ON articles (written);

ALTER TABLE articles
	ADD countries	text[] GENERATED ALWAYS AS (ar_countries(content)) STORED,
	ADD entity_ids	text[] GENERATED ALWAYS AS (ar_entity_ids(content)) STORED;
CREATE INDEX ON articles USING gin (countries);
CREATE INDEX ON articles USING gin (entity_ids);

ALTER TABLE articles
	ADD fingerprint	int[] GENERATED ALWAYS AS (ar_fingerprint(content)) STORED;
CREATE INDEX ON articles USING gin (fingerprint);

\if :has_search
ALTER TABLE articles
	ADD words	tsvector GENERATED ALWAYS AS
		(setweight(to_tsvector('public.arabic_news', coalesce(headline, '')), 'A') ||
		 to_tsvector('public.arabic_news', content)) STORED;
\else
ALTER TABLE articles
	ADD words	tsvector GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple', ar_normalize(content))) STORED;
\endif
CREATE INDEX ON articles USING gin (words);

-- what is in pages becomes articles
CREATE FUNCTION load_pages() RETURNS void LANGUAGE sql AS $$
	INSERT INTO articles (file, page, headline, kicker, byline, author, dateline, published, page_date,
						  lead, body, subheads, captions, credits, agencies, sources, content)
	SELECT file, page, p.headline, p.kicker, p.byline, p.author, p.dateline, p.published::date, p.page_date,
		   p.lead, p.body, p.subheads, p.captions, p.credits, p.agencies, p.sources,
		   concat_ws(E'\n', p.headline, p.lead, p.body)
	FROM pages, ar_page(page) p;
	TRUNCATE pages;
$$;
