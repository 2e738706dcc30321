-- news_ar_archive.sql
--		Turns a table of pages into an archive that follows it: articles, mentions,
--		event dates and quotations in tables of their own, and views that answer what
--		people ask of an archive.  Described in docs/archive.md.
--
--	psql -f "$(pg_config --sharedir)/extension/news_ar_archive.sql"
--	SELECT news_ar_archive_create('pages', 'id', 'page', 'archive', url => 'url', fetched => 'fetched');
--	CALL archive.load();
--	CALL archive.refresh();
--
-- The archive lives in a schema of its own; DROP SCHEMA archive CASCADE removes it
-- and leaves the table of pages as it was.

CREATE OR REPLACE FUNCTION news_ar_archive_create(
	source regclass,			-- the table of pages
	id name,					-- its key: a unique column without NULLs
	page name,					-- the page's text
	archive name DEFAULT 'archive',	-- the schema to make
	url name DEFAULT NULL,		-- where the page comes from
	fetched name DEFAULT NULL,	-- when: date, timestamp or timestamptz
	live boolean DEFAULT true)	-- follow the table by trigger
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $create$
DECLARE
	ext name;
	src text;
	owner name;				-- of the table of pages
	id_type text;
	variable_type text;		-- its type by its full name, for variables
	fetched_type text;
	day text;				-- expression: day on which the page was fetched
	url_value text := 'NULL::text';
	fetched_value text;
	fresh text;				-- condition: article a is what today's data make of page s
	problem text;
