/*
 * na_agency.h
 *		News agencies and outlets by their names and abbreviations.
 */
#ifndef NA_AGENCY_H
#define NA_AGENCY_H

#include "na_base.h"

typedef enum na_agency_kind
{
	NA_AGENCY_AGENCY = 1, /* a news agency */
	NA_AGENCY_OUTLET,	  /* a newspaper, channel or site */
	NA_AGENCY_PHOTO,	  /* gives pictures only */
	NA_AGENCY_ANY		  /* "agencies": says only that the text is wire copy */
} na_agency_kind;

/* record of NA_SEC_AGENCY; index 0 is unused */
typedef struct na_agency
{
	uint32_t name; /* canonical English name, offset into NA_SEC_STRINGS */
	uint32_t id;   /* slug, the same */
	char country[2];
	uint8_t kind; /* na_agency_kind */
	uint8_t spare;
} na_agency;

extern uint32_t na_agency_count(void);
extern const na_agency *na_agency_get(uint32_t index);

#endif /* NA_AGENCY_H */
