-- ---- quotations -------------------------------------------------------------

CREATE FUNCTION ar_quotes(text,
	OUT start int, OUT length int, OUT quote text, OUT direct boolean, OUT speaker text,
	OUT speaker_id text, OUT verb text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'ar_quotes'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 300 ROWS 5;
COMMENT ON FUNCTION ar_quotes(text) IS
'quotations in order; start: 1-based character of what was said, without marks; direct: in marks or behind a colon, else reported with a clause (anna, inna); speaker: the name when there is one, else the role phrase; speaker_id: id of a known person or body; verb: lemma of the verb of saying, or the words of attribution';
