/*
 * na_page_def.h
 *		The names that the page labeller shares with the generator: block kinds,
 *		states of the label sequence, kinds of cues, features of a line.
 *
 * The weights in data/pages use these names.
 */
#ifndef NA_PAGE_DEF_H
#define NA_PAGE_DEF_H

/* what a line of a page is */
#define NA_BLOCK_KINDS(X)                                                                          \
	X(TITLE_TAG, "title_tag")                                                                      \
	X(DATE, "date")                                                                                \
	X(HEADLINE, "headline")                                                                        \
	X(HEADLINE_REPEAT, "headline_repeat")                                                          \
	X(KICKER, "kicker")                                                                            \
	X(BYLINE, "byline")                                                                            \
	X(CAPTION, "caption")                                                                          \
	X(CREDIT, "credit")                                                                            \
	X(LEAD, "lead")                                                                                \
	X(BODY, "body")                                                                                \
	X(SUBHEAD, "subhead")                                                                          \
	X(PULL_QUOTE, "pull_quote")                                                                    \
	X(SOURCE, "source")                                                                            \
	X(SHARE, "share")                                                                              \
	X(RELATED, "related")                                                                          \
	X(NAV, "nav")

/*
 * States of the sequence: a kind in a zone.  The zones follow one another:
 * top (before the headline), head, body, tail.
 */
#define NA_PAGE_STATES(X)                                                                          \
	X(TOP_TITLE_TAG, "top.title_tag", 0, TITLE_TAG)                                                \
	X(TOP_NAV, "top.nav", 0, NAV)                                                                  \
	X(TOP_RELATED, "top.related", 0, RELATED)                                                      \
	X(TOP_DATE, "top.date", 0, DATE)                                                               \
	X(TOP_KICKER, "top.kicker", 0, KICKER)                                                         \
	X(TOP_SHARE, "top.share", 0, SHARE)                                                            \
	X(TOP_BYLINE, "top.byline", 0, BYLINE)                                                         \
	X(TOP_CAPTION, "top.caption", 0, CAPTION)                                                      \
	X(TOP_CREDIT, "top.credit", 0, CREDIT)                                                         \
	X(HEADLINE, "headline", 1, HEADLINE)                                                           \
	X(HEAD_REPEAT, "head.headline_repeat", 2, HEADLINE_REPEAT)                                     \
	X(HEAD_DATE, "head.date", 2, DATE)                                                             \
	X(HEAD_KICKER, "head.kicker", 2, KICKER)                                                       \
	X(HEAD_BYLINE, "head.byline", 2, BYLINE)                                                       \
	X(HEAD_CAPTION, "head.caption", 2, CAPTION)                                                    \
	X(HEAD_CREDIT, "head.credit", 2, CREDIT)                                                       \
	X(HEAD_SHARE, "head.share", 2, SHARE)                                                          \
	X(HEAD_NAV, "head.nav", 2, NAV)                                                                \
	X(HEAD_RELATED, "head.related", 2, RELATED)                                                    \
	X(HEAD_PULL_QUOTE, "head.pull_quote", 2, PULL_QUOTE)                                           \
	X(LEAD, "lead", 3, LEAD)                                                                       \
	X(BODY, "body", 4, BODY)                                                                       \
	X(BODY_SUBHEAD, "body.subhead", 4, SUBHEAD)                                                    \
	X(BODY_PULL_QUOTE, "body.pull_quote", 4, PULL_QUOTE)                                           \
	X(BODY_CAPTION, "body.caption", 4, CAPTION)                                                    \
	X(BODY_CREDIT, "body.credit", 4, CREDIT)                                                       \
	X(BODY_RELATED, "body.related", 4, RELATED)                                                    \
	X(BODY_NAV, "body.nav", 4, NAV)                                                                \
	X(BODY_SHARE, "body.share", 4, SHARE)                                                          \
	X(BODY_REPEAT, "body.headline_repeat", 4, HEADLINE_REPEAT)                                     \
	X(BODY_DATE, "body.date", 4, DATE)                                                             \
	X(BODY_BYLINE, "body.byline", 4, BYLINE)                                                       \
	X(TAIL_SOURCE, "tail.source", 5, SOURCE)                                                       \
	X(TAIL_NAV, "tail.nav", 5, NAV)                                                                \
	X(TAIL_RELATED, "tail.related", 5, RELATED)                                                    \
	X(TAIL_SHARE, "tail.share", 5, SHARE)                                                          \
	X(TAIL_DATE, "tail.date", 5, DATE)                                                             \
	X(TAIL_BYLINE, "tail.byline", 5, BYLINE)                                                       \
	X(TAIL_CREDIT, "tail.credit", 5, CREDIT)                                                       \
	X(TAIL_CAPTION, "tail.caption", 5, CAPTION)                                                    \
	X(BODY_SKIP, "body.skip", 4, NAV)		  /* a promoted block between its marks */             \
	X(TAIL_COMMENTS, "tail.comments", 5, NAV) /* what readers wrote */

