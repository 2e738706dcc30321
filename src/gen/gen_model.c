/*
 * gen_model.c
 *		The tagger's weights (data/model/tagger.bin) as they are.
 */
#include <stdlib.h>

#include "../core/na_tagger_model.h"
#include "gen.h"

void
gen_model(gen *g)
{
	char *path = gen_alloc(strlen(gen_dir(g)) + 32);
	FILE *f;
	na_tagger_header *h;
	long size;

	sprintf(path, "%s/model/tagger.bin", gen_dir(g));
	f = fopen(path, "rb");
	/* without a model the rules tag */
	if (f == NULL)
	{
		printf("tagger: no model\n");
		return;
	}
	if (fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < (long) sizeof *h ||
		fseek(f, 0, SEEK_SET) != 0)
	{
		fprintf(stderr, "%s: too short\n", path);
		exit(1);
	}
	h = gen_alloc((size_t) size);
	if (fread(h, 1, (size_t) size, f) != (size_t) size || h->magic != NA_TAGGER_MAGIC ||
		h->version != NA_TAGGER_VERSION || h->size != (uint32_t) size)
	{
		fprintf(stderr, "%s: not a model of version %d\n", path, NA_TAGGER_VERSION);
		exit(1);
	}
	fclose(f);
	gen_section(g, NA_SEC_MODEL, h, 1, (uint32_t) size);
	free(h);
	free(path);
}
