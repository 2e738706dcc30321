/*
 * ar_similarity.c
 *		ar_similarity(), ar_fingerprint(): near-duplicates.
 */
#include "news_ar.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "na_fingerprint.h"

PG_FUNCTION_INFO_V1(ar_similarity);
PG_FUNCTION_INFO_V1(ar_fingerprint);

/*
 * ar_similarity(text, text) -> real: 0 .. 1, from 0.5 on the same wire copy.
 */
Datum
ar_similarity(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, a, na);
	NAR_TEXT(1, b, nb);
	float result;

	nar_check_encoding();
	nar_check(na_similarity(&nar_env, a, na, b, nb, &result));
	PG_RETURN_FLOAT4(result);
}

/*
 * ar_fingerprint(text) -> int[]: sorted, distinct, for GIN.
 */
Datum
ar_fingerprint(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, txt, len);
	int32_t *values;
	uint32_t n;
	Datum *d;

	nar_check_encoding();
	nar_check(na_fingerprint(&nar_env, txt, len, &values, &n));
	if (n == 0)
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(INT4OID));
	d = palloc(n * sizeof *d);
	for (uint32_t i = 0; i < n; i++)
		d[i] = Int32GetDatum(values[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(d, (int) n, INT4OID, 4, true, TYPALIGN_INT));
}
