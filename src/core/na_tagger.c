/*
 * na_tagger.c
 *		Inference of the sequence tagger in integer arithmetic.
 *
 * A word becomes a vector: a row of the table, or for rare words what its
 * characters give, added to the row of its form without clitics.  Vector and
 * feature bits go through an input layer, then through layers of dilated
 * convolution with a gate, layer norm and residual.  A linear-chain CRF picks
 * the best tags and gives every tag its probability.
 */
#include "na_data.h"
#include "na_tagger_work.h"

/* a line that is too long is cut at a full stop behind so many tokens, if there is one */
#define WINDOW_MIN 160

/* ---- words ------------------------------------------------------------------ */

/* The table's word for a token: digits are all alike, names of the net too. */
static uint32_t
table_key(const na_segment *seg, const na_token *t, char *out, uint32_t size)
{
	const char *s = seg->keys + t->key;
	uint32_t n = t->nkey;
	uint32_t o = 0;

	switch (t->kind)
	{
		case NA_URL: memcpy(out, "<url>", 5); return 5;
		case NA_EMAIL: memcpy(out, "<email>", 7); return 7;
		case NA_MENTION: memcpy(out, "<mention>", 9); return 9;
		case NA_QUOTE: out[0] = '"'; return 1;
		case NA_PUNCT:
			/* a run is its first character */
			if (n > 1 && (unsigned char) s[0] < 0x80)
				n = 1;
			break;
		default: break;
	}
	if (n > size)
		n = size;
	for (uint32_t i = 0; i < n; i++)
	{
		char c = s[i];

		if (c >= '0' && c <= '9')
			c = '0';
		else if (c == ',' && t->kind == NA_NUMBER)
			continue;
		out[o++] = c;
	}
	return o;
}

/* Row of a word in the table, -1 = not there. */
static int32_t
table_find(const model *m, const char *s, uint32_t n)
{
	const uint32_t *bucket = AT(m, uint32_t, bucket);
	const uint32_t *print = AT(m, uint32_t, print);
	uint64_t x = UINT64_C(0xcbf29ce484222325);
	uint32_t b;
	uint32_t p;

	for (uint32_t i = 0; i < n; i++)
	{
		x ^= (unsigned char) s[i];
		x *= UINT64_C(0x100000001b3);
	}
	x ^= x >> 29;
	b = (uint32_t) (x & 0xFFFF);
	p = (uint32_t) (x >> 32);
	for (uint32_t i = bucket[b]; i < bucket[b + 1]; i++)
		if (print[i] == p)
			return (int32_t) i;
	return -1;
}

/* Clitics and endings that are taken off a word that the table lacks, in the folded spelling. */
static const char *const PROCLITIC[] = {"وبال", "وكال", "فبال", "ولل", "وال", "بال", "كال",
										"فال",	"لل",	"ال",	"وب",  "ول",  "وك",	 "و",
										"ب",	"ل",	"ك",	"ف",   "س"};
static const char *const ENDING[] = {"هما", "كما", "ها", "هم", "نا", "ات",
									 "ين",	"ون",  "يه", "ه",  "ي",	 "ا"};
#define ARTICLE "ال"
#define ARTICLE_BYTES 4
#define REST_BYTES 6 /* at least three letters must remain */

static bool
ends_with(const char *s, size_t n, const char *end, size_t nend)
{
	return n >= nend && memcmp(s + n - nend, end, nend) == 0;
}

/* Row of the nearest form that the table has; *form gets that form. */
static int32_t
table_fallback(const model *m, const char *s, uint32_t n, char *form, uint32_t *nform)
{
	int32_t row;

	/* short of letters, what the loops below test in bytes could be other scripts; no matter */
	for (size_t i = 0; i < NA_LENGTHOF(PROCLITIC); i++)
	{
		size_t np = strlen(PROCLITIC[i]);

		if (n < np + REST_BYTES || memcmp(s, PROCLITIC[i], np) != 0)
			continue;
		memcpy(form, s + np, n - np);
		*nform = n - (uint32_t) np;
		if ((row = table_find(m, form, *nform)) >= 0)
			return row;
		if (np >= 4 &&
			(ends_with(PROCLITIC[i], np, ARTICLE, 4) || ends_with(PROCLITIC[i], np, "لل", 4)))
		{
			memcpy(form, ARTICLE, ARTICLE_BYTES);
			memcpy(form + ARTICLE_BYTES, s + np, n - np);
			*nform = n - (uint32_t) np + ARTICLE_BYTES;
			if ((row = table_find(m, form, *nform)) >= 0)
				return row;
		}
	}
	memcpy(form, ARTICLE, ARTICLE_BYTES);
	memcpy(form + ARTICLE_BYTES, s, n);
	*nform = n + ARTICLE_BYTES;
	if ((row = table_find(m, form, *nform)) >= 0)
		return row;
	for (size_t i = 0; i < NA_LENGTHOF(ENDING); i++)
	{
		size_t ne = strlen(ENDING[i]);

		if (n < ne + REST_BYTES || !ends_with(s, n, ENDING[i], ne))
			continue;
		*nform = n - (uint32_t) ne;
		memcpy(form, s, *nform);
		if ((row = table_find(m, form, *nform)) >= 0)
			return row;
	}
	return -1;
}

