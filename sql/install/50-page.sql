-- ---- pages ------------------------------------------------------------------

CREATE FUNCTION ar_page_blocks(text,
	OUT line int, OUT kind text, OUT start int, OUT length int, OUT content text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'ar_page_blocks'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20 ROWS 40;
COMMENT ON FUNCTION ar_page_blocks(text) IS
'what each line of a copied page is; every line that is not blank, line counted from 1 with the blank ones; kind: title_tag, date, headline, headline_repeat, kicker, byline, caption, credit, lead, body, subhead, pull_quote, source, share, related, nav; start: 1-based character, length: characters of the whole line; an article of one paragraph and a text without any page furniture are body';

CREATE FUNCTION ar_page(text,
	OUT headline text, OUT kicker text, OUT byline text, OUT author text, OUT dateline text,
	OUT published date, OUT page_date date, OUT lead text, OUT body text, OUT subheads text[],
	OUT captions text[], OUT credits text[], OUT agencies text[], OUT sources text[])
RETURNS record
AS 'MODULE_PATHNAME', 'ar_page'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION ar_page(text) IS
'the article inside a copied page; published: the article''s own date, page_date: a date that only says when the page was seen; lead: first paragraph, body: the other paragraphs, an empty line between them; agencies and credits: canonical English names (AFP, Reuters, Getty) where known; what the page does not have is NULL or {}';
