/*
 * na_date_word.h
 *		What a word says to the grammar of dates: the records of
 *		NA_SEC_DATE_WORD, written by src/gen/gen_dates.c from data/dates.
 */
#ifndef NA_DATE_WORD_H
#define NA_DATE_WORD_H

#include "na_base.h"

/* The classes, by the names that data/dates uses.  Columns value and extra: */
#define NA_DATE_CLASSES(X)                                                                         \
	X(month)   /* 1 .. 12 */                                                                       \
	X(hmonth)  /* 1 .. 12 of the Hijri year */                                                     \
	X(weekday) /* 0 = Monday .. 6 = Sunday */                                                      \
	X(num)	   /* cardinal */                                                                      \
	X(ord)	   /* ordinal; -1 = last */                                                            \
	X(few)	   /* an unknown small number */                                                       \
	X(unit)	   /* NA_UNIT_*; trim: extra = months in a part of the year */                         \
	X(mod)	   /* -1 last, 0 this, 1 next */                                                       \
	X(deictic) /* days from the day of writing; extra NA_UNIT_NIGHT = in the night */              \
	X(ref)	   /* -1 PAST_REF, 0 PRESENT_REF, 1 FUTURE_REF */                                      \
	X(part)	   /* 1 TMO 2 TMI 3 TAF 4 TEV 5 TNI 6 TDT; extra 1 = before noon, 2 = after */         \
	X(ampm)	   /* extra 1 = before noon, 2 = after */                                              \
	X(frac)	   /* minutes: half, quarter, third of an hour */                                      \
	X(minus)   /* "less" in a clock time */                                                        \
	X(tz)	   /* "by the time of" */                                                              \
	X(zone)	   /* minutes east of Greenwich */                                                     \
	X(season)  /* 1 SP 2 SU 3 FA 4 WI */                                                           \
	X(decade)  /* 20 = the twenties */                                                             \
	X(edge)	   /* 1 START 2 MID 3 END */                                                           \
	X(era)	   /* NA_ERA_* */                                                                      \
	X(prep)	   /* 1 from, 2 in, 3 to, 5 between */                                                 \
	X(span)	   /* 1 before, 2 since, 3 after, 4 during, 5 within */                                \
	X(twin)	   /* "corresponding to": the same day in another calendar */                          \
	X(on)	   /* "dated" */                                                                       \
	X(every)                                                                                       \
	X(set)		/* NA_UNIT_*: daily … yearly */                                                  \
	X(approx)	/* 0 about, 1 more than, -1 less than */                                           \
	X(cue)		/* 1 looks ahead, 2 a habit, 3 a report, 5 a plan */                               \
	X(name)		/* a name follows: the city of 6 October */                                        \
	X(number)	/* a number follows that counts no days: law, phone … */                         \
	X(reject)	/* 1 no unit of time: light-year; 2 an age; 3 a phrase */                          \
	X(age)		/* an age follows */                                                               \
	X(outlet)	/* makes اليوم part of a name: 1 before it, 2 behind it */                    \
	X(yearhead) /* a bare year may follow */                                                       \
	X(amm)		/* makes العام "general" */                                                   \
	X(page)		/* around the date of a page: 1 published, 2 updated, 0 neutral */                 \
	X(holiday)	/* month * 100 + day; extra = NA_CAL_* */                                          \
	X(event)	/* month * 100 + day; extra = year */

/* The flags, by the names that data/dates uses. */
#define NA_DATE_FLAGS(X)                                                                           \
	X(def)	 /* carries the article */                                                             \
	X(weak)	 /* means time only beside other temporal words */                                     \
	X(madda) /* and when alone, only when written with a madda */                                  \
	X(year)	 /* only before a year */                                                              \
	X(bare)	 /* a weekday without article: only behind "day", "every" */                           \
	X(du)                                                                                          \
	X(pl)                                                                                          \
	X(amm)	  /* also means "general" */                                                           \
	X(vague)  /* any stretch of time */                                                            \
	X(trim)	  /* quarter, half or third of a longer unit */                                        \
	X(anchor) /* hangs on the date mentioned last */                                               \
	X(latest) /* "last" of several: not before "of" */                                             \
	X(pre)	  /* stands only before what it modifies or counts */                                  \
	X(adv)	  /* stands as an adverb behind a clock time */                                        \
	X(ten)	  /* the first, middle, last ten days of a month */                                    \
	X(letter) /* one letter: only behind a number */                                               \
	X(local)                                                                                       \
	X(from) /* opens a range */

typedef enum na_date_class
{
	NA_DC_none,
#define X(name) NA_DC_##name,
	NA_DATE_CLASSES(X)
#undef X
	NA_DC_COUNT
} na_date_class;

enum
{
#define X(name) NA_DF_BIT_##name,
	NA_DATE_FLAGS(X)
#undef X
};

enum
{
#define X(name) NA_DF_##name = 1 << NA_DF_BIT_##name,
	NA_DATE_FLAGS(X)
#undef X
};

/* values of class unit, in order of length */
enum
{
	NA_UNIT_SECOND,
	NA_UNIT_MINUTE,
	NA_UNIT_HOUR,
	NA_UNIT_DAY,
	NA_UNIT_WEEK,
	NA_UNIT_MONTH,
	NA_UNIT_QUARTER,
	NA_UNIT_YEAR,
	NA_UNIT_DECADE,
	NA_UNIT_CENTURY,
	NA_UNIT_WEEKEND,
	NA_UNIT_SPORT,
	NA_UNIT_NIGHT
};

enum
{
	NA_ERA_NONE,
	NA_ERA_AD,
	NA_ERA_AH,
	NA_ERA_BC
};

enum
{
	NA_CAL_NONE,
	NA_CAL_GREGORIAN,
	NA_CAL_HIJRI
};

typedef struct na_date_word
{
	uint32_t flags; /* NA_DF_* */
	int16_t value;
	int16_t extra;
	uint32_t cls; /* na_date_class */
} na_date_word;

#endif /* NA_DATE_WORD_H */
