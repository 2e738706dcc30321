/*
 * na_normalize.h
 *		Normalisation of Arabic text, by named steps.
 */
#ifndef NA_NORMALIZE_H
#define NA_NORMALIZE_H

#include "na_base.h"

/* The steps; each is one bit.  The order of application is fixed. */
typedef enum na_step
{
	NA_STEP_COMPATIBILITY = 1 << 0, /* NFKC: presentation forms, ligatures, full width */
	NA_STEP_MARKS = 1 << 1,			/* drop tashkil: fathatan … sukun, superscript alef */
	NA_STEP_QURANIC = 1 << 2,		/* drop Quranic annotation signs; ٱ to ا */
	NA_STEP_TATWEEL = 1 << 3,		/* drop ـ */
	NA_STEP_ALEF = 1 << 4,			/* أ إ آ ٱ and their like to ا */
	NA_STEP_HAMZA = 1 << 5,			/* ؤ ئ to ء */
	NA_STEP_ALEF_MAQSURA = 1 << 6,	/* ى to ي */
	NA_STEP_TA_MARBUTA = 1 << 7,	/* ة to ه */
	NA_STEP_PERSIAN = 1 << 8,		/* Persian, Urdu, Kurdish … letters to the Arabic ones */
	NA_STEP_DIGITS = 1 << 9, /* any decimal digits to ASCII; ٫ to '.', ٬ dropped between digits */
	NA_STEP_PUNCTUATION = 1 << 10, /* ، ؛ ؟ ٪ and typographic quotes, dashes to ASCII */
	NA_STEP_CONTROLS = 1 << 11,	   /* drop bidi controls, joiners, zero-width, soft hyphen */
	NA_STEP_SPACES = 1 << 12,	   /* white space runs to one space; trim */
	NA_STEP_CASE = 1 << 13		   /* Unicode case folding */
} na_step;

#define NA_STEPS_COUNT 14
#define NA_STEPS_ALL ((1u << NA_STEPS_COUNT) - 1)

/* name of step number i (0 .. NA_STEPS_COUNT - 1), "compatibility" … */
extern const char *na_step_name(int i);

/* the bit of a step by its name, 0 = there is none */
extern uint32_t na_step_by_name(const char *name, size_t n);

/*
 * Append the normalised form of n bytes to out.  Idempotent.
 */
extern na_status na_normalize(const na_env *env, const char *s, size_t n, uint32_t steps,
							  na_buf *out);

/*
 * Append the form that is safe to show: the same words, Arabic presentation
 * forms as letters (NFC elsewhere), no tatweel, no bidi or zero-width controls
 * (joiners stay inside emoji), blanks collapsed and trimmed on every line, at
 * most one empty line in a row.  Idempotent.
 */
extern na_status na_clean(const na_env *env, const char *s, size_t n, na_buf *out);

/*
 * Append the search key of one word (all steps) to out; false when there is
 * no memory.  The same as na_normalize() with NA_STEPS_ALL, without its set-up.
 */
extern bool na_normalize_word(const char *s, uint32_t n, na_buf *out);

#endif /* NA_NORMALIZE_H */
