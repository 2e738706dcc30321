/*
 * ar_tokens.c
 *		ar_tokens(): the token stream as rows.
 */
#include "news_ar.h"

#include "na_stem.h"
#include "na_token.h"

PG_FUNCTION_INFO_V1(ar_tokens);

/*
 * Tokens from i on that make one compound of a word and a number (كوفيد-19):
 * how many, 1 = none.
 */
static uint32
compound_length(const na_segment *seg, uint32 i)
{
	const na_token *t = &seg->tok[i];

	if ((t->kind == NA_WORD || t->kind == NA_LATIN) && (t->flags & NA_TF_COMPOUND) &&
		i + 2 < seg->ntok && seg->tok[i + 1].cp == '-' && seg->tok[i + 2].kind == NA_NUMBER)
		return 3;
	return 1;
}

/*
 * ar_tokens(text) -> setof (start, length, surface, kind, norm, stem)
 */
Datum
ar_tokens(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, txt, len);
	nar_srf srf;
	na_scanner scan;
	const na_segment *seg;

	nar_check_encoding();
	nar_srf_begin(fcinfo, &srf);
	na_scan_init(&scan, &nar_env, txt, len, NA_LOOKUP_ALL);
	for (;;)
	{
		nar_check(na_scan_next(&scan, &seg));
		if (seg == NULL)
			break;
		for (uint32 i = 0; i < seg->ntok;)
		{
			const na_token *t = &seg->tok[i];
			uint32 n = compound_length(seg, i);
			const na_token *last = &seg->tok[i + n - 1];
			Datum values[6];
			bool nulls[6] = {false};
			uint32 nbytes = last->byte + last->nbytes - t->byte;

			CHECK_FOR_INTERRUPTS();
			values[0] = Int32GetDatum((int32) (t->chr + 1));
			values[1] = Int32GetDatum((int32) (last->chr + last->nchars - t->chr));
			values[2] = nar_text(txt + t->byte, nbytes);
			values[3] = CStringGetTextDatum(n > 1 ? "compound" : na_kind_name(t->kind));
			values[4] = nar_text(seg->keys + t->key, last->key + last->nkey - t->key);
			if (t->kind == NA_WORD)
			{
				na_stem_result stem;

				na_stem(seg->keys + t->key, t->nkey, txt + t->byte, t->nbytes, &stem);
				values[5] = nar_text(stem.lemma.p, stem.lemma.n);
			}
			else
				nulls[5] = true;
			nar_srf_put(&srf, values, nulls);
			if (!nulls[5])
				pfree(DatumGetPointer(values[5]));
			pfree(DatumGetPointer(values[2]));
			pfree(DatumGetPointer(values[3]));
			pfree(DatumGetPointer(values[4]));
			i += n;
		}
	}
	na_scan_end(&scan);
	return (Datum) 0;
}