/* Feature bits 0 .. 31: kind, spelling, length. */
static uint32_t
type_bits(const na_token *t, const char *word, uint32_t n)
{
	static const uint16_t SPELL[8] = {NA_TF_TEH,   NA_TF_MAQSURA,  NA_TF_HAMZA_UP, NA_TF_HAMZA_LOW,
									  NA_TF_MADDA, NA_TF_TANWIN_A, NA_TF_MARKS,	   NA_TF_UPPER};
	uint32_t bits = 1u << (t->kind & 15);
	uint32_t chars = 0;
	uint32_t b;

	for (uint32_t i = 0; i < 8; i++)
		if (t->flags & SPELL[i])
			bits |= 1u << (16 + i);
	for (uint32_t i = 0; i < n; i++)
		chars += ((unsigned char) word[i] & 0xC0) != 0x80;
	b = chars <= 3 ? (chars < 1 ? 0 : chars - 1) : chars <= 5 ? 3 : chars <= 7 ? 4 : 5;
	return bits | 1u << (24 + b);
}

#define WORD_BYTES 128 /* of a key that are looked at */

/* the vector of a word that the table lacks: from its characters and the nearest form */
static void
rare_vector(const struct na_tagger_work *k, const na_segment *seg, const na_token *t, int8_t *out)
{
	const model *m = &k->m;
	const uint32_t dim = NA_TAGGER_DIM;
	char word[WORD_BYTES];
	uint32_t n = table_key(seg, t, word, WORD_BYTES);
	int32_t x[NA_TAGGER_DIM] = {0};
	char form[WORD_BYTES + ARTICLE_BYTES];
	uint32_t nform = 0;
	int32_t row = table_fallback(m, word, n, form, &nform);

	k->chars(m, word, n, 1, x);
	if (row >= 0)
	{
		const int8_t *r = AT(m, int8_t, table) + (size_t) row * dim;

		k->chars(m, form, nform, -1, x);
		for (uint32_t d = 0; d < dim; d++)
			x[d] += r[d];
	}
	for (uint32_t d = 0; d < dim; d++)
		out[d] = (int8_t) clamp(x[d], -127, 127);
}

/* ---- running ---------------------------------------------------------------- */

static void
run_window(struct na_tagger_work *w, const na_segment *seg, uint32_t first, int n,
		   const uint32_t *flags, na_tagged *out)
{
	const model *m = &w->m;
	const int hidden = NA_TAGGER_HIDDEN;
	const size_t pad = (size_t) NA_TAGGER_DILATION * (size_t) hidden;
	int cur = 0;

	/* rows of the table are seldom in the cache: ask for all of them first */
	for (int t = 0; t < n; t++)
	{
		const na_token *tok = &seg->tok[first + (uint32_t) t];
		char word[WORD_BYTES];
		uint32_t nword = table_key(seg, tok, word, WORD_BYTES);

		w->bits[t] = type_bits(tok, word, nword);
		if (flags != NULL)
			w->bits[t] |= (uint64_t) flags[t] << 32;
		w->row[t] = table_find(m, word, nword);
		if (w->row[t] >= 0)
		{
			const int8_t *r = AT(m, int8_t, table) + (size_t) w->row[t] * NA_TAGGER_DIM;

			NA_PREFETCH(r);
			NA_PREFETCH(r + NA_TAGGER_DIM - 1);
		}
	}
	for (int t = 0; t < n; t++)
	{
		int8_t x[NA_TAGGER_DIM];

		if (w->row[t] >= 0)
			memcpy(x, AT(m, int8_t, table) + (size_t) w->row[t] * NA_TAGGER_DIM, NA_TAGGER_DIM);
		else
			rare_vector(w, seg, &seg->tok[first + (uint32_t) t], x);
		w->input(m, x, w->bits[t], w->h + (ptrdiff_t) t * hidden,
				 w->q[0] + pad + (ptrdiff_t) t * hidden);
	}
	for (uint32_t l = 0; l < m->h->nlayers; l++, cur ^= 1)
	{
		/* what lies beyond the ends is zero */
		const size_t beyond = (size_t) m->h->layer[l].dilation * (size_t) hidden;

		memset(w->q[cur] + pad - beyond, ACT_ZERO, beyond);
		memset(w->q[cur] + pad + (size_t) n * (size_t) hidden, ACT_ZERO,
			   beyond + (size_t) BEYOND * (size_t) hidden);
		w->layer(m, &m->h->layer[l], w->q[cur] + pad, n, w->h, w->q[cur ^ 1] + pad);
	}
	w->tags(w, n, out);
}

