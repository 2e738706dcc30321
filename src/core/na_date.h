/*
 * na_date.h
 *		Temporal expressions in Arabic text, and the dates of page headers.
 *
 * A day is a day number of na_calendar.h.  The reference is the day on which
 * the text was written; without it what hangs on it stays unresolved (X digits
 * in the TIMEX3 value, no days).
 */
#ifndef NA_DATE_H
#define NA_DATE_H

#include "na_base.h"
#include "na_token.h"

/* no such day; also the reference of a text whose date is unknown */
#define NA_NO_DAY INT32_MIN

typedef enum na_date_kind
{
	NA_DATE_DATE = 1, /* a calendar unit: day, month, decade … */
	NA_DATE_DATETIME, /* with a clock time or a part of the day */
	NA_DATE_INTERVAL, /* from … to … */
	NA_DATE_DURATION, /* an amount of time */
	NA_DATE_SET		  /* recurring */
} na_date_kind;

typedef enum na_date_grain
{
	NA_GRAIN_SECOND = 1,
	NA_GRAIN_MINUTE,
	NA_GRAIN_HOUR,
	NA_GRAIN_DAYPART,
	NA_GRAIN_DAY,
	NA_GRAIN_WEEK,
	NA_GRAIN_MONTH,
	NA_GRAIN_SEASON,
	NA_GRAIN_QUARTER,
	NA_GRAIN_HALF,
	NA_GRAIN_YEAR,
	NA_GRAIN_DECADE,
	NA_GRAIN_CENTURY,
	NA_GRAIN_REF /* PRESENT_REF, PAST_REF, FUTURE_REF */
} na_date_grain;

#define NA_TIMEX_MAX 64

typedef struct na_date
{
	uint32_t byte; /* where it stands in the text */
	uint32_t nbytes;
	uint32_t chr; /* 0-based character */
	uint32_t nchars;
	uint8_t kind;			  /* na_date_kind */
	uint8_t grain;			  /* na_date_grain */
	bool hijri;				  /* stated in the Hijri calendar only */
	bool relative;			  /* hangs on the reference: yesterday, a day without year … */
	int32_t lo;				  /* first day, NA_NO_DAY = not resolved */
	int32_t hi;				  /* the day behind the last */
	char timex[NA_TIMEX_MAX]; /* ISO-TimeML value, zero-terminated */
} na_date;

/* false = no more, please */
typedef bool (*na_date_fn)(void *ctx, const na_date *d);

typedef struct na_date_options
{
	int32_t reference; /* NA_NO_DAY = unknown */
	int week_start;	   /* 0 = Monday (ISO) … 6 = Sunday */
} na_date_options;

/*
 * What outlives a segment: the options and the day mentioned last, to which
 * "the same day" and "the next day" hang on.
 */
typedef struct na_date_reader
{
	const na_env *env;
	na_date_options options;
	int32_t anchor; /* day mentioned last, NA_NO_DAY = none */
	void *work;		/* per-token classes of the current segment */
	uint32_t cap;
} na_date_reader;

extern void na_date_reader_init(na_date_reader *r, const na_env *env,
								const na_date_options *options);
extern void na_date_reader_end(na_date_reader *r);

/* every temporal expression of a segment, in order, without overlap */
extern na_status na_dates_segment(na_date_reader *r, const na_segment *seg, na_date_fn fn,
								  void *ctx);

/* the same for tokens [from, to) of a segment only */
extern na_status na_dates_range(na_date_reader *r, const na_segment *seg, uint32_t from,
								uint32_t to, na_date_fn fn, void *ctx);

/* every temporal expression of a text */
extern na_status na_dates(const na_env *env, const char *text, uint32_t n,
						  const na_date_options *options, na_date_fn fn, void *ctx);

/* what a line says about itself */
typedef enum na_date_role
{
	NA_ROLE_NONE,
	NA_ROLE_PUBLISHED, /* "published on …" */
	NA_ROLE_UPDATED	   /* "last update …" */
} na_date_role;

typedef struct na_date_line
{
	int32_t day;	 /* the one date that the line states, NA_NO_DAY = none or several */
	int32_t updated; /* the date of a "last update" in the same line, or NA_NO_DAY */
	bool only;		 /* nothing but a date and its furniture: weekday, clock time,
					  * zone, "last update", "published on", separators */
	bool relative;	 /* day hangs on the reference ("two hours ago", no year) */
	bool weekday;	 /* a weekday is named */
	bool time;		 /* a clock time is named */
	uint8_t role;	 /* na_date_role of what is stated */
	uint32_t others; /* words that are neither date nor furniture */
} na_date_line;

/*
 * The date of a line (or header, or any short string).  day is set as well
 * when other words stand in the line (an outlet, a place, a name): others
 * counts them.  only is never true for a line without any date, time or
 * weekday.
 */
extern na_status na_date_header(const na_env *env, const char *line, uint32_t n, int32_t reference,
								na_date_line *out);

/* the same over tokens [from, to) of a segment */
extern na_status na_date_header_range(na_date_reader *r, const na_segment *seg, uint32_t from,
									  uint32_t to, na_date_line *out);

/* names for SQL: "date", "datetime" …; "day", "month" … */
extern const char *na_date_kind_name(int kind);
extern const char *na_date_grain_name(int grain);

#endif /* NA_DATE_H */
