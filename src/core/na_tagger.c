/*
 * na_tagger.c
 *		No model in the data: the rules tag.
 */
#include "na_tagger.h"

bool
na_tagger_available(void)
{
	return false;
}

na_status
na_tagger_init(na_tagger *t, const na_env *env)
{
	t->env = env;
	t->work = NULL;
	return NA_BAD_ARGUMENT;
}

void
na_tagger_end(na_tagger *t)
{
	t->work = NULL;
}

void
na_tagger_flags(const na_segment *seg, uint32_t first, uint32_t last, uint32_t *flags)
{
	(void) seg;
	memset(flags, 0, (last - first) * sizeof *flags);
}

na_status
na_tagger_run(na_tagger *t, const na_segment *seg, uint32_t first, uint32_t last,
			  const uint32_t *flags, na_tagged *out)
{
	(void) t;
	(void) seg;
	(void) flags;
	memset(out, 0, (last - first) * sizeof *out);
	return NA_BAD_ARGUMENT;
}
