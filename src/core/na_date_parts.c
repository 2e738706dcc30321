/*
 * na_date_parts.c
 *		The small parts of temporal expressions: numbers, day and month names,
 *		years, eras, numeric dates, clock times.
 */
#include "na_date_grammar.h"

/* years that nobody would write without an era or the word "year" */
#define YEAR_MIN 1000
#define YEAR_MAX 2199

void
na_stamp_init(na_stamp *s)
{
	memset(s, 0, sizeof(*s));
	s->mod = s->yearmod = s->monthmod = s->weekmod = NA_MOD_NONE;
	s->weekday = -1;
	s->hour = s->second = -1;
}

/* ---- numbers in words ---- */

/*
 * A cardinal in words: خمسة, ثلاثة عشر, خمس وعشرين, ألف وتسعمئة وخمسة وستين.
 * Terms of a compound are joined by و; the ten of 13 to 19, hundreds and
 * thousands multiply or add to the term before them without it.
 */
int
na_read_cardinal(const na_dctx *c, int i, int32_t *value)
{
	int32_t thousands = 0;
	int32_t rest = 0;
	int32_t last = 0;
	int start = i;

	for (int terms = 0; terms < 10; terms++, i++)
	{
		const na_date_word *w = na_word(c, i, NA_DC_num);
		int32_t v = w == NULL ? 0 : w->value;

		if (w == NULL)
			break;
		if (i == start)
			rest = v;
		else if (c->item[i].clitic == 'w')
		{
			/* twenty and more join a unit, anything smaller joins a hundred */
			if (!((last < 10 && v >= 20 && v < 100) || (last >= 100 && v < last)))
				break;
			rest += v;
		}
		else if (c->item[i].clitic != 0)
			break;
		else if (v == 1 && last >= 100 && na_word(c, i + 1, NA_DC_num) != NULL &&
				 na_word(c, i + 1, NA_DC_num)->value == 10)
		{
			/* وأحد عشر looks like واحد عشر */
			rest += 11;
			i++;
		}
		else if (v == 10 && last >= 3 && last <= 9)
			rest += 10;
		else if (v == 100 && last >= 3 && last <= 9)
		{
			rest += last * 99;
			v = last * 100;
		}
		else if (v == 1000 && rest > 0 && rest < 1000)
			rest *= 1000;
		else
			break;
		last = v;
		if (rest >= 1000 && thousands == 0)
		{
			thousands = rest;
			rest = 0;
			last = 1000;
		}
	}
	if (i == start)
		return 0;
	*value = thousands + rest;
	return i;
}

/* An ordinal: الثالث, الحادي عشر, الخامس والعشرين, العشرين, الـ15; -1 = the last. */
int
na_read_ordinal(const na_dctx *c, int i, int32_t *value)
{
	const na_date_word *w = na_word(c, i, NA_DC_ord);
	const na_date_word *ten;

	if (w != NULL)
	{
		*value = w->value;
		ten = na_word(c, i + 1, NA_DC_num);
		if (ten != NULL && w->value > 0 && w->value < 10)
		{
			if (ten->value == 10 && c->item[i + 1].clitic == 0)
			{
				*value += 10;
				return i + 2;
			}
			if (ten->value >= 20 && ten->value < 100 && c->item[i + 1].clitic == 'w')
			{
				*value += ten->value;
				return i + 2;
			}
		}
		return i + 1;
	}
	ten = na_word(c, i, NA_DC_num);
	if (ten != NULL && (ten->flags & NA_DF_def) && ten->value >= 20 && ten->value < 100)
	{
		*value = ten->value;
		return i + 1;
	}
	if (na_is_int(c, i, 1, 2) && (c->item[i].flags & NA_TF_AL))
	{
		*value = c->item[i].num;
		return i + 1;
	}
	return 0;
}

/* a Latin suffix glued to a number: 13th */
static bool
is_ordinal_suffix(const na_dctx *c, int i)
{
	static const char *const suffix[] = {"th", "st", "nd", "rd", "er"};

	if (i >= c->n || c->item[i].kind != NA_LATIN)
		return false;
	for (size_t k = 0; k < NA_LENGTHOF(suffix); k++)
		if (na_key_is(c->seg, &c->seg->tok[c->item[i].tok], suffix[k]))
			return true;
	return false;
}

/* The day of a month: 24, الرابع والعشرين, غرة. */
int
na_read_daynum(const na_dctx *c, int i, na_stamp *s)
{
	int32_t v;
	int j;

	if (na_is_int(c, i, 1, 2) && !(c->item[i].flags & NA_TF_SIGN))
	{
		if (c->item[i].num < 1 || c->item[i].num > 31)
			return 0;
		s->day = (int8_t) c->item[i].num;
		return is_ordinal_suffix(c, i + 1) ? i + 2 : i + 1;
	}
	j = na_read_ordinal(c, i, &v);
	if (j == 0 || v < 1 || v > 31)
		return 0;
	s->day = (int8_t) v;
	return j;
}

