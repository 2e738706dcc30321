/*
 * fuzz_normalize.c
 *		Normalisation by any set of steps: idempotent, well-formed, bounded.
 */
#include "fuzz.h"
#include "na_normalize.h"

void
fuzz_one(const na_env *env, const fuzz_input *in)
{
	uint32_t steps = (in->head[2] | (uint32_t) in->head[3] << 8) & NA_STEPS_ALL;
	na_buf one, two;

	/* all steps are the most important set, single ones the next */
	if (in->head[4] % 4 == 0)
		steps = NA_STEPS_ALL;
	else if (in->head[4] % 4 == 1)
		steps = 1u << (in->head[2] % NA_STEPS_COUNT);
	na_buf_init(&one, env);
	na_buf_init(&two, env);
	{
		na_status status = na_normalize(env, in->text, in->n, steps, &one);

		FUZZ_STATUS(env, status);
		if (status == NA_OK)
		{
			/* the longest decomposition: U+FDFA, 3 bytes to 33 */
			FUZZ_CHECK(one.len <= (size_t) in->n * 11 + 16);
			if (in->valid)
			{
				FUZZ_CHECK(fuzz_valid(one.data, one.len));
				status = na_normalize(env, one.data ? one.data : "", one.len, steps, &two);
				FUZZ_STATUS(env, status);
				if (status == NA_OK)
					FUZZ_CHECK(two.len == one.len &&
							   (one.len == 0 || memcmp(one.data, two.data, one.len) == 0));
			}
		}
	}
	na_buf_free(&one);
	na_buf_free(&two);
}