/* kinds of cue phrases, column kind of data/pages/cues.tsv */
#define NA_CUE_KINDS(X)                                                                            \
	X(SHARE, "share")                                                                              \
	X(FOLLOW, "follow")                                                                            \
	X(RELATED, "related")                                                                          \
	X(SOURCE, "source")                                                                            \
	X(CREDIT, "credit")                                                                            \
	X(CAPTION, "caption")                                                                          \
	X(DATE, "date")                                                                                \
	X(UPDATE, "update")                                                                            \
	X(CLOCK, "clock")                                                                              \
	X(BYLINE, "byline")                                                                            \
	X(MENU, "menu")                                                                                \
	X(SECTION, "section")                                                                          \
	X(GENRE, "genre")                                                                              \
	X(VERDICT, "verdict")                                                                          \
	X(READING, "reading")                                                                          \
	X(NEWSLETTER, "newsletter")                                                                    \
	X(COMMENTS, "comments")                                                                        \
	X(COPYRIGHT, "copyright")                                                                      \
	X(AD, "ad")                                                                                    \
	X(APP, "app")                                                                                  \
	X(TAGS, "tags")                                                                                \
	X(CONTACT, "contact")                                                                          \
	X(END, "end")                                                                                  \
	X(MORE, "more")                                                                                \
	X(DISCLAIMER, "disclaimer")                                                                    \
	X(COOKIES, "cookies")                                                                          \
	X(PLAYER, "player")                                                                            \
	X(SKIP, "skip")                                                                                \
	X(LOGIN, "login")                                                                              \
	X(COUNTER, "counter")                                                                          \
	X(LIST, "list")                                                                                \
	X(REPORTER, "reporter")

/* where a cue stands; column match.  label = start with a delimiter behind it. */
#define NA_CUE_MATCHES(X)                                                                          \
	X(WHOLE, "whole")                                                                              \
	X(LABEL, "label")                                                                              \
	X(START, "start")                                                                              \
	X(END, "end")                                                                                  \
	X(INSIDE, "inside")

/*
 * Features of a line, besides the cues (feature cue.KIND.MATCH).  Lines are
 * counted without the empty ones; a long line has NA_PAGE_LONG words or more.
 */
