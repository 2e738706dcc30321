/*
 * na_step.c
 *		Names of the normalisation steps.
 */
#include "na_normalize.h"

static const char *const step_names[NA_STEPS_COUNT] = {
	"compatibility", "marks",	"quranic", "tatweel",	  "alef",	  "hamza",	"alef_maqsura",
	"ta_marbuta",	 "persian", "digits",  "punctuation", "controls", "spaces", "case"};

const char *
na_step_name(int i)
{
	return i >= 0 && i < NA_STEPS_COUNT ? step_names[i] : NULL;
}

uint32_t
na_step_by_name(const char *name, size_t n)
{
	for (int i = 0; i < NA_STEPS_COUNT; i++)
		if (strlen(step_names[i]) == n && memcmp(step_names[i], name, n) == 0)
			return 1u << i;
	return 0;
}
