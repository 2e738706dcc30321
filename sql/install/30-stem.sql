-- ---- stems ------------------------------------------------------------------

CREATE FUNCTION ar_stem(text) RETURNS text
AS 'MODULE_PATHNAME', 'ar_stem'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 25;
COMMENT ON FUNCTION ar_stem(text) IS
'lexeme of a word by lexicon: singular of nouns, masculine of adjectives, past tense of verbs, without article, proclitics and pronouns; of a text: the lexemes of its words';
