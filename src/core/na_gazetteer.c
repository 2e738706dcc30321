/*
 * na_gazetteer.c
 *		Names of the gazetteer's kinds.
 */
#include "na_gazetteer.h"

const char *
na_entity_kind_name(na_entity_kind kind)
{
	static const char *const names[] = {"",		"person", "place", "organization", "nationality",
										"other"};

	return (size_t) kind < NA_LENGTHOF(names) ? names[kind] : "";
}
