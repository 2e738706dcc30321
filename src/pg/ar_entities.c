/*
 * ar_entities.c
 *		ar_entities(), ar_countries(), ar_entity_ids(), ar_gazetteer().
 */
#include "news_ar.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "na_entity.h"

PG_FUNCTION_INFO_V1(ar_entities);
PG_FUNCTION_INFO_V1(ar_entities_user);
PG_FUNCTION_INFO_V1(ar_countries);
PG_FUNCTION_INFO_V1(ar_entity_ids);
PG_FUNCTION_INFO_V1(ar_gazetteer);

/* calls fn for every entity of a text */
typedef void (*entity_fn)(void *ctx, const na_segment *seg, const na_entity *e);

static void
for_each_entity(const char *txt, uint32 len, const na_user_gazetteer *user, entity_fn fn, void *ctx)
{
	na_scanner scan;
	const na_segment *seg;
	na_entity_reader *reader = na_entity_reader_new(&nar_env, user);

	na_scan_init(&scan, &nar_env, txt, len, NA_LOOKUP_ALL);
	for (;;)
	{
		const na_entity *list;
		uint32 n;

		nar_check(na_scan_next(&scan, &seg));
		if (seg == NULL)
			break;
		nar_check(na_entities_segment(reader, seg, &list, &n));
		for (uint32 i = 0; i < n; i++)
			fn(ctx, seg, &list[i]);
	}
	na_scan_end(&scan);
	na_entity_reader_free(reader);
}

typedef struct entity_sink
{
	nar_srf srf;
	const na_user_gazetteer *user;
	MemoryContext row;
} entity_sink;

static Datum
text_or_null(const char *p, size_t n, bool *isnull)
{
	*isnull = n == 0;
	return n == 0 ? (Datum) 0 : nar_text(p, n);
}

static void
put_entity(void *ctx, const na_segment *seg, const na_entity *e)
{
	entity_sink *s = ctx;
	MemoryContext old = MemoryContextSwitchTo(s->row);
	Datum v[9];
	bool nulls[9] = {false};
	const char *p;

	CHECK_FOR_INTERRUPTS();
	v[0] = Int32GetDatum((int32) e->chr + 1);
	v[1] = Int32GetDatum((int32) e->nchars);
	v[2] = nar_text(seg->text + e->byte, e->nbytes);
	v[3] = CStringGetTextDatum(na_entity_kind_name(e->kind));
	if (e->user)
	{
		const na_user_entry *u = na_user_gazetteer_entry(s->user, e->gaz);

		v[4] = text_or_null(u->id.p, u->id.n, &nulls[4]);
		v[6] = text_or_null(u->name_en.p, u->name_en.n, &nulls[6]);
	}
	else
	{
		p = na_entity_id(e);
		v[4] = text_or_null(p, strlen(p), &nulls[4]);
		p = e->gaz ? na_string(na_gaz_at(e->gaz)->name_en) : "";
		v[6] = text_or_null(p, strlen(p), &nulls[6]);
	}
	v[5] = text_or_null(e->name.p, e->name.n, &nulls[5]);
	v[7] = text_or_null(e->country, e->country[0] ? 2 : 0, &nulls[7]);
	v[8] = Float4GetDatum(e->score);
	nar_srf_put(&s->srf, v, nulls);
	MemoryContextSwitchTo(old);
	MemoryContextReset(s->row);
}

static void
emit_entities(FunctionCallInfo fcinfo, const char *txt, uint32 len, const na_user_gazetteer *user)
{
	entity_sink sink;

	nar_srf_begin(fcinfo, &sink.srf);
	sink.user = user;
	sink.row = AllocSetContextCreate(CurrentMemoryContext, "ar_entities row", ALLOCSET_SMALL_SIZES);
	for_each_entity(txt, len, user, put_entity, &sink);
	MemoryContextDelete(sink.row);
}

/*
 * ar_entities(text) -> setof (start, length, surface, kind, id, name, name_en, country, score)
 */
Datum
ar_entities(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, txt, len);

	nar_check_encoding();
	emit_entities(fcinfo, txt, len, NULL);
	return (Datum) 0;
}