/* ---- months ---- */

static const na_date_word *
month_word(const na_dctx *c, int i, uint8_t *calendar)
{
	const na_date_word *w = na_word(c, i, NA_DC_month);

	*calendar = NA_CAL_GREGORIAN;
	if (w == NULL)
	{
		w = na_word(c, i, NA_DC_hmonth);
		*calendar = NA_CAL_HIJRI;
	}
	return w;
}

/* the name can stand alone and is still a month */
static bool
is_strong_month(const na_dctx *c, int i, const na_date_word *w)
{
	if (!(w->flags & NA_DF_weak))
		return true;
	return (w->flags & NA_DF_madda) && (c->item[i].flags & NA_TF_MADDA) != 0;
}

/*
 * A month, by one name or by two of the same month: يوليو/ تموز, آب (أغسطس),
 * نوفمبر / November.  Two names of different months make a range, unless a day
 * stands before them: then the writer has mistaken the second one.
 */
int
na_read_month(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *unit = na_word(c, i, NA_DC_unit);
	const na_date_word *w;
	uint8_t calendar;
	bool head = false;

	if (unit != NULL && unit->value == NA_UNIT_MONTH && !(unit->flags & NA_DF_pl) &&
		!(unit->flags & NA_DF_trim))
	{
		head = true;
		i++;
	}
	w = month_word(c, i, &calendar);
	if (w == NULL)
	{
		if (head && na_is_int(c, i, 1, 2) && c->item[i].num >= 1 && c->item[i].num <= 12 &&
			c->item[i].clitic == 0 && !(unit->flags & NA_DF_du))
		{
			s->month = (int8_t) c->item[i].num;
			s->calendar = NA_CAL_GREGORIAN;
			s->strong = true;
			return i + 1;
		}
		return 0;
	}
	/* a proclitic between "month of" and its name: two different things */
	if (head && c->item[i].clitic != 0)
		return 0;
	/* the old Libyan names are common words: only behind a day */
	if ((w->flags & NA_DF_year) && s->day == 0)
		return 0;
	s->month = (int8_t) w->value;
	s->calendar = calendar;
	s->strong = head || is_strong_month(c, i, w);
	if (w->flags & NA_DF_year)
		s->strong = false;
	i++;
	if (na_mark(c, i, '.') && c->item[i - 1].kind == NA_LATIN)
		i++;
	for (int more = 0; more < 2; more++)
	{
		bool slash = na_mark(c, i, '/') || na_mark(c, i, '-') || na_mark(c, i, '|');
		bool paren = na_mark(c, i, '(') || na_mark(c, i, '[');
		int k = slash || paren ? i + 1 : i;
		uint8_t other;

		w = month_word(c, k, &other);
		if (w == NULL || other != calendar || (w->flags & NA_DF_year) || c->item[k].clitic != 0)
			break;
		if (paren && !na_mark(c, k + 1, ')') && !na_mark(c, k + 1, ']'))
			break;
		if (w->value != s->month)
		{
			if (!slash && !paren)
				break;
			if (s->day == 0)
			{
				if (!na_mark(c, i, '/') || more > 0)
					break;
				s->month2 = (int8_t) w->value;
			}
			else if (na_mark(c, i, '-'))
				break;
		}
		s->strong = true;
		i = paren ? k + 2 : k + 1;
		if (na_mark(c, i, '.') && c->item[i - 1].kind == NA_LATIN)
			i++;
	}
	return i;
}

/* ---- years ---- */

/* م, هـ, قبل الميلاد; the one-letter forms only right behind a number */
int
na_read_era(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *w = na_word(c, i, NA_DC_era);

	if (w == NULL || c->item[i].clitic != 0)
	{
		/* (هـ), (م) */
		if (na_mark(c, i, '(') && na_mark(c, i + 2, ')') &&
			(w = na_word(c, i + 1, NA_DC_era)) != NULL)
		{
			s->era = (uint8_t) w->value;
			return i + 3;
		}
		return 0;
	}
	if ((w->flags & NA_DF_letter) && !na_is_number(c, i - 1))
		return 0;
	s->era = (uint8_t) w->value;
	/* ه‍ . and هـ. at a sentence end keep their full stop */
	return i + 1;
}