#define NA_PAGE_FEATURES(X)                                                                        \
	X(BIAS, "bias")                                                                                \
	X(WORDS_0, "words.0") /* no word at all: punctuation, controls */                              \
	X(WORDS_1, "words.1")                                                                          \
	X(WORDS_2, "words.2-3")                                                                        \
	X(WORDS_4, "words.4-6")                                                                        \
	X(WORDS_7, "words.7-10")                                                                       \
	X(WORDS_11, "words.11-15")                                                                     \
	X(WORDS_16, "words.16-24")                                                                     \
	X(WORDS_25, "words.25+")                                                                       \
	X(ENDS_STOP, "ends.stop") /* . ! … before closing quotes and brackets */                     \
	X(ENDS_QUESTION, "ends.question")                                                              \
	X(ENDS_COLON, "ends.colon")                                                                    \
	X(ENDS_COMMA, "ends.comma")                                                                    \
	X(ENDS_PAREN, "ends.paren")                                                                    \
	X(ENDS_BARE, "ends.bare") /* letter or digit */                                                \
	X(QUOTED, "quoted")		  /* the whole line in quotation marks */                              \
	X(STARTS_PIPE, "starts.pipe")                                                                  \
	X(STARTS_SLASH, "starts.slash")                                                                \
	X(STARTS_STAR, "starts.star")		 /* ** ## */                                               \
	X(STARTS_BULLET, "starts.bullet")	 /* - • * and numbers of a list */                       \
	X(STARTS_HASH, "starts.hash")		 /* hashtag */                                             \
	X(STARTS_WAW, "starts.waw")			 /* a word with و */                                      \
	X(STARTS_CREDIT, "starts.copyright") /* © ® ™ */                                           \
	X(NUMBERS, "numbers")				 /* nothing but digits and punctuation */                  \
	X(LATIN, "latin")					 /* no Arabic letter */                                    \
	X(LATIN_SOME, "latin.some")                                                                    \
	X(LATIN_TAIL, "latin.tail") /* Arabic first, ends in Latin words */                            \
	X(URL, "url")                                                                                  \
	X(URL_ONLY, "url.only")                                                                        \
	X(EMAIL, "email")                                                                              \
	X(HTML, "html") /* residue of mark-up */                                                       \
	X(PIPES, "pipes")                                                                              \
	X(TICKER, "ticker")		  /* pieces far apart: many headlines on one line */                   \
	X(COPYRIGHT, "copyright") /* © somewhere */                                                   \
	X(SLASHES, "slashes")	  /* pieces divided by ' / ' */                                        \
	X(HASHTAGS, "hashtags")	  /* nothing but hashtags */                                           \
	X(DATE_ONLY, "date.only")                                                                      \
	X(DATE_SHORT, "date.short") /* a date and few other words */                                   \
	X(TIME_ONLY, "time.only")                                                                      \
	X(AGENCY_ONLY, "agency.only")	/* nothing but agencies or outlets */                          \
	X(AGENCY_PAREN, "agency.paren") /* ends in an agency in brackets or behind a dash */           \
	X(BYLINE, "byline")				/* place or name with an agency, no sentence */                \
	X(DATELINE, "dateline")			/* starts with a dateline, text behind it */                   \
	X(NAME, "name")					/* a person's name, or a name and a place */                   \
	X(INITIALS, "initials")			/* single letters: who wrote and who edited */                 \
	X(PLACE, "place")				/* nothing but a place */                                      \
	X(FIRST, "first")				/* first line of the page */                                   \
	X(EARLY, "early")				/* second to fourth line */                                    \
	X(BEFORE_LONG, "before.long")	/* no long line yet */                                         \
	X(BETWEEN_LONG, "between.long")                                                                \
	X(AFTER_LONG, "after.long")                                                                    \
	X(ADJACENT_LONG, "adjacent.long") /* the next line is the first long one */                    \
	X(LONG_BEFORE, "long.before")	  /* the line before is long */                                \
	X(LONG_AFTER, "long.after")		  /* the line after is long */                                 \
	X(FIRST_LONG, "first.long")		  /* is the first long line */                                 \
	X(RUN_3, "run.3")				  /* in a run of three or more short lines */                  \
	X(RUN_6, "run.6")                                                                              \
	X(RUN_END, "run.end")				  /* last of such a run */                                 \
	X(BEFORE_HEADLINE, "before.headline") /* the next line is the first of five words and more */  \
	X(BEFORE_DATE, "before.date")		  /* the next line is a date */                            \
	X(AFTER_DATE, "after.date")                                                                    \
	X(BEFORE_BYLINE, "before.byline")                                                              \
	X(TITLE_OF, "title.of")		/* holds a later line at its start or end */                       \
	X(IN_TITLE, "in.title")		/* stands in an earlier line */                                    \
	X(TITLE_LIKE, "title.like") /* shares most words with a later line near the top */             \
	X(REPEATED, "repeated")		/* the same line comes again */                                    \
	X(REPEATED_LONG, "repeated.long")                                                              \
	X(REPEATS, "repeats")			/* the same line came before */                                \
	X(REPEATS_TOP, "repeats.top")	/* four words and more, first before the text */               \
	X(REPEATS_LAST, "repeats.last") /* the line just before */                                     \
	X(EXTENDS_LAST, "extends.last") /* the line just before and something more */                  \
	X(EXTENDED_NEXT, "extended.next")                                                              \
	X(IN_BODY, "in.body") /* most of its word pairs stand in long lines */                         \
	X(IN_BODY_HALF, "in.body.half")                                                                \
	X(IN_NEXT, "in.next") /* they stand in the next line */                                        \
	X(BLANK_BEFORE, "blank.before")                                                                \
	X(BLANK_AFTER, "blank.after")                                                                  \
	X(TIGHT, "tight")				  /* no blank line before or after, on a page that has them */ \
	X(AFTER_RELATED, "after.related") /* the line before is a heading of links */                  \
	X(AFTER_SECTION, "after.section") /* the line before is a section of the site */               \
	X(AFTER_TAGS, "after.tags")                                                                    \
	X(AFTER_SOURCE, "after.source")                                                                \
	X(AFTER_COMMENTS, "after.comments")                                                            \
	X(LAST, "last")                                                                                \
	X(NO_LONG, "no.long")	 /* the page has no long line at all */                                \
	X(LONG_INDENT, "indent") /* starts with a blank */

