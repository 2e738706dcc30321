/*
 * fuzz_search.c
 *		The text search parser and dictionary: tokens and blanks are the whole
 *		text, and a word's lexeme is the same at the first and the second time.
 *
 * The two files of the SQL-facing half are compiled in here; the few functions
 * of the server that they call are written below in their simplest form.
 */
#include "../../src/pg/ar_parser.c"
#include "../../src/pg/ar_dict.c"

/* the server has an own printf family */
#undef fprintf
#include "fuzz.h"

/* ---- the server ---- */

MemoryContext CurrentMemoryContext;
volatile sig_atomic_t InterruptPending;

void
ProcessInterrupts(void)
{
}

void *
palloc(Size size)
{
	void *p = malloc(size ? size : 1);

	memset(p, 0x7F, size);
	return p;
}

void *
palloc0(Size size)
{
	return calloc(1, size ? size : 1);
}

void *
repalloc(void *p, Size size)
{
	return realloc(p, size);
}

void
pfree(void *p)
{
	free(p);
}

char *
pstrdup(const char *s)
{
	return strdup(s);
}

char *
pnstrdup(const char *s, Size n)
{
	return strndup(s, n);
}

void *
MemoryContextAlloc(MemoryContext context, Size size)
{
	return palloc(size);
}

void
initStringInfo(StringInfo s)
{
	s->maxlen = 64;
	s->data = palloc((Size) s->maxlen);
	s->data[0] = '\0';
	s->len = s->cursor = 0;
}

void
appendBinaryStringInfo(StringInfo s,
#if PG_VERSION_NUM >= 160000
					   const void *data,
#else
					   const char *data,
#endif
					   int n)
{
	if (s->len + n + 1 > s->maxlen)
	{
		s->maxlen = (s->len + n + 1) * 2;
		s->data = repalloc(s->data, (Size) s->maxlen);
	}
	if (n > 0)
		memcpy(s->data + s->len, data, (size_t) n);
	s->len += n;
	s->data[s->len] = '\0';
}

void
appendStringInfoChar(StringInfo s, char c)
{
	appendBinaryStringInfo(s, &c, 1);
}

bool
errstart(int elevel, const char *domain)
{
	FUZZ_CHECK(!"no error");
	return false;
}

/* the compiler knows that errors do not come back, whichever of the two it calls */
bool
errstart_cold(int elevel, const char *domain)
{
	return errstart(elevel, domain);
}

void
errfinish(const char *file, int line, const char *function)
{
}

int
errcode(int sqlerrcode)
{
	return 0;
}

int
errmsg(const char *fmt, ...)
{
	return 0;
}

int
errmsg_internal(const char *fmt, ...)
{
	return 0;
}

int
errhint(const char *fmt, ...)
{
	return 0;
}

char *
defGetString(DefElem *o)
{
	return (char *) o->arg;
}

bool
defGetBoolean(DefElem *o)
{
	return o->arg != NULL;
}

void
readstoplist(const char *name, StopList *s, char *(*wordop)(const char *) )
{
}

bool
searchstoplist(StopList *s, char *key)
{
	return false;
}

void
nar_check(na_status status)
{
	FUZZ_CHECK(status == NA_OK);
}

void
nar_check_encoding(void)
{
}

/* the text lives as long as a call of the target; all its memory goes with it */
const na_env nar_env;

static void *
server_alloc(void *ctx, size_t size)
{
	return palloc(size);
}

static void
server_release(void *ctx, void *p)
{
	FUZZ_CHECK(p != NULL);
	free(p);
}

static void
server_poll(void *ctx)
{
}

const na_env nar_env = {server_alloc, server_release, server_poll, NULL};

/* ---- the target ---- */

static Datum
call(PGFunction function, int n, Datum a, Datum b, Datum c, Datum d)
{
	LOCAL_FCINFO(fcinfo, 4);

	InitFunctionCallInfoData(*fcinfo, NULL, (short) n, InvalidOid, NULL, NULL);
	fcinfo->args[0].value = a;
	fcinfo->args[1].value = b;
	fcinfo->args[2].value = c;
	fcinfo->args[3].value = d;
	for (int i = 0; i < n; i++)
		fcinfo->args[i].isnull = false;
	return function(fcinfo);
}

static dict *
new_dict(const fuzz_input *in)
{
	dict *d = palloc0(sizeof *d);

	/* what ar_dict_init() makes of no options, and of four of them */
	d->stem = d->families = true;
	d->steps = NA_STEPS_ALL;
	if (in->head[2] % 8 == 1)
		d->families = false;
	else if (in->head[2] % 8 == 2)
	{
		d->stem = false;
		d->steps &= ~(uint32) NA_STEP_MARKS;
	}
	else if (in->head[2] % 8 == 3)
		d->stem = false;
	else if (in->head[2] % 8 == 4)
		d->pass_unknown = true;
	else
		d->quick = true;
	d->env = nar_env;
	na_buf_init(&d->key, &d->env);
	d->cache = palloc0(sizeof(cached) * CACHE_SLOTS);
	return d;
}

/* the first lexeme; all of them are words */
static char *
first_lexeme(dict *d, const char *s, int n)
{
	TSLexeme *l =
		(TSLexeme *) DatumGetPointer(call(ar_dict_lexize, 4, PointerGetDatum(d), PointerGetDatum(s),
										  Int32GetDatum(n), PointerGetDatum(NULL)));
	char *r;

	FUZZ_CHECK(l != NULL || d->pass_unknown);
	if (l == NULL)
		return NULL;
	r = l[0].lexeme;
	for (int i = 1; r != NULL && l[i].lexeme != NULL; i++)
	{
		FUZZ_CHECK(i < 3 && l[i].lexeme[0] != '\0');
		free(l[i].lexeme);
	}
	free(l);
	return r;
}

/* tokens in order; a whole is followed by its parts, everything else takes the text on */
static void
check_text(const fuzz_input *in, dict *d)
{
	Datum parser =
		call(ar_parser_start, 2, PointerGetDatum(in->text), Int32GetDatum((int) in->n), 0, 0);
	uint32 pos = 0;

	for (;;)
	{
		char *token = NULL;
		int len = -1;
		int type = DatumGetInt32(
			call(ar_parser_token, 3, parser, PointerGetDatum(&token), PointerGetDatum(&len), 0));

		if (type == 0)
			break;
		FUZZ_CHECK(type <= LEX_LAST && len > 0 && len < MAXSTRLEN);
		FUZZ_CHECK(token >= in->text && token + len <= in->text + in->n);
		FUZZ_CHECK((uint32) (token - in->text) == pos);
		if (in->valid)
			FUZZ_CHECK(fuzz_valid(token, (size_t) len));
		if (type != LEX_COMPOUND && type != LEX_URL)
			pos += (uint32) len;
		if (type != LEX_BLANK && type != LEX_TAG)
		{
			char *a = first_lexeme(d, token, len), *b = first_lexeme(d, token, len);

			FUZZ_CHECK((a == NULL) == (b == NULL) && (a == NULL || strcmp(a, b) == 0));
			FUZZ_CHECK(a == NULL || !in->valid || (a[0] != '\0' && fuzz_valid(a, strlen(a))));
			free(a);
			free(b);
		}
	}
	FUZZ_CHECK(pos == in->n);
	call(ar_parser_end, 1, parser, 0, 0, 0);
}

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	dict *d;

	if (fuzz_failing(env))
		return;
	d = new_dict(in);
	check_text(in, d);
	na_buf_free(&d->key);
	free(d->cache);
	free(d);
}
