/*
 * na_highlight.h
 *		A text as HTML, its entities and temporal expressions marked.
 */
#ifndef NA_HIGHLIGHT_H
#define NA_HIGHLIGHT_H

#include "na_base.h"
#include "na_date.h"
#include "na_entity.h"

/*
 * Append n bytes of text to out, safe in HTML content and in quoted attribute
 * values: & < > " ' escaped, controls and bidi controls dropped.
 */
extern na_status na_html_escape(const char *s, uint32_t n, na_buf *out);

/*
 * Append <div class="news-ar" dir="rtl" lang="ar"> with one <p> a line that is
 * not blank; entities are <mark class="ar-KIND" data-id data-name
 * data-country>, dates <time class="ar-date" datetime> with the TIMEX3 value.
 */
extern na_status na_highlight(const na_env *env, const char *text, uint32_t n,
							  const na_date_options *options, na_buf *out);

#endif /* NA_HIGHLIGHT_H */
