/*
 * gen_chars.c
 *		Writes na_chartab.c from data/unicode/classes.tsv and arabic.tsv.
 *
 *		gen_chars DATA_DIR > na_chartab.c
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/na_chartab.h"
#include "../core/na_normalize.h"

static uint8_t cell[0x110000];
static na_fold fold[NA_FOLD_LAST - NA_FOLD_FIRST + 1];

static const char *const class_names[] = {"other",	"space",	   "newline", "control", "tatweel",
										  "arabic", "arabic_mark", "letter",  "mark",	 "digit",
										  "quote",	"punct",	   "symbol",  "emoji"};

static void
fail(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: %s\n", file, line, what);
	exit(1);
}

static FILE *
open_data(const char *dir, const char *name, char *path, size_t size)
{
	FILE *f;

	snprintf(path, size, "%s/%s", dir, name);
	f = fopen(path, "r");
	if (f == NULL)
	{
		perror(path);
		exit(1);
	}
	return f;
}

int
main(int argc, char **argv)
{
	char path[4096];
	char line[1024];
	FILE *f;
	int n;
	bool head;
	static uint8_t pages[0x1100];
	static uint8_t distinct[256][256];
	int ndistinct = 0;

	if (argc != 2)
	{
		fprintf(stderr, "usage: gen_chars DATA_DIR\n");
		return 2;
	}

	f = open_data(argv[1], "unicode/classes.tsv", path, sizeof path);
	head = true;
	for (n = 1; fgets(line, sizeof line, f); n++)
	{
		unsigned first, last;
		char name[32];
		size_t k;

		if (line[0] == '#')
			continue;
		if (head)
		{
			head = false;
			continue;
		}
		if (sscanf(line, "%x\t%x\t%31s", &first, &last, name) != 3 || last > 0x10FFFF ||
			first > last)
			fail(path, n, "malformed range");
		for (k = 0; k < NA_LENGTHOF(class_names) && strcmp(name, class_names[k]) != 0; k++)
			;
		if (k == NA_LENGTHOF(class_names))
			fail(path, n, "unknown class");
		for (unsigned c = first; c <= last; c++)
			cell[c] = (uint8_t) (k | (k == NA_C_DIGIT ? ((c - first) % 10) << 4 : 0));
	}
	fclose(f);

	f = open_data(argv[1], "unicode/arabic.tsv", path, sizeof path);
	head = true;
	for (n = 1; fgets(line, sizeof line, f); n++)
	{
		unsigned code, to = 0;
		char *step, *target, *end;
		uint32_t bit;

		if (line[0] == '#')
			continue;
		if (head)
		{
			head = false;
			continue;
		}
		code = (unsigned) strtoul(line, &end, 16);
		if (*end != '\t' || code < NA_FOLD_FIRST || code > NA_FOLD_LAST)
			fail(path, n, "code point outside U+0600 .. U+08FF");
		step = end + 1;
		end = strchr(step, '\t');
		if (end == NULL)
			fail(path, n, "missing column");
		bit = na_step_by_name(step, (size_t) (end - step));
		if (bit == 0)
			fail(path, n, "unknown step");
		target = end + 1;
		if (*target != '\t')
			to = (unsigned) strtoul(target, &end, 16);
		fold[code - NA_FOLD_FIRST].step = (uint16_t) bit;
		fold[code - NA_FOLD_FIRST].to = (uint16_t) to;
	}
	fclose(f);

	for (unsigned p = 0; p < 0x1100; p++)
	{
		int k;

		for (k = 0; k < ndistinct && memcmp(distinct[k], cell + p * 256, 256) != 0; k++)
			;
		if (k == ndistinct)
		{
			if (ndistinct == 256)
				fail(path, 0, "too many distinct pages");
			memcpy(distinct[ndistinct++], cell + p * 256, 256);
		}
		pages[p] = (uint8_t) k;
	}

	printf("/* generated from data/unicode by src/gen/gen_chars.c; do not edit */\n"
		   "#include \"na_chartab.h\"\n\n"
		   "const uint8_t na_class_page[0x1100] = {");
	for (int p = 0; p < 0x1100; p++)
		printf("%s%d,", p % 24 ? "" : "\n", pages[p]);
	printf("};\n\nconst uint8_t na_class_cell[][256] = {");
	for (int k = 0; k < ndistinct; k++)
	{
		printf("\n{");
		for (int c = 0; c < 256; c++)
			printf("%s%d,", c % 32 ? "" : "\n", distinct[k][c]);
		printf("},");
	}
	printf("};\n\nconst na_fold na_fold_map[] = {");
	for (size_t c = 0; c < NA_LENGTHOF(fold); c++)
		printf("%s{%u, 0x%X},", c % 8 ? "" : "\n", fold[c].step, fold[c].to);
	printf("};\n\nconst uint16_t na_fold_all[] = {");
	for (size_t c = 0; c < NA_LENGTHOF(fold); c++)
	{
		unsigned cp = (unsigned) c + NA_FOLD_FIRST;
		int hops = 0;

		while (cp >= NA_FOLD_FIRST && cp <= NA_FOLD_LAST && fold[cp - NA_FOLD_FIRST].step != 0)
		{
			cp = fold[cp - NA_FOLD_FIRST].to;
			if (++hops > 4)
				fail(path, 0, "mapping runs in a circle");
		}
		/* what composes is left to the slow path, which knows NFKC (0xFFFF) */
		{
			unsigned c0 = (unsigned) c + NA_FOLD_FIRST;

			if ((c0 >= 0x653 && c0 <= 0x655) || (c0 >= 0x674 && c0 <= 0x678) ||
				(cell[c0] & 15) == NA_C_MARK || (cell[c0] & 15) == NA_C_OTHER)
			{
				printf("%s0xFFFF,", c % 12 ? "" : "\n");
				continue;
			}
		}
		/* digits and Arabic punctuation have their own steps, done by na_fold_other() */
		if (cp >= NA_FOLD_FIRST && (cell[cp] & 15) == NA_C_DIGIT)
			cp = (unsigned) ('0' + (cell[cp] >> 4));
		else if (cp == 0x60C || cp == 0x66B || cp == 0x66C)
			cp = cp == 0x66B ? '.' : ',';
		else if (cp == 0x61B)
			cp = ';';
		else if (cp == 0x61F)
			cp = '?';
		else if (cp == 0x66A)
			cp = '%';
		else if (cp == 0x66D)
			cp = '*';
		else if (cp == 0x6D4)
			cp = '.';
		else if ((cell[cp] & 15) == NA_C_CONTROL)
			cp = 0;
		printf("%s0x%X,", c % 12 ? "" : "\n", cp);
	}
	printf("};\n");
	return 0;
}
