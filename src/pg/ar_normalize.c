/*
 * ar_normalize.c
 *		ar_normalize(), ar_clean(): normalised text.
 */
#include "news_ar.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "na_normalize.h"

PG_FUNCTION_INFO_V1(ar_normalize);
PG_FUNCTION_INFO_V1(ar_normalize_steps);
PG_FUNCTION_INFO_V1(ar_clean);

/* the buffer as a text; it may be larger than one */
static text *
buf_to_text(na_buf *b)
{
	text *t;

	if (b->len > MaxAllocSize - VARHDRSZ)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("result is too large"),
						errdetail("The normalized text has %zu bytes.", b->len)));
	t = cstring_to_text_with_len(b->data ? b->data : "", (int) b->len);
	na_buf_free(b);
	return t;
}

static Datum
normalize(text *arg, uint32 steps)
{
	na_buf out;

	nar_check_encoding();
	na_buf_init(&out, &nar_env);
	nar_check(na_normalize(&nar_env, VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg), steps, &out));
	PG_RETURN_TEXT_P(buf_to_text(&out));
}

/*
 * ar_normalize(text) -> text: the search key, all steps.
 */
Datum
ar_normalize(PG_FUNCTION_ARGS)
{
	return normalize(PG_GETARG_TEXT_PP(0), NA_STEPS_ALL);
}

/* The set of steps that an array names; unknown names are an error. */
static uint32
steps_of_array(ArrayType *a)
{
	Datum *names;
	bool *nulls;
	int n;
	uint32 steps = 0;

	if (ARR_NDIM(a) > 1)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
						errmsg("array of normalization steps must be one-dimensional")));
	deconstruct_array(a, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &n);
	for (int i = 0; i < n; i++)
	{
		text *name;
		uint32 bit;

		if (nulls[i])
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
							errmsg("normalization step must not be null")));
		name = DatumGetTextPP(names[i]);
		bit = na_step_by_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
		if (bit == 0)
		{
			StringInfoData list;

			initStringInfo(&list);
			for (int k = 0; k < NA_STEPS_COUNT; k++)
				appendStringInfo(&list, "%s%s", k ? ", " : "", na_step_name(k));
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("unknown normalization step \"%s\"", text_to_cstring(name)),
							errhint("Known steps: %s.", list.data)));
		}
		steps |= bit;
	}
	return steps;
}

/*
 * ar_normalize(text, steps text[]) -> text: only the named steps.
 */
Datum
ar_normalize_steps(PG_FUNCTION_ARGS)
{
	return normalize(PG_GETARG_TEXT_PP(0), steps_of_array(PG_GETARG_ARRAYTYPE_P(1)));
}

/*
 * ar_clean(text) -> text: safe for display.
 */
Datum
ar_clean(PG_FUNCTION_ARGS)
{
	text *arg = PG_GETARG_TEXT_PP(0);
	na_buf out;

	nar_check_encoding();
	na_buf_init(&out, &nar_env);
	nar_check(na_clean(&nar_env, VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg), &out));
	PG_RETURN_TEXT_P(buf_to_text(&out));
}
