/*
 * gen_model.c
 *		The tagger's weights (data/model/tagger.bin) as they are, once their sums
 *		are known to fit.
 */
#include <stdlib.h>

#include "../core/na_tagger_model.h"
#include "gen.h"

/* Do the sums of a layer stay in 16 bits, and is what was computed from its weights right? */
static bool
layer_fits(const na_tagger_header *h, const na_tagger_layer *l)
{
	const char *base = (const char *) h;
	const int8_t *weight = (const int8_t *) (base + l->weight);
	const int16_t *centre = (const int16_t *) (const void *) (base + l->centre);
	const int32_t *bias = (const int32_t *) (const void *) (base + l->bias);
	const int32_t *lowered = (const int32_t *) (const void *) (base + l->lowered);
	const uint32_t inputs = 3 * h->hidden;

	for (uint32_t o = 0; o < 2 * h->hidden; o++)
	{
		/* place of the output in the first group of its slice */
		const uint32_t slice = o / NA_TAGGER_SLICE * NA_TAGGER_SLICE;
		const int8_t *w = weight + (size_t) slice * inputs + (o - slice) * 4;
		const int16_t *c = centre + (size_t) slice * inputs / 8 + (o - slice) * 2;
		int32_t all = 0;

		for (uint32_t k = 0; k < inputs; k += 16, c += 2 * NA_TAGGER_SLICE)
		{
			int32_t sum[2] = {0, 0};
			int32_t size[2] = {0, 0};

			for (uint32_t i = 0; i < 16; i++)
			{
				int32_t v = w[(size_t) (k + i) / 4 * 4 * NA_TAGGER_SLICE + i % 4];

				sum[i % 4 / 2] += v;
				size[i % 4 / 2] += abs(v);
			}
			for (int i = 0; i < 2; i++)
			{
				if (size[i] > NA_TAGGER_LANE || c[i] != -64 * sum[i])
					return false;
				all += sum[i];
			}
		}
		if (lowered[o] != bias[o] - 64 * all)
			return false;
	}
	return true;
}

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
	if (h->dim != NA_TAGGER_DIM || h->hidden != NA_TAGGER_HIDDEN)
	{
		fprintf(stderr, "%s: width %u and %u, the library is made for %d and %d\n", path, h->dim,
				h->hidden, NA_TAGGER_DIM, NA_TAGGER_HIDDEN);
		exit(1);
	}
	for (uint32_t i = 0; i < h->nlayers; i++)
		if (!layer_fits(h, &h->layer[i]))
		{
			fprintf(stderr, "%s: layer %u leaves the range of its sums\n", path, i);
			exit(1);
		}
	gen_section(g, NA_SEC_MODEL, h, 1, (uint32_t) size);
	free(h);
	free(path);
}