/* words that make a line long */
#define NA_PAGE_LONG 14

#define NA_ENUM_BLOCK(id, name) NA_BLOCK_##id,
typedef enum na_block_kind
{
	NA_BLOCK_KINDS(NA_ENUM_BLOCK) NA_BLOCK_COUNT
} na_block_kind;

#define NA_ENUM_STATE(id, name, zone, kind) NA_PS_##id,
typedef enum na_page_state
{
	NA_PAGE_STATES(NA_ENUM_STATE) NA_PS_COUNT
} na_page_state;

#define NA_ENUM_CUE(id, name) NA_CUE_##id,
typedef enum na_cue_kind
{
	NA_CUE_KINDS(NA_ENUM_CUE) NA_CUE_COUNT
} na_cue_kind;

#define NA_ENUM_MATCH(id, name) NA_MATCH_##id,
typedef enum na_cue_match
{
	NA_CUE_MATCHES(NA_ENUM_MATCH) NA_MATCH_COUNT
} na_cue_match;

#define NA_ENUM_FEATURE(id, name) NA_PF_##id,
typedef enum na_page_feature
{
	NA_PAGE_FEATURES(NA_ENUM_FEATURE) NA_PF_CUES
} na_page_feature;

/* the features of cues stand behind the others */
#define NA_PF_CUE(kind, match) (NA_PF_CUES + (int) (kind) *NA_MATCH_COUNT + (int) (match))
#define NA_PF_COUNT (NA_PF_CUES + NA_CUE_COUNT * NA_MATCH_COUNT)

/* value of a payload of NA_TOPIC_CUE */
#define NA_CUE_VALUE(kind, match) ((uint32_t) (kind) << 4 | (uint32_t) (match))
#define NA_CUE_VALUE_KIND(v) ((v) >> 4)
#define NA_CUE_VALUE_MATCH(v) ((v) &15)

/*
 * The weights, in hundredths: NA_SEC_PAGE_WEIGHT is int16 [NA_PF_COUNT]
 * [NA_PS_COUNT], NA_SEC_PAGE_STEP int16 [NA_PS_COUNT + 1][NA_PS_COUNT + 1],
 * from and to, where the last row is the start and the last column the end.
 */
#define NA_PAGE_NEVER (-30000)

#endif /* NA_PAGE_DEF_H */