/* ---- a user's gazetteer table ---------------------------------------------------- */

/*
 * A compiled gazetteer belongs to one call in one query (fn_extra) and to its
 * snapshot.  Nothing is kept for the next query: what the table shows may hang
 * on settings (row-level security) and on work that was rolled back, and while
 * the rows are read, functions of a view may call this function again.
 */
typedef struct user_cache
{
	MemoryContext context;
	na_env env;
	na_user_gazetteer *gazetteer; /* NULL: not there, or not whole */
	Oid relid;
	Oid userid;
	TransactionId xmin, xmax;
	uint32 xcnt;
	CommandId curcid;
} user_cache;

static void *
cache_alloc(void *ctx, size_t size)
{
	return MemoryContextAllocHuge(((user_cache *) ctx)->context, size);
}

/* the columns of a gazetteer, in the order of the query */
typedef enum user_column
{
	USER_NAME,
	USER_KIND,
	USER_ID,
	USER_NAME_EN,
	USER_COUNTRY,
	USER_COLUMNS
} user_column;

static const char *const user_columns[USER_COLUMNS] = {"name", "kind", "id", "name_en", "country"};

/* error when a relation lacks a column or has it in a type that is no text */
static void
check_column(TupleDesc desc, const char *table, const char *name)
{
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute a = TupleDescAttr(desc, i);
		Oid type;

		if (a->attisdropped || strcmp(NameStr(a->attname), name) != 0)
			continue;
		type = getBaseType(a->atttypid);
		if (type == TEXTOID || type == VARCHAROID || type == BPCHAROID || type == NAMEOID)
			return;
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of gazetteer \"%s\" must be of type text", name, table),
				 errhint("A gazetteer has text columns name, kind, id, name_en and "
						 "country; others are ignored.")));
	}
	ereport(ERROR, (errcode(ERRCODE_UNDEFINED_COLUMN),
					errmsg("gazetteer \"%s\" has no column \"%s\"", table, name),
					errhint("A gazetteer has text columns name, kind, id, name_en and country; "
							"others are ignored.")));
}

static na_str
spi_string(uint64 row, user_column column)
{
	char *s = SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, (int) column + 1);
	na_str r = {s, s ? (uint32) strlen(s) : 0};

	return r;
}

static uint8
kind_by_name(const char *s)
{
	for (int k = NA_ENT_PERSON; k <= NA_ENT_OTHER; k++)
		if (s != NULL && strcmp(s, na_entity_kind_name(k)) == 0)
			return (uint8) k;
	return NA_ENT_NONE;
}

