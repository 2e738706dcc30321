#!/bin/bash
# search.sh
#		What text search costs and finds, in a throw-away cluster.
#
#	test/bench/search.sh speed [ARTICLES [ROUNDS]]
#		Processor time (Linux) of to_tsvector('arabic_news', body) as a share of to_tsvector('arabic',
#		body) on the same articles (10,000), in one backend, the two by turns;
#		the median of the rounds (5).
#	test/bench/search.sh rank
#		MRR@10 of ar_bm25() in the database, for each folder of test collections
#		(docs.tsv, queries.tsv, qrels.tsv).
#
# Texts and collections lie in $NA_SHARED (corpus/*.jsonl.xz, eval/dev/search),
# by default beside the checkout.  Without them there is nothing to measure.
top=$(cd "$(dirname "$0")/../.." && pwd)
shared=${NA_SHARED:-$top/../shared}
mode=${1:-}
articles=${2:-10000}
rounds=${3:-5}

. "$top/test/cluster.sh"
case $mode in
	speed) [ -d "$shared/corpus" ] || { echo "# SKIP no corpus in $shared"; exit 77; } ;;
	rank) [ -d "$shared/eval/dev/search" ] || { echo "# SKIP no collections in $shared"; exit 77; } ;;
	*) sed -n '2,/^$/s/^#//p' "$0" | sed '/^top=/,$d'; exit 2 ;;
esac
have python3 || { echo "# SKIP no python3"; exit 77; }

sql()
{
	psql -X -q -At -v ON_ERROR_STOP=1 "$@"
}

cluster_packages perl
cluster_tree
cluster_build "$NA_WORK/obj" || exit 1
NA_CONF="max_parallel_workers_per_gather = 0" cluster_start
sql -c 'CREATE EXTENSION news_ar' || exit 1

# the same number of articles of every file, as rows of COPY
load_articles()
{
	sql -c 'CREATE TABLE article (body text)'
	python3 - "$articles" "$shared"/corpus/*.jsonl.xz <<'PY' | sql -c 'COPY article FROM stdin'
import json, lzma, sys
files = sys.argv[2:]
for k, name in enumerate(files):
	want = int(sys.argv[1]) * (k + 1) // len(files) - int(sys.argv[1]) * k // len(files)
	with lzma.open(name, "rt", encoding="utf-8") as f:
		for line in f:
			if want == 0:
				break
			want -= 1
			t = json.loads(line)["text"].replace("\0", "")
			for a, b in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
				t = t.replace(a, b)
			print(t)
PY
	sql -c 'VACUUM ANALYZE article'
}

speed()
{
	load_articles || return 1
	sql -c "SELECT format('%s articles, %s characters', count(*), sum(char_length(body))) FROM article"
	# one session, so that both have their dictionaries loaded
	sql -v rounds="$rounds" <<'SQL'
CREATE TEMP TABLE took (round int, config text, seconds float8);
SELECT set_config('bench.rounds', :'rounds', false) \g /dev/null
-- the processor's time of this backend, so that other load does not count
CREATE FUNCTION pg_temp.cpu_seconds() RETURNS float8 LANGUAGE sql VOLATILE AS $$
	SELECT (f[14]::float8 + f[15]::float8) / 100
	FROM regexp_split_to_array(pg_read_file('/proc/self/stat', 0, 4096), ' ') f
$$;
DO $$
DECLARE
	start float8;
	cfg text;
BEGIN
	PERFORM count(to_tsvector('arabic', body)), count(to_tsvector('arabic_news', body)) FROM (SELECT body FROM article LIMIT 500) a;
	FOR r IN 1 .. current_setting('bench.rounds')::int LOOP
		FOREACH cfg IN ARRAY ARRAY['arabic', 'arabic_news'] LOOP
			start := pg_temp.cpu_seconds();
			EXECUTE format('SELECT count(to_tsvector(%L, body)) FROM article', cfg);
			INSERT INTO took VALUES (r, cfg, pg_temp.cpu_seconds() - start);
		END LOOP;
	END LOOP;
END $$;
WITH ratio AS (
	SELECT round, a.seconds AS theirs, b.seconds AS ours, b.seconds / a.seconds AS share
	FROM took a JOIN took b USING (round) WHERE a.config = 'arabic' AND b.config = 'arabic_news')
SELECT format('arabic %s s, arabic_news %s s: %s (rounds %s to %s)',
	round(percentile_cont(0.5) WITHIN GROUP (ORDER BY theirs)::numeric, 2), round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ours)::numeric, 2),
	round(percentile_cont(0.5) WITHIN GROUP (ORDER BY share)::numeric, 3), round(min(share)::numeric, 3), round(max(share)::numeric, 3))
FROM ratio;
SQL
}

# a file of `id<tab>text` as rows of COPY
rows()
{
	sed 's/\\/\\\\/g' "$1" | awk -F '\t' '{i = index($0, "\t"); t = substr($0, i + 1); gsub(/\t/, "\\t", t); printf "%s\t%s\n", $1, t}'
}

rank()
{
	local dir
	for dir in "$shared"/eval/dev/search/*/; do
		[ -f "$dir/docs.tsv" ] || continue
		sql -c 'DROP TABLE IF EXISTS doc, query, qrel, doc_terms' -c 'CREATE TABLE doc (id text, body text, vector tsvector GENERATED ALWAYS AS (to_tsvector('"'arabic_news'"', body)) STORED)' \
			-c 'CREATE TABLE query (id text, words text)' -c 'CREATE TABLE qrel (query text, doc text, grade text)' 2>/dev/null || return 1
		rows "$dir/docs.tsv" | sql -c 'COPY doc (id, body) FROM stdin' &&
			rows "$dir/queries.tsv" | sql -c 'COPY query FROM stdin' &&
			sql -c 'COPY qrel FROM stdin' <"$dir/qrels.tsv" &&
			sql -v name="$(basename "$dir")" <<'SQL' || return 1
CREATE INDEX ON doc USING gin (vector);
SELECT ar_bm25_refresh('doc_terms', 'doc', 'vector') \g /dev/null
WITH asked AS (
	SELECT id, ar_query_any(words) AS q, ar_bm25_query('doc_terms', ar_query_any(words)) AS w
	FROM query WHERE id IN (SELECT query FROM qrel)),
ranked AS (
	SELECT asked.id, d.doc, d.place FROM asked, LATERAL (
		SELECT doc.id AS doc, row_number() OVER (ORDER BY ar_bm25(vector, w) DESC, doc.id) AS place
		FROM doc WHERE vector @@ q ORDER BY place LIMIT 10) d),
best AS (
	SELECT asked.id, (SELECT min(place) FROM ranked r JOIN qrel ON qrel.query = r.id AND qrel.doc = r.doc WHERE r.id = asked.id) AS place FROM asked)
SELECT format('%s MRR10 %s (%s queries)', :'name', round(avg(coalesce(1.0 / place, 0)), 4), count(*)) FROM best;
SQL
	done
}

$mode
