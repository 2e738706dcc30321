-- ---- tokens -----------------------------------------------------------------

CREATE FUNCTION ar_tokens(text,
	OUT start int, OUT length int, OUT surface text, OUT kind text, OUT norm text, OUT stem text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'ar_tokens'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 70 ROWS 500;
COMMENT ON FUNCTION ar_tokens(text) IS
'tokens of a text in order; start: 1-based character, length: characters; kind: word, latin, number, compound, abbreviation, url, email, hashtag, mention, emoji, quote, punctuation, symbol, newline, tag, other; norm: normalised form; stem: lexeme of a word, else NULL; blanks are no tokens';
