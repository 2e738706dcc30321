/*
 * na_gazetteer.h
 *		Records of the compiled-in gazetteer and name lists.
 *
 * The lexicon leads here: payload NA_TOPIC_GAZ (names and variants),
 * NA_TOPIC_GAZ_SHORT (short forms) and NA_TOPIC_NISBA (nationality adjectives
 * and demonyms) are indexes into NA_SEC_GAZ; where a name has several
 * meanings the payloads stand in order of preference.
 */
#ifndef NA_GAZETTEER_H
#define NA_GAZETTEER_H

#include "na_data.h"

typedef enum na_entity_kind
{
	NA_ENT_NONE,
	NA_ENT_PERSON,
	NA_ENT_PLACE,
	NA_ENT_ORGANIZATION,
	NA_ENT_NATIONALITY,
	NA_ENT_OTHER
} na_entity_kind;

/* "person", "place" … ; "" for NA_ENT_NONE */
extern const char *na_entity_kind_name(na_entity_kind kind);

/* flags of an entry */
#define NA_GAZ_WEAK 0x01	/* also a common word or name: only with support of context */
#define NA_GAZ_PERSON 0x02	/* a place that is also a frequent personal name */
#define NA_GAZ_NAME 0x04	/* a nisba that is also a family or given name */
#define NA_GAZ_MINOR 0x08	/* a better known entry bears the same name */
#define NA_GAZ_OLD 0x10		/* former name or state */
#define NA_GAZ_COUNTRY 0x20 /* a country or territory of ISO 3166 */
#define NA_GAZ_HOME 0x40	/* country is only the seat of a company */
#define NA_GAZ_CITY 0x80	/* capital, city, town or village */

typedef struct na_gaz
{
	uint32_t id; /* strings: offsets into NA_SEC_STRINGS, 0 = none */
	uint32_t name;
	uint32_t name_en;
	uint32_t cls;
	uint32_t variants; /* joined by '|' */
	uint32_t shorts;
	char country[2]; /* ISO 3166-1 alpha-2; zeros = none */
	uint8_t kind;	 /* na_entity_kind */
	uint8_t flags;
} na_gaz;

/* values of NA_TOPIC_GIVEN and NA_TOPIC_FAMILY */
#define NA_NAME_WEAK 0x1 /* also a common word */
#define NA_NAME_MALE 0x2
#define NA_NAME_FEMALE 0x4

/* values of NA_TOPIC_CONTEXT: the cue, and whether it is a weak sign */
typedef enum na_context
{
	NA_CTX_PLACE_BEFORE = 1, /* head word of a place name that follows */
	NA_CTX_PLACE_CUE,		 /* a place is likely to follow */
	NA_CTX_PERSON_AFTER,	 /* a person is likely to follow */
	NA_CTX_PERSON_BEFORE,	 /* verb whose subject is likely a person or body */
	NA_CTX_PERSON_SUFFIX,	 /* stands behind a person */
	NA_CTX_ORG_BEFORE,		 /* head word of an organisation that follows */
	NA_CTX_ORG_CUE,
	NA_CTX_NATIONALITY_BEFORE
} na_context;

#define NA_CTX_CUE(v) ((v) &0xFF)
#define NA_CTX_WEAK 0x100

/* NA_SEC_TITLE */
typedef struct na_title
{
	uint32_t title;	 /* string */
	uint32_t domain; /* string: political, military … */
	uint8_t role;	 /* 0 honorific, 1 role */
	uint8_t number;	 /* 1 singular, 2 dual, 3 plural */
	uint8_t gender;	 /* 'm' 'f' 'u' */
	uint8_t weak;
} na_title;

/* how the name of an organisation goes on behind its head word */
#define NA_EXT_NISBA 0x01
#define NA_EXT_ADJECTIVE 0x02
#define NA_EXT_FIELD 0x04
#define NA_EXT_PLACE 0x08
#define NA_EXT_PERSON 0x10
#define NA_EXT_NAME 0x20 /* a proper name: the head stays outside the span */
#define NA_EXT_NUMBER 0x40
#define NA_EXT_YEAR 0x80

/* NA_SEC_ORG_HEAD */
typedef struct na_org_head
{
	uint32_t head; /* strings */
	uint32_t cls;
	uint8_t kind;	 /* na_entity_kind of the whole name */
	uint8_t extends; /* NA_EXT_* */
	uint16_t pad;
} na_org_head;

/* NA_SEC_FIELD */
typedef struct na_field
{
	uint32_t field; /* strings */
	uint32_t name_en;
	uint32_t alone; /* with a country adjective it stands for the ministry */
} na_field;

static inline const na_gaz *
na_gaz_at(uint32_t i)
{
	return (const na_gaz *) na_section_at(NA_SEC_GAZ, sizeof(na_gaz), NULL) + i;
}

static inline uint32_t
na_gaz_count(void)
{
	uint32_t n;

	(void) na_section_at(NA_SEC_GAZ, sizeof(na_gaz), &n);
	return n;
}

#endif /* NA_GAZETTEER_H */
