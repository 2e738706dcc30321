/*
 * ar_stem.c
 *		ar_stem(): the lexeme of a word, or of each word of a text.
 */
#include "news_ar.h"

#include "na_stem.h"
#include "na_token.h"

PG_FUNCTION_INFO_V1(ar_stem);

/*
 * ar_stem(text) -> text
 *
 * Words become their lexemes, joined by single spaces; other tokens that carry
 * meaning (numbers, Latin words, addresses) their normalised form; punctuation
 * is left out.  NULL when nothing is left.
 */
Datum
ar_stem(PG_FUNCTION_ARGS)
{
	NAR_TEXT(0, txt, len);
	na_scanner scan;
	const na_segment *seg;
	StringInfoData out;

	nar_check_encoding();
	initStringInfo(&out);
	na_scan_init(&scan, &nar_env, txt, len, NA_LOOKUP_NONE);
	for (;;)
	{
		nar_check(na_scan_next(&scan, &seg));
		if (seg == NULL)
			break;
		for (uint32 i = 0; i < seg->ntok; i++)
		{
			const na_token *t = &seg->tok[i];
			na_str s = na_key(seg, t);

			CHECK_FOR_INTERRUPTS();
			if (t->kind == NA_WORD)
			{
				na_stem_result r;

				na_stem(s.p, s.n, txt + t->byte, t->nbytes, &r);
				s = r.lemma;
			}
			else if (t->kind == NA_QUOTE || t->kind == NA_PUNCT || t->kind == NA_SYMBOL ||
					 t->kind == NA_NEWLINE || t->kind == NA_TAG || t->kind == NA_EMOJI ||
					 t->kind == NA_OTHER)
				continue;
			if (s.n == 0)
				continue;
			if (out.len > 0)
				appendStringInfoChar(&out, ' ');
			appendBinaryStringInfo(&out, s.p, (int) s.n);
		}
	}
	na_scan_end(&scan);
	if (out.len == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(nar_text(out.data, out.len));
}
