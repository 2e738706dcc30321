-- ---- near-duplicates --------------------------------------------------------

CREATE FUNCTION ar_similarity(text, text) RETURNS real
AS 'MODULE_PATHNAME', 'ar_similarity'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 25;
COMMENT ON FUNCTION ar_similarity(text, text) IS
'similarity of two texts from 0 to 1: cube root of the share of the shorter text''s four-word runs that also stand in the longer one; from 0.5 on (an eighth of the words) they share wire copy; lines of fewer than 12 words do not count where there are longer ones';

CREATE FUNCTION ar_fingerprint(text) RETURNS int[]
AS 'MODULE_PATHNAME', 'ar_fingerprint'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION ar_fingerprint(text) IS
'fingerprint of a text for a GIN index: sorted distinct hashes, at most 4096; texts that share eleven words in a row share a value (fingerprint && fingerprint)';