/* a bare year that is near the writer's own Hijri year is a Hijri year */
static bool
is_hijri_year(const na_dctx *c, int32_t y)
{
	int hy;
	int hm;
	int hd;

	if (c->reference != NA_NO_DAY && na_hijri_from_day(c->reference, &hy, &hm, &hd))
		return y >= hy - 6 && y <= hy + 4;
	return y >= 1400 && y <= 1450;
}

/* two digits: the century that puts the year next to the reference */
static int32_t
full_year(const na_dctx *c, int32_t y, uint8_t era)
{
	int now = 2025;
	int m;
	int d;

	if (era == NA_ERA_AH)
		return y + (y >= 50 ? 1300 : 1400);
	if (c->reference != NA_NO_DAY)
		na_civil_from_day(c->reference, &now, &m, &d);
	y += now / 100 * 100;
	return y > now + 20 ? y - 100 : y;
}

/* the Hijri year whose month (and day) begins in a Gregorian year */
static bool
hijri_year_in(int32_t gregorian, int month, int day, int32_t *year)
{
	int32_t first;
	int hy;
	int hm;
	int hd;

	if (!na_day_from_civil(gregorian, 1, 1, &first) || !na_hijri_from_day(first, &hy, &hm, &hd))
		return false;
	for (int k = 0; k < 3; k++)
	{
		int32_t d;
		int y;

		if (na_day_from_hijri(hy + k, month, day != 0 ? day : 1, &d))
		{
			na_civil_from_day(d, &y, &hm, &hd);
			if (y == gregorian)
			{
				*year = hy + k;
				return true;
			}
		}
	}
	return false;
}

/*
 * A year: 2015, 2015م, 1436هـ, عام 1967, سنة 586 قبل الميلاد, العام 2014,
 * عام ألفين وخمسة عشر.  With head, only those with the word "year".
 */
int
na_read_year(const na_dctx *c, int i, na_stamp *s, bool head)
{
	const na_date_word *unit = na_word(c, i, NA_DC_unit);
	bool with_unit = false;
	bool paren = false;
	uint8_t era = s->era;
	int32_t y;
	int j;

	if (unit != NULL && unit->value == NA_UNIT_YEAR && !(unit->flags & (NA_DF_du | NA_DF_pl)))
	{
		with_unit = true;
		i++;
		if (na_mark(c, i, '(') && na_is_int(c, i + 1, 4, 4))
		{
			paren = true;
			i++;
		}
	}
	else if (head)
		return 0;
	if (na_is_int(c, i, with_unit ? 1 : 4, 4))
	{
		const na_item *it = &c->item[i];

		if ((it->flags & NA_TF_SIGN) || (with_unit && it->clitic != 0))
			return 0;
		y = it->num;
		j = i + 1;
	}
	else if (with_unit && (j = na_read_cardinal(c, i, &y)) != 0)
	{
		if (y < 100)
			return 0;
	}
	else
		return 0;
	/* 1430 by the time of Greenwich, 1500 light-years, 2000 years */
	if ((na_word(c, j, NA_DC_tz) != NULL || na_word(c, j, NA_DC_zone) != NULL) &&
		!((na_word(c, i - 1, NA_DC_month) != NULL || na_word(c, i - 2, NA_DC_month) != NULL) &&
		  y >= 1970 && y <= 2060))
		return 0;
	if (na_word(c, j, NA_DC_unit) != NULL && c->item[j].clitic == 0 && !with_unit &&
		!(na_word(c, j, NA_DC_unit)->flags & NA_DF_def))
		return 0;
	if (paren)
	{
		if (!na_mark(c, j, ')'))
			return 0;
		j++;
	}
	i = na_read_era(c, j, s);
	if (i != 0)
		j = i;
	if (y < 1 || y > YEAR_MAX || (y < YEAR_MIN && s->era == NA_ERA_NONE && !with_unit))
	{
		s->era = era;
		return 0;
	}
	if (y < 100 && (s->era == NA_ERA_NONE || (s->era == NA_ERA_AH && with_unit)))
		y = full_year(c, y, s->era);
	if (s->era == NA_ERA_AH)
		s->calendar = NA_CAL_HIJRI;
	else if (s->era != NA_ERA_NONE && (s->calendar != NA_CAL_HIJRI || s->month == 0))
		s->calendar = NA_CAL_GREGORIAN;
	else if (s->calendar == NA_CAL_NONE)
		s->calendar = is_hijri_year(c, y) ? NA_CAL_HIJRI : NA_CAL_GREGORIAN;
	else if (s->calendar == NA_CAL_HIJRI && y > 1600)
	{
		/* رمضان 2019: the Hijri month or day of a Gregorian year */
		if (s->month == 0)
			s->calendar = NA_CAL_GREGORIAN;
		else if (!hijri_year_in(y, s->month, s->day, &y))
			return 0;
	}
	s->year = y;
	return j;
}

