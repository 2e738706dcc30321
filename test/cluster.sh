# cluster.sh
#		Library of the scripts here (bash): installs what is missing, makes a
#		private PostgreSQL tree and runs a throw-away cluster in it.
#
# The system's PostgreSQL is neither changed nor used while it runs: its files
# (or those of Debian's packages, unpacked and not installed) are copied into a
# folder of their own.  PostgreSQL finds its parts relative to the place of its
# programs, so the copy is complete, and `make install` there needs no right.
#
# Use:	. test/cluster.sh
#		cluster_packages [more packages]	install what is missing
#		cluster_tree						private tree; sets PG_CONFIG, PGMAJOR, PATH
#		cluster_build [make arguments]		build out of the source tree and install there
#		cluster_start						start; sets PGHOST, PGUSER, PGDATABASE
#		cluster_more NAME [settings]		another cluster, its socket in $NA_WORK/NAME.socket
# The cluster is stopped and everything deleted when the script ends, however
# it ends.  PG=NN asks for a major version, PG_CONFIG=path for an installation.

set -u

NA_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
NA_WORK=
NA_DATA=
NA_SERVER_USER=
NA_GUARD=

# no setting of the caller's environment reaches the cluster or its clients
unset PGDATA PGHOST PGHOSTADDR PGPORT PGUSER PGDATABASE PGOPTIONS PGSERVICE PGPASSWORD \
	PGCLIENTENCODING PGTZ PGDATESTYLE LC_ALL LANGUAGE LC_COLLATE LC_CTYPE LC_MESSAGES \
	LC_TIME LC_NUMERIC LC_MONETARY
export LANG=C.UTF-8
export PSQLRC=/dev/null

note()
{
	printf '%s\n' "== $*" >&2
}

fail()
{
	printf '%s\n' "${0##*/}: $*" >&2
	exit 1
}

have()
{
	command -v "$1" >/dev/null 2>&1
}

# ---- packages ---------------------------------------------------------------

