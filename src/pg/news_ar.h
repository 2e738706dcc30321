/*
 * news_ar.h
 *		What the SQL-facing files share.
 */
#ifndef NEWS_AR_H
#define NEWS_AR_H

#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/tuplestore.h"

#include "na_base.h"

/* memory from CurrentMemoryContext; poll is CHECK_FOR_INTERRUPTS */
extern const na_env nar_env;

/* error for a core status other than NA_OK */
extern void nar_check(na_status status);

/* every function starts with this: the database must be in UTF8 */
extern void nar_check_encoding(void);

/* a text argument, detoasted, not copied when it need not be */
#define NAR_TEXT(n, ptr, len)                                                                      \
	text *ptr##_arg = PG_GETARG_TEXT_PP(n);                                                        \
	const char *ptr = VARDATA_ANY(ptr##_arg);                                                      \
	uint32 len = (uint32) VARSIZE_ANY_EXHDR(ptr##_arg)

/* a set-returning function in materialise mode: the result spills to disk when it is large */
typedef struct nar_srf
{
	Tuplestorestate *store;
	TupleDesc desc;
} nar_srf;

extern void nar_srf_begin(FunctionCallInfo fcinfo, nar_srf *srf);

static inline void
nar_srf_put(nar_srf *srf, Datum *values, bool *nulls)
{
	tuplestore_putvalues(srf->store, srf->desc, values, nulls);
}

static inline Datum
nar_text(const char *p, size_t n)
{
	return PointerGetDatum(cstring_to_text_with_len(p, (int) n));
}

/* day number of na_calendar.h; what names the argument in the error for dates beyond its years */
extern int32 nar_day_from_date(DateADT date, const char *what);

/* a text[] without NULLs */
extern Datum nar_text_array(Datum *elements, int n);

#endif /* NEWS_AR_H */