/* the year behind a month: 2015, ، 2015, من عام 2015, من العام الماضي */
static int
year_behind(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *prep;
	na_stamp unit;
	int j = i;
	int k;

	if (na_mark(c, j, ',') || na_mark(c, j, '/') || na_mark(c, j, '.') || na_mark(c, j, '('))
		j++;
	else if (na_mark(c, j, '-') && (c->header || !(c->item[j].flags & NA_TF_SPACE)))
		j++;
	if (j != i)
	{
		/* "…, 2015 riyals" does not happen; "…, in the year" does */
		k = na_read_year(c, j, s, na_mark(c, i, '.'));
		if (k != 0 && na_mark(c, i, '('))
			return na_mark(c, k, ')') ? k + 1 : 0;
		if (k == 0 && na_mark(c, i, '/') && na_is_int(c, j, 2, 2) && c->header)
		{
			s->year = full_year(c, c->item[j].num, NA_ERA_NONE);
			return j + 1;
		}
		return k;
	}
	prep = na_word(c, j, NA_DC_prep);
	if (prep != NULL && (prep->value == 1 || prep->value == 2) && !(prep->flags & NA_DF_from))
		j++;
	k = na_read_year(c, j, s, j != i);
	if (k != 0)
		return k;
	na_stamp_init(&unit);
	k = na_read_unit(c, j, &unit);
	if (k != 0 && unit.base == NA_BASE_UNIT && unit.unit == NA_UNIT_YEAR && unit.trim == 0 &&
		unit.mod != NA_MOD_NONE)
	{
		s->yearmod = unit.mod;
		s->anchor = unit.anchor;
		return k;
	}
	return 0;
}

/* ---- dates ---- */

/*
 * Day, month and year in figures, by one separator: d/m/y unless the first has
 * four digits.  A year of 1300 to 1500 is a Hijri year.
 */
int
na_read_numeric(const na_dctx *c, int i, na_stamp *s)
{
	int32_t a;
	int32_t b;
	int32_t y;
	char sep;
	int j;

	if (!na_is_int(c, i, 1, 4) || (c->item[i].flags & NA_TF_SIGN))
		return 0;
	if (na_mark(c, i + 1, '/') || na_mark(c, i + 1, '-') || na_mark(c, i + 1, '.') ||
		na_mark(c, i + 1, '\\'))
		sep = (char) c->item[i + 1].cp;
	else
		return 0;
	if (!na_is_int(c, i + 2, 1, 2) || !na_mark(c, i + 3, sep) || !na_is_int(c, i + 4, 1, 4))
		return 0;
	if (sep == '.' && ((c->item[i + 1].flags | c->item[i + 2].flags | c->item[i + 3].flags |
						c->item[i + 4].flags) &
					   NA_TF_SPACE))
		return 0;
	/* a longer chain is a telephone number or a version */
	if (na_mark(c, i + 5, sep) && na_is_number(c, i + 6) && !(c->item[i + 5].flags & NA_TF_SPACE))
		return 0;
	if (i >= 2 && na_mark(c, i - 1, sep) && na_is_number(c, i - 2) &&
		!(c->item[i].flags & NA_TF_SPACE))
		return 0;
	a = c->item[i].num;
	b = c->item[i + 2].num;
	y = c->item[i + 4].num;
	j = na_read_era(c, i + 5, s);
	if (j == 0)
		j = i + 5;
	if (c->item[i].digits == 4)
	{
		if (c->item[i + 4].digits > 2)
			return 0;
		s->day = (int8_t) (y <= 31 ? y : 0);
		y = a;
	}
	else
	{
		if (a > 31 || c->item[i].digits > 2 || c->item[i + 4].digits == 3 ||
			c->item[i + 4].digits == 1)
			return 0;
		s->day = (int8_t) a;
		if (c->item[i + 4].digits == 2)
		{
			/* 12/04/21 is a date in a header or behind a word that says so */
			if (!c->header && s->era == NA_ERA_NONE && s->weekday < 0 &&
				na_word(c, i - 1, NA_DC_on) == NULL && na_word(c, i - 1, NA_DC_unit) == NULL)
				return 0;
			y = full_year(c, y, s->era);
		}
	}
	if (b < 1 || b > 12 || s->day < 1)
		return 0;
	s->month = (int8_t) b;
	s->year = y;
	if (s->era == NA_ERA_AH || (s->era == NA_ERA_NONE && y >= 1300 && y <= 1500))
		s->calendar = NA_CAL_HIJRI;
	else if (y >= 1700 && y <= YEAR_MAX && s->era != NA_ERA_BC)
		s->calendar = NA_CAL_GREGORIAN;
	else
		return 0;
	s->base = NA_BASE_CALENDAR;
	s->strong = true;
	return j;
}

