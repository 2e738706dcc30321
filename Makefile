# news_ar: PGXS makefile.
#
#   make                 build the library and the install script
#   make install         (as the owner of PostgreSQL's folders)
#   make installcheck    pg_regress against a running server
#   make unit            unit tests of the core, without PostgreSQL
#   make features        build the trainer's feature program, build/train/na_features
#   make model TRAIN=dir CORPUS=dir [WORK=dir]
#                        train the tagger's model again (docs/tagger.md; hours)
#   make model BASE=file TRAIN=dir CORPUS=dir [WORK=dir]
#                        the same, going on from a written model (an hour)
#   make counts          instruction counts of the core against those stated (valgrind)
#   make bench           times of all functions in a throw-away cluster
#   make unicode-data    write data/unicode/classes.tsv through ICU again (maintainers)
#
# PG_CONFIG names the PostgreSQL to build for.  WERROR=1 turns warnings into errors.

PG_CONFIG ?= pg_config
EXTENSION = news_ar
EXTVERSION = 1.0
MODULE_big = news_ar

# the folder of this file: "." or, in a VPATH build, a path
top := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))

CORE_SRC := $(sort $(wildcard $(top)/src/core/*.c))
PG_SRC := $(sort $(wildcard $(top)/src/pg/*.c))
GEN_SRC := $(filter-out $(top)/src/gen/gen_chars.c,$(sort $(wildcard $(top)/src/gen/gen_*.c)))
CORE_HDR := $(wildcard $(top)/src/core/*.h)
DATA_SRC := $(shell find $(top)/data -type f)
SQL_SRC := $(sort $(wildcard $(top)/sql/install/*.sql))

OBJS = $(patsubst $(top)/%.c,%.o,$(CORE_SRC) $(PG_SRC)) build/gen/na_chartab.o
DATA = $(patsubst $(top)/%,%,$(wildcard $(top)/sql/upgrade/$(EXTENSION)--*.sql $(top)/sql/archive/*))
DATA_built = $(EXTENSION)--$(EXTVERSION).sql
REGRESS = $(patsubst $(top)/sql/%.sql,%,$(sort $(wildcard $(top)/sql/*.sql)))
REGRESS_OPTS = --inputdir=$(top) --load-extension=news_ar --encoding=UTF8 --no-locale
EXTRA_CLEAN = build

ICU_CFLAGS := $(shell pkg-config --cflags icu-uc 2>/dev/null)
ICU_LIBS := $(or $(shell pkg-config --libs icu-uc 2>/dev/null),-licuuc)
WARN = -Wall -Wextra -Wno-declaration-after-statement -Wno-unused-parameter $(if $(WERROR),-Werror)

PG_CPPFLAGS = -I$(top)/src/core $(ICU_CFLAGS)
PG_CFLAGS = -std=gnu11 -ffp-contract=off $(WARN)
SHLIB_LINK = $(ICU_LIBS) -lm

# just-in-time inlining has nothing to gain from functions of this size
override with_llvm = no

PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# only sources are looked for beside the makefile: objects of another build are not taken
override VPATH :=
vpath %.c $(top)
vpath %.control $(top)
vpath sql/upgrade/%.sql $(top)
vpath sql/archive/%.sql $(top)
vpath sql/archive/%.html $(top)

$(OBJS): | build/dirs
$(patsubst $(top)/%.c,%.o,$(CORE_SRC) $(PG_SRC)): $(CORE_HDR) $(wildcard $(top)/src/pg/*.h)

build/dirs:
	@mkdir -p src/core src/pg build/gen build/unit build/host && touch $@

# ---- the install script ------------------------------------------------------

$(EXTENSION)--$(EXTVERSION).sql: $(SQL_SRC)
	{ printf '%s\n' '\echo Use "CREATE EXTENSION news_ar" to load this file. \quit'; cat $(SQL_SRC); } > $@

all: $(EXTENSION)--$(EXTVERSION).sql

# calls inside the library go straight; only functions that SQL names are seen from outside
$(patsubst $(top)/%.c,%.o,$(CORE_SRC)) build/gen/na_chartab.o: CFLAGS += -fvisibility=hidden

# the tagger's kernels live on the vectoriser, which -O2 keeps short
src/core/na_tagger_kernel.o: CFLAGS += -O3
build/host/na_tagger_kernel.o: HOST_EXTRA := -O3 $(HOST_EXTRA)

# ---- the compiled-in data ----------------------------------------------------

HOST_CFLAGS = -std=gnu11 -O2 -ffp-contract=off -g $(WARN) -I$(top)/src/core $(ICU_CFLAGS) $(HOST_EXTRA)
HOST_CORE := $(patsubst $(top)/src/core/%.c,build/host/%.o,$(filter-out %/na_blob.c,$(CORE_SRC)))

build/host/%.o: $(top)/src/core/%.c $(CORE_HDR) | build/dirs
	$(CC) $(HOST_CFLAGS) -c -o $@ $<

build/gen/gen_chars: $(top)/src/gen/gen_chars.c $(top)/src/core/na_step.c $(CORE_HDR) | build/dirs
	$(CC) $(HOST_CFLAGS) -o $@ $(filter %.c,$^)

build/gen/na_chartab.c: build/gen/gen_chars $(wildcard $(top)/data/unicode/*.tsv)
	build/gen/gen_chars $(top)/data > $@.tmp && mv $@.tmp $@

build/gen/na_chartab.o: build/gen/na_chartab.c
	$(CC) $(CFLAGS) $(CFLAGS_SL) $(CPPFLAGS) -c -o $@ $<

build/host/na_chartab.o: build/gen/na_chartab.c
	$(CC) $(HOST_CFLAGS) -c -o $@ $<

build/gen/gen_data: $(GEN_SRC) $(wildcard $(top)/src/gen/*.h) $(top)/src/gen/no_blob.c build/host/libcore.a
	$(CC) $(HOST_CFLAGS) -o $@ $(filter %.c,$^) build/host/libcore.a $(ICU_LIBS) -lm

# the core without its data, for the tools that make the data
build/host/libcore.a: $(HOST_CORE) build/host/na_chartab.o
	rm -f $@ && $(AR) rcs $@ $^

build/news_ar.dat: build/gen/gen_data $(DATA_SRC)
	build/gen/gen_data $(top)/data $@

src/core/na_blob.o: $(top)/src/core/na_blob.c build/news_ar.dat | build/dirs
	$(CC) $(CFLAGS) $(CFLAGS_SL) $(CPPFLAGS) -DNA_BLOB_FILE='"$(abspath build/news_ar.dat)"' -c -o $@ $<

build/host/na_blob.o: $(top)/src/core/na_blob.c build/news_ar.dat | build/dirs
	$(CC) $(HOST_CFLAGS) -DNA_BLOB_FILE='"$(abspath build/news_ar.dat)"' -c -o $@ $<

# ---- the core alone: unit tests ----------------------------------------------

UNIT := $(patsubst $(top)/test/unit/%.c,build/unit/%,$(sort $(wildcard $(top)/test/unit/*.c)))

build/host/libnews_ar.a: $(HOST_CORE) build/host/na_chartab.o build/host/na_blob.o
	rm -f $@ && $(AR) rcs $@ $^

build/unit/%: $(top)/test/unit/%.c build/host/libnews_ar.a $(wildcard $(top)/test/unit/*.h)
	$(CC) $(HOST_CFLAGS) -o $@ $< build/host/libnews_ar.a $(ICU_LIBS) $(UNIT_LIBS) -lm

# each program prints "ok …" or "not ok …" for each case and fails when one did; RUN: what runs them
unit: $(UNIT)
	@fail=0; for t in $(UNIT); do $(RUN) $$t > $$t.log || { fail=1; grep '^not ok' $$t.log; echo "FAILED: $$t"; }; done; \
	cat $(UNIT:=.log) | awk '/^ok/ {p++} /^not ok/ {f++} END {printf "unit: %d passed, %d failed\n", p, f}'; exit $$fail

# the core's functions over pages: what test/bench/counts and perf run
build/core: $(top)/test/bench/core.c build/host/libnews_ar.a
	$(CC) $(HOST_CFLAGS) -o $@ $< build/host/libnews_ar.a $(ICU_LIBS) -lm

# ---- the core alone: fuzz targets; test/fuzz/run builds and runs them ----------

FUZZ = $(patsubst $(top)/test/fuzz/%.c,build/fuzz/%,$(sort $(wildcard $(top)/test/fuzz/fuzz_*.c)))
FUZZ_FLAGS = -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

fuzz: HOST_EXTRA := $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link
fuzz: $(FUZZ)

# the files of the SQL-facing half leave parameters of the call convention unused
build/fuzz/fuzz_search.o: FUZZ_EXTRA = -I$(top)/src/pg -isystem $(includedir_server) -D_GNU_SOURCE -Wno-unused-parameter -Wno-sign-compare

build/fuzz/fuzz_search.o: $(addprefix $(top)/src/pg/,ar_parser.c ar_dict.c news_ar.h)

build/fuzz/%.o: $(top)/test/fuzz/%.c $(top)/test/fuzz/fuzz.h $(CORE_HDR)
	@mkdir -p build/fuzz
	$(CC) $(HOST_CFLAGS) $(FUZZ_EXTRA) -c -o $@ $<

build/fuzz/%: build/fuzz/%.o build/fuzz/fuzz.o build/fuzz/mutate.o build/host/libnews_ar.a
	$(CC) $(HOST_CFLAGS) -fsanitize=fuzzer -o $@ $^ $(ICU_LIBS) -lm

.PRECIOUS: build/fuzz/%.o

# ---- the tagger's model (docs/tagger.md) ---------------------------------------

features: build/train/na_features

build/train/na_features: $(top)/src/train/na_features.c build/host/libnews_ar.a
	@mkdir -p build/train
	$(CC) $(HOST_CFLAGS) -o $@ $< build/host/libnews_ar.a $(ICU_LIBS) -lm

WORK ?= build/train
model: build/train/na_features
	$(top)/src/train/$(if $(BASE),refine,recipe) $(abspath $<) $(TRAIN) $(CORPUS) $(WORK) $(top) $(BASE)

# time, memory and interrupts on hostile texts: test/limits/run
build/limits: $(top)/test/limits/core.c build/host/libnews_ar.a
	$(CC) $(HOST_CFLAGS) -o $@ $< build/host/libnews_ar.a $(ICU_LIBS) -lm

# times, memory and sizes, with the tables of docs/performance.md written anew
bench:
	$(top)/test/bench/run --doc

# instruction counts against test/bench/counts.tsv; counts-write states them anew
counts: build/core
	$(top)/test/bench/counts build/core

counts-write: build/core
	$(top)/test/bench/counts --write build/core

unicode-data:
	$(CC) $(HOST_CFLAGS) -o build/gen/unicode_classes $(top)/src/gen/unicode_classes.c $(ICU_LIBS)
	build/gen/unicode_classes > $(top)/data/unicode/classes.tsv

.PHONY: unit fuzz features model counts counts-write bench unicode-data
