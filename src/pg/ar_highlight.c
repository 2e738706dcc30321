/*
 * ar_highlight.c
 *		ar_highlight(): a text as HTML with entities and dates marked.
 */
#include "news_ar.h"

#include "utils/memutils.h"

#include "na_highlight.h"

PG_FUNCTION_INFO_V1(ar_highlight);

/*
 * ar_highlight(text [, reference date]) -> text
 */
Datum
ar_highlight(PG_FUNCTION_ARGS)
{
	na_date_options options = {NA_NO_DAY, 0};
	na_buf out;
	text *result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	nar_check_encoding();
	if (PG_NARGS() > 1 && !PG_ARGISNULL(1))
		options.reference = nar_day_from_date(PG_GETARG_DATEADT(1), "reference date");
	{
		NAR_TEXT(0, txt, len);

		na_buf_init(&out, &nar_env);
		nar_check(na_highlight(&nar_env, txt, len, &options, &out));
	}
	if (out.len > MaxAllocSize - VARHDRSZ)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("result is too large"),
						errdetail("The highlighted text has %zu bytes.", out.len)));
	result = cstring_to_text_with_len(out.data, (int) out.len);
	na_buf_free(&out);
	PG_RETURN_TEXT_P(result);
}
