-- ---- text search ------------------------------------------------------------

CREATE FUNCTION ar_parser_start(internal, int4) RETURNS internal
AS 'MODULE_PATHNAME', 'ar_parser_start' LANGUAGE C STRICT PARALLEL SAFE;
CREATE FUNCTION ar_parser_token(internal, internal, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'ar_parser_token' LANGUAGE C STRICT PARALLEL SAFE;
CREATE FUNCTION ar_parser_end(internal) RETURNS void
AS 'MODULE_PATHNAME', 'ar_parser_end' LANGUAGE C STRICT PARALLEL SAFE;
CREATE FUNCTION ar_parser_types(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'ar_parser_types' LANGUAGE C STRICT PARALLEL SAFE;
CREATE FUNCTION ar_dict_init(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'ar_dict_init' LANGUAGE C STRICT PARALLEL SAFE;
CREATE FUNCTION ar_dict_lexize(internal, internal, internal, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'ar_dict_lexize' LANGUAGE C STRICT PARALLEL SAFE;

CREATE TEXT SEARCH PARSER arabic_news (
	START = ar_parser_start,
	GETTOKEN = ar_parser_token,
	END = ar_parser_end,
	HEADLINE = pg_catalog.prsd_headline,
	LEXTYPES = ar_parser_types);
COMMENT ON TEXT SEARCH PARSER arabic_news IS 'tokens of Arabic news text';

CREATE TEXT SEARCH TEMPLATE arabic_news (INIT = ar_dict_init, LEXIZE = ar_dict_lexize);
COMMENT ON TEXT SEARCH TEMPLATE arabic_news IS
'Arabic lexemes by lexicon; options StopWords, Stem, Families, KeepMarks, KeepHamza, Filter, PassUnknown';

CREATE TEXT SEARCH DICTIONARY arabic_news (TEMPLATE = arabic_news);
COMMENT ON TEXT SEARCH DICTIONARY arabic_news IS 'Arabic lexemes, built-in stop words';

CREATE TEXT SEARCH CONFIGURATION arabic_news (PARSER = arabic_news);
COMMENT ON TEXT SEARCH CONFIGURATION arabic_news IS 'Arabic news';
-- one dictionary for all: the server's own change letters by the locale, and take WHO and IT for stop words
ALTER TEXT SEARCH CONFIGURATION arabic_news
	ADD MAPPING FOR word, numword, hword_part, hword, uint, float, abbreviation, emoji,
		asciiword, hword_asciipart, email, url, host, url_path
	WITH arabic_news;
