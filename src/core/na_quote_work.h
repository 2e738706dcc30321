/*
 * na_quote_work.h
 *		A segment while quotations are read: classes of its tokens, speakers, and the
 *		sentence at hand.  Internal to the reader of quotations; what comes of it is
 *		in na_quote.h.
 *
 * Three steps.  na_quote_token.c says of every token what it is to quotations
 * and pairs the marks.  na_quote.c reads sentence by sentence and finds what is
 * quoted.  It asks na_quote_speaker.c who says it.
 */
#ifndef NA_QUOTE_WORK_H
#define NA_QUOTE_WORK_H

#include "na_data.h"
#include "na_quote.h"

/* tokens between a verb and what it governs */
#define REACH 48
/* speakers remembered */
#define MEMORY 8
/* words of a speaker's role that are remembered */
#define ROLE_WORDS 12

#define NONE UINT32_MAX

/* classes of a token, beside its verb */
#define QF_CLAUSE 0x0001  /* أن */
#define QF_LOW 0x0002	  /* إن */
#define QF_PRONOUN 0x0004 /* أنه */
#define QF_PREPOSITION 0x0008
#define QF_ADVERB 0x0010
#define QF_OTHER 0x0020
#define QF_TITLE 0x0040
#define QF_ANAPHOR 0x0080
#define QF_BREAK 0x0100
#define QF_RELAY 0x0200
#define QF_END 0x0400  /* the sentence ends */
#define QF_LINE 0x0800 /* the paragraph ends */
#define QF_WORD 0x1000
#define QF_WAW 0x2000 /* has the proclitic و or ف */
#define QF_LI 0x4000  /* has the proclitic ل */
#define QF_BI 0x8000
#define QF_INSIDE 0x10000 /* between marks */
#define QF_BODY 0x20000	  /* الوزارة */
#define QF_FACT 0x40000	  /* مما */

typedef struct na_qtoken
{
	uint32_t mate;	 /* of an opening mark: its closing one; NONE = no mark */
	uint32_t entity; /* index, NONE = none */
	uint32_t flags;
	uint16_t verb; /* index into NA_SEC_VERB, 0 = none */
	uint8_t nverb; /* tokens of the verb phrase */
} na_qtoken;

typedef struct na_speaker
{
	na_str name;
	const char *id;
	uint32_t role[ROLE_WORDS]; /* hashes of the words about him, without article */
	uint8_t nrole;
	bool person;
	bool feminine;
} na_speaker;

struct na_quote_reader
{
	const na_env *env;
	na_arena arena; /* names of speakers; outlives segments */
	na_qtoken *q;
	uint32_t cap;
	na_speaker memory[MEMORY]; /* the newest first */
	uint32_t nmemory;
};

typedef struct na_sentence
{
	na_quote_reader *r;
	const na_segment *seg;
	const na_entity *entity;
	na_qtoken *q;
	na_quote_fn fn;
	void *ctx;
	uint32_t from;
	uint32_t to;
	/* the verb that governs what comes */
	uint32_t verb;		 /* token, NONE = none */
	uint32_t verb_limit; /* where its subject ends */
	const na_verb *v;
	na_speaker who;
	bool known;	  /* who is set */
	bool pending; /* the verb has not got its words yet */
	/* an open reported clause */
	uint32_t clause; /* first token, NONE = none */
	bool mixed;		 /* it holds a quotation in marks */
	const na_verb *clause_v;
	na_speaker clause_who;
	bool clause_known;
	bool failed;
	bool go;
} na_sentence;

/* the verb of a token, by its index */
static inline const na_verb *
na_verb_at(uint32_t i)
{
	return (const na_verb *) na_section_at(NA_SEC_VERB, sizeof(na_verb), NULL) + i;
}

/* words among the tokens [from, to) */
static inline uint32_t
na_count_words(const na_qtoken *q, uint32_t from, uint32_t to)
{
	uint32_t n = 0;

	for (uint32_t i = from; i < to; i++)
		n += (q[i].flags & QF_WORD) != 0;
	return n;
}

static inline bool
na_is_comma(const na_token *t)
{
	return t->kind == NA_PUNCT && (t->cp == ',' || t->cp == ';');
}

static inline bool
na_is_colon(const na_token *t)
{
	return t->kind == NA_PUNCT && t->cp == ':';
}

/* ---- na_quote_token.c ---- */
/* what is known of every token before sentences are read; q has room for all of them */
extern void na_quote_tokens(const na_env *env, const na_segment *seg, const na_entity *entity,
							uint32_t nentity, na_qtoken *q);

/* ---- na_quote_speaker.c ---- */
/* remember a speaker as the newest */
extern void na_remember_speaker(na_quote_reader *r, const na_speaker *s);
/*
 * The speaker in [from, to), the place of a subject.  sure = the verb takes a
 * clause, so that what follows it is its subject and no object.  false =
 * there is none.
 */
extern bool na_find_speaker(na_quote_reader *r, const na_segment *seg, const na_entity *entity,
							const na_qtoken *q, uint32_t from, uint32_t to, bool sure,
							na_speaker *s, bool *failed);
/*
 * Who speaks when the sentence does not say: the newest speaker of that
 * gender, else the newest one, else the person named last.
 */
extern void na_default_speaker(na_sentence *s, bool feminine);
/* a name or role that ends just before the verb: لكن كاسونغو حذرت */
extern bool na_subject_before(na_sentence *s, uint32_t verb, na_speaker *who);
/* the first name of a person or body in the sentence before token i */
extern bool na_subject_of_sentence(na_sentence *s, uint32_t i, na_speaker *who);

#endif /* NA_QUOTE_WORK_H */
