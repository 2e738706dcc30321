/*
 * fuzz_highlight.c
 *		HTML: balanced, nothing of the text is markup, nothing is lost.
 */
#include "fuzz.h"
#include "na_calendar.h"
#include "na_highlight.h"

/* one of the tags that the function writes; its length, 0 = none */
static size_t
tag(const char *p, const char *end, const char **name)
{
	static const char *const names[] = {"div", "p", "mark", "time"};
	const char *q = p + 1 + (p[1] == '/');

	for (int i = 0; i < 4; i++)
	{
		size_t n = strlen(names[i]);
		const char *r = q + n;

		if ((size_t) (end - q) <= n || memcmp(q, names[i], n) != 0 || (*r != '>' && *r != ' '))
			continue;
		*name = names[i];
		while (r < end && *r != '>')
		{
			FUZZ_CHECK(*r != '<' && *r != '&' && *r != '\n');
			/* values of attributes stand in quotation marks, whatever is in them is escaped */
			if (*r == '"')
			{
				for (r++; r < end && *r != '"'; r++)
					FUZZ_CHECK(*r != '<' && *r != '>' && *r != '\n');
			}
			r++;
		}
		FUZZ_CHECK(r < end);
		return (size_t) (r + 1 - p);
	}
	return 0;
}

static void
check_html(const na_buf *b)
{
	const char *stack[4];
	int depth = 0;
	const char *p = b->data, *end = b->data + b->len;

	while (p < end)
	{
		const char *name;
		size_t n;

		if (*p == '<')
		{
			n = tag(p, end, &name);
			FUZZ_CHECK(n > 0);
			if (p[1] == '/')
			{
				FUZZ_CHECK(depth > 0 && strcmp(stack[depth - 1], name) == 0);
				depth--;
			}
			else
			{
				FUZZ_CHECK(depth < 3);
				FUZZ_CHECK(depth == (name[0] == 'd' ? 0 : name[0] == 'p' ? 1 : 2));
				stack[depth++] = name;
			}
			p += n;
			continue;
		}
		FUZZ_CHECK(*p != '>' && *p != '"' && *p != '\'');
		FUZZ_CHECK((unsigned char) *p >= 0x20 || (*p == '\n' && depth == 1));
		if (*p == '&')
		{
			static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
			bool found = false;

			for (int i = 0; i < 5; i++)
				found |= (size_t) (end - p) >= strlen(known[i]) &&
						 memcmp(p, known[i], strlen(known[i])) == 0;
			FUZZ_CHECK(found);
		}
		p++;
	}
	FUZZ_CHECK(depth == 0);
}

/* what can be seen, as a sum: of the text, or of HTML without its markup */
static uint64_t
visible_sum(const char *s, size_t n, bool html)
{
	const unsigned char *p = (const unsigned char *) s;
	const unsigned char *end = p + n;
	uint64_t sum = 0;
	int len;

	for (; p < end; p += len)
	{
		uint32_t cp = na_utf8_decode(p, end, &len);
		na_class c;

		if (html && cp == '<')
		{
			const char *name;

			len = (int) tag((const char *) p, (const char *) end, &name);
			continue;
		}
		if (html && cp == '&')
		{
			cp = p[1] == 'a'   ? '&'
				 : p[1] == 'l' ? '<'
				 : p[1] == 'g' ? '>'
				 : p[1] == 'q' ? '"'
							   : '\'';
			while (p[len - 1] != ';')
				len++;
		}
		c = na_char_class(cp);
		if (c == NA_C_SPACE || c == NA_C_NEWLINE || c == NA_C_CONTROL || (cp & 0xFFFE) == 0xFFFE ||
			cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
			continue;
		sum = sum * 1000003 + cp;
	}
	return sum;
}

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	na_date_options options = {NA_NO_DAY, 0};
	na_buf out;
	na_status status;

	if (in->head[2] % 2)
		FUZZ_CHECK(na_day_from_civil(1900 + in->head[3], 1 + in->head[4] % 12, 1 + in->head[5] % 28,
									 &options.reference));
	na_buf_init(&out, env);
	status = na_highlight(env, in->text, in->n, &options, &out);
	FUZZ_STATUS(env, status);
	if (status == NA_OK && in->valid)
	{
		FUZZ_CHECK(fuzz_valid(out.data, out.len));
		check_html(&out);
		FUZZ_CHECK(visible_sum(in->text, in->n, false) == visible_sum(out.data, out.len, true));
	}
	na_buf_free(&out);
}