BEGIN
	SELECT n.nspname INTO ext FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
	WHERE e.extname = 'news_ar';
	IF ext IS NULL THEN
		RAISE EXCEPTION 'extension news_ar is not installed in this database'
			USING ERRCODE = 'undefined_object', HINT = 'CREATE EXTENSION news_ar;';
	END IF;
	IF source IS NULL OR id IS NULL OR page IS NULL OR archive IS NULL THEN
		RAISE EXCEPTION 'the table, its key, its page column and the archive''s name must be given'
			USING ERRCODE = 'null_value_not_allowed';
	END IF;
	SELECT format('%I.%I', n.nspname, c.relname), pg_get_userbyid(c.relowner),
		CASE WHEN c.relkind NOT IN ('r', 'p') THEN format('%s is no table', source) END
	INTO src, owner, problem
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = source;
	IF problem IS NOT NULL THEN
		RAISE EXCEPTION '%', problem USING ERRCODE = 'wrong_object_type';
	END IF;
	SELECT format('column %I of %s does not exist', want, source) INTO problem
	FROM unnest(ARRAY[id, page, url, fetched]) AS want
	WHERE want IS NOT NULL AND NOT EXISTS (SELECT FROM pg_attribute a
		WHERE a.attrelid = source AND a.attname = want AND a.attnum > 0 AND NOT a.attisdropped)
	LIMIT 1;
	IF problem IS NOT NULL THEN
		RAISE EXCEPTION '%', problem USING ERRCODE = 'undefined_column';
	END IF;
	IF NOT EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
		WHERE i.indrelid = source AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1
			AND i.indpred IS NULL AND a.attname = id AND a.attnotnull) THEN
		RAISE EXCEPTION 'column % of % is no key', quote_ident(id), source
			USING ERRCODE = 'invalid_table_definition', HINT = 'It must be NOT NULL and have a unique index of its own.';
	END IF;
	SELECT format_type(a.atttypid, a.atttypmod), format('%I.%I', n.nspname, t.typname) INTO id_type, variable_type
	FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE a.attrelid = source AND a.attname = id;
	-- Lists of keys are arrays, and their operators are looked for in pg_catalog.
	WITH RECURSIVE t AS (
		SELECT a.atttypid AS oid FROM pg_attribute a WHERE a.attrelid = source AND a.attname = id
		UNION ALL SELECT d.typbasetype FROM t JOIN pg_type d ON d.oid = t.oid AND d.typtype = 'd')
	SELECT format('key %I of %s has type %s', id, source, id_type) INTO problem
	FROM t JOIN pg_type b ON b.oid = t.oid
	WHERE b.typtype <> 'd' AND b.typtype NOT IN ('e', 'r', 'm')
		AND (b.typtype <> 'b' OR b.typcategory = 'A' OR b.typnamespace <> 'pg_catalog'::regnamespace);
	IF problem IS NOT NULL THEN
		RAISE EXCEPTION '%', problem USING ERRCODE = 'datatype_mismatch',
			HINT = 'It must be a type of PostgreSQL''s own that is no array, an enum, a range, or a domain over one of these: for example a column bigint GENERATED ALWAYS AS IDENTITY UNIQUE.';
	END IF;
	IF url IS NOT NULL THEN
		url_value := format('s.%I::text', url);
	END IF;
	IF fetched IS NOT NULL THEN
		SELECT format_type(a.atttypid, NULL) INTO fetched_type
		FROM pg_attribute a WHERE a.attrelid = source AND a.attname = fetched;
		-- a time with a zone counts as its day at Greenwich: the same day on every machine
		day := CASE fetched_type
			WHEN 'timestamp with time zone' THEN '(fetched AT TIME ZONE ''UTC'')::date'
			WHEN 'timestamp without time zone' THEN 'fetched::date'
			WHEN 'date' THEN 'fetched' END;
		IF day IS NULL THEN
			RAISE EXCEPTION 'column % has type %, not date, timestamp or timestamptz', quote_ident(fetched), fetched_type
				USING ERRCODE = 'datatype_mismatch';
		END IF;
		-- a day that ar_analyze() does not take (infinity, years before Christ) is unknown
		day := format('CASE WHEN %1$s BETWEEN date ''0001-01-01'' AND date ''9999-12-31'' THEN %1$s END', day);
		fetched_value := format('s.%I', fetched);
	ELSE
		fetched_type := 'timestamp with time zone';
		day := 'NULL::date';
		fetched_value := 'NULL::timestamptz';
	END IF;

	fresh := format('a.version = %I.news_ar_version() AND a.page_hash = sha256(convert_to(s.%I::text, ''UTF8'')) '
		'AND a.url COLLATE pg_catalog."C" IS NOT DISTINCT FROM (%s) COLLATE pg_catalog."C" AND a.fetched IS NOT DISTINCT FROM %s', ext, page, url_value, fetched_value);

	EXECUTE format('CREATE SCHEMA %I', archive);
	EXECUTE format('COMMENT ON SCHEMA %I IS %L', archive, format('archive of %s, made by news_ar_archive_create()', source));

	-- ---- tables ----

	EXECUTE format($f$
		CREATE TABLE %1$I.article (
			id %2$s PRIMARY KEY,
			url text,
			fetched %3$s,
			published date,		-- the article's own date
			page_date date,		-- a date that only says when the page was seen
			written date GENERATED ALWAYS AS (coalesce(published, page_date, %4$s)) STORED,
			headline text,
			kicker text,
			byline text,
			author text,
			dateline text,
			agencies text[] NOT NULL,
			sources text[] NOT NULL,
			captions text[] NOT NULL,
			content text NOT NULL,	-- headline, lead and body (else the page): what is analysed and searched
			characters int GENERATED ALWAYS AS (char_length(content)) STORED,
			tsv tsvector GENERATED ALWAYS AS (
				setweight(to_tsvector(%5$L::regconfig, coalesce(headline, '')), 'A') ||
				to_tsvector(%5$L::regconfig, content)) STORED,
			countries text[] NOT NULL,
			entity_ids text[] NOT NULL,
			fingerprint int[] NOT NULL,
			page_hash bytea NOT NULL,	-- SHA-256 of the page that was analysed
			version text NOT NULL)	-- of the code and data that analysed it
		$f$, archive, id_type, fetched_type, day, format('%I.arabic_news', ext));
	EXECUTE format($f$
		CREATE INDEX article_written ON %1$I.article (written);
		CREATE INDEX article_tsv ON %1$I.article USING gin (tsv);
		CREATE INDEX article_countries ON %1$I.article USING gin (countries);
		CREATE INDEX article_entity_ids ON %1$I.article USING gin (entity_ids);
		CREATE INDEX article_fingerprint ON %1$I.article USING gin (fingerprint);

		CREATE TABLE %1$I.mention (	-- an entity in an article
			article %2$s NOT NULL,
			written date,
			kind text NOT NULL,
			entity text NOT NULL,	-- id of a known entity, else = and the name's key (200 characters at most)
			name text NOT NULL,
			country text,
			score real NOT NULL,	-- of its best mention
			start int[] NOT NULL,	-- where it stands in content, and how long it is
			length int[] NOT NULL,
			PRIMARY KEY (article, entity, kind));
		CREATE INDEX mention_entity ON %1$I.mention (entity, written);
		CREATE INDEX mention_written ON %1$I.mention (written);

		CREATE TABLE %1$I.event_date (	-- a temporal expression in an article
			article %2$s NOT NULL,
			start int NOT NULL,
			length int NOT NULL,
			surface text NOT NULL,
			kind text NOT NULL,
			timex text NOT NULL,
			during daterange,
			grain text NOT NULL,
			PRIMARY KEY (article, start));
		CREATE INDEX event_date_day ON %1$I.event_date (lower(during));

		CREATE TABLE %1$I.quote (
			article %2$s NOT NULL,
			start int NOT NULL,
			length int NOT NULL,
			quote text NOT NULL,
			direct boolean NOT NULL,
			speaker text,
			speaker_id text,
			verb text,
			stance text,
			PRIMARY KEY (article, start));
		-- a sentence taken for a name would not fit into an index
		CREATE INDEX quote_speaker ON %1$I.quote (left(coalesce(speaker_id, speaker), 200));

		CREATE TABLE %1$I.near_copy (	-- two articles that share wire copy
			a %2$s NOT NULL,
			b %2$s NOT NULL,
			similarity real NOT NULL,
			PRIMARY KEY (a, b),
			CHECK (a < b));
		CREATE INDEX near_copy_b ON %1$I.near_copy (b);

		CREATE TABLE %1$I.story (	-- every compared article; story is the least article of its cluster
			article %2$s PRIMARY KEY,
			story %2$s NOT NULL);
		CREATE INDEX story_story ON %1$I.story (story);

		-- Articles that changed or went since they were compared, to be taken out of near_copy
		-- and story.  An article may be named twice: writers of pages never wait for one another.
		CREATE TABLE %1$I.changed (
			article %2$s NOT NULL);
		CREATE INDEX changed_article ON %1$I.changed (article);
		ALTER TABLE %1$I.changed REPLICA IDENTITY FULL;	-- rows go, and the archive may be published

		CREATE TABLE %1$I.load_run (	-- one row a call of load()
			run int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			pid int NOT NULL DEFAULT pg_backend_pid(),
			started timestamptz NOT NULL DEFAULT clock_timestamp(),
			updated timestamptz NOT NULL DEFAULT clock_timestamp(),
			finished timestamptz,
			pages bigint NOT NULL,		-- pages of the table when the call began
			before bigint NOT NULL,		-- of these already archived
			others bigint NOT NULL,		-- what all calls before had archived
			archived bigint NOT NULL DEFAULT 0,	-- by this call
			failed bigint NOT NULL DEFAULT 0);

		CREATE TABLE %1$I.failure (	-- pages that could not be taken; delete a row to try again
			id %2$s PRIMARY KEY,
			sqlstate text NOT NULL,
			message text NOT NULL,
			at timestamptz NOT NULL DEFAULT clock_timestamp());
		$f$, archive, id_type);

	-- ---- keeping them ----

	-- Names mean what they mean in pg_catalog, whatever the caller's search_path.  A
	-- procedure that commits cannot say so in its head: it sets the path at the start of
	-- each transaction, and what comes before (types of variables) is written with its schema.

	-- The labels of clusters, anew for the articles of the given stories.  A third of the
	-- shorter text must be shared (0.7): by an eighth, boilerplate chains strangers together.
	EXECUTE format('CREATE FUNCTION %I.relabel(ids %s[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS %L', archive, id_type, format($f$
	#variable_conflict use_variable
	DECLARE
		changed bigint;
		round bigint;
	BEGIN
		UPDATE %1$I.story s SET story = s.article WHERE s.article = ANY (ids) AND s.story <> s.article;
		LOOP
			-- the least label of the neighbours, then the label of the label: a chain halves each round
			UPDATE %1$I.story s SET story = m.least
			FROM (SELECT e.article, (array_agg(t.story ORDER BY t.story))[1] AS least
				FROM (SELECT a AS article, b AS other FROM %1$I.near_copy WHERE a = ANY (ids) AND similarity >= 0.7
					UNION ALL SELECT b, a FROM %1$I.near_copy WHERE b = ANY (ids) AND similarity >= 0.7) e
				JOIN %1$I.story t ON t.article = e.other GROUP BY e.article) m
			WHERE s.article = m.article AND m.least < s.story;
			GET DIAGNOSTICS changed = ROW_COUNT;
			UPDATE %1$I.story s SET story = t.story FROM %1$I.story t
			WHERE s.article = ANY (ids) AND t.article = s.story AND t.story < s.story;
			GET DIAGNOSTICS round = ROW_COUNT;
			EXIT WHEN changed + round = 0;
		END LOOP;
	END $f$, archive));

	-- Takes no lock but that of the articles' own rows.  Pairs and clusters are other
	-- articles' business, too: what they were found for is marked, and settle() does the rest.
	EXECUTE format('CREATE FUNCTION %I.forget(ids %s[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS %L', archive, id_type, format($f$
	#variable_conflict use_variable
	BEGIN
		-- the article first: whoever works on it has its row locked
		WITH gone AS (DELETE FROM %1$I.article x WHERE x.id = ANY (ids) RETURNING x.id)
		INSERT INTO %1$I.changed SELECT gone.id FROM gone;
		DELETE FROM %1$I.mention x WHERE x.article = ANY (ids);
		DELETE FROM %1$I.event_date x WHERE x.article = ANY (ids);
		DELETE FROM %1$I.quote x WHERE x.article = ANY (ids);
		DELETE FROM %1$I.failure x WHERE x.id = ANY (ids);
	END $f$, archive));

	-- one pass over the text: ar_page() finds the article, ar_analyze() reads it once
	EXECUTE format('CREATE FUNCTION %I.put(ids %s[]) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS %L', archive, id_type, format($f$
	#variable_conflict use_variable
	DECLARE
		done bigint;
	BEGIN
		PERFORM %1$I.forget(ids);
		WITH page AS MATERIALIZED (
			SELECT s.%4$I AS key, %6$s AS url, %7$s AS fetched, p.*, sha256(convert_to(s.%5$I::text, 'UTF8')) AS page_hash,
				-- a page in which no article is found is kept whole
				coalesce(nullif(concat_ws(E'\n\n', p.headline, p.lead, p.body), ''), s.%5$I::text) AS content
			FROM %3$s s, LATERAL %2$I.ar_page(s.%5$I::text) p
			WHERE s.%4$I = ANY (ids) AND s.%5$I IS NOT NULL),
		read AS MATERIALIZED (
			SELECT w.*, %2$I.ar_analyze(w.content, w.written) AS a
			FROM (SELECT page.*, coalesce(published, page_date, %8$s) AS written FROM page) w),
		article AS (
			INSERT INTO %1$I.article (id, url, fetched, published, page_date, headline, kicker, byline, author, dateline,
				agencies, sources, captions, content, countries, entity_ids, fingerprint, page_hash, version)
			SELECT key, url, fetched, published, page_date, headline, kicker, byline, author, dateline,
				agencies, sources, captions, content,
				ARRAY(SELECT jsonb_array_elements_text(a->'countries')),
				ARRAY(SELECT jsonb_array_elements_text(a->'entity_ids')),
				ARRAY(SELECT jsonb_array_elements_text(a->'fingerprint')::int),
				page_hash, %2$I.news_ar_version()
			FROM read RETURNING 1),
		mention AS (
			INSERT INTO %1$I.mention
			SELECT key, min(read.written), m.kind, m.entity, (array_agg(m.name ORDER BY char_length(m.name) DESC, m.start))[1],
				(array_agg(m.country ORDER BY m.start))[1], max(m.score),
				array_agg(m.start ORDER BY m.start), array_agg(m.length ORDER BY m.start)
			FROM read, LATERAL (
				SELECT e.*, coalesce(e.id, left('=' || %2$I.ar_normalize(e.name), 200)) AS entity
				FROM jsonb_to_recordset(a->'entities')
					AS e(start int, length int, kind text, id text, name text, country text, score real)) m
			GROUP BY key, m.entity, m.kind),
		event AS (
			INSERT INTO %1$I.event_date
			SELECT key, d.start, d.length, d.surface, d.kind, d.timex,
				CASE WHEN d."from" IS NOT NULL OR d."until" IS NOT NULL THEN daterange(d."from", d."until") END, d.grain
			FROM read, jsonb_to_recordset(a->'dates')
				AS d(start int, length int, surface text, kind text, timex text, "from" date, "until" date, grain text)),
		quote AS (
			INSERT INTO %1$I.quote
			SELECT key, q.start, q.length, q.quote, q.direct, q.speaker, q.speaker_id, q.verb, q.stance
			FROM read, jsonb_to_recordset(a->'quotes')
				AS q(start int, length int, quote text, direct boolean, speaker text, speaker_id text, verb text, stance text))
		SELECT count(*) INTO done FROM article;
		RETURN done;
	END $f$, archive, ext, src, id, page, url_value, fetched_value, day));

	-- put(), with pages that cannot be stored set aside: all at once, and one by one if that fails
	EXECUTE format('CREATE FUNCTION %I.take(ids %s[], OUT done bigint, OUT bad bigint) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS %L', archive, id_type, format($f$
	#variable_conflict use_variable
	DECLARE
		one %2$s;
		state text;
		text_of_error text;
		more bigint;
		wrong bigint;
	BEGIN
		bad := 0;
		done := %1$I.put(ids);
	EXCEPTION WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, text_of_error = MESSAGE_TEXT;
		-- Conflicts, locks, a full disk, a shutdown, missing rights, an archive that does
		-- not fit its table of pages any more: the page is not to blame.
		IF left(state, 2) IN ('3F', '42') AND state <> '42501' THEN
			RAISE EXCEPTION '%%', text_of_error USING ERRCODE = state,
				HINT = 'An archive holds names: of its pages'' table and columns, of its own schema and of that of news_ar. If one was changed, change it back or make the archive anew.';
		ELSIF left(state, 2) IN ('25', '40', '42', '53', '55', '57', '58') THEN
			RAISE;
		END IF;
		done := 0;
		bad := 0;
		IF cardinality(ids) > 1 THEN
			FOREACH one IN ARRAY ids LOOP
				SELECT t.done, t.bad INTO more, wrong FROM %1$I.take(ARRAY[one]) t;
				done := done + more;
				bad := bad + wrong;
			END LOOP;
		ELSE
			PERFORM %1$I.forget(ids);
			INSERT INTO %1$I.failure (id, sqlstate, message) VALUES (ids[1], state, text_of_error);
			bad := 1;
		END IF;
	END $f$, archive, id_type));

	-- It has the rights of the archive's owner, so it works for this table of pages (and its
	-- partitions) only, wherever somebody hangs it.
	EXECUTE format('CREATE FUNCTION %I.follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS %L',
		archive, format($f$
	BEGIN
		IF TG_RELID IS DISTINCT FROM to_regclass(%3$L)::oid
			AND NOT EXISTS (SELECT FROM pg_partition_ancestors(TG_RELID) p WHERE p.relid = to_regclass(%3$L)) THEN
			RAISE EXCEPTION 'archive %% follows %%, not %%', %4$L, %3$L, TG_RELID::regclass
				USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'If the table of pages was renamed: give it its name again, or make the archive anew.';
		END IF;
		IF TG_OP = 'TRUNCATE' THEN
			TRUNCATE %1$I.article, %1$I.mention, %1$I.event_date, %1$I.quote, %1$I.near_copy, %1$I.story, %1$I.failure, %1$I.changed;
		ELSIF TG_OP = 'DELETE' THEN
			PERFORM %1$I.forget(ARRAY[OLD.%2$I]);
		ELSE
			IF TG_OP = 'UPDATE' AND OLD.%2$I IS DISTINCT FROM NEW.%2$I THEN
				PERFORM %1$I.forget(ARRAY[OLD.%2$I]);
			END IF;
			-- the statement that changes pages is not to fail for what an archive cannot hold
			IF (SELECT t.bad FROM %1$I.take(ARRAY[NEW.%2$I]) t) > 0 THEN
				RAISE WARNING 'page %% cannot be archived', NEW.%2$I
					USING HINT = format('The table failure in schema %%I says why.', %4$L);
			END IF;
		END IF;
		RETURN NULL;
	END $f$, archive, id, src, archive));
	-- To run it nobody needs the right to; only who makes a trigger or a partition does.
	EXECUTE format('REVOKE EXECUTE ON FUNCTION %I.follow() FROM PUBLIC', archive);
	IF owner <> current_user THEN
		EXECUTE format('GRANT EXECUTE ON FUNCTION %I.follow() TO %I', archive, owner);
	END IF;
	IF live THEN
		EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION %I.follow()',
			'news_ar_' || left(md5(archive), 8), src, archive);
		-- not UPDATE OF: a trigger before may change columns that the statement does not name
		EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION %I.follow()',
			'news_ar_' || left(md5(archive), 8) || '_u', src,
			(SELECT string_agg(format(CASE WHEN c IN (page, url) AND c <> id THEN 'OLD.%1$I::text COLLATE pg_catalog."C" IS DISTINCT FROM NEW.%1$I::text COLLATE pg_catalog."C"'
					ELSE 'OLD.%1$I IS DISTINCT FROM NEW.%1$I' END, c), ' OR ')
				FROM unnest(ARRAY[id, fetched, url, page]) c WHERE c IS NOT NULL),
			archive);
		EXECUTE format('CREATE TRIGGER %I AFTER TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION %I.follow()',
			'news_ar_' || left(md5(archive), 8) || '_t', src, archive);
	END IF;

	-- ---- the first load, and later ones ----

	EXECUTE format('CREATE PROCEDURE %I.load(batch_size int DEFAULT 200, batches int DEFAULT NULL, stale boolean DEFAULT false) LANGUAGE plpgsql AS %L',
		archive, format($f$
	#variable_conflict use_variable
	DECLARE
		this int;
		total bigint;
		had bigint;
		began pg_catalog.timestamptz := pg_catalog.clock_timestamp();
		said pg_catalog.timestamptz := began;
		done bigint := 0;
		bad bigint := 0;
		taken int := 0;
		found_some boolean;
		last %5$s;
		win %5$s[];
		ids %5$s[];
		more bigint;
		wrong bigint;
		gone %5$s[];
		removed bigint := 0;
	BEGIN
		PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
		IF batch_size IS NULL OR batch_size < 1 THEN
			RAISE EXCEPTION 'batch_size must be at least 1' USING ERRCODE = 'invalid_parameter_value';
		END IF;
		SELECT count(*) INTO total FROM %3$s s WHERE s.%6$I IS NOT NULL;
		IF stale THEN
			SELECT count(*) INTO had FROM %3$s s JOIN %1$I.article a ON a.id = s.%4$I WHERE s.%6$I IS NOT NULL AND %7$s;
		ELSE
			SELECT count(*) INTO had FROM %1$I.article;
		END IF;
		INSERT INTO %1$I.load_run (pages, before, others)
		SELECT total, had, coalesce(sum(r.archived), 0) FROM %1$I.load_run r RETURNING run INTO this;
		COMMIT;
		PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
		IF stale THEN
			-- the pages first, as TRUNCATE does: its trigger locks the archive
			LOCK TABLE %3$s IN ACCESS SHARE MODE;
			SELECT array_agg(x.id) INTO gone FROM %1$I.article x
			WHERE NOT EXISTS (SELECT FROM %3$s s WHERE s.%4$I = x.id AND s.%6$I IS NOT NULL);
			FOR k IN 1 .. coalesce(cardinality(gone), 0) BY batch_size LOOP
				-- a page that comes back meanwhile waits for the lock or has put a new row there
				SELECT array_agg(w.id) INTO ids
				FROM (SELECT x.id FROM %1$I.article x WHERE x.id = ANY (gone[k : k + batch_size - 1])
					AND NOT EXISTS (SELECT FROM %3$s s WHERE s.%4$I = x.id AND s.%6$I IS NOT NULL)
					FOR UPDATE OF x SKIP LOCKED) w;
				IF ids IS NOT NULL THEN
					PERFORM %1$I.forget(ids);
					removed := removed + cardinality(ids);
				END IF;
				COMMIT;
				PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
				LOCK TABLE %3$s IN ACCESS SHARE MODE;
			END LOOP;
			DELETE FROM %1$I.failure x WHERE NOT EXISTS (SELECT FROM %3$s s WHERE s.%4$I = x.id AND s.%6$I IS NOT NULL);
			RAISE NOTICE '%% articles removed', removed;
			COMMIT;
			PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
		END IF;
		<<sweep>>
		LOOP
			found_some := false;
			last := NULL;
			LOOP
				-- windows over the key; what is archived is passed over
				IF last IS NULL THEN
					SELECT array_agg(w.key ORDER BY w.key) INTO win
					FROM (SELECT s.%4$I AS key FROM %3$s s ORDER BY s.%4$I LIMIT batch_size) w;
				ELSE
					SELECT array_agg(w.key ORDER BY w.key) INTO win
					FROM (SELECT s.%4$I AS key FROM %3$s s WHERE s.%4$I > last ORDER BY s.%4$I LIMIT batch_size) w;
				END IF;
				EXIT WHEN win IS NULL;
				last := win[cardinality(win)];
				ids := %1$I.wanted(win, stale);
				CONTINUE WHEN ids IS NULL;
				EXIT sweep WHEN taken >= batches;
				-- rows that another load() works on are left to it; what it has finished meanwhile is dropped
				SELECT array_agg(w.key) INTO ids
				FROM (SELECT s.%4$I AS key FROM %3$s s WHERE s.%4$I = ANY (ids) AND s.%6$I IS NOT NULL
					FOR NO KEY UPDATE SKIP LOCKED) w;
				ids := %1$I.wanted(ids, stale);
				IF ids IS NULL THEN
					COMMIT;
					PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
					CONTINUE;
				END IF;
				found_some := true;
				taken := taken + 1;
				SELECT t.done, t.bad INTO more, wrong FROM %1$I.take(ids) t;
				done := done + more;
				bad := bad + wrong;
				UPDATE %1$I.load_run r SET archived = done, failed = bad, updated = clock_timestamp() WHERE r.run = this;
				COMMIT;
				PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
				IF clock_timestamp() > said + interval '10 seconds' THEN
					said := clock_timestamp();
					SELECT p.archived INTO had FROM %1$I.progress p WHERE p.run = this;
					RAISE NOTICE '%% of %% pages, %% a second in this session', had, total,
						round((done / extract(epoch FROM said - began))::numeric, 1);
				END IF;
			END LOOP;
			EXIT WHEN NOT found_some;
		END LOOP;
		UPDATE %1$I.load_run r SET finished = clock_timestamp(), updated = clock_timestamp() WHERE r.run = this;
		COMMIT;
		RAISE NOTICE '%% pages archived, %% failed', done, bad;
	END $f$, archive, ext, src, id, variable_type, page, fresh));

	EXECUTE format('CREATE FUNCTION %1$I.wanted(ids %2$s[], stale boolean) RETURNS %2$s[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS %3$L', archive, id_type, format($f$
		SELECT array_agg(s.%3$I ORDER BY s.%3$I) FROM %2$s s
		WHERE s.%3$I = ANY ($1) AND s.%4$I IS NOT NULL
			AND NOT EXISTS (SELECT FROM %1$I.article a WHERE a.id = s.%3$I AND (NOT $2 OR %5$s))
			AND NOT EXISTS (SELECT FROM %1$I.failure f WHERE f.id = s.%3$I)
		$f$, archive, src, id, page, fresh));

	EXECUTE format($f$
		CREATE VIEW %1$I.progress AS
		SELECT r.run, r.pid,
			CASE WHEN r.finished IS NOT NULL THEN 'finished'
				WHEN p.pid IS NOT NULL AND p.backend_start <= r.started THEN 'running'
				ELSE 'stopped' END AS state,
			r.started, r.pages, t.archived, r.failed,
			round(100.0 * t.archived / nullif(r.pages, 0), 1) AS percent,
			round((r.archived / nullif(extract(epoch FROM r.updated - r.started), 0))::numeric, 1) AS pages_per_second,
			CASE WHEN r.finished IS NULL AND t.archived > r.before THEN
				(r.updated - r.started) * ((r.pages - t.archived)::float8 / (t.archived - r.before)) END AS time_left
		FROM %1$I.load_run r LEFT JOIN pg_stat_activity p ON p.pid = r.pid,
			-- by all calls that share the work
			LATERAL (SELECT r.before - r.others + sum(q.archived) AS archived FROM %1$I.load_run q
				WHERE q.started < coalesce(r.finished, 'infinity')) t
		$f$, archive);

	-- ---- wire copy: pairs and clusters ----

	-- Pairs and clusters are written under one lock, by these three functions only, and they
	-- lock no article.  An article that changes while it is compared is marked by that (the
	-- mark is seen when its transaction is over), and compared again the next time.  The
	-- table is locked first since TRUNCATE of the pages begins with it.
	EXECUTE format('CREATE FUNCTION %I.settle() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS %L', archive, format($f$
	#variable_conflict use_variable
	DECLARE
		ids %2$s[];
		others %2$s[];
	BEGIN
		LOCK TABLE %1$I.article IN ACCESS SHARE MODE;
		PERFORM pg_advisory_xact_lock(%3$L::regclass::oid::bigint);
		WITH gone AS (DELETE FROM %1$I.changed RETURNING changed.article)
		SELECT array_agg(DISTINCT gone.article) INTO ids FROM gone;
		IF ids IS NULL THEN
			RETURN;
		END IF;
		SELECT array_agg(x.article) INTO others FROM %1$I.story x
		WHERE x.story IN (SELECT y.story FROM unnest(ids) AS k JOIN %1$I.story y ON y.article = k)
			AND NOT EXISTS (SELECT FROM unnest(ids) AS k WHERE k = x.article);
		DELETE FROM %1$I.near_copy x USING unnest(ids) AS k WHERE x.a = k;
		DELETE FROM %1$I.near_copy x USING unnest(ids) AS k WHERE x.b = k;
		DELETE FROM %1$I.story x USING unnest(ids) AS k WHERE x.article = k;
		IF others IS NOT NULL THEN
			PERFORM %1$I.relabel(others);
		END IF;
	END $f$, archive, id_type, format('%I.story', archive)));

	-- Articles that share a value of the fingerprint are compared.  A value of many
	-- articles (boilerplate, or copy that everybody took) links them to the first
	-- of them only, so that the work stays linear.  Two articles that share a phrase or
	-- two are not compared: copy of an eighth of the shorter text in one piece is at
	-- least a fourteenth of its values, what is asked for is a twenty-fourth.
	EXECUTE format('CREATE FUNCTION %I.compare_some(ids %s[]) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS %L', archive, id_type, format($f$
	#variable_conflict use_variable
	DECLARE
		pairs bigint;
		touched %3$s[];
	BEGIN
		LOCK TABLE %1$I.article IN ACCESS SHARE MODE;
		PERFORM pg_advisory_xact_lock(%4$L::regclass::oid::bigint);
		SELECT array_agg(x.id) INTO ids FROM %1$I.article x WHERE x.id = ANY (ids);
		INSERT INTO %1$I.story SELECT k, k FROM unnest(ids) AS k ON CONFLICT DO NOTHING;
		WITH mine AS MATERIALIZED (
			SELECT x.id, v FROM %1$I.article x, unnest(x.fingerprint) AS v WHERE x.id = ANY (ids)),
		wide AS MATERIALIZED (
			SELECT o.id, v FROM %1$I.article o, unnest(o.fingerprint) AS v
			WHERE o.fingerprint && (SELECT array_agg(DISTINCT mine.v) FROM mine)),
		shared AS MATERIALIZED (
			SELECT wide.v, count(*) AS n, (array_agg(wide.id ORDER BY wide.id))[1] AS first
			FROM wide WHERE wide.v IN (SELECT mine.v FROM mine) GROUP BY wide.v HAVING count(*) > 1),
		candidate AS (
			SELECT m.id AS x, w.id AS y, 1 AS n
			FROM shared JOIN mine m USING (v) JOIN wide w USING (v) WHERE shared.n <= 20 AND w.id <> m.id
			UNION ALL
			SELECT m.id, shared.first, 4096 FROM shared JOIN mine m USING (v) WHERE shared.n > 20 AND m.id <> shared.first),
		pair AS (
			SELECT least(x, y) AS a, greatest(x, y) AS b, max(n) AS n
			FROM (SELECT x, y, sum(n) AS n FROM candidate GROUP BY x, y) c GROUP BY 1, 2)
		INSERT INTO %1$I.near_copy
		SELECT s.a, s.b, s.similarity
		FROM (SELECT pair.a, pair.b, %2$I.ar_similarity(p.content, q.content) AS similarity
			FROM pair JOIN %1$I.article p ON p.id = pair.a JOIN %1$I.article q ON q.id = pair.b
			WHERE pair.n * 24 >= least(cardinality(p.fingerprint), cardinality(q.fingerprint))
				AND NOT EXISTS (SELECT FROM %1$I.near_copy c WHERE c.a = pair.a AND c.b = pair.b)) s
		WHERE s.similarity >= 0.5
		ON CONFLICT DO NOTHING;
		GET DIAGNOSTICS pairs = ROW_COUNT;
		IF pairs > 0 THEN
			-- everything in the clusters that a pair touches
			SELECT array_agg(DISTINCT x.article) INTO touched
			FROM %1$I.story x
			WHERE x.story IN (SELECT y.story FROM %1$I.story y
				WHERE y.article = ANY (ids)
					OR y.article IN (SELECT c.b FROM %1$I.near_copy c WHERE c.a = ANY (ids))
					OR y.article IN (SELECT c.a FROM %1$I.near_copy c WHERE c.b = ANY (ids)));
			PERFORM %1$I.relabel(touched);
		END IF;
		RETURN pairs;
	END $f$, archive, ext, id_type, format('%I.story', archive)));

	-- All articles in one go: a sort of the values in place of look-ups in the index.
	EXECUTE format('CREATE FUNCTION %I.compare_all() RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS %L', archive, format($f$
	#variable_conflict use_variable
	DECLARE
		ids %3$s[];
		touched %3$s[];
		passes int;
		pairs bigint := 0;
		n bigint;
	BEGIN
		LOCK TABLE %1$I.article IN ACCESS SHARE MODE;
		PERFORM pg_advisory_xact_lock(%4$L::regclass::oid::bigint);
		SELECT array_agg(x.id) INTO ids FROM %1$I.article x;
		-- about fifty million values at a time
		passes := ceil(coalesce(cardinality(ids), 1) / 800000.0);
		FOR pass IN 0 .. passes - 1 LOOP
			WITH shared AS (
				SELECT array_agg(x.id ORDER BY x.id) AS who
				FROM %1$I.article x, unnest(x.fingerprint) AS v
				WHERE x.id = ANY (ids) AND (v & 1023) %% passes = pass
				GROUP BY v HAVING count(*) > 1),
			candidate AS (
				SELECT p.id AS a, q.id AS b, 1 AS n
				FROM shared, unnest(who) WITH ORDINALITY AS p(id, n), unnest(who) WITH ORDINALITY AS q(id, n)
				WHERE cardinality(who) <= 20 AND p.n < q.n
				UNION ALL
				SELECT who[1], q.id, 4096 FROM shared, unnest(who) WITH ORDINALITY AS q(id, n)
				WHERE cardinality(who) > 20 AND q.n > 1),
			pair AS (SELECT candidate.a, candidate.b, sum(candidate.n) AS n FROM candidate GROUP BY candidate.a, candidate.b)
			INSERT INTO %1$I.near_copy
			SELECT s.a, s.b, s.similarity
			FROM (SELECT c.a, c.b, %2$I.ar_similarity(x.content, y.content) AS similarity
				FROM pair c JOIN %1$I.article x ON x.id = c.a JOIN %1$I.article y ON y.id = c.b
				WHERE c.n * 24 * passes >= least(cardinality(x.fingerprint), cardinality(y.fingerprint))
					AND NOT EXISTS (SELECT FROM %1$I.near_copy d WHERE d.a = c.a AND d.b = c.b)) s
			WHERE s.similarity >= 0.5
			ON CONFLICT DO NOTHING;
			GET DIAGNOSTICS n = ROW_COUNT;
			pairs := pairs + n;
		END LOOP;
		INSERT INTO %1$I.story SELECT k, k FROM unnest(ids) AS k ON CONFLICT DO NOTHING;
		SELECT array_agg(k) INTO touched
		FROM (SELECT c.a AS k FROM %1$I.near_copy c UNION SELECT c.b FROM %1$I.near_copy c) e;
		IF touched IS NOT NULL THEN
			PERFORM %1$I.relabel(touched);
		END IF;
		RETURN pairs;
	END $f$, archive, ext, id_type, format('%I.story', archive)));

	-- small batches: what a GIN index does with a list of values grows with its square
	EXECUTE format('CREATE PROCEDURE %I.compare(batch_size int DEFAULT 50) LANGUAGE plpgsql AS %L', archive, format($f$
	#variable_conflict use_variable
	DECLARE
		last %2$s;
		win %2$s[];
		ids %2$s[];
		pairs bigint := 0;
		todo bigint;
		path pg_catalog.text := pg_catalog.current_setting('search_path');
	BEGIN
		PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
		PERFORM %1$I.settle();
		COMMIT;
		PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
		SELECT count(*) INTO todo FROM %1$I.article x WHERE NOT EXISTS (SELECT FROM %1$I.story t WHERE t.article = x.id);
		IF todo > 1000 AND todo > (SELECT count(*) FROM %1$I.story) THEN
			pairs := %1$I.compare_all();
			COMMIT;
			PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
		END IF;
		LOOP
			IF last IS NULL THEN
				SELECT array_agg(w.id ORDER BY w.id) INTO win FROM (SELECT x.id FROM %1$I.article x ORDER BY x.id LIMIT batch_size) w;
			ELSE
				SELECT array_agg(w.id ORDER BY w.id) INTO win
				FROM (SELECT x.id FROM %1$I.article x WHERE x.id > last ORDER BY x.id LIMIT batch_size) w;
			END IF;
			EXIT WHEN win IS NULL;
			last := win[cardinality(win)];
			SELECT array_agg(k) INTO ids FROM unnest(win) AS k
			WHERE NOT EXISTS (SELECT FROM %1$I.story t WHERE t.article = k);
			CONTINUE WHEN ids IS NULL;
			pairs := pairs + %1$I.compare_some(ids);
			COMMIT;
			PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
		END LOOP;
		PERFORM pg_catalog.set_config('search_path', path, true);
		RAISE NOTICE '%% pairs of copies found', pairs;
	END $f$, archive, variable_type));

	-- ---- statistics ----

	EXECUTE format($f$
		CREATE MATERIALIZED VIEW %1$I.entity AS
		SELECT entity, kind, min(name) AS name, min(country) AS country, count(*) AS articles,
			sum(cardinality(start)) AS mentions, min(written) AS first_day, max(written) AS last_day
		FROM %1$I.mention GROUP BY entity, kind;
		CREATE UNIQUE INDEX entity_key ON %1$I.entity (entity, kind);
		CREATE INDEX entity_articles ON %1$I.entity (articles DESC);
		CREATE TABLE %1$I.term (term text PRIMARY KEY, documents bigint NOT NULL, occurrences bigint NOT NULL);
		$f$, archive);

	EXECUTE format('CREATE PROCEDURE %I.refresh() LANGUAGE plpgsql AS %L', archive, format($f$
	DECLARE
		path pg_catalog.text := pg_catalog.current_setting('search_path');
	BEGIN
		PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
		ANALYZE %1$I.article, %1$I.mention, %1$I.event_date, %1$I.quote;
		CALL %1$I.compare();
		-- in the order of TRUNCATE
		LOCK TABLE %1$I.article IN ACCESS SHARE MODE;
		ANALYZE %1$I.near_copy, %1$I.story;
		-- its table is there already: no need to say so
		PERFORM set_config('client_min_messages', 'warning', true);
		PERFORM %2$I.ar_bm25_refresh(%3$L, %4$L::regclass, 'tsv');
		REFRESH MATERIALIZED VIEW %1$I.entity;
		ANALYZE %1$I.entity, %1$I.term;
		PERFORM pg_catalog.set_config('search_path', path, true);
	END $f$, archive, ext, format('%I.term', archive), format('%I.article', archive)));

	-- ---- questions ----

	EXECUTE format($f$
		CREATE VIEW %1$I.trend AS	-- articles a day that name an entity
		SELECT written AS day, entity, kind, min(name) AS name, count(*) AS articles, sum(cardinality(start)) AS mentions
		FROM %1$I.mention WHERE written IS NOT NULL GROUP BY written, entity, kind;

		CREATE VIEW %1$I.cooccurrence AS	-- articles that name both; ask with WHERE entity = …
		SELECT a.entity, a.kind, min(a.name) AS name, b.entity AS other, b.kind AS other_kind, min(b.name) AS other_name,
			count(*) AS articles
		FROM %1$I.mention a JOIN %1$I.mention b ON b.article = a.article AND (b.entity, b.kind) <> (a.entity, a.kind)
		GROUP BY a.entity, a.kind, b.entity, b.kind;

		CREATE VIEW %1$I.timeline AS	-- days that articles speak of
		SELECT lower(during) AS day, count(DISTINCT article) AS articles, count(*) AS mentions
		FROM %1$I.event_date WHERE grain IN ('day', 'daypart', 'hour', 'minute', 'second') AND upper(during) = lower(during) + 1
		GROUP BY lower(during);

		CREATE VIEW %1$I.most_quoted AS
		SELECT coalesce(speaker_id, speaker) AS who, min(speaker_id) AS speaker_id,
			(array_agg(speaker ORDER BY char_length(speaker) DESC, speaker))[1] AS speaker,
			count(*) AS quotes, count(*) FILTER (WHERE direct) AS direct, count(DISTINCT article) AS articles
		FROM %1$I.quote WHERE coalesce(speaker_id, speaker) IS NOT NULL GROUP BY coalesce(speaker_id, speaker);

		-- the same wire copy; what changed since it was compared stands outside
		CREATE VIEW %1$I.story_cluster AS
		SELECT s.story, count(*) AS size, min(a.written) AS first_day, max(a.written) AS last_day,
			(array_agg(a.headline ORDER BY a.written, a.id) FILTER (WHERE a.headline IS NOT NULL))[1] AS headline,
			array_agg(a.id ORDER BY a.written, a.id) AS articles
		FROM %1$I.story s JOIN %1$I.article a ON a.id = s.article
		WHERE NOT EXISTS (SELECT FROM %1$I.changed m WHERE m.article = s.article)
		GROUP BY s.story HAVING count(*) > 1;

		CREATE VIEW %1$I.containment AS	-- a short copy inside a longer article
		SELECT short.id AS short, long.id AS long, round((c.similarity ^ 3)::numeric, 3) AS share,
			round(short.characters / long.characters::numeric, 3) AS length_ratio
		FROM %1$I.near_copy c JOIN %1$I.article x ON x.id = c.a JOIN %1$I.article y ON y.id = c.b,
			LATERAL (SELECT x.id, x.characters WHERE x.characters <= y.characters
				UNION ALL SELECT y.id, y.characters WHERE x.characters > y.characters) short,
			LATERAL (SELECT y.id, y.characters WHERE x.characters <= y.characters
				UNION ALL SELECT x.id, x.characters WHERE x.characters > y.characters) long
		WHERE c.similarity >= 0.9 AND short.characters < 0.7 * long.characters
			AND NOT EXISTS (SELECT FROM %1$I.changed m WHERE m.article = c.a)
			AND NOT EXISTS (SELECT FROM %1$I.changed m WHERE m.article = c.b);

		CREATE VIEW %1$I.country_count AS
		SELECT c.country, g.name, g.name_en, c.articles, c.first_day, c.last_day
		FROM (SELECT country, count(*) AS articles, min(written) AS first_day, max(written) AS last_day
			FROM %1$I.article, unnest(countries) AS country GROUP BY country) c
		LEFT JOIN (SELECT DISTINCT ON (country) country, name, name_en FROM %2$I.ar_gazetteer()
			WHERE class IN ('country', 'territory') AND id = country ORDER BY country, class) g ON g.country = c.country;

		CREATE VIEW %1$I.country_day AS
		SELECT written AS day, country, count(*) AS articles
		FROM %1$I.article, unnest(countries) AS country WHERE written IS NOT NULL GROUP BY written, country;

		CREATE VIEW %1$I.document AS	-- everything about an article as one document
		SELECT id, %2$I.ar_analyze(content, written) AS analysis FROM %1$I.article;
		$f$, archive, ext);

	EXECUTE format('CREATE FUNCTION %I.search(words text, n int DEFAULT 10) RETURNS TABLE (id %s, score float8, written date, headline text) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS %L',
		archive, id_type, format($f$
		WITH q AS MATERIALIZED (
			SELECT t AS query, %2$I.ar_bm25_query(%3$L::regclass, t) AS bm25 FROM %2$I.ar_query($1) AS t)
		SELECT a.id, %2$I.ar_bm25(a.tsv, q.bm25) AS score, a.written, a.headline
		FROM q JOIN %1$I.article a ON a.tsv @@ q.query
		ORDER BY score DESC, a.id LIMIT $2
		$f$, archive, ext, format('%I.term', archive)));

	-- Articles about the same: entities that few articles name weigh most.  They are
	-- close in time, or speak of the same day.
	EXECUTE format('CREATE FUNCTION %1$I.related(article %2$s, n int DEFAULT 10, days int DEFAULT 3) RETURNS TABLE (id %2$s, score float8, written date, headline text, shared text[]) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS %3$L',
		archive, id_type, format($f$
		WITH me AS (SELECT a.id, a.written FROM %1$I.article a WHERE a.id = $1),
		total AS (SELECT greatest(max(t.documents), 1) AS n FROM %1$I.term t WHERE t.term = ''),
		mine AS MATERIALIZED (
			SELECT m.entity, m.kind, ln(1 + total.n::float8 / e.articles) AS weight
			FROM total, %1$I.mention m JOIN %1$I.entity e ON e.entity = m.entity AND e.kind = m.kind
			WHERE m.article = $1 AND e.articles > 1 AND e.articles <= greatest(20, total.n / 50)),
		scored AS (
			SELECT o.article AS id, sum(mine.weight) AS score, array_agg(o.name ORDER BY mine.weight DESC, o.name) AS shared
			FROM mine JOIN %1$I.mention o ON o.entity = mine.entity AND o.kind = mine.kind
			WHERE o.article <> $1 GROUP BY o.article)
		SELECT s.id, s.score, a.written, a.headline, s.shared
		FROM me, scored s JOIN %1$I.article a ON a.id = s.id
		WHERE abs(a.written - me.written) <= $3 OR EXISTS (
			SELECT FROM %1$I.event_date x JOIN %1$I.event_date y ON x.during = y.during
			WHERE x.article = $1 AND y.article = s.id AND x.grain = 'day' AND y.grain = 'day')
		ORDER BY s.score DESC, s.id LIMIT $2
		$f$, archive));

	-- Groups of related articles in a range of days: each hangs on the earlier article
	-- that it is most like, and what hangs together is a group.
	EXECUTE format('CREATE FUNCTION %1$I.topics(since date, until date, days int DEFAULT 2, likeness float8 DEFAULT 0.4) RETURNS TABLE (topic %2$s, article %2$s, written date, headline text) LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS %3$L',
		archive, id_type, format($f$
		WITH RECURSIVE total AS (SELECT greatest(max(t.documents), 1) AS n FROM %1$I.term t WHERE t.term = ''),
		rare AS MATERIALIZED (
			SELECT m.article, m.written, m.entity, m.kind, ln(1 + total.n::float8 / e.articles) ^ 2 AS w2
			FROM total, %1$I.mention m JOIN %1$I.entity e ON e.entity = m.entity AND e.kind = m.kind
			WHERE m.written BETWEEN $1 AND $2 AND e.articles > 1 AND e.articles <= greatest(20, total.n / 50)),
		norm AS MATERIALIZED (
			SELECT rare.article, sqrt(sum(rare.w2)) AS norm FROM rare GROUP BY rare.article),
		alike AS (
			SELECT p.later, p.earlier, p.dot / (a.norm * b.norm) AS likeness
			FROM (SELECT y.article AS later, x.article AS earlier, sum(x.w2) AS dot
				FROM rare x JOIN rare y ON x.entity = y.entity AND x.kind = y.kind
					AND (x.written, x.article) < (y.written, y.article) AND y.written - x.written <= $3
				GROUP BY y.article, x.article HAVING count(*) > 1) p
			JOIN norm a ON a.article = p.earlier JOIN norm b ON b.article = p.later
			WHERE p.dot / (a.norm * b.norm) >= $4
			-- the same wire copy is the same topic, whoever it names
			UNION ALL
			SELECT CASE WHEN (x.written, x.id) < (y.written, y.id) THEN y.id ELSE x.id END,
				CASE WHEN (x.written, x.id) < (y.written, y.id) THEN x.id ELSE y.id END, 1
			FROM %1$I.near_copy c JOIN %1$I.article x ON x.id = c.a JOIN %1$I.article y ON y.id = c.b
			WHERE x.written BETWEEN $1 AND $2 AND y.written BETWEEN $1 AND $2 AND abs(x.written - y.written) <= $3
				AND NOT EXISTS (SELECT FROM %1$I.changed m WHERE m.article = c.a)
				AND NOT EXISTS (SELECT FROM %1$I.changed m WHERE m.article = c.b)),
		edge AS (
			SELECT DISTINCT ON (alike.later) alike.later AS article, alike.earlier AS parent
			FROM alike ORDER BY alike.later, alike.likeness DESC, alike.earlier),
		tree AS (
			SELECT DISTINCT e.parent AS article, e.parent AS topic FROM edge e
			WHERE NOT EXISTS (SELECT FROM edge up WHERE up.article = e.parent)
			UNION ALL
			SELECT e.article, t.topic FROM tree t JOIN edge e ON e.parent = t.article)
		SELECT t.topic, t.article, a.written, a.headline
		FROM tree t JOIN %1$I.article a ON a.id = t.article
		ORDER BY t.topic, a.written, t.article
		$f$, archive));
END
$create$;

COMMENT ON FUNCTION news_ar_archive_create(regclass, name, name, name, name, name, boolean) IS
'make an archive (a schema) of a table of pages that follows the table; fill it with CALL archive.load(), then CALL archive.refresh()';