/* what may stand between a day and its month */
static int
skip_day_sep(const na_dctx *c, int i)
{
	const na_date_word *prep = na_word(c, i, NA_DC_prep);

	if (na_mark(c, i, '/') || na_mark(c, i, '-') || na_mark(c, i, '.') || na_mark(c, i, ','))
		return i + 1;
	if (prep != NULL && (prep->value == 1 || prep->value == 2) && c->item[i].clitic == 0 &&
		!(prep->flags & NA_DF_from))
		return i + 1;
	return i;
}

/* month, day and year in this order: أغسطس 21 2008, Nov 15, 2023 */
static int
month_first(const na_dctx *c, int i, na_stamp *s)
{
	na_stamp t = *s;
	int j = na_read_month(c, i, &t);
	int k;

	if (j == 0 || t.month2 != 0)
		return 0;
	if (na_mark(c, j, '/'))
		j++;
	if (!na_is_int(c, j, 1, 2) || c->item[j].clitic != 0)
		return 0;
	k = na_read_daynum(c, j, &t);
	if (k == 0)
		return 0;
	if (na_mark(c, k, ',') || na_mark(c, k, '/'))
		k++;
	if (!na_is_int(c, k, 4, 4) || (k = na_read_year(c, k, &t, false)) == 0)
	{
		/* without a year only in English: مايو 15 counts something */
		if (c->item[i].kind != NA_LATIN)
			return 0;
		k = j + 1;
	}
	t.base = NA_BASE_CALENDAR;
	t.strong = true;
	*s = t;
	return k;
}

/* day and month, then the year if there is one */
static int
day_first(const na_dctx *c, int i, na_stamp *s)
{
	na_stamp t = *s;
	const na_date_word *w;
	int j = na_read_daynum(c, i, &t);
	int k;
	int y;

	if (j == 0)
		return 0;
	k = skip_day_sep(c, j);
	y = na_read_month(c, k, &t);
	if (y == 0 && k != j)
	{
		k = j;
		y = na_read_month(c, k, &t);
	}
	if (y == 0)
	{
		/* التاسع من الشهر الجاري, 25 الجاري, الـ15 من الجاري */
		const na_date_word *mod;
		na_stamp unit;

		na_stamp_init(&unit);
		k = skip_day_sep(c, j);
		mod = na_word(c, k, NA_DC_mod);
		if (mod != NULL && mod->value == 0 && !(mod->flags & (NA_DF_pre | NA_DF_anchor)) &&
			c->item[k].clitic == 0 && na_unit_word(c, k + 1) == NULL &&
			(na_key(c->seg, &c->seg->tok[c->item[k].tok]).n > 8))
		{
			t.monthmod = 0;
			t.base = NA_BASE_CALENDAR;
			t.strong = true;
			*s = t;
			return k + 1;
		}
		y = k != j ? na_read_unit(c, k, &unit) : 0;
		if (y == 0 || unit.base != NA_BASE_UNIT || unit.unit != NA_UNIT_MONTH || unit.trim != 0 ||
			unit.edge != 0 || unit.mod == NA_MOD_NONE)
			return 0;
		t.monthmod = unit.mod;
		t.anchor = unit.anchor;
		t.base = NA_BASE_CALENDAR;
		t.strong = true;
		*s = t;
		return y;
	}
	if (c->item[k].clitic != 0)
		return 0;
	/* "the first March …" needs its "of": مارس is a verb, too */
	w = na_word(c, k, NA_DC_month);
	if (!na_is_number(c, i) && k == j && !t.strong && w != NULL)
		return 0;
	k = year_behind(c, y, &t);
	if (w != NULL && (w->flags & NA_DF_year))
	{
		if (k == 0)
			return 0;
		/* years since the death of the Prophet, in sun years */
		if (t.year < 1500)
		{
			t.year += 632;
			t.calendar = NA_CAL_GREGORIAN;
		}
	}
	t.base = NA_BASE_CALENDAR;
	t.strong = true;
	*s = t;
	return k != 0 ? k : y;
}

/* a holiday with a fixed date, with or without its year */
static int
holiday(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *w = na_word(c, i, NA_DC_holiday);
	na_stamp t = *s;
	int j;

	if (w == NULL)
		return 0;
	t.calendar = (uint8_t) w->extra;
	t.month = (int8_t) (w->value / 100);
	t.day = (int8_t) (w->value % 100);
	t.base = NA_BASE_CALENDAR;
	t.strong = true;
	*s = t;
	j = na_read_year(c, i + 1, &t, false);
	if (j == 0)
		j = year_behind(c, i + 1, &t);
	if (j == 0)
		return i + 1;
	*s = t;
	return j;
}