/* Where to cut a line that is too long: behind its last full stop or comma, if not too early. */
static uint32_t
window_end(const na_segment *seg, uint32_t first, uint32_t last)
{
	uint32_t end = first;

	while (end < last && end - first < WINDOW && seg->tok[end].kind != NA_NEWLINE)
		end++;
	if (end == last || end - first < WINDOW)
		return end;
	for (int pass = 0; pass < 2; pass++)
		for (uint32_t i = end; i > first + WINDOW_MIN; i--)
		{
			const na_token *t = &seg->tok[i - 1];

			if (t->kind == NA_PUNCT && (pass == 0 ? t->cp == '.' || t->cp == '?' || t->cp == '!'
												  : t->cp == ',' || t->cp == ';'))
				return i;
		}
	return end;
}

na_status
na_tagger_run(na_tagger *t, const na_segment *seg, uint32_t first, uint32_t last,
			  const uint32_t *flags, na_tagged *out)
{
	uint32_t i = first;

	while (i < last)
	{
		uint32_t end = window_end(seg, i, last);

		if (end > i)
			run_window(t->work, seg, i, (int) (end - i), flags == NULL ? NULL : flags + (i - first),
					   out + (i - first));
		if (end < last && seg->tok[end].kind == NA_NEWLINE)
		{
			memset(&out[end - first], 0, sizeof(*out));
			out[end - first].prob = out[end - first].marginal[NA_TAG_O] = UINT16_MAX;
			end++;
		}
		if (t->env->poll != NULL)
			t->env->poll(t->env->ctx);
		i = end;
	}
	return NA_OK;
}

/* ---- set-up ----------------------------------------------------------------- */

static bool
model_open(model *m, const void *data, size_t size)
{
	const na_tagger_header *h = data;

	if (size < sizeof(*h) || h->magic != NA_TAGGER_MAGIC || h->version != NA_TAGGER_VERSION ||
		h->size > size)
		return false;
	if (h->dim != NA_TAGGER_DIM || h->hidden != NA_TAGGER_HIDDEN || h->nlayers > NA_TAGGER_LAYERS)
		return false;
	for (uint32_t l = 0; l < h->nlayers; l++)
		if (h->layer[l].dilation > NA_TAGGER_DILATION)
			return false;
	m->base = data;
	m->h = h;
	return true;
}

bool
na_tagger_available(void)
{
	uint32_t size;
	const void *data = na_section_at(NA_SEC_MODEL, 1, &size);
	model m;

	return model_open(&m, data, size);
}

na_status
na_tagger_init_model(na_tagger *t, const na_env *env, const void *data, size_t size)
{
	struct na_tagger_work *w;
	model m;
	size_t rows;
	char *p;

	t->env = env;
	t->work = NULL;
	if (!model_open(&m, data, size))
		return NA_BAD_ARGUMENT;
	rows = (size_t) (WINDOW + 2 * NA_TAGGER_DILATION + BEYOND) * NA_TAGGER_HIDDEN;
	p = env->alloc(env->ctx,
				   sizeof(*w) + 2 * rows + (size_t) WINDOW * NA_TAGGER_HIDDEN * sizeof(int16_t));
	if (p == NULL)
		return NA_NO_MEMORY;
	w = (struct na_tagger_work *) (void *) p;
	p += sizeof(*w);
	w->h = (int16_t *) (void *) p;
	p += (size_t) WINDOW * NA_TAGGER_HIDDEN * sizeof(int16_t);
	w->q[0] = (uint8_t *) p;
	w->q[1] = (uint8_t *) p + rows;
	w->m = m;
	memset(w->step, 0, sizeof(w->step));
	memset(w->exp_column, 0, sizeof(w->exp_column));
	for (int i = 0; i <= NA_TAG_COUNT; i++)
		for (int j = 0; j < NA_TAG_COUNT; j++)
			w->step[i][j] = AT(&m, int32_t, tr)[i * NA_TAG_COUNT + j];
	for (int i = 0; i < NA_TAG_COUNT; i++)
		for (int j = 0; j < NA_TAG_COUNT; j++)
			w->exp_column[j][i] = AT(&m, float, exptr)[i * LANES + j];
	t->work = w;
	(void) na_tagger_kernels(t, 0);
	return NA_OK;
}

na_status
na_tagger_init(na_tagger *t, const na_env *env)
{
	uint32_t size;
	const void *data = na_section_at(NA_SEC_MODEL, 1, &size);

	return na_tagger_init_model(t, env, data, size);
}

void
na_tagger_end(na_tagger *t)
{
	if (t->work != NULL)
		t->env->release(t->env->ctx, t->work);
	t->work = NULL;
}
