-- ---- version, normalisation -------------------------------------------------

CREATE FUNCTION news_ar_version() RETURNS text
AS 'MODULE_PATHNAME', 'news_ar_version'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION news_ar_version() IS
'version of the code and checksum of the compiled-in data';

CREATE FUNCTION ar_normalize(text) RETURNS text
AS 'MODULE_PATHNAME', 'ar_normalize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION ar_normalize(text) IS
'search key of a text: all normalisation steps, one spelling for one word; idempotent';

CREATE FUNCTION ar_normalize(text, steps text[]) RETURNS text
AS 'MODULE_PATHNAME', 'ar_normalize_steps'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION ar_normalize(text, text[]) IS
'text after the named normalisation steps, in their fixed order: compatibility, marks, quranic, tatweel, alef, hamza, alef_maqsura, ta_marbuta, persian, digits, punctuation, controls, spaces, case; error 22023 for an unknown step';

CREATE FUNCTION ar_clean(text) RETURNS text
AS 'MODULE_PATHNAME', 'ar_clean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION ar_clean(text) IS
'text safe for display: the same words without presentation forms, tatweel, bidi controls and stray blanks; line breaks stay; idempotent';