static const na_user_gazetteer *
user_gazetteer(FmgrInfo *flinfo, Oid relid)
{
	Snapshot snap = GetActiveSnapshot();
	user_cache *cache = flinfo->fn_extra;
	StringInfoData query;
	Relation rel;
	char *schema;
	char *table;
	Portal portal;

	if (cache == NULL)
	{
		cache = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof *cache);
		cache->context = AllocSetContextCreate(flinfo->fn_mcxt, "news_ar user gazetteer",
											   ALLOCSET_DEFAULT_SIZES);
		flinfo->fn_extra = cache;
	}
	if (cache->gazetteer != NULL && cache->relid == relid && cache->userid == GetUserId() &&
		cache->xmin == snap->xmin && cache->xmax == snap->xmax && cache->xcnt == snap->xcnt &&
		cache->curcid == snap->curcid)
		return cache->gazetteer;
	/* locked, so that it keeps its name until it is read */
	rel = try_relation_open(relid, AccessShareLock);
	if (rel == NULL)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_TABLE),
						errmsg("gazetteer with OID %u does not exist", relid)));
	table = pstrdup(RelationGetRelationName(rel));
	schema = get_namespace_name(RelationGetNamespace(rel));
	switch (rel->rd_rel->relkind)
	{
		case RELKIND_RELATION:
		case RELKIND_PARTITIONED_TABLE:
		case RELKIND_FOREIGN_TABLE:
		case RELKIND_VIEW:
		case RELKIND_MATVIEW: break;
		default:
			ereport(ERROR, (errcode(ERRCODE_WRONG_OBJECT_TYPE),
							errmsg("gazetteer \"%s\" is neither table nor view", table)));
	}
	for (int i = 0; i < USER_COLUMNS; i++)
		check_column(RelationGetDescr(rel), table, user_columns[i]);
	relation_close(rel, NoLock);
	cache->gazetteer = NULL;
	MemoryContextReset(cache->context);
	cache->env = nar_env;
	cache->env.alloc = cache_alloc;
	cache->env.ctx = cache;

	initStringInfo(&query);
	/* a qualified name and nothing else: no text of the data becomes SQL; char(n) loses its blanks */
	for (int i = 0; i < USER_COLUMNS; i++)
		appendStringInfo(&query, "%s %s::pg_catalog.text", i == 0 ? "SELECT" : ",",
						 user_columns[i]);
	appendStringInfo(&query, " FROM %s", quote_qualified_identifier(schema, table));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	{
		SPIPlanPtr plan = SPI_prepare(query.data, 0, NULL);
		MemoryContext batch =
			AllocSetContextCreate(CurrentMemoryContext, "gazetteer rows", ALLOCSET_DEFAULT_SIZES);
		MemoryContext old;
		na_user_gazetteer *g;

		if (plan == NULL)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		portal = SPI_cursor_open(NULL, plan, NULL, NULL, true);
		g = na_user_gazetteer_new(&cache->env);
		for (;;)
		{
			SPI_cursor_fetch(portal, true, 1000);
			if (SPI_processed == 0)
				break;
			old = MemoryContextSwitchTo(batch);
			for (uint64 i = 0; i < SPI_processed; i++)
			{
				na_user_entry e;
				na_str kind = spi_string(i, USER_KIND);
				na_str country = spi_string(i, USER_COUNTRY);

				memset(&e, 0, sizeof e);
				e.name = spi_string(i, USER_NAME);
				if (e.name.n == 0)
					continue;
				e.id = spi_string(i, USER_ID);
				e.name_en = spi_string(i, USER_NAME_EN);
				e.kind = kind_by_name(kind.p);
				if (e.kind == NA_ENT_NONE)
					ereport(
						ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("unknown entity kind \"%s\" in gazetteer \"%s\"",
								kind.p ? kind.p : "", table),
						 errhint("Kinds are person, place, organization, nationality and other.")));
				if (country.n > 0)
				{
					if (country.n != 2 || country.p[0] < 'A' || country.p[0] > 'Z' ||
						country.p[1] < 'A' || country.p[1] > 'Z')
						ereport(
							ERROR,
							(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							 errmsg(
								 "country \"%s\" in gazetteer \"%s\" is no ISO 3166-1 alpha-2 code",
								 country.p, table)));
					memcpy(e.country, country.p, 2);
				}
				nar_check(na_user_gazetteer_add(g, &e));
			}
			MemoryContextSwitchTo(old);
			MemoryContextReset(batch);
			SPI_freetuptable(SPI_tuptable);
		}
		SPI_cursor_close(portal);
		SPI_finish();
		cache->relid = relid;
		cache->userid = GetUserId();
		cache->xmin = snap->xmin;
		cache->xmax = snap->xmax;
		cache->xcnt = snap->xcnt;
		cache->curcid = snap->curcid;
		cache->gazetteer = g;
	}
	return cache->gazetteer;
}

/*
 * ar_entities(text, gazetteer regclass): the caller's names first.
 */
Datum
ar_entities_user(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, txt, len);
	const na_user_gazetteer *user;

	nar_check_encoding();
	user = user_gazetteer(fcinfo->flinfo, PG_GETARG_OID(1));
	emit_entities(fcinfo, txt, len, user);
	return (Datum) 0;
}

/* ---- arrays for GIN ---------------------------------------------------------------- */

