#!/bin/bash
# archive.sh
#		Loads N articles into an archive and the same rows into a table with a GIN index
#		on to_tsvector('arabic', …) alone; times and sizes of both, of the archive's
#		questions and of the report.
#
#	test/bench/archive.sh [N [loaders]]		(default 10000, 2)
#
# The articles are JSON lines (title, text, url, date), *.jsonl.xz in the folder that
# NA_SHARED names (its subfolder corpus) or in ../shared/corpus; every k-th of all.
# CPU seconds are those of the backends: they hold on a machine that has other work.
. "$(dirname "$0")/../cluster.sh"
n=${1:-10000} loaders=${2:-2}
corpus=${NA_SHARED:-$NA_TOP/../shared}/corpus
ls "$corpus"/*.jsonl.xz >/dev/null 2>&1 || fail "no *.jsonl.xz in $corpus (NA_SHARED names the folder above)"
export NA_CONF="${NA_CONF:-shared_buffers = 512MB
maintenance_work_mem = 256MB
autovacuum_naptime = 20s}"
cluster_packages xz-utils perl
cluster_tree
cluster_build "$NA_TOP/build/pg$PGMAJOR" >"$NA_WORK/build.log" 2>&1 || { tail -n 40 "$NA_WORK/build.log" >&2; fail "the build failed"; }
cluster_start
share=$("$PG_CONFIG" --sharedir)/extension
sql()
{
	psql -X -q -At -v ON_ERROR_STOP=1 "$@"
}
# CPU seconds of a backend so far, printed by itself:  \i $NA_WORK/cpu.sql
cat >"$NA_WORK/cpu.sql" <<'SQL'
SELECT pg_backend_pid() AS pid \gset
\setenv NA_PID :pid
\! awk -v hz="$(getconf CLK_TCK)" '{sub(/.*\) /, ""); printf "cpu %.1f\n", ($12 + $13) / hz}' /proc/$NA_PID/stat
SQL
cpu_of()
{
	awk '/^cpu/ {s += $2} END {printf "%.1f", s}' "$@"
}

# ---- the rows ----
total=$(xz -dc "$corpus"/*.jsonl.xz | wc -l)
[ "$n" -le "$total" ] || n=$total
note "$n of $total articles"
sql <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION news_ar;
CREATE UNLOGGED TABLE raw (n int GENERATED ALWAYS AS IDENTITY, j text);
CREATE TABLE pages (id int PRIMARY KEY, page text NOT NULL, url text, seen timestamptz);
CREATE TABLE base (id int PRIMARY KEY, page text NOT NULL, url text, seen timestamptz);
CREATE INDEX base_tsv ON base USING gin (to_tsvector('arabic', page));
-- dates of several forms; what is none is NULL
CREATE FUNCTION seen(t text) RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
	RETURN t::timestamptz;
EXCEPTION WHEN OTHERS THEN
	RETURN NULL;
END $$;
SQL
xz -dc "$corpus"/*.jsonl.xz |
	awk -v n="$n" -v t="$total" 'int(NR * n / t) != int((NR - 1) * n / t)' |
	sql -c "COPY raw (j) FROM STDIN (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')"
sql -c "INSERT INTO pages SELECT n, replace(concat_ws(E'\n\n', j::jsonb->>'title', j::jsonb->>'text'), chr(13), ''), j::jsonb->>'url', seen(j::jsonb->>'date') FROM raw ORDER BY n" \
	-c 'DROP TABLE raw' -c 'VACUUM ANALYZE pages' -c 'CHECKPOINT'
sql -c "SELECT format('pages: %s, %s bytes of text a page', count(*), round(avg(octet_length(page)))) FROM pages"

# ---- PostgreSQL's index alone ----
note "the same rows with an index on to_tsvector('arabic', …)"
t0=$(date +%s.%N)
{
	echo "SELECT format('INSERT INTO base SELECT * FROM pages WHERE id BETWEEN %s AND %s', k, k + 199) FROM generate_series(1, $n, 200) k \\gexec"
	echo "SELECT gin_clean_pending_list('base_tsv') \\g /dev/null"
	echo "\\i $NA_WORK/cpu.sql"
} | sql >"$NA_WORK/base.log" || fail "the plain load failed"
t1=$(date +%s.%N)

# ---- the archive ----
note "the archive, $loaders loaders"
sql -f "$share/news_ar_archive.sql" \
	-c "SELECT news_ar_archive_create('pages', 'id', 'page', url => 'url', fetched => 'seen')" >/dev/null
sql -c CHECKPOINT
t2=$(date +%s.%N)
loading=
for k in $(seq "$loaders"); do
	printf 'CALL archive.load();\n\\i %s\n' "$NA_WORK/cpu.sql" | sql >"$NA_WORK/load$k.log" 2>"$NA_WORK/load$k.err" &
	loading="$loading $!"
done
while sleep 60; do
	kill -0 $loading 2>/dev/null || break
	sql -c "SELECT format('  %s of %s pages', (SELECT count(*) FROM archive.article), (SELECT pages FROM archive.load_run LIMIT 1))" >&2
done &
teller=$!
wait $loading
t3=$(date +%s.%N)
kill $teller 2>/dev/null
[ "$(sql -c 'SELECT count(*) FROM archive.article')" = "$n" ] || { cat "$NA_WORK"/load*.err >&2; fail "the load is not complete"; }
sql -c "SELECT gin_clean_pending_list(c) FROM unnest('{archive.article_tsv,archive.article_fingerprint,archive.article_countries,archive.article_entity_ids}'::regclass[]) c" >/dev/null
note "copies, statistics"
t4=$(date +%s.%N)
printf 'SET client_min_messages = warning;\nCALL archive.refresh();\n\\i %s\n' "$NA_WORK/cpu.sql" | sql >"$NA_WORK/refresh.log" || fail "refresh failed"
t5=$(date +%s.%N)

awk -v n="$n" -v loaders="$loaders" -v base="$(cpu_of "$NA_WORK/base.log")" -v load="$(cpu_of "$NA_WORK"/load*.log)" \
	-v refresh="$(cpu_of "$NA_WORK/refresh.log")" -v wb="$t0 $t1" -v wl="$t2 $t3" -v wr="$t4 $t5" '
	function wall(s, a) { split(s, a, " "); return a[2] - a[1] }
	BEGIN {
		printf "arabic index alone: %.0f s CPU, %.0f s elapsed, %.2f ms CPU a page\n", base, wall(wb), 1000 * base / n
		printf "archive, load: %.0f s CPU, %.0f s elapsed with %d loaders, %.2f ms CPU a page, %.1f times the index alone\n", load, wall(wl), loaders, 1000 * load / n, load / base
		printf "archive, refresh: %.0f s CPU, %.0f s elapsed, %.2f ms CPU a page, %.1f times the index alone\n", refresh, wall(wr), 1000 * refresh / n, refresh / base
	}'
sql <<'SQL'
CREATE TEMP TABLE size AS
SELECT c.relname AS name, pg_total_relation_size(c.oid) - pg_indexes_size(c.oid) AS bytes, pg_indexes_size(c.oid) AS index_bytes
FROM pg_class c WHERE c.relkind IN ('r', 'm') AND (c.relnamespace = 'archive'::regnamespace OR c.relname IN ('pages', 'base'))
	AND c.relpersistence = 'p';
SELECT format('size: %s %s + indexes %s (%s + %s bytes a page)', rpad(name, 12), pg_size_pretty(bytes), pg_size_pretty(index_bytes),
	bytes / (SELECT count(*) FROM pages), index_bytes / (SELECT count(*) FROM pages))
FROM size WHERE bytes + index_bytes > 100000 ORDER BY bytes + index_bytes DESC;
SELECT format('size of index %s: %s (%s bytes a page)', relname, pg_size_pretty(pg_relation_size(oid)), pg_relation_size(oid) / (SELECT count(*) FROM pages))
FROM pg_class WHERE relname LIKE 'article\_%' AND relkind = 'i' OR relname = 'base_tsv' ORDER BY pg_relation_size(oid) DESC;
SELECT format('archive beside its pages: %s times the table of pages with the arabic index', round(
	(SELECT sum(bytes + index_bytes) FROM size WHERE name NOT IN ('pages', 'base')) /
	(SELECT bytes + index_bytes FROM size WHERE name = 'base'), 2));
SELECT format('%s mentions, %s dates, %s quotations, %s pairs of copies, %s stories', (SELECT count(*) FROM archive.mention),
	(SELECT count(*) FROM archive.event_date), (SELECT count(*) FROM archive.quote), (SELECT count(*) FROM archive.near_copy),
	(SELECT count(*) FROM archive.story_cluster));
SQL
# ---- questions: the better of two runs ----
# ask NAME QUERY
ask()
{
	printf '%s\n' '\timing on' "$2;" "$2;" | sql | awk -v name="$1" '/^Time:/ {if (!best || $2 < best) best = $2} END {printf "question: %-44s %9.1f ms\n", name, best}'
}
who=$(sql -c "SELECT quote_literal(entity) FROM archive.entity WHERE kind = 'person' ORDER BY articles DESC, entity LIMIT 1")
ask 'search, two words, best 10 by BM25' "SELECT count(*) FROM archive.search('أسعار النفط')"
ask "the same by to_tsvector('arabic'), ts_rank_cd" "SELECT id, ts_rank_cd(to_tsvector('arabic', page), q) FROM base, plainto_tsquery('arabic', 'أسعار النفط') q WHERE to_tsvector('arabic', page) @@ q ORDER BY 2 DESC LIMIT 10"
ask 'trend of the most named person' "SELECT count(*) FROM (SELECT * FROM archive.trend WHERE entity = $who) t"
ask 'who is named with that person' "SELECT count(*) FROM (SELECT * FROM archive.cooccurrence WHERE entity = $who ORDER BY articles DESC LIMIT 20) t"
ask 'timeline of event dates' "SELECT count(*) FROM archive.timeline"
ask 'most quoted' "SELECT count(*) FROM (SELECT * FROM archive.most_quoted ORDER BY quotes DESC LIMIT 20) t"
ask 'country counts' "SELECT count(*) FROM archive.country_count"
ask 'story clusters' "SELECT count(*) FROM archive.story_cluster"
ask 'containment' "SELECT count(*) FROM archive.containment"
ask 'articles of two countries (GIN)' "SELECT count(*) FROM archive.article WHERE countries @> '{LB,SY}'"
ask 'related to one article' "SELECT count(*) FROM archive.related((SELECT article FROM archive.mention WHERE entity = $who AND written IS NOT NULL ORDER BY article LIMIT 1))"
if [ -f "$share/news_ar_report.sql" ]; then
	t0=$(date +%s.%N)
	sql -v archive=archive -f "$share/news_ar_report.sql" -o "$NA_WORK/report.html" || fail "the report failed"
	awk -v a="$t0" -v b="$(date +%s.%N)" -v size="$(stat -c %s "$NA_WORK/report.html")" 'BEGIN {printf "report: %.1f s, %d bytes of HTML\n", b - a, size}'
	[ -z "${NA_KEEP:-}" ] || cp "$NA_WORK/report.html" "$NA_KEEP"
fi
