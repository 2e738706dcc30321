/*
 * news_ar.c
 *		Module entry, and what the SQL-facing files share.
 */
#include "news_ar.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "na_data.h"

#define NEWS_AR_VERSION "1.0"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "news_ar", .version = NEWS_AR_VERSION);
#else
PG_MODULE_MAGIC;
#endif

static void *
pg_alloc(void *ctx, size_t size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, size);
}

static void
pg_release(void *ctx, void *p)
{
	pfree(p);
}

static void
pg_poll(void *ctx)
{
	CHECK_FOR_INTERRUPTS();
}

const na_env nar_env = {pg_alloc, pg_release, pg_poll, NULL};

void
nar_check(na_status status)
{
	if (status == NA_OK)
		return;
	if (status == NA_NO_MEMORY)
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
	elog(ERROR, "unexpected status %d of the news_ar core", (int) status);
}

void
nar_check_encoding(void)
{
	if (unlikely(GetDatabaseEncoding() != PG_UTF8))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("news_ar needs a database in encoding \"UTF8\""),
				 errdetail("The encoding of this database is \"%s\".", GetDatabaseEncodingName()),
				 errhint("Create the database with ENCODING 'UTF8' TEMPLATE template0.")));
}

/*
 * Materialise mode by hand: the helpers of the server differ between versions.
 */
void
nar_srf_begin(FunctionCallInfo fcinfo, nar_srf *srf)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext old;

	if (rsinfo == NULL || !IsA(rsinfo, ReturnSetInfo))
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("set-valued function called in context that cannot accept a set")));
	if (!(rsinfo->allowedModes & SFRM_Materialize))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("materialize mode required, but it is not allowed in this context")));
	/* reading the catalog leaves crumbs: not in the memory of a query, which may call often */
	if (get_call_result_type(fcinfo, NULL, &srf->desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	old = MemoryContextSwitchTo(rsinfo->econtext->ecxt_per_query_memory);
	srf->desc = BlessTupleDesc(CreateTupleDescCopy(srf->desc));
	srf->store = tuplestore_begin_heap((rsinfo->allowedModes & SFRM_Materialize_Random) != 0, false,
									   work_mem);
	rsinfo->returnMode = SFRM_Materialize;
	rsinfo->setResult = srf->store;
	rsinfo->setDesc = srf->desc;
	MemoryContextSwitchTo(old);
}

Datum
nar_text_array(Datum *elements, int n)
{
	if (n == 0)
		return PointerGetDatum(construct_empty_array(TEXTOID));
	return PointerGetDatum(construct_array(elements, n, TEXTOID, -1, false, TYPALIGN_INT));
}

PG_FUNCTION_INFO_V1(news_ar_version);

/*
 * news_ar_version() -> text: version of the code and checksum of the data.
 */
Datum
news_ar_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(
		psprintf("%s+data.%08x", NEWS_AR_VERSION, (unsigned) (na_data_version() >> 32))));
}
