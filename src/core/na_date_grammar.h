/*
 * na_date_grammar.h
 *		The inside of the grammar of dates: items, stamps, and who parses what.
 *
 * Three steps.  na_date.c turns the tokens of a segment into items: a word or
 * phrase with its temporal readings, a number, or a mark.  The productions of
 * na_date_parts.c and na_date_rules.c read items and fill stamps: what is
 * written, not yet what it means.  na_date_resolve.c turns a stamp into days
 * and a TIMEX3 value.
 *
 * Every production has the form
 *		int rule(const na_dctx *c, int i, ...)
 * and returns the item behind what it read, or 0 when it does not apply.  None
 * looks further than a few items, so the whole is linear.
 */
#ifndef NA_DATE_GRAMMAR_H
#define NA_DATE_GRAMMAR_H

#include "na_calendar.h"
#include "na_data.h"
#include "na_date.h"
#include "na_date_word.h"

#define NA_ITEM_WORDS 5

#define NA_BIT(cls) ((uint64_t) 1 << NA_DC_##cls)
#define NA_BIT_NUMBER ((uint64_t) 1 << 63)

/* a year in a timex, two arguments for "%s%04d": Hijri ones have an H, 0 is the first year before Christ */
#define NA_TIMEX_YEAR(calendar, y) na_timex_era(calendar, y), na_timex_year(calendar, y)

static inline const char *
na_timex_era(int calendar, int y)
{
	if (calendar == NA_CAL_HIJRI)
		return "H";
	return y > 0 ? "" : "BC";
}

static inline int
na_timex_year(int calendar, int y)
{
	return calendar == NA_CAL_HIJRI || y > 0 ? y : 1 - y;
}

typedef struct na_item
{
	uint32_t tok;	 /* first token */
	uint8_t ntok;	 /* tokens of a phrase */
	uint8_t kind;	 /* na_kind of the first token */
	uint8_t cp;		 /* of a mark: its ASCII counterpart */
	uint8_t nword;	 /* readings */
	uint8_t clitic;	 /* 'w' 'f' 'b' 'k' 'l' 's' before the word or number, 0 = none */
	uint8_t nclitic; /* characters that the proclitics take */
	uint8_t digits;	 /* of a number: digits written before the decimal point */
	uint8_t ndecimal;
	uint16_t flags;	  /* NA_TF_* of the first token */
	int16_t decimal;  /* digits behind the decimal point, as a number */
	int32_t num;	  /* of a number: its integer part, -1 = too long */
	uint64_t classes; /* bit of each class it has a reading in, NA_BIT_NUMBER */
	const na_date_word *word[NA_ITEM_WORDS];
} na_item;

/* no modifier */
#define NA_MOD_NONE 9

/* what a stamp hangs on */
typedef enum na_base
{
	NA_BASE_NONE,
	NA_BASE_CALENDAR, /* year, month, day, as far as written */
	NA_BASE_WEEKDAY,  /* a weekday only */
	NA_BASE_DEICTIC,  /* days from the day of writing */
	NA_BASE_UNIT,	  /* a unit: last week, this year */
	NA_BASE_AGO,	  /* an amount before or after the day of writing */
	NA_BASE_DECADE,
	NA_BASE_CENTURY,
	NA_BASE_SEASON,
	NA_BASE_CLOCK, /* a clock time without a day */
	NA_BASE_REF
} na_base;

typedef struct na_stamp
{
	uint8_t base;
	uint8_t calendar; /* NA_CAL_* */
	uint8_t era;
	int8_t mod;		 /* -2 … 2, NA_MOD_NONE: of the finest unit written */
	int8_t yearmod;	 /* of the year: "March of last year" */
	int8_t monthmod; /* of the month: "the ninth of this month" */
	int8_t weekmod;	 /* of the week: "Monday of next week" */
	bool anchor;	 /* the modifier hangs on the date mentioned last */
	bool strong;	 /* is a date wherever it stands */
	int8_t weekday;	 /* -1 = none */
	int32_t year;	 /* 0 = none; before Christ: a positive number, era BC */
	int8_t month;
	int8_t month2; /* dual name of two different months */
	int8_t day;	   /* -1 = the last of the month */
	uint8_t unit;
	int32_t offset; /* deictic, ago: days, negative = before */
	int32_t months; /* ago: and months */
	uint8_t edge;	/* 1 START 2 MID 3 END */
	bool ten;		/* edge of ten days */
	uint8_t trim;	/* months of a part: 3 quarter, 6 half, 4 third; of a month: 15, 10, 7 days */
	int8_t nth;		/* which part; -1 = last */
	uint8_t season;
	uint8_t decade;
	int16_t century;
	uint8_t part; /* part of the day */
	uint8_t noon; /* 1 before, 2 after */
	int8_t hour;  /* -1 = none */
	int8_t minute;
	int8_t second; /* -1 = none */
	bool has_zone;
	bool local;
	int16_t zone;
} na_stamp;

typedef struct na_dctx
{
	const na_segment *seg;
	const na_item *item;
	int n;
	int32_t reference;
	int week_start;
	int32_t anchor;
	bool header; /* a line of its own: what would be a look-alike in text may be a date */
} na_dctx;

/* what a rule found */
#define NA_FOUND_MAX 8
typedef struct na_found
{
	int n;
	struct
	{
		int from; /* items */
		int to;
		na_date date;
	} at[NA_FOUND_MAX];
} na_found;

/* ---- items ---- */

/* the reading of item i in a class, or NULL */
static inline const na_date_word *
na_word(const na_dctx *c, int i, na_date_class cls)
{
	if (i < 0 || i >= c->n || !(c->item[i].classes >> cls & 1))
		return NULL;
	for (int k = 0; k < c->item[i].nword; k++)
		if (c->item[i].word[k]->cls == (uint32_t) cls)
			return c->item[i].word[k];
	return NULL;
}