/*
 * A date of the calendar: in figures, with a month name before or behind the
 * day, month and year, a month alone, or a holiday.
 */
int
na_read_calendar(const na_dctx *c, int i, na_stamp *s)
{
	na_stamp t;
	int j;
	int k;

	t = *s;
	j = na_read_numeric(c, i, &t);
	if (j != 0)
	{
		*s = t;
		return j;
	}
	j = day_first(c, i, s);
	if (j != 0)
		return j;
	j = month_first(c, i, s);
	if (j != 0)
		return j;
	j = holiday(c, i, s);
	if (j != 0)
		return j;
	t = *s;
	j = na_read_month(c, i, &t);
	if (j == 0)
		return 0;
	t.base = NA_BASE_CALENDAR;
	k = year_behind(c, j, &t);
	if (k != 0)
	{
		t.strong = true;
		j = k;
	}
	*s = t;
	return j;
}

/* ---- modifiers ---- */

/* الماضي, المقبل, الجاري … behind a date or unit */
int
na_read_mod(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *w = na_word(c, i, NA_DC_mod);

	if (w == NULL || (w->flags & NA_DF_pre) || c->item[i].clitic != 0)
		return 0;
	/* the last week of the fast, the last day of the fair */
	if ((w->flags & NA_DF_latest) && na_word(c, i + 1, NA_DC_prep) != NULL &&
		na_word(c, i + 1, NA_DC_prep)->value == 1)
		return 0;
	s->mod = (int8_t) w->value;
	s->anchor = (w->flags & NA_DF_anchor) != 0;
	return i + 1;
}

/* ---- clock times ---- */

/*
 * صباحا, مساءً, م, PM behind a clock time.  Unless it surely is one, "5 in the
 * morning of Thursday" counts five of something.
 */
static int
read_noon(const na_dctx *c, int i, na_stamp *s, bool sure)
{
	const na_date_word *w = na_word(c, i, NA_DC_ampm);

	if (w != NULL && c->item[i].clitic == 0)
	{
		s->noon = (uint8_t) w->extra;
		return i + 1;
	}
	w = na_word(c, i, NA_DC_part);
	if (w != NULL && c->item[i].clitic == 0 && w->extra != 0 &&
		(sure || (w->flags & NA_DF_adv) ||
		 (na_word(c, i + 1, NA_DC_weekday) == NULL && na_word(c, i + 1, NA_DC_deictic) == NULL &&
		  na_word(c, i + 1, NA_DC_unit) == NULL)))
	{
		s->noon = (uint8_t) w->extra;
		/* eleven, twelve, one at night: see resolve */
		if (w->value == 5)
			s->noon = 3;
		return i + 1;
	}
	return 0;
}

/* by the time of Greenwich, ت غ, (GMT+4), local time */
static int
read_zone(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *w;
	int open = na_mark(c, i, '(') || na_mark(c, i, '[');
	int j = i + open;
	bool tz = false;

	if (na_word(c, j, NA_DC_approx) != NULL)
		j++;
	if (na_word(c, j, NA_DC_tz) != NULL)
	{
		tz = true;
		j++;
	}
	w = na_word(c, j, NA_DC_zone);
	if (w == NULL || (!tz && c->item[j].clitic != 0))
	{
		/* by the time of some town: local */
		if (tz && !open && j < c->n && c->item[j].kind == NA_WORD)
		{
			s->local = true;
			return j + 1;
		}
		return 0;
	}
	/* without "time of", a town is just a town */
	if (!tz && ((w->flags & NA_DF_local) || w->value != 0) && !open &&
		!(c->item[j].ntok > 1 || c->item[j].kind == NA_ABBREVIATION))
		return 0;
	s->has_zone = !(w->flags & NA_DF_local);
	s->local = (w->flags & NA_DF_local) != 0;
	s->zone = w->value;
	j++;
	if (na_is_number(c, j) && (c->item[j].flags & NA_TF_SIGN))
	{
		int32_t h = c->item[j].num;
		int32_t m = 0;

		if (h >= 100)
		{
			m = h % 100;
			h = h / 100;
		}
		if (na_is_minus(c, j))
		{
			h = -h;
			m = -m;
		}
		s->zone = (int16_t) (h * 60 + m);
		j++;
		if (na_mark(c, j, ':') && na_is_int(c, j + 1, 2, 2))
			j += 2;
	}
	else if ((na_mark(c, j, '+') || na_mark(c, j, '-')) && na_is_int(c, j + 1, 1, 4) &&
			 !(c->item[j].flags & NA_TF_SPACE))
	{
		int32_t h = c->item[j + 1].num;

		if (h >= 100)
			h = h / 100;
		s->zone = (int16_t) (na_mark(c, j, '-') ? -h * 60 : h * 60);
		j += 2;
		if (na_mark(c, j, ':') && na_is_int(c, j + 1, 2, 2))
			j += 2;
	}
	if (open)
	{
		if (!na_mark(c, j, ')') && !na_mark(c, j, ']'))
			return 0;
		j++;
	}
	return j;
}

