/*
 * unicode_classes.c
 *		Writes data/unicode/classes.tsv: what the scanner wants to know of every
 *		code point, taken once from ICU and committed, so that the answers do not
 *		depend on the ICU version of the machine that builds or runs.
 *
 *		make unicode-data
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uversion.h>

static const char *
class_of(UChar32 c)
{
	int8_t t = u_charType(c);
	UErrorCode err = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript(c, &err);

	if (c == 0x0A || c == 0x0B || c == 0x0C || c == 0x0D || c == 0x85 || c == 0x2028 || c == 0x2029)
		return "newline";
	if (c == 0x09 || t == U_SPACE_SEPARATOR)
		return "space";
	if (t == U_CONTROL_CHAR || t == U_FORMAT_CHAR || (c >= 0xFE00 && c <= 0xFE0F) ||
		(c >= 0xE0100 && c <= 0xE01EF))
		return (c >= 0x600 && c <= 0x605) || c == 0x6DD ? "symbol" : "control";
	if (t == U_DECIMAL_DIGIT_NUMBER)
		return "digit";
	if (t == U_NON_SPACING_MARK || t == U_ENCLOSING_MARK || t == U_COMBINING_SPACING_MARK)
		return (c >= 0x610 && c <= 0x8FF && script != USCRIPT_SYRIAC && script != USCRIPT_THAANA &&
				script != USCRIPT_NKO && script != USCRIPT_SAMARITAN && script != USCRIPT_MANDAIC)
				   ? "arabic_mark"
				   : "mark";
	if (c == 0x640)
		return "tatweel";
	/* circled letters and the like are symbols, not emoji, unless drawn in colour by default */
	if (u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION) ||
		(u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) && c > 0x2100))
		return "emoji";
	if (u_isalpha(c) || t == U_LETTER_NUMBER)
		return script == USCRIPT_ARABIC ? "arabic" : "letter";
	if (t == U_OTHER_NUMBER)
		return "symbol";
	if (t == U_INITIAL_PUNCTUATION || t == U_FINAL_PUNCTUATION || c == '"' || c == '\'' ||
		c == '`' || c == 0xB4 || c == 0x201A || c == 0x201E || c == 0x301D || c == 0x301E ||
		c == 0x301F || c == 0xFF02 || c == 0xFF07 || c == 0x2033 || c == 0x2032)
		return "quote";
	if (u_ispunct(c))
		return "punct";
	if (t == U_MATH_SYMBOL || t == U_CURRENCY_SYMBOL || t == U_MODIFIER_SYMBOL ||
		t == U_OTHER_SYMBOL)
		return "symbol";
	return "other";
}

int
main(void)
{
	UVersionInfo v;
	char version[U_MAX_VERSION_STRING_LENGTH];
	UChar32 first = 0;

	u_getUnicodeVersion(v);
	u_versionToString(v, version);
	printf(
		"# What the scanner wants to know of every code point, in ranges (hexadecimal).\n"
		"# Written by src/gen/unicode_classes.c through ICU from Unicode %s; not edited by hand.\n"
		"# Unicode data: Unicode License v3, https://www.unicode.org/license.txt\n"
		"# digit ranges start at the digit zero.  Code points in no range are \"other\"\n"
		"# (unassigned, private use, surrogates).\n"
		"first\tlast\tclass\n",
		version);
	for (UChar32 c = 0; c <= 0x110000; c++)
	{
		const char *a = class_of(first);
		bool cut = c == 0x110000 || strcmp(class_of(c), a) != 0 ||
				   (strcmp(a, "digit") == 0 && u_charDigitValue(c) == 0);

		if (cut && c > first)
		{
			if (strcmp(a, "other") != 0)
				printf("%04X\t%04X\t%s\n", (unsigned) first, (unsigned) c - 1, a);
			first = c;
		}
	}
	return 0;
}