/* item i is this mark */
static inline bool
na_mark(const na_dctx *c, int i, char cp)
{
	return i >= 0 && i < c->n && c->item[i].cp == (uint8_t) cp && c->item[i].kind != NA_NUMBER &&
		   c->item[i].kind != NA_WORD;
}

static inline bool
na_is_number(const na_dctx *c, int i)
{
	return i >= 0 && i < c->n && c->item[i].kind == NA_NUMBER;
}

/* a plain integer of lo .. hi digits */
static inline bool
na_is_int(const na_dctx *c, int i, int lo, int hi)
{
	return na_is_number(c, i) && c->item[i].num >= 0 && c->item[i].digits >= lo &&
		   c->item[i].digits <= hi && !(c->item[i].flags & (NA_TF_DECIMAL | NA_TF_PERCENT));
}

/* the unit of time that item i names, or NULL */
static inline const na_date_word *
na_unit_word(const na_dctx *c, int i)
{
	if (i < 0 || i >= c->n || !(c->item[i].classes & NA_BIT(unit)))
		return NULL;
	for (int k = 0; k < c->item[i].nword; k++)
		if (c->item[i].word[k]->cls == NA_DC_unit && !(c->item[i].word[k]->flags & NA_DF_trim))
			return c->item[i].word[k];
	return NULL;
}

static inline bool
na_is_unit(const na_date_word *w, int unit)
{
	return w != NULL && w->value == unit && !(w->flags & NA_DF_vague);
}

/* a number with a minus sign, which may have been meant as a dash: 8 -10 */
static inline bool
na_is_minus(const na_dctx *c, int i)
{
	return na_is_number(c, i) && (c->item[i].flags & NA_TF_SIGN) &&
		   c->seg->text[c->seg->tok[c->item[i].tok].byte] == '-';
}

/* ---- na_date.c ---- */
/* the year of the event that the word of item i names, of a month * 100 + day; 0 = none */
extern int na_event_year(const na_dctx *c, int i, int value);

/* ---- na_date_parts.c: numbers, names, clock times, days ---- */
extern void na_stamp_init(na_stamp *s);
extern int na_read_cardinal(const na_dctx *c, int i, int32_t *value);
extern int na_read_ordinal(const na_dctx *c, int i, int32_t *value);
extern int na_read_daynum(const na_dctx *c, int i, na_stamp *s);
extern int na_read_month(const na_dctx *c, int i, na_stamp *s);
extern int na_read_year(const na_dctx *c, int i, na_stamp *s, bool head);
extern int na_read_era(const na_dctx *c, int i, na_stamp *s);
extern int na_read_clock(const na_dctx *c, int i, na_stamp *s);
extern int na_read_numeric(const na_dctx *c, int i, na_stamp *s);
extern int na_read_calendar(const na_dctx *c, int i, na_stamp *s);
extern int na_read_mod(const na_dctx *c, int i, na_stamp *s);
/* the sentence before item i looks ahead: سوف, المقرر, سيعقد */
extern bool na_future_cue(const na_dctx *c, int i);
/* or tells what is planned: يعقد, تنطلق */
extern bool na_plan_cue(const na_dctx *c, int i);
/* or tells what is usual: عادة */
extern bool na_habit_cue(const na_dctx *c, int i);

/* ---- na_date_point.c: one point or unit of time ---- */
extern int na_read_unit(const na_dctx *c, int i, na_stamp *s);
/* bare: also what is a date only beside a preposition: 2015, مارس, العام */
extern int na_read_point(const na_dctx *c, int i, na_stamp *s, bool bare);

/* ---- na_date_rules.c: whole expressions ---- */
/* put a result over items [from, to) */
extern void na_put_date(na_found *f, int from, int to, const na_date *d);
/* put one without days */
extern void na_put_value(na_found *f, int from, int to, na_date_kind kind, na_date_grain grain,
						 const char *timex);
/* P3D, PT5H, P2Y …; fraction is "" or ".5" */
extern void na_amount_timex(char *out, size_t size, int unit, int32_t n, const char *fraction);
extern na_date_grain na_unit_grain(int unit);
/* رقم, قانون, العدد stand before item i */
extern bool na_is_number_before(const na_dctx *c, int i);
extern int na_read_expression(const na_dctx *c, int i, na_found *found);

/* ---- rules that stand in files of their own ---- */
extern int na_rule_every(const na_dctx *c, int i, na_found *f);
extern int na_rule_weekdays(const na_dctx *c, int i, na_found *f);
extern int na_rule_recurring(const na_dctx *c, int i, na_found *f);
extern int na_rule_days(const na_dctx *c, int i, na_found *f);
extern int na_rule_months(const na_dctx *c, int i, na_found *f);
extern int na_rule_range(const na_dctx *c, int i, na_found *f);
extern int na_rule_amount(const na_dctx *c, int i, na_found *f);

/* ---- na_date_resolve.c ---- */
/* the day some months and days from a day; false = out of all calendars */
extern bool na_shift_day(int32_t day, int32_t months, int32_t days, int32_t *out);
/* false = there is no such date */
extern bool na_resolve(const na_dctx *c, const na_stamp *s, int i, na_date *out);
/* t names the same day as s, perhaps in another calendar: let s say it all */
extern bool na_join_twin(const na_dctx *c, na_stamp *s, const na_stamp *t);
/* the range from a to b, which complete each other */
extern bool na_resolve_range(const na_dctx *c, na_stamp *a, na_stamp *b, int i, na_date *out);

#endif /* NA_DATE_GRAMMAR_H */