/* minutes in words behind an hour: والنصف, وربع, إلا ثلثا, و20 دقيقة */
static int
read_minutes(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *w = na_word(c, i, NA_DC_frac);
	const na_date_word *unit;
	bool alone = false; /* و by itself */
	int32_t v;
	int j;

	if (w != NULL && c->item[i].clitic == 'w')
	{
		s->minute = (int8_t) w->value;
		return i + 1;
	}
	if (na_word(c, i, NA_DC_minus) != NULL)
	{
		w = na_word(c, i + 1, NA_DC_frac);
		if (w == NULL)
			return 0;
		s->minute = (int8_t) -w->value;
		return i + 2;
	}
	if (na_word(c, i, NA_DC_prep) != NULL && na_word(c, i, NA_DC_prep)->value == 6 &&
		(na_is_int(c, i + 1, 1, 2) || na_word(c, i + 1, NA_DC_num) != NULL))
	{
		alone = true;
		i++;
	}
	if (i < c->n && (c->item[i].clitic == 'w' || alone))
	{
		if (na_is_int(c, i, 1, 2))
		{
			v = c->item[i].num;
			j = i + 1;
		}
		else
		{
			j = na_read_cardinal(c, i, &v);
			if (j == 0)
				return 0;
		}
		unit = na_word(c, j, NA_DC_unit);
		if (unit == NULL || unit->value != NA_UNIT_MINUTE || v > 59)
			return 0;
		s->minute = (int8_t) v;
		return j + 1;
	}
	return 0;
}

/*
 * A clock time: الساعة 14:30, الساعة 13.47, 8:34 م, الساعة التاسعة والنصف,
 * الثامنة مساء, 0630 بتوقيت غرينتش, الساعة 1406 بتوقيت غرينتش.
 */
int
na_read_clock(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *unit = na_word(c, i, NA_DC_unit);
	na_stamp t = *s;
	bool head = false;
	bool sure = false;
	bool ordinal = false; /* the eighth of the evening is nothing else */
	int32_t v;
	int j;
	int k;

	t.minute = 0;
	t.second = -1;
	if (unit != NULL && unit->value == NA_UNIT_HOUR && (unit->flags & NA_DF_def) &&
		!(unit->flags & (NA_DF_du | NA_DF_pl)))
	{
		head = true;
		i++;
		if (na_mark(c, i, ':') || na_mark(c, i, '('))
			i++;
		if (na_word(c, i, NA_DC_approx) != NULL)
			i++;
	}
	if (na_is_int(c, i, 1, 2) && c->item[i].num <= 24 && !(c->item[i].flags & NA_TF_SIGN))
	{
		bool zone;

		t.hour = (int8_t) c->item[i].num;
		j = i + 1;
		zone = na_word(c, j + 2, NA_DC_zone) != NULL || na_word(c, j + 2, NA_DC_tz) != NULL;

		if ((na_mark(c, j, ':') || ((head || zone) && (na_mark(c, j, '.') || na_mark(c, j, ','))) ||
			 (na_mark(c, j, '.') && !(c->item[j].flags & NA_TF_SPACE))) &&
			na_is_int(c, j + 1, 2, 2) && c->item[j + 1].num < 60 &&
			!(c->item[j + 1].flags & NA_TF_SPACE))
		{
			sure = na_mark(c, j, ':');
			t.minute = (int8_t) c->item[j + 1].num;
			j += 2;
			if (na_mark(c, j, ':') && na_is_int(c, j + 1, 2, 2) && c->item[j + 1].num < 60)
			{
				t.second = (int8_t) c->item[j + 1].num;
				j += 2;
			}
		}
		else if (head && (k = read_minutes(c, j, &t)) != 0)
			j = k;
	}
	else if (na_is_number(c, i) && (c->item[i].flags & NA_TF_DECIMAL) && c->item[i].digits <= 2 &&
			 c->item[i].num >= 0 && c->item[i].num <= 24 && c->item[i].ndecimal == 2 &&
			 c->item[i].decimal < 60)
	{
		/* 13.47 */
		t.hour = (int8_t) c->item[i].num;
		t.minute = (int8_t) c->item[i].decimal;
		j = i + 1;
	}
	else if (na_is_int(c, i, 4, 4) && c->item[i].num / 100 < 24 && c->item[i].num % 100 < 60)
	{
		/* 1406: only with a zone, or with "o'clock" */
		t.hour = (int8_t) (c->item[i].num / 100);
		t.minute = (int8_t) (c->item[i].num % 100);
		j = i + 1;
		if (!head)
		{
			k = read_zone(c, j, &t);
			if (k == 0)
				return 0;
			*s = t;
			return k;
		}
	}
	else if ((j = na_read_ordinal(c, i, &v)) != 0 ||
			 (head && (j = na_read_cardinal(c, i, &v)) != 0))
	{
		/* hours are feminine: الثالثة */
		if (v < 1 || v > 12 ||
			(!head && (!(c->item[i].flags & NA_TF_TEH) ||
					   (c->item[i].clitic != 0 && c->item[i].clitic != 'f'))))
			return 0;
		t.hour = (int8_t) v;
		ordinal = true;
		k = read_minutes(c, j, &t);
		if (k != 0)
			j = k;
	}
	else
		return 0;
	if (t.minute < 0)
	{
		t.minute = (int8_t) (t.minute + 60);
		t.hour = (int8_t) (t.hour == 1 ? 12 : t.hour - 1);
	}
	/* "11 in the evening", "at 8 approximately in the evening" */
	k = j;
	if (na_word(c, k, NA_DC_approx) != NULL)
		k++;
	if ((k = read_noon(c, k, &t, head || sure || ordinal)) != 0)
	{
		/* 5 م without minutes: five metres, a year of our era */
		if (head || sure || na_word(c, k - 1, NA_DC_ampm) == NULL || c->header)
		{
			sure = true;
			j = k;
		}
		else
			t.noon = 0;
	}
	k = read_zone(c, j, &t);
	if (k != 0)
	{
		sure = true;
		j = k;
		if (t.noon == 0 && (k = read_noon(c, j, &t, true)) != 0)
			j = k;
	}
	if (!head && !sure)
		return 0;
	*s = t;
	return j;
}