installed()
{
	[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# the major version that the distribution's package `postgresql` stands for
distribution_major()
{
	apt-cache depends postgresql 2>/dev/null |
		sed -n 's/^ *Depends: postgresql-\([0-9]*\)$/\1/p' | head -n 1
}

# is there a complete installation (server, headers, PGXS) behind this pg_config?
complete()
{
	[ -x "$1" ] && [ -x "$("$1" --bindir)/postgres" ] && [ -f "$("$1" --pgxs)" ] &&
		[ -f "$("$1" --includedir-server)/postgres.h" ]
}

# sets NA_PG_CONFIG to a complete installation, or to nothing; PGMAJOR always
find_installation()
{
	local c
	NA_PG_CONFIG=
	if [ -n "${PG_CONFIG:-}" ]; then
		complete "$PG_CONFIG" || fail "PG_CONFIG=$PG_CONFIG has no server, headers or PGXS"
		NA_PG_CONFIG=$PG_CONFIG
	else
		for c in $(ls -d /usr/lib/postgresql/*/bin/pg_config 2>/dev/null | sort -t/ -k5,5nr) \
			"$(command -v pg_config)"; do
			[ -n "${PG:-}" ] && [ "$("$c" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" != "$PG" ] &&
				continue
			if complete "$c"; then
				NA_PG_CONFIG=$c
				break
			fi
		done
	fi
	if [ -n "$NA_PG_CONFIG" ]; then
		PGMAJOR=$("$NA_PG_CONFIG" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
	else
		PGMAJOR=${PG:-$(distribution_major)}
	fi
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif have sudo && sudo -n true 2>/dev/null; then
		sudo -n "$@"
	elif have sudo && [ -t 0 ]; then
		sudo "$@"
	else
		return 127
	fi
}

# Libraries that the server's packages need, without PostgreSQL's own packages
# (they would make and start a cluster of the system's) and without LLVM.
server_libraries()
{
	apt-cache depends --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
		--no-enhances "postgresql-$1" "postgresql-client-$1" 2>/dev/null |
		sed -n 's/^ *Depends: \([a-z0-9.+-]*\)$/\1/p' |
		grep -E '^(lib|zlib|tzdata)' | grep -v '^libllvm' | sort -u
}

cluster_packages()
{
	local p wanted missing= line
	find_installation
	wanted="gcc libc6-dev make libicu-dev $*"
	if ! have dpkg-query || ! have apt-get; then
		[ -n "$NA_PG_CONFIG" ] && have make && have cc && return 0
		fail "needs a C compiler, make, ICU's and PostgreSQL's development files; can install them on Debian only"
	fi
	if [ -z "$NA_PG_CONFIG" ]; then
		if [ -z "$PGMAJOR" ] || ! apt-cache show "postgresql-server-dev-$PGMAJOR" >/dev/null 2>&1; then
			note "reading the package lists"
			as_root apt-get update -qq >&2 ||
				fail "cannot read the package lists; run: sudo apt-get update"
			find_installation
		fi
		[ -n "$PGMAJOR" ] || fail "apt knows no PostgreSQL"
		wanted="$wanted $(server_libraries "$PGMAJOR" | tr '\n' ' ')"
	fi
	for p in $wanted; do
		installed "$p" || missing="$missing $p"
	done
	[ -n "$missing" ] || return 0
	line="apt-get install -y --no-install-recommends --no-upgrade$missing"
	note "installing:$missing"
	if ! as_root true; then
		fail "these packages are missing and there is neither root nor sudo; run:
    sudo apt-get update && sudo $line"
	fi
	# lists may be old: one retry with fresh ones
	as_root env DEBIAN_FRONTEND=noninteractive $line -qq >"$NA_TOP/.apt.log" 2>&1 </dev/null ||
		{ as_root apt-get update -qq >&2 &&
			as_root env DEBIAN_FRONTEND=noninteractive $line -qq >"$NA_TOP/.apt.log" 2>&1 </dev/null; } ||
		{ cat "$NA_TOP/.apt.log" >&2; fail "could not install; run: sudo $line"; }
	rm -f "$NA_TOP/.apt.log"
}

# ---- the private tree -------------------------------------------------------

# run a command as the user of the server, from a folder that it may enter
as_server()
{
	if [ -n "$NA_SERVER_USER" ]; then
		(cd "$NA_WORK" && exec runuser -u "$NA_SERVER_USER" -- "$@")
	else
		(cd "$NA_WORK" && exec "$@")
	fi
}

# NA_WORK: a temporary folder from which the server's user can run programs
# (a clone under /root cannot be reached by another user, /tmp may be noexec)
make_work_folder()
{
	local base
	if [ "$(id -u)" = 0 ]; then
		# PostgreSQL refuses to run as root
		if getent passwd postgres >/dev/null; then NA_SERVER_USER=postgres; else NA_SERVER_USER=nobody; fi
	fi
	for base in ${TMPDIR:+"$TMPDIR"} /tmp /var/tmp "$NA_TOP/build"; do
		# a socket's path may have 107 bytes
		[ -d "$base" ] && [ -w "$base" ] && [ ${#base} -lt 60 ] || continue
		NA_WORK=$(mktemp -d "$base/news_ar.XXXXXX") || continue
		chmod 755 "$NA_WORK"
		printf '#!/bin/sh\n' >"$NA_WORK/try"
		chmod 755 "$NA_WORK/try"
		if as_server "$NA_WORK/try" 2>/dev/null; then
			rm -f "$NA_WORK/try"
			return 0
		fi
		rm -rf "$NA_WORK"
		NA_WORK=
	done
	fail "found no temporary folder for the cluster; set TMPDIR"
}

# Debian's packages, unpacked under build/ and not installed
unpacked_packages()
{
	local dir=$NA_TOP/build/postgresql-$PGMAJOR deb
	if [ ! -f "$dir/complete" ]; then
		rm -rf "$dir"
		mkdir -p "$dir/deb"
		note "unpacking PostgreSQL $PGMAJOR"
		(cd "$dir/deb" && apt-get download -qq "postgresql-$PGMAJOR" "postgresql-client-$PGMAJOR" \
			"postgresql-server-dev-$PGMAJOR") >"$dir/log" 2>&1 ||
			{ cat "$dir/log" >&2; fail "could not fetch PostgreSQL's packages; run: sudo apt-get update"; }
		for deb in "$dir"/deb/*.deb; do
			dpkg-deb -x "$deb" "$dir" || fail "could not unpack $deb"
		done
		rm -rf "$dir/deb"
		touch "$dir/complete"
	fi
	printf '%s\n' "$dir/usr/lib/postgresql/$PGMAJOR/bin/pg_config"
}

cluster_tree()
{
	local d tree
	trap cluster_end EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	find_installation
	make_work_folder
	if [ -z "$NA_PG_CONFIG" ]; then
		NA_PG_CONFIG=$(unpacked_packages) || exit 1
	fi
	tree=$NA_WORK/pg
	# PostgreSQL replaces the common part of the configured folders, so that
	# their whole paths may be set up below another one
	for d in bindir sharedir pkglibdir includedir-server; do
		d=$(cd "$("$NA_PG_CONFIG" --$d)" && pwd -P) || fail "no folder --$d of $NA_PG_CONFIG"
		mkdir -p "$tree$d"
		cp -RL "$d/." "$tree$d/" 2>/dev/null || cp -a "$d/." "$tree$d/"
	done
	# LLVM may be missing, and compiling queries only blurs times
	rm -rf "$tree$("$NA_PG_CONFIG" --pkglibdir)"/{llvmjit*,bitcode}
	PG_CONFIG=$tree$(cd "$("$NA_PG_CONFIG" --bindir)" && pwd -P)/pg_config
	[ -x "$PG_CONFIG" ] || cp "$NA_PG_CONFIG" "$PG_CONFIG"
	chmod -R go+rX "$tree"
	PATH=$(dirname "$PG_CONFIG"):$PATH
	export PG_CONFIG PATH
	[ "$(cd "$("$PG_CONFIG" --pkglibdir)" && pwd -P)" = "$tree$("$NA_PG_CONFIG" --pkglibdir)" ] ||
		[ -d "$("$PG_CONFIG" --pkglibdir)/pgxs" ] || fail "this PostgreSQL cannot be copied: $NA_PG_CONFIG"
}

# Build out of the source tree, install into the private tree.
#	cluster_build FOLDER [make arguments]
cluster_build()
{
	local dir=$1
	shift
	mkdir -p "$dir"
	make -s -C "$dir" -f "$NA_TOP/Makefile" -j"$(nproc)" PG_CONFIG="$PG_CONFIG" with_llvm=no "$@" all &&
		make -s -C "$dir" -f "$NA_TOP/Makefile" PG_CONFIG="$PG_CONFIG" with_llvm=no "$@" install
}

# ---- the cluster ------------------------------------------------------------

# a cluster in $NA_WORK/$1, its socket in the folder $2, with further settings $3
cluster_make()
{
	local data=$NA_WORK/$1 socket=$2 log=$NA_WORK/$1.start.log
	mkdir "$data" "$socket"
	[ -z "$NA_SERVER_USER" ] || chown "$NA_SERVER_USER" "$data" "$socket"
	chmod 700 "$data"
	as_server "$(dirname "$PG_CONFIG")/initdb" -D "$data" -U postgres -A trust -E UTF8 \
		--locale="${NA_LOCALE:-C.UTF-8}" --no-sync >"$log" 2>&1 ||
		{ cat "$log" >&2; fail "initdb failed"; }
	as_server tee -a "$data/postgresql.conf" >/dev/null <<-CONF
		listen_addresses = ''
		unix_socket_directories = '$socket'
		unix_socket_permissions = 0777
		fsync = off
		synchronous_commit = off
		full_page_writes = off
		jit = off
		max_wal_size = 4GB
		$3
	CONF
	as_server "$(dirname "$PG_CONFIG")/pg_ctl" -D "$data" -l "$data/log" -w -t 120 -s start \
		</dev/null >"$log" 2>&1 ||
		{ cat "$log" "$data/log" >&2; fail "the cluster did not start"; }
}

cluster_start()
{
	NA_DATA=$NA_WORK/data
	export NA_WORK
	# a killed script (SIGKILL) runs no trap: this one waits for its end
	setsid bash -c '
		trap "" INT HUP TERM
		while kill -0 "$1" 2>/dev/null; do sleep 1; done
		for pid in $(head -q -n 1 "$2"/*/postmaster.pid 2>/dev/null); do kill -QUIT "$pid" 2>/dev/null; done
		sleep 1
		rm -rf "$2"' guard $$ "$NA_WORK" </dev/null >/dev/null 2>&1 &
	NA_GUARD=$!
	disown
	cluster_make data "$NA_WORK/socket" "${NA_CONF:-}"
	export PGHOST=$NA_WORK/socket PGUSER=postgres PGDATABASE=postgres PGPORT=5432
}

# another cluster beside the first: cluster_more NAME [settings]
cluster_more()
{
	cluster_make "$1" "$NA_WORK/$1.socket" "${2:-}"
}

# stop and delete a cluster that cluster_more made
cluster_less()
{
	as_server "$(dirname "$PG_CONFIG")/pg_ctl" -D "$NA_WORK/$1" -m immediate -s -w stop >/dev/null 2>&1
	rm -rf "${NA_WORK:?}/$1" "$NA_WORK/$1.socket"
}

cluster_stop()
{
	local pid
	[ -n "$NA_DATA" ] || return 0
	for pid in "$NA_WORK"/*/postmaster.pid; do
		[ -f "$pid" ] || continue
		as_server "$(dirname "$PG_CONFIG")/pg_ctl" -D "$(dirname "$pid")" -m "${1:-immediate}" -s -w stop >/dev/null 2>&1
	done
}

cluster_end()
{
	local code=$?
	trap - EXIT
	trap '' HUP INT TERM
	cluster_stop
	[ -z "$NA_GUARD" ] || kill -KILL "$NA_GUARD" 2>/dev/null
	[ -z "$NA_WORK" ] || rm -rf "$NA_WORK"
	exit $code
}
