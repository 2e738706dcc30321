#!/bin/bash
# analyze.sh
#		What ar_analyze() costs beside the separate calls that give the same, on the pages
#		under test/pages: CPU instructions of a backend (perf), else its CPU time.
#
#	test/bench/analyze.sh [rounds]		(default 5)
. "$(dirname "$0")/../cluster.sh"
rounds=${1:-5}
cluster_packages
cluster_tree
cluster_build "$NA_TOP/build/pg$PGMAJOR" >"$NA_WORK/build.log" 2>&1 || { tail -n 40 "$NA_WORK/build.log" >&2; fail "the build failed"; }
cluster_start
{
	echo 'CREATE EXTENSION news_ar; CREATE TABLE pages (id int, page text, url text, seen timestamptz); COPY pages FROM stdin;'
	"$NA_TOP/test/archive/fixture"
	echo '\.'
} | psql -X -q -v ON_ERROR_STOP=1 || exit 1
have perf && perf stat -x, -e instructions:u true 2>&1 | grep -q '^[0-9]' && counter=perf || counter=time
# the cost of a query, run so often in one backend after a first run that does not count
cost()
{
	mkfifo "$NA_WORK/in.$$" "$NA_WORK/out.$$"
	psql -X -q -At <"$NA_WORK/in.$$" >"$NA_WORK/out.$$" 2>&1 &
	exec 7>"$NA_WORK/in.$$" 8<"$NA_WORK/out.$$"
	echo "SELECT pg_backend_pid(); SELECT count(x) FROM (SELECT $1 AS x FROM pages OFFSET 0) t;" >&7
	read -r pid <&8
	read -r _ <&8
	if [ $counter = perf ]; then
		perf stat -x, -e instructions:u -p "$pid" -o "$NA_WORK/perf.out" sleep 1000 &
		stat=$!
		sleep 0.5
	else
		before=$(awk '{sub(/.*\) /, ""); print $12 + $13}' "/proc/$pid/stat")
	fi
	for _ in $(seq "$rounds"); do
		echo "SELECT count(x) FROM (SELECT $1 AS x FROM pages OFFSET 0) t;" >&7
		read -r _ <&8
	done
	if [ $counter = perf ]; then
		kill -INT $stat
		wait $stat 2>/dev/null
		awk -F, '/instructions/ {print $1 / 1e6}' "$NA_WORK/perf.out"
	else
		awk -v b="$before" '{sub(/.*\) /, ""); print $12 + $13 - b}' "/proc/$pid/stat"
	fi
	exec 7>&- 8<&-
	rm -f "$NA_WORK/in.$$" "$NA_WORK/out.$$"
}
n=$(psql -X -At -c 'SELECT count(*) FROM pages')
sum=0
declare -A got
while IFS='|' read -r name call; do
	got[$name]=$(cost "$call")
	awk -v name="$name" -v c="${got[$name]}" -v n="$n" -v r="$rounds" -v u="$([ $counter = perf ] && echo 'million instructions' || echo 'ticks')" \
		'BEGIN {printf "%-16s %10.3f %s a page\n", name, c / n / r, u}'
done <<'CALLS'
ar_analyze|ar_analyze(page)
ar_page|ar_page(page)::text
ar_dates|(SELECT count(*) FROM ar_dates(page))
ar_entities|(SELECT count(*) FROM ar_entities(page))
ar_countries|ar_countries(page)
ar_entity_ids|ar_entity_ids(page)
ar_quotes|(SELECT count(*) FROM ar_quotes(page))
ar_fingerprint|ar_fingerprint(page)
to_tsvector|to_tsvector('arabic', page)
CALLS
awk -v a="${got[ar_analyze]}" -v t="${got[to_tsvector]}" -v e="${got[ar_entities]}" \
	-v all="${got[ar_page]} ${got[ar_dates]} ${got[ar_entities]} ${got[ar_countries]} ${got[ar_entity_ids]} ${got[ar_quotes]} ${got[ar_fingerprint]}" \
	-v four="${got[ar_page]} ${got[ar_dates]} ${got[ar_entities]} ${got[ar_quotes]} ${got[ar_fingerprint]}" '
	function sum(s, a, k, n, t) { n = split(s, a, " "); for (k = 1; k <= n; k++) t += a[k]; return t }
	BEGIN {
		printf "ar_analyze: %.2f of the separate calls, %.2f of them without ar_countries and ar_entity_ids, %.2f of ar_entities alone, %.1f of to_tsvector(arabic)\n",
			a / sum(all), a / sum(four), a / e, a / t
	}'