/* ---- context ---- */

/* a mark that ends a sentence */
static bool
ends_sentence(const na_dctx *c, int i)
{
	return c->item[i].kind == NA_NEWLINE || na_mark(c, i, '.') || na_mark(c, i, '?') ||
		   na_mark(c, i, '!');
}

/* how far back a verb that looks ahead is felt */
#define CUE_WINDOW 14

/* the verb form of the future: سيعقد, ستنطلق */
static bool
is_future_verb(const na_dctx *c, int i)
{
	const na_token *t = &c->seg->tok[c->item[i].tok];
	na_str key = na_key(c->seg, t);
	const unsigned char *p = (const unsigned char *) key.p;
	bool joined;

	/* س and then ي ت ن, no known word, at least five letters */
	if (t->kind != NA_WORD || key.n < 10 || (t->flags & (NA_TF_TEH | NA_TF_TANWIN_A)))
		return false;
	/* و or ف may stand before it */
	joined = p[0] == 0xD9 && (p[1] == 0x88 || p[1] == 0x81) && key.n >= 12;
	if (joined)
		p += 2;
	if (p[0] != 0xD8 || p[1] != 0xB3 ||
		!((p[2] == 0xD9 && (p[3] == 0x8A || p[3] == 0x86)) || (p[2] == 0xD8 && p[3] == 0xAA)))
		return false;
	/* the scanner need not have looked up words that are nothing to dates */
	return na_lex_find(key.p, key.n) == 0 && !(joined && na_lex_find(key.p + 2, key.n - 2) != 0);
}

/* the cue of one of two values before item i; a report ends the search for the future */
static bool
has_cue(const na_dctx *c, int i, int value, int other)
{
	for (int k = i - 1; k >= 0 && k >= i - CUE_WINDOW; k--)
	{
		const na_date_word *w;

		if (ends_sentence(c, k))
			return false;
		w = na_word(c, k, NA_DC_cue);
		if (w != NULL)
		{
			if (w->value == value || w->value == other)
				return true;
			if (w->value == 3 && value == 1)
				return false;
		}
		else if (value == 1 && is_future_verb(c, k))
			return true;
	}
	return false;
}

bool
na_future_cue(const na_dctx *c, int i)
{
	return has_cue(c, i, 1, 1);
}

bool
na_plan_cue(const na_dctx *c, int i)
{
	return has_cue(c, i, 1, 5);
}

bool
na_habit_cue(const na_dctx *c, int i)
{
	return has_cue(c, i, 2, 2);
}
