/*
 * na_features.c
 *		The trainer's eyes: tokens as the library's scanner gives them.
 *
 * Reads one text a line (backslash n stands for a line break inside it) and
 * prints one line a token: kind, key, spelling flags (hexadecimal, the order
 * of type_bits() in na_tagger.c), gazetteer flags (hexadecimal), start and
 * length in characters; an empty line ends a line of text, "==" a text.
 *
 * With -t also what the compiled-in model says of the token: the number of its
 * tag and the probabilities of all tags in units of 1/65535 (for test/train).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "na_tagger.h"

static const uint16_t SPELL[8] = {NA_TF_TEH,   NA_TF_MAQSURA,  NA_TF_HAMZA_UP, NA_TF_HAMZA_LOW,
								  NA_TF_MADDA, NA_TF_TANWIN_A, NA_TF_MARKS,	   NA_TF_UPPER};

static void
print_line(const na_segment *seg, uint32_t first, uint32_t last, uint32_t *flags, na_tagger *tagger,
		   na_tagged *tagged)
{
	na_tagger_flags(seg, first, last, flags);
	if (tagger != NULL && na_tagger_run(tagger, seg, first, last, flags, tagged) != NA_OK)
		exit(1);
	for (uint32_t i = first; i < last; i++)
	{
		const na_token *t = &seg->tok[i];
		unsigned spell = 0;

		for (int k = 0; k < 8; k++)
			if (t->flags & SPELL[k])
				spell |= 1u << k;
		printf("%d\t%.*s\t%x\t%x\t%u\t%u", t->kind, (int) t->nkey, seg->keys + t->key, spell,
			   flags[i - first], t->chr, t->nchars);
		if (tagger != NULL)
		{
			printf("\t%d", tagged[i - first].tag);
			for (int k = 0; k < NA_TAG_COUNT; k++)
				printf("\t%u", tagged[i - first].marginal[k]);
		}
		putchar('\n');
	}
	putchar('\n');
}

int
main(int argc, char **argv)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	uint32_t *flags = malloc(NA_SEGMENT_TOKENS * sizeof *flags);
	na_tagged *tagged = malloc(NA_SEGMENT_TOKENS * sizeof *tagged);
	bool tags = argc > 1 && strcmp(argv[1], "-t") == 0;
	na_tagger tagger;

	if (flags == NULL || tagged == NULL ||
		(tags && na_tagger_init(&tagger, &na_env_malloc) != NA_OK))
		return 1;

	while ((n = getline(&line, &cap, stdin)) > 0)
	{
		na_scanner s;
		const na_segment *seg;
		size_t o = 0;

		if (line[n - 1] == '\n')
			n--;
		for (ssize_t i = 0; i < n; i++)
			if (line[i] == '\\' && i + 1 < n && line[i + 1] == 'n')
			{
				line[o++] = '\n';
				i++;
			}
			else
				line[o++] = line[i];
		na_scan_init(&s, &na_env_malloc, line, (uint32_t) o, NA_LOOKUP_ALL);
		while (na_scan_next(&s, &seg) == NA_OK && seg != NULL)
		{
			uint32_t first = 0;

			for (uint32_t i = 0; i <= seg->ntok; i++)
				if (i == seg->ntok || seg->tok[i].kind == NA_NEWLINE)
				{
					if (i > first)
						print_line(seg, first, i, flags, tags ? &tagger : NULL, tagged);
					first = i + 1;
				}
		}
		na_scan_end(&s);
		puts("==");
	}
	if (tags)
		na_tagger_end(&tagger);
	free(tagged);
	free(flags);
	free(line);
	return 0;
}
