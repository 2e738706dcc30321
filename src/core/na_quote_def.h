/*
 * na_quote_def.h
 *		Names that the reader of quotations shares with the generator.
 */
#ifndef NA_QUOTE_DEF_H
#define NA_QUOTE_DEF_H

#include <stdint.h>

#define NA_STANCES(X)                                                                              \
	X(NEUTRAL, "neutral")                                                                          \
	X(EMPHASIS, "emphasis")                                                                        \
	X(DENIAL, "denial")                                                                            \
	X(WARNING, "warning")                                                                          \
	X(THREAT, "threat")                                                                            \
	X(DEMAND, "demand")                                                                            \
	X(PRAISE, "praise")                                                                            \
	X(CRITICISM, "criticism")                                                                      \
	X(ACCUSATION, "accusation")                                                                    \
	X(CLAIM, "claim")                                                                              \
	X(PROMISE, "promise")                                                                          \
	X(QUESTION, "question")                                                                        \
	X(ANSWER, "answer")                                                                            \
	X(HOPE, "hope")                                                                                \
	X(ADMISSION, "admission")                                                                      \
	X(OPINION, "opinion")                                                                          \
	X(PREDICTION, "prediction")                                                                    \
	X(APOLOGY, "apology")                                                                          \
	X(DESCRIPTION, "description")

#define NA_ENUM_STANCE(id, name) NA_STANCE_##id,
typedef enum na_stance
{
	NA_STANCES(NA_ENUM_STANCE) NA_STANCE_COUNT
} na_stance;

/* what a form is */
typedef enum na_verb_form
{
	NA_FORM_PAST = 1,
	NA_FORM_PRESENT,
	NA_FORM_PARTICIPLE,	 /* مضيفا */
	NA_FORM_MASDAR,		 /* قوله: the noun with the speaker's pronoun */
	NA_FORM_ATTRIBUTION, /* بحسب: what follows is the source */
	NA_FORM_NOUN		 /* بيان */
} na_verb_form;

/* what stands before the reported clause */
#define NA_TAKES_AN 0x01
#define NA_TAKES_BI 0x02
#define NA_TAKES_ILA 0x04
#define NA_TAKES_ALA 0x08
#define NA_TAKES_MIN 0x10
#define NA_TAKES_AAN 0x20
#define NA_TAKES_FI 0x40
#define NA_TAKES_LI 0x80

#define NA_VERB_STRONG 0x01
#define NA_VERB_FEMININE 0x02
#define NA_VERB_PLURAL 0x04
#define NA_VERB_OBJECT 0x08		/* carries an object pronoun: وصفه */
#define NA_VERB_IMPERSONAL 0x10 /* يذكر أن: passive when no subject follows */

/* record of NA_SEC_VERB; index 0 is unused */
typedef struct na_verb
{
	uint32_t lemma; /* string */
	uint8_t form;	/* na_verb_form */
	uint8_t stance; /* na_stance */
	uint8_t takes;	/* NA_TAKES_* */
	uint8_t flags;	/* NA_VERB_* */
} na_verb;

/* classes of data/quotes/words.tsv: values of NA_TOPIC_QUOTE_WORD */
#define NA_QUOTE_WORDS(X)                                                                          \
	X(CLAUSE, "clause")                                                                            \
	X(PREPOSITION, "preposition")                                                                  \
	X(ADVERB, "adverb")                                                                            \
	X(OTHER, "other")                                                                              \
	X(TITLE, "title")                                                                              \
	X(ANAPHOR, "anaphor")                                                                          \
	X(BODY, "body")                                                                                \
	X(BREAK, "break")                                                                              \
	X(RELAY, "relay")                                                                              \
	X(FACT, "fact")

#define NA_ENUM_QUOTE_WORD(id, name) NA_QW_##id,
typedef enum na_quote_word
{
	NA_QUOTE_WORDS(NA_ENUM_QUOTE_WORD) NA_QW_COUNT
} na_quote_word;

#endif /* NA_QUOTE_DEF_H */
