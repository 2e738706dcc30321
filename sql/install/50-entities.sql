-- ---- entities ---------------------------------------------------------------

CREATE FUNCTION ar_entities(text,
	OUT start int, OUT length int, OUT surface text, OUT kind text, OUT id text,
	OUT name text, OUT name_en text, OUT country text, OUT score real)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'ar_entities'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 300 ROWS 50;
COMMENT ON FUNCTION ar_entities(text) IS
'named entities of a text in order; start: 1-based character, length: characters, without proclitics; kind: person, place, organization, nationality, other; id: ISO 3166-1 alpha-2 for countries and nationalities, a readable slug for other known entities, NULL when unknown; name: canonical Arabic name, or the fullest form in the text; country: ISO 3166-1 alpha-2 of places, nationalities and organisations; score: probability from 0 to 1';

-- Not PARALLEL SAFE: the table may be a temporary one, a view may call anything.
CREATE FUNCTION ar_entities(text, gazetteer regclass,
	OUT start int, OUT length int, OUT surface text, OUT kind text, OUT id text,
	OUT name text, OUT name_en text, OUT country text, OUT score real)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'ar_entities_user'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED COST 300 ROWS 50;
COMMENT ON FUNCTION ar_entities(text, regclass) IS
'named entities of a text, names of the caller''s table or view (text columns name, kind, id, name_en, country) before the built-in ones; read with the caller''s rights; errors: 42703 missing column, 42804 column not text, 22023 unknown kind or country';

CREATE FUNCTION ar_countries(text) RETURNS text[]
AS 'MODULE_PATHNAME', 'ar_countries'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 300;
COMMENT ON FUNCTION ar_countries(text) IS
'ISO 3166-1 alpha-2 codes of the countries that a text names, directly, by nationality, through an organisation or a place; sorted, distinct';

CREATE FUNCTION ar_entity_ids(text) RETURNS text[]
AS 'MODULE_PATHNAME', 'ar_entity_ids'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 300;
COMMENT ON FUNCTION ar_entity_ids(text) IS
'ids of the known entities of a text, as in ar_entities; sorted, distinct';

CREATE FUNCTION ar_gazetteer(
	OUT id text, OUT kind text, OUT class text, OUT country text, OUT name text,
	OUT name_en text, OUT variants text[], OUT short text[])
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'ar_gazetteer'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 10000;
COMMENT ON FUNCTION ar_gazetteer() IS
'the built-in gazetteer: one row an entry; variants: other spellings and names; short: forms that alone denote the entity';
