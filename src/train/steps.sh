# steps.sh
#		What recipe and refine share; both have set src and work.
python=/usr/bin/python3
# the allocator keeps what it has: page faults cost more than the sums
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=1000000000
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

for need in "$train/anercorp-train.conll" "$train/modern-train.conll" "$train/aqmar-train.conll"; do
	[ -f "$need" ] || { echo "${0##*/}: no $need" >&2; exit 1; }
done
compgen -G "$corpus/*.jsonl.xz" >/dev/null || { echo "${0##*/}: no *.jsonl.xz in $corpus" >&2; exit 1; }

# make FILE script argument…: run a script of this folder unless WORK/FILE is there
make_file()
{
	local file=$1 script=$2
	shift 2
	[ -e "$work/$file" ] && return
	echo "== $file: $script $*"
	"$python" "$src/$script" "$@" | tee "$work/log.$file"
	[ -e "$work/$file" ]
}
