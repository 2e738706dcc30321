/*
 * na_chartab.h
 *		Tables by code point, generated from data/unicode by src/gen/gen_chars.c.
 */
#ifndef NA_CHARTAB_H
#define NA_CHARTAB_H

#include "na_base.h"

/* classes of the scanner */
typedef enum na_class
{
	NA_C_OTHER, /* unassigned, private use */
	NA_C_SPACE,
	NA_C_NEWLINE,
	NA_C_CONTROL, /* bidi controls, joiners, variation selectors … */
	NA_C_TATWEEL,
	NA_C_ARABIC,
	NA_C_ARABIC_MARK,
	NA_C_LETTER, /* of any other script */
	NA_C_MARK,
	NA_C_DIGIT,
	NA_C_QUOTE,
	NA_C_PUNCT,
	NA_C_SYMBOL,
	NA_C_EMOJI
} na_class;

/* two-stage table: class in the low four bits, digit value in the high four */
extern const uint8_t na_class_page[0x1100];
extern const uint8_t na_class_cell[][256];

static inline uint8_t
na_char_cell(uint32_t cp)
{
	return cp <= 0x10FFFF ? na_class_cell[na_class_page[cp >> 8]][cp & 0xFF] : 0;
}

static inline na_class
na_char_class(uint32_t cp)
{
	return (na_class) (na_char_cell(cp) & 15);
}

/* 0..9; only for NA_C_DIGIT */
static inline int
na_digit_value(uint32_t cp)
{
	return na_char_cell(cp) >> 4;
}

/* U+0600 .. U+08FF: the step that changes a code point (0 = none) and its result (0 = dropped) */
#define NA_FOLD_FIRST 0x600
#define NA_FOLD_LAST 0x8FF
typedef struct na_fold
{
	uint16_t step;
	uint16_t to;
} na_fold;

extern const na_fold na_fold_map[NA_FOLD_LAST - NA_FOLD_FIRST + 1];

/* the same with all steps applied; 0 = dropped */
extern const uint16_t na_fold_all[NA_FOLD_LAST - NA_FOLD_FIRST + 1];

#endif /* NA_CHARTAB_H */
