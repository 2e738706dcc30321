/*
 * fuzz_similarity.c
 *		Fingerprints are sorted sets; similarity is symmetric and 1 for a text
 *		and itself.
 */
#include "fuzz.h"
#include "na_fingerprint.h"

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	uint32_t half = in->n > 0 ? (uint32_t) (in->head[2] | in->head[3] << 8) % in->n : 0;
	int32_t *print = NULL, *again = NULL;
	uint32_t n = 0, m = 0;
	float x = 0, y = 0;
	na_status status = na_fingerprint(env, in->text, in->n, &print, &n);

	FUZZ_STATUS(env, status);
	if (status == NA_OK)
	{
		FUZZ_CHECK(n <= NA_FINGERPRINT_MAX && (n == 0) == (print == NULL));
		for (uint32_t i = 1; i < n; i++)
			FUZZ_CHECK(print[i - 1] < print[i]);
		status = na_fingerprint(env, in->text, in->n, &again, &m);
		FUZZ_STATUS(env, status);
		if (status == NA_OK)
			FUZZ_CHECK(n == m && (n == 0 || memcmp(print, again, n * sizeof *print) == 0));
		if (status == NA_OK && again != NULL)
			env->release(env->ctx, again);
		if (print != NULL)
			env->release(env->ctx, print);
	}
	status = na_similarity(env, in->text, half, in->text + half, in->n - half, &x);
	FUZZ_STATUS(env, status);
	if (status == NA_OK)
	{
		FUZZ_CHECK(x >= 0 && x <= 1);
		status = na_similarity(env, in->text + half, in->n - half, in->text, half, &y);
		FUZZ_STATUS(env, status);
		if (status == NA_OK)
			FUZZ_CHECK(x == y);
	}
	status = na_similarity(env, in->text, in->n, in->text, in->n, &x);
	FUZZ_STATUS(env, status);
	if (status == NA_OK)
		FUZZ_CHECK(x == 0 || x == 1);
}