typedef struct string_set
{
	const char **v;
	uint32 n;
	uint32 cap;
	char (*countries)[4];
	bool seen[26 * 26];
} string_set;

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static void
put_string(string_set *s, const char *p)
{
	/* keep it small: drop doubles whenever it is full */
	if (s->n == s->cap)
	{
		uint32 k = 0;

		qsort(s->v, s->n, sizeof *s->v, compare_strings);
		for (uint32 i = 0; i < s->n; i++)
			if (k == 0 || strcmp(s->v[k - 1], s->v[i]) != 0)
				s->v[k++] = s->v[i];
		s->n = k;
		if (s->n > s->cap / 2)
		{
			s->cap = s->cap * 2;
			s->v = repalloc(s->v, s->cap * sizeof *s->v);
		}
	}
	s->v[s->n++] = p;
}

static Datum
set_to_array(string_set *s)
{
	Datum *d;
	uint32 k = 0;

	qsort(s->v, s->n, sizeof *s->v, compare_strings);
	d = palloc((s->n + 1) * sizeof *d);
	for (uint32 i = 0; i < s->n; i++)
		if (i == 0 || strcmp(s->v[i - 1], s->v[i]) != 0)
			d[k++] = CStringGetTextDatum(s->v[i]);
	return nar_text_array(d, (int) k);
}

static void
collect_country(void *ctx, const na_segment *seg, const na_entity *e)
{
	string_set *s = ctx;
	int k;

	if (e->country[0] < 'A' || e->country[0] > 'Z' || e->country[1] < 'A' || e->country[1] > 'Z')
		return;
	k = (e->country[0] - 'A') * 26 + (e->country[1] - 'A');
	if (s->seen[k])
		return;
	s->seen[k] = true;
	put_string(s, pnstrdup(e->country, 2));
}

static void
collect_id(void *ctx, const na_segment *seg, const na_entity *e)
{
	const char *id = na_entity_id(e);

	if (*id)
		put_string(ctx, id);
}

static Datum
collect(FunctionCallInfo fcinfo, entity_fn fn)
{
	NAR_TEXT(0, txt, len);
	string_set s;

	nar_check_encoding();
	memset(&s, 0, sizeof s);
	s.cap = 64;
	s.v = palloc(s.cap * sizeof *s.v);
	for_each_entity(txt, len, NULL, fn, &s);
	return set_to_array(&s);
}

/*
 * ar_countries(text) -> text[]: ISO codes of the countries that a text names.
 */
Datum
ar_countries(PG_FUNCTION_ARGS)
{
	return collect(fcinfo, collect_country);
}

/*
 * ar_entity_ids(text) -> text[]: ids of all known entities of a text.
 */
Datum
ar_entity_ids(PG_FUNCTION_ARGS)
{
	return collect(fcinfo, collect_id);
}

static Datum
split_array(const char *s)
{
	Datum d[64];
	int n = 0;

	while (*s && n < 64)
	{
		size_t k = strcspn(s, "|");

		if (k > 0)
			d[n++] = nar_text(s, k);
		s += k + (s[k] == '|');
	}
	return nar_text_array(d, n);
}

/*
 * ar_gazetteer() -> setof (id, kind, class, country, name, name_en, variants, short)
 */
Datum
ar_gazetteer(PG_FUNCTION_ARGS)
{
	nar_srf srf;
	uint32 n = na_gaz_count();

	nar_check_encoding();
	nar_srf_begin(fcinfo, &srf);
	for (uint32 i = 1; i < n; i++)
	{
		const na_gaz *x = na_gaz_at(i);
		Datum v[8];
		bool nulls[8] = {false};
		const char *p;

		CHECK_FOR_INTERRUPTS();
		p = na_string(x->id);
		v[0] = text_or_null(p, strlen(p), &nulls[0]);
		v[1] = CStringGetTextDatum(na_entity_kind_name(x->kind));
		p = na_string(x->cls);
		v[2] = text_or_null(p, strlen(p), &nulls[2]);
		v[3] = text_or_null(x->country, x->country[0] ? 2 : 0, &nulls[3]);
		p = na_string(x->name);
		v[4] = text_or_null(p, strlen(p), &nulls[4]);
		p = na_string(x->name_en);
		v[5] = text_or_null(p, strlen(p), &nulls[5]);
		v[6] = split_array(na_string(x->variants));
		v[7] = split_array(na_string(x->shorts));
		nar_srf_put(&srf, v, nulls);
	}
	return (Datum) 0;
}
