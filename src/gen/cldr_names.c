/*
 * cldr_names.c
 *		Print the territory names of CLDR, Arabic and English, as a TSV.
 *
 * This is a maintainer's tool, not part of the build: the names change with the ICU
 * version, so its output is committed as data/gazetteer/cldr-territories.tsv.
 *
 *	cc -o cldr_names src/gen/cldr_names.c $(pkg-config --cflags --libs icu-uc icu-i18n)
 *	./cldr_names > data/gazetteer/cldr-territories.tsv
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>
#include <unicode/uchar.h>
#include <unicode/ulocdata.h>

/* Longer than any territory name of CLDR by far. */
#define NAME_UNITS 256

static void
die(const char *what, UErrorCode status)
{
	fprintf(stderr, "cldr_names: %s: %s\n", what, u_errorName(status));
	exit(1);
}

static ULocaleDisplayNames *
open_names(const char *locale, UDisplayContext length)
{
	UErrorCode status = U_ZERO_ERROR;
	UDisplayContext contexts[] = {length};
	ULocaleDisplayNames *names = uldn_openForContext(locale, contexts, 1, &status);

	if (U_FAILURE(status))
		die(locale, status);
	return names;
}

static void
print_name(const ULocaleDisplayNames *names, const char *region)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar wide[NAME_UNITS];
	UChar visible[NAME_UNITS];
	char utf8[NAME_UNITS * 4];
	int32_t length = uldn_regionDisplayName(names, region, wide, NAME_UNITS, &status);
	int32_t kept = 0;

	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
		die(region, status);

	/* Some Arabic names carry direction marks, which are no part of the name. */
	for (int32_t i = 0; i < length; i++)
	{
		if (u_charType(wide[i]) != U_FORMAT_CHAR)
			visible[kept++] = wide[i];
	}

	u_strToUTF8(utf8, (int32_t) sizeof(utf8), NULL, visible, kept, &status);
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
		die(region, status);
	printf("\t%s", utf8);
}

static void
print_region(const ULocaleDisplayNames *const *names, int count, const char *region)
{
	printf("%s", region);
	for (int i = 0; i < count; i++)
		print_name(names[i], region);
	putchar('\n');
}

/* Codes of ICU's list that ISO 3166-1 has withdrawn or only reserves. XK, Kosovo, stays. */
static int
is_no_country(const char *region)
{
	static const char *const codes[] = {"AC", "AN", "CP", "CS", "DG", "EA", "IC", "TA"};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
	{
		if (strcmp(region, codes[i]) == 0)
			return 1;
	}
	return 0;
}

int
main(void)
{
	UErrorCode status = U_ZERO_ERROR;
	UVersionInfo cldr;
	char version[U_MAX_VERSION_STRING_LENGTH];
	ULocaleDisplayNames *names[3];

	ulocdata_getCLDRVersion(cldr, &status);
	if (U_FAILURE(status))
		die("CLDR version", status);
	u_versionToString(cldr, version);

	names[0] = open_names("ar", UDISPCTX_LENGTH_FULL);
	names[1] = open_names("ar", UDISPCTX_LENGTH_SHORT);
	names[2] = open_names("en", UDISPCTX_LENGTH_FULL);

	printf("# Arabic and English territory names of CLDR %s, read through ICU %s.\n", version,
		   U_ICU_VERSION);
	printf("# Columns: iso = ISO 3166-1 alpha-2 (XK: Kosovo, user-assigned), name_ar = full Arabic "
		   "name,\n#   short_ar = its short form (mostly the same), name_en = English name.\n");
	printf("# Origin: written by src/gen/cldr_names.c. Not read by the build: the check and the "
		   "origin "
		   "of countries.tsv.\n");
	printf("# Licence: Unicode License v3 (CLDR data, copyright Unicode, Inc.), "
		   "https://www.unicode.org/license.txt\n");
	printf("iso\tname_ar\tshort_ar\tname_en\n");

	for (const char *const *region = uloc_getISOCountries(); *region != NULL; region++)
	{
		if (!is_no_country(*region))
			print_region((const ULocaleDisplayNames *const *) names, 3, *region);
	}

	for (int i = 0; i < 3; i++)
		uldn_close(names[i]);
	return 0;
}
