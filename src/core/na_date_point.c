/*
 * na_date_point.c
 *		One point or one unit of time: a day with its weekday, part of the day
 *		and clock time in any order, or a week, month, quarter, season, year,
 *		decade, century.
 */
#include "na_date_grammar.h"

/* ---- units ---- */

static const na_date_word *
unit_word(const na_dctx *c, int i)
{
	const na_date_word *w;

	if (i < 0 || i >= c->n || !(c->item[i].classes & NA_BIT(unit)))
		return NULL;
	for (int k = 0; k < c->item[i].nword; k++)
	{
		w = c->item[i].word[k];
		if (w->cls == NA_DC_unit && !(w->flags & (NA_DF_trim | NA_DF_vague)))
			return w;
	}
	return NULL;
}

static const na_date_word *
trim_word(const na_dctx *c, int i)
{
	if (i < 0 || i >= c->n || !(c->item[i].classes & NA_BIT(unit)))
		return NULL;
	for (int k = 0; k < c->item[i].nword; k++)
		if (c->item[i].word[k]->cls == NA_DC_unit && (c->item[i].word[k]->flags & NA_DF_trim))
			return c->item[i].word[k];
	return NULL;
}

static bool
is_of(const na_dctx *c, int i)
{
	const na_date_word *w = na_word(c, i, NA_DC_prep);

	return w != NULL && (w->value == 1 || w->value == 2) && !(w->flags & NA_DF_from);
}

/* a singular unit, and not the adjective "general" */
static const na_date_word *
one_unit(const na_dctx *c, int i)
{
	const na_date_word *w = unit_word(c, i);

	if (w == NULL || (w->flags & (NA_DF_du | NA_DF_pl)))
		return NULL;
	if ((w->flags & NA_DF_amm) && (w->flags & NA_DF_def) && na_word(c, i - 1, NA_DC_amm) != NULL)
		return NULL;
	return w;
}

/* the century behind "century": القرن الماضي, القرن الثامن عشر, القرن الـ19 */
static int
read_century(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *w = one_unit(c, i);
	const na_date_word *mod;
	int32_t v;
	int j;
	int k;

	if (w == NULL || w->value != NA_UNIT_CENTURY)
		return 0;
	i++;
	/* القرن الهجري الماضي */
	k = na_read_era(c, i, s);
	if (k != 0)
		i = k;
	mod = na_word(c, i, NA_DC_mod);
	if (mod != NULL && na_read_mod(c, i, s) != 0)
	{
		s->base = NA_BASE_UNIT;
		s->unit = NA_UNIT_CENTURY;
		return i + 1;
	}
	j = na_read_ordinal(c, i, &v);
	if (j == 0 && na_is_int(c, i, 1, 2))
	{
		v = c->item[i].num;
		j = i + 1;
	}
	if (j == 0 || v < 1 || v > 40)
		return 0;
	s->century = (int16_t) v;
	s->base = NA_BASE_CENTURY;
	k = na_read_era(c, j, s);
	return k != 0 ? k : j;
}

/* ثمانينيات القرن الماضي, عقد التسعينيات, الستينات */
static int
read_decade(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *unit = unit_word(c, i);
	const na_date_word *w;
	na_stamp t;
	bool marked = false;
	int j = i;
	int k;

	if (unit != NULL && (unit->value == NA_UNIT_DECADE ||
						 (unit->value == NA_UNIT_YEAR && (unit->flags & NA_DF_pl))))
	{
		marked = true;
		j++;
	}
	w = na_word(c, j, NA_DC_decade);
	if (w == NULL)
	{
		/* سنوات الـ2000 */
		if (marked && na_is_int(c, j, 4, 4) && (c->item[j].flags & NA_TF_AL) &&
			c->item[j].num % 10 == 0 && c->item[j].num >= 1500 && c->item[j].num <= 2100)
		{
			s->base = NA_BASE_DECADE;
			s->century = (int16_t) (c->item[j].num / 100 + 1);
			s->decade = (uint8_t) (c->item[j].num % 100);
			return j + 1;
		}
		return 0;
	}
	s->base = NA_BASE_DECADE;
	s->decade = (uint8_t) w->value;
	j++;
	/* in his forties */
	k = is_of(c, j) ? j + 1 : j;
	if (na_word(c, k, NA_DC_age) != NULL)
		return 0;
	na_stamp_init(&t);
	k = read_century(c, k, &t);
	if (k == 0)
		return j;
	s->century = t.century;
	s->mod = t.mod;
	s->era = t.era;
	return k;
}

/*
 * A unit that hangs on the day of writing: الأسبوع الماضي, هذا العام, نفس العام,
 * ذلك اليوم.
 */
int
na_read_unit(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *pre = na_word(c, i, NA_DC_mod);
	const na_date_word *unit;
	int j;

	/* هذا العام, نفس الشهر, ذلك اليوم, هذا الصيف */
	if (pre != NULL && pre->value == 0 && na_word(c, i + 1, NA_DC_prep) == NULL)
	{
		const na_date_word *season = na_word(c, i + 1, NA_DC_season);

		unit = one_unit(c, i + 1);
		if (unit != NULL && (unit->flags & NA_DF_def) && unit->value >= NA_UNIT_DAY &&
			c->item[i + 1].clitic == 0)
		{
			s->base = NA_BASE_UNIT;
			s->unit = (uint8_t) unit->value;
			s->mod = 0;
			s->anchor = (pre->flags & NA_DF_anchor) != 0;
			return i + 2;
		}
		if (season != NULL && (season->flags & NA_DF_def))
		{
			s->base = NA_BASE_SEASON;
			s->season = (uint8_t) season->value;
			s->mod = 0;
			return i + 2;
		}
		/* هذا المساء; but هذا العصر is our age */
		if (!(pre->flags & NA_DF_anchor) && na_word(c, i + 1, NA_DC_part) != NULL &&
			na_word(c, i + 1, NA_DC_part)->value <= 5 && na_word(c, i + 1, NA_DC_part)->value != 3)
		{
			s->base = NA_BASE_DEICTIC;
			s->offset = 0;
			s->part = (uint8_t) na_word(c, i + 1, NA_DC_part)->value;
			return i + 2;
		}
		return 0;
	}
	unit = one_unit(c, i);
	if (unit == NULL || unit->value < NA_UNIT_DAY)
		return 0;
	/* العقد الثاني من القرن الحالي */
	if (unit->value == NA_UNIT_DECADE && (unit->flags & NA_DF_def))
	{
		int32_t nth;
		na_stamp t;

		j = na_read_ordinal(c, i + 1, &nth);
		if (j != 0 && nth >= 1 && nth <= 10 && is_of(c, j))
		{
			na_stamp_init(&t);
			j = read_century(c, j + 1, &t);
			if (j != 0)
			{
				*s = t;
				s->base = NA_BASE_DECADE;
				s->decade = (uint8_t) ((nth - 1) * 10);
				return j;
			}
		}
	}
	if (!(unit->flags & NA_DF_def) && unit->value != NA_UNIT_WEEKEND)
		return 0;
	j = na_read_mod(c, i + 1, s);
	if (j == 0)
	{
		if (unit->value != NA_UNIT_WEEKEND)
			return 0;
		s->mod = 0;
		j = i + 1;
	}
	/* today is not "the day of now", and "the last night" has its own word */
	if (unit->value == NA_UNIT_DAY && !s->anchor && s->mod == 0)
		return 0;
	s->base = NA_BASE_UNIT;
	s->unit = (uint8_t) unit->value;
	return j;
}

/* a bare unit that only makes sense beside an edge or a part: بداية العام */
static int
read_bare_unit(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *w = one_unit(c, i);

	if (w == NULL || !(w->flags & NA_DF_def) || w->value < NA_UNIT_WEEK ||
		w->value > NA_UNIT_CENTURY || c->item[i].clitic != 0)
		return 0;
	s->base = NA_BASE_UNIT;
	s->unit = (uint8_t) w->value;
	s->mod = 0;
	return i + 1;
}

/* what a word before a bare number tells: the number is a year */
static bool
year_context(const na_dctx *c, int i)
{
	const na_date_word *w;

	if (i == 0)
		return false;
	w = na_word(c, i - 1, NA_DC_prep);
	if (w != NULL)
		return true;
	w = na_word(c, i - 1, NA_DC_span);
	if (w != NULL)
		return true;
	if (na_word(c, i - 1, NA_DC_yearhead) != NULL || na_word(c, i - 2, NA_DC_yearhead) != NULL ||
		na_word(c, i - 3, NA_DC_yearhead) != NULL || na_word(c, i - 1, NA_DC_edge) != NULL)
		return true;
	return na_mark(c, i - 1, '(') && na_mark(c, i + 1, ')');
}

/* a year without the word "year": four digits of a plausible century */
static int
read_bare_year(const na_dctx *c, int i, na_stamp *s, bool bare)
{
	const na_item *it = &c->item[i];
	na_stamp t = *s;
	int j;

	if (!na_is_int(c, i, 4, 4) || (it->flags & NA_TF_SIGN))
		return 0;
	j = na_read_year(c, i, &t, false);
	if (j == 0)
		return 0;
	/* an era tells, else it must be near, and something must say that it is a year */
	if (t.era == NA_ERA_NONE)
	{
		if (it->num < 1900 || it->num > 2099)
			return 0;
		if (!bare && it->clitic == 0 && !year_context(c, i))
			return 0;
		/* 2014 رجلا, 2000 دولار: a noun behind it is counted, unless it is definite */
		if (j < c->n && c->item[j].kind == NA_WORD && c->item[j].nword == 0 &&
			(na_key(c->seg, &c->seg->tok[c->item[j].tok]).n < 4 ||
			 (c->seg->tok[c->item[j].tok].flags & NA_TF_TANWIN_A)))
			return 0;
		if (na_mark(c, j, '/') || na_mark(c, j, ':') ||
			(na_mark(c, j, '-') && !(c->item[j].flags & NA_TF_SPACE)))
			return 0;
		if (na_mark(c, i - 1, '/') || (na_mark(c, i - 1, '-') && !(it->flags & NA_TF_SPACE)))
			return 0;
	}
	t.base = NA_BASE_CALENDAR;
	t.strong = true;
	*s = t;
	return j;
}

/*
 * What a part is a part of: a month, a year, this year.  It is no part itself,
 * so that the grammar does not recurse.
 */
static int
read_parent(const na_dctx *c, int i, na_stamp *s, bool of)
{
	na_stamp t;
	int j;

	na_stamp_init(s);
	t = *s;
	j = na_read_year(c, i, &t, true);
	if (j == 0)
		j = read_bare_year(c, i, &t, true);
	if (j == 0)
	{
		t = *s;
		j = na_read_calendar(c, i, &t);
		if (j != 0)
		{
			int k = na_read_mod(c, j, &t);

			if (k != 0)
				j = k;
		}
	}
	if (j != 0)
	{
		t.base = NA_BASE_CALENDAR;
		*s = t;
		return j;
	}
	j = read_century(c, i, s);
	if (j == 0)
		j = na_read_unit(c, i, s);
	if (j == 0 && of)
		j = read_bare_unit(c, i, s);
	return j;
}

/* صيف 1991, الصيف الماضي, صيف العام المقبل */
static int
read_season(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *trim = trim_word(c, i);
	const na_date_word *w;
	na_stamp t;
	bool head = false;
	int j = i;
	int k;

	if (trim != NULL && trim->extra == 3)
	{
		head = true;
		j++;
	}
	w = na_word(c, j, NA_DC_season);
	if (w == NULL)
		return 0;
	s->base = NA_BASE_SEASON;
	s->season = (uint8_t) w->value;
	j++;
	na_stamp_init(&t);
	k = na_read_year(c, is_of(c, j) ? j + 1 : j, &t, is_of(c, j));
	if (k != 0)
	{
		s->year = t.year;
		s->calendar = t.calendar;
		return k;
	}
	k = !(w->flags & NA_DF_def) || head ? na_read_unit(c, is_of(c, j) ? j + 1 : j, &t) : 0;
	if (k != 0 && t.base == NA_BASE_UNIT && t.unit == NA_UNIT_YEAR)
	{
		s->yearmod = t.mod;
		s->anchor = t.anchor;
		return k;
	}
	if ((w->flags & NA_DF_def) && (k = na_read_mod(c, j, s)) != 0)
		return k;
	/* هذا الصيف is read by the caller */
	return 0;
}

/*
 * A part of a year or month: الربع الثاني من 2014, النصف الأول من شهر مايو,
 * الأسبوع الأول من يونيو, السداسي الأول من نفس العام, الربع الماضي.
 */
static int
read_trim(const na_dctx *c, int i, na_stamp *s)
{
	const na_date_word *trim = trim_word(c, i);
	const na_date_word *unit = one_unit(c, i);
	na_stamp t;
	int32_t nth;
	int months;
	bool of;
	int j;
	int k;

	if (trim != NULL)
		months = trim->extra;
	else if (unit != NULL && unit->value == NA_UNIT_WEEK && (unit->flags & NA_DF_def))
		months = 0;
	else
		return 0;
	j = na_read_ordinal(c, i + 1, &nth);
	if (j == 0 || (months > 0 && nth > 12 / months) || nth == 0 || (months == 0 && nth > 5))
	{
		/* the last quarter, this quarter */
		if (months == 3 && (trim->flags & NA_DF_def) && na_read_mod(c, i + 1, s) != 0)
		{
			s->base = NA_BASE_UNIT;
			s->unit = NA_UNIT_QUARTER;
			return i + 2;
		}
		return 0;
	}
	of = is_of(c, j);
	k = of ? j + 1 : j;
	na_stamp_init(&t);
	j = read_parent(c, k, &t, of);
	if (j != 0 && ((t.base == NA_BASE_CALENDAR && t.day == 0 && t.month2 == 0) ||
				   (t.base == NA_BASE_UNIT && (t.unit == NA_UNIT_YEAR || t.unit == NA_UNIT_MONTH ||
											   t.unit == NA_UNIT_CENTURY))))
	{
		bool month = t.base == NA_BASE_CALENDAR ? t.month != 0 : t.unit == NA_UNIT_MONTH;

		/* quarters of a month do not exist, weeks of a year do not count so */
		if (month ? months == 3 : months == 0)
			return 0;
		*s = t;
		s->trim = (uint8_t) (!month ? months : months == 6 ? 15 : months == 4 ? 10 : 7);
		s->nth = (int8_t) nth;
		return j;
	}
	/* the third quarter, of the year that we are in */
	if (months == 3 && trim != NULL && (trim->flags & NA_DF_def) && nth > 0 &&
		na_is_number(c, i - 1) == false)
	{
		const na_token *first = &c->seg->tok[c->item[i].tok];

		/* a chapter (الفصل الأول) is no quarter */
		if (na_key(c->seg, first).n >= 6 && na_word(c, i, NA_DC_frac) != NULL)
		{
			s->base = NA_BASE_UNIT;
			s->unit = NA_UNIT_YEAR;
			s->mod = 0;
			s->trim = 3;
			s->nth = (int8_t) nth;
			return k - (of ? 1 : 0);
		}
	}
	return 0;
}

/* any unit, also parts of longer ones, seasons, decades, centuries */
static int
read_any_unit(const na_dctx *c, int i, na_stamp *s)
{
	int j = read_century(c, i, s);

	if (j == 0)
		j = read_decade(c, i, s);
	if (j == 0)
		j = read_season(c, i, s);
	if (j == 0)
		j = read_trim(c, i, s);
	return j != 0 ? j : na_read_unit(c, i, s);
}

/* ---- days ---- */

/* how one slot of a day may be tied to the one before it */
typedef struct link
{
	int at;		/* the item behind the link */
	char close; /* the bracket that must close the slot, 0 = none */
	bool twin;	/* "corresponding to" */
	bool soft;	/* a comma, a dash, a slash */
	bool of;	/* in, of, at */
	bool on;	/* dated */
} link;

static link
read_link(const na_dctx *c, int i)
{
	link l = {i, 0, false, false, false, false};

	/* a dash, comma or slash, then a bracket */
	if (na_mark(c, l.at, ',') || na_mark(c, l.at, '-') || na_mark(c, l.at, '|') ||
		na_mark(c, l.at, '/') || na_mark(c, l.at, ';'))
	{
		l.soft = true;
		l.at++;
	}
	if (na_mark(c, l.at, '(') || na_mark(c, l.at, '['))
	{
		l.close = na_mark(c, l.at, '(') ? ')' : ']';
		l.at++;
	}
	if (na_word(c, l.at, NA_DC_twin) != NULL)
	{
		l.twin = true;
		l.at++;
		if (na_word(c, l.at, NA_DC_on) != NULL)
			l.at++;
	}
	else if (na_word(c, l.at, NA_DC_on) != NULL)
	{
		l.on = true;
		l.at++;
	}
	else if (is_of(c, l.at) ||
			 (na_word(c, l.at, NA_DC_prep) != NULL && na_word(c, l.at, NA_DC_prep)->value == 1))
	{
		l.of = true;
		l.at++;
		if (na_word(c, l.at, NA_DC_on) != NULL)
		{
			l.on = true;
			l.at++;
		}
	}
	if (na_mark(c, l.at, ':') && (l.on || l.twin))
		l.at++;
	if (l.twin && l.close == 0 && na_mark(c, l.at, '('))
	{
		l.close = ')';
		l.at++;
	}
	if (na_word(c, l.at, NA_DC_approx) != NULL)
	{
		l.of = true;
		l.at++;
	}
	return l;
}

/* اليوم as part of a name: روسيا اليوم, اليوم العالمي; اليوم الأول */
static bool
is_name_of_day(const na_dctx *c, int i)
{
	const na_date_word *w = na_word(c, i + 1, NA_DC_outlet);
	const na_token *t = &c->seg->tok[c->item[i].tok];

	if (c->item[i].word[0]->value == 0 && w != NULL && w->value == 2)
		return true;
	if (c->item[i].word[0]->value == 0 && na_word(c, i + 1, NA_DC_ord) != NULL &&
		(na_word(c, i + 1, NA_DC_ord)->flags & NA_DF_def))
		return true;
	w = na_word(c, i - 1, NA_DC_outlet);
	if (w == NULL || w->value != 1)
		return false;
	/* صحيفة الغد, but "published by the paper tomorrow" has no article */
	return na_word(c, i + 1, NA_DC_weekday) == NULL && na_key(c->seg, t).n >= 4 &&
		   memcmp(na_key(c->seg, t).p, "ال", 4) == 0;
}

/* a day of the month without a month, as a figure pair: السبت 21/9 */
static int
read_day_month(const na_dctx *c, int i, na_stamp *s)
{
	if (!na_is_int(c, i, 1, 2) || !(na_mark(c, i + 1, '/') || na_mark(c, i + 1, '-')) ||
		!na_is_int(c, i + 2, 1, 2) || na_mark(c, i + 3, '/') ||
		((c->item[i].flags | c->item[i + 2].flags) & NA_TF_SIGN))
		return 0;
	if (c->item[i].num < 1 || c->item[i].num > 31 || c->item[i + 2].num < 1 ||
		c->item[i + 2].num > 12)
		return 0;
	s->day = (int8_t) c->item[i].num;
	s->month = (int8_t) c->item[i + 2].num;
	s->calendar = NA_CAL_GREGORIAN;
	/* 8-9 in the morning */
	if (na_word(c, i + 3, NA_DC_part) != NULL || na_word(c, i + 3, NA_DC_ampm) != NULL)
		return 0;
	s->base = NA_BASE_CALENDAR;
	s->strong = true;
	return i + 3;
}

/* slots of a day */
enum
{
	HAS_PART = 1,
	HAS_HEAD = 2,
	HAS_DEICTIC = 4,
	HAS_WEEKDAY = 8,
	HAS_DATE = 16,
	HAS_MOD = 32,
	HAS_CLOCK = 64,
	HAS_UNIT = 128,
	HAS_CONTENT = HAS_DEICTIC | HAS_WEEKDAY | HAS_DATE | HAS_CLOCK | HAS_UNIT
};

/* try to fill one more slot at l; returns the item behind it */
static int
read_slot(const na_dctx *c, const link *l, na_stamp *s, int *has, bool bare)
{
	const na_date_word *w;
	na_stamp t;
	int i = l->at;
	bool tied = l->soft || l->of || l->on || l->twin || l->close != 0;
	int j;

	if (i >= c->n || c->item[i].classes == 0)
		return 0;

	/* the part of the day: مساء الخميس, … من مساء الأربعاء, أمس صباحا */
	w = na_word(c, i, NA_DC_part);
	if (w != NULL && !(*has & HAS_PART) && s->noon == 0 && !l->on && !l->twin &&
		(*has == 0 || (*has & HAS_CLOCK) ||
		 (!((*has & HAS_DATE) && s->day == 0) &&
		  ((w->flags & NA_DF_adv) || !tied || (l->of && !(*has & HAS_UNIT))))))
	{
		*has |= HAS_PART;
		if (*has & HAS_CLOCK)
			s->noon = (uint8_t) (w->value == 5 ? 3 : w->extra);
		else
			s->part = (uint8_t) w->value;
		return i + 1;
	}

	/* a unit: only by itself, or the week of a weekday */
	if (!(*has & (HAS_DEICTIC | HAS_DATE | HAS_UNIT | HAS_CLOCK)) && !l->soft && !l->twin &&
		l->close == 0)
	{
		na_stamp_init(&t);
		j = read_any_unit(c, i, &t);
		if (j != 0)
		{
			if (*has & HAS_WEEKDAY)
			{
				if (t.base != NA_BASE_UNIT || t.unit != NA_UNIT_WEEK || t.trim != 0)
					return 0;
				s->weekmod = t.mod;
				*has |= HAS_UNIT | HAS_MOD;
				return j;
			}
			if (!(*has & HAS_HEAD))
			{
				t.part = t.part != 0 ? t.part : s->part;
				*s = t;
				*has |= HAS_UNIT | HAS_MOD;
				return j;
			}
		}
	}

	/* "day": يوم الخميس, يوم 5 مارس, ليوم غد */
	w = unit_word(c, i);
	if (w != NULL && w->value == NA_UNIT_DAY && !(w->flags & (NA_DF_def | NA_DF_du | NA_DF_pl)) &&
		!(*has & (HAS_HEAD | HAS_DATE)))
	{
		*has |= HAS_HEAD;
		return i + 1;
	}

	w = na_word(c, i, NA_DC_deictic);
	if (w != NULL && !(*has & (HAS_DEICTIC | HAS_UNIT)) && !l->twin && !l->on)
	{
		if ((*has & HAS_DATE) && w->value != 0)
			return 0;
		if (is_name_of_day(c, i))
			return 0;
		/* a tomorrow that is soft-tied to another day is another day */
		if ((*has & HAS_CONTENT) && l->soft && l->close == 0 && !c->header)
			return 0;
		s->offset = w->value;
		if (w->extra == NA_UNIT_NIGHT && s->part == 0)
			s->part = 5;
		*has |= HAS_DEICTIC;
		if (!(*has & HAS_DATE))
			s->base = NA_BASE_DEICTIC;
		return i + 1;
	}

	w = na_word(c, i, NA_DC_weekday);
	/* next week, on Friday */
	if (w != NULL && (*has & HAS_UNIT) && s->base == NA_BASE_UNIT && s->unit == NA_UNIT_WEEK &&
		!(w->flags & NA_DF_bare) && !tied && c->item[i].clitic == 0)
	{
		s->base = NA_BASE_WEEKDAY;
		s->weekday = (int8_t) w->value;
		s->weekmod = s->mod;
		s->mod = NA_MOD_NONE;
		*has |= HAS_WEEKDAY;
		return i + 1;
	}
	if (w != NULL && (!(w->flags & NA_DF_bare) || (*has & HAS_HEAD)) && !(*has & HAS_UNIT) &&
		!((*has & HAS_WEEKDAY) && s->weekday != w->value))
	{
		/* two weekdays in a row are two days, unless the second is a translation */
		if ((*has & HAS_WEEKDAY) && !l->soft && l->close == 0)
			return 0;
		if (tied && !l->soft && l->close == 0 && !(*has & (HAS_PART | HAS_CLOCK)))
			return 0;
		if (c->item[i].clitic == 'w' && *has != 0)
			return 0;
		s->weekday = (int8_t) w->value;
		*has |= HAS_WEEKDAY;
		if (s->base == NA_BASE_NONE || s->base == NA_BASE_CLOCK)
			s->base = NA_BASE_WEEKDAY;
		return i + 1;
	}

	/* a clock time */
	if (!(*has & (HAS_CLOCK | HAS_UNIT)))
	{
		t = *s;
		j = na_read_clock(c, i, &t);
		if (j != 0 && !l->twin && !l->on)
		{
			na_stamp day;

			/* 05.12.2015 and 12/5 are no clock times */
			na_stamp_init(&day);
			if (na_read_numeric(c, i, &day) == 0)
			{
				*s = t;
				*has |= HAS_CLOCK;
				if (s->base == NA_BASE_NONE)
					s->base = NA_BASE_CLOCK;
				return j;
			}
		}
	}

	/* a date */
	if (!(*has & (HAS_DATE | HAS_UNIT)))
	{
		/* a weekday tied by "in" to a date; anything tied by "dated" */
		t = *s;
		j = na_read_calendar(c, i, &t);
		if (j == 0 && (*has & HAS_WEEKDAY) && (!tied || l->on || l->twin || l->close != 0) &&
			(l->on || l->twin || na_mark(c, i + 1, '/')))
			j = read_day_month(c, i, &t);
		if (j != 0)
		{
			bool day = t.day != 0;

			if ((*has & (HAS_WEEKDAY | HAS_DEICTIC | HAS_CLOCK)) && !day)
				return 0;
			if (c->item[i].clitic == 'w' && *has != 0)
				return 0;
			if (!day && !t.strong && !bare)
			{
				const na_date_word *prep = na_word(c, i - 1, NA_DC_prep);
				const na_date_word *month = na_word(c, i, NA_DC_month);

				/* مارس alone is a verb; behind "in" and before "last" a month */
				if (na_word(c, j, NA_DC_mod) == NULL && month != NULL &&
					(month->flags & NA_DF_madda))
					return 0; /* اب, باب: father, door */
				if (na_word(c, j, NA_DC_mod) == NULL && !(prep != NULL && prep->value == 2) &&
					na_word(c, i - 1, NA_DC_on) == NULL && na_word(c, i - 1, NA_DC_span) == NULL &&
					c->item[i].clitic != 'b')
					return 0;
			}
			*s = t;
			s->base = NA_BASE_CALENDAR;
			*has |= HAS_DATE;
			return j;
		}
		if (*has == 0)
		{
			t = *s;
			j = na_read_year(c, i, &t, true);
			if (j == 0)
				j = read_bare_year(c, i, &t, bare);
			if (j != 0)
			{
				*s = t;
				s->base = NA_BASE_CALENDAR;
				s->strong = true;
				*has |= HAS_DATE;
				return j;
			}
		}
	}
	else if (*has & HAS_DATE)
	{
		/* the same day once more, in another calendar or language */
		if (l->twin || l->close != 0 || l->soft || c->header || s->calendar == NA_CAL_HIJRI)
		{
			na_stamp_init(&t);
			t.weekday = s->weekday;
			/* the weekday may be repeated as well */
			w = unit_word(c, i);
			if (w != NULL && w->value == NA_UNIT_DAY && !(w->flags & NA_DF_def))
				i++;
			w = na_word(c, i, NA_DC_weekday);
			if (w != NULL && na_word(c, i + 1, NA_DC_mod) == NULL)
			{
				i++;
				if (na_mark(c, i, ','))
					i++;
			}
			j = s->day == 0 && s->month == 0 ? na_read_year(c, i, &t, false)
											 : na_read_calendar(c, i, &t);
			if (j != 0)
			{
				int k = na_read_mod(c, j, &t);

				t.base = NA_BASE_CALENDAR;
				if ((t.day != 0) == (s->day != 0) && (t.month != 0) == (s->month != 0) &&
					na_join_twin(c, s, &t))
					return k != 0 ? k : j;
			}
		}
	}
	return 0;
}

int
na_read_point(const na_dctx *c, int i, na_stamp *s, bool bare)
{
	const na_date_word *edge = na_word(c, i, NA_DC_edge);
	int has = 0;
	int end = 0;
	int j;

	na_stamp_init(s);
	if (edge != NULL)
	{
		na_stamp t;

		j = i + 1;
		if (na_word(c, j, NA_DC_edge) != NULL || (c->item[j < c->n ? j : i].clitic != 0))
			return 0;
		j = na_read_point(c, j, &t, true);
		if (j != 0 && t.hour < 0 && t.weekday < 0 &&
			((t.base == NA_BASE_CALENDAR && t.day == 0) || t.base == NA_BASE_UNIT ||
			 t.base == NA_BASE_DECADE || t.base == NA_BASE_CENTURY || t.base == NA_BASE_SEASON))
		{
			*s = t;
			s->edge = (uint8_t) edge->value;
			s->ten = (edge->flags & NA_DF_ten) != 0;
			if (s->edge == 3 && !s->ten && s->base == NA_BASE_UNIT && s->unit == NA_UNIT_WEEK)
				s->unit = NA_UNIT_WEEKEND;
			return j;
		}
		return 0;
	}
	j = i;
	for (int round = 0; round < 10; round++)
	{
		link l = {j, 0, false, false, false, false};
		na_stamp t = *s;
		int before = has;
		int k;

		k = read_slot(c, &l, &t, &has, bare);
		if (k == 0 && before != 0)
		{
			/* the modifier stands right behind what it modifies */
			if (!(has & HAS_MOD) && (has & (HAS_WEEKDAY | HAS_DATE)))
			{
				k = na_read_mod(c, j, &t);
				if (k != 0 && t.anchor && (has & HAS_DATE) && t.mod == 0)
					k = 0;
				if (k != 0)
					has |= HAS_MOD;
			}
			if (k == 0)
			{
				t = *s;
				has = before;
				l = read_link(c, j);
				if (l.at != j)
				{
					int inner;

					k = read_slot(c, &l, &t, &has, bare);
					if (k != 0 && l.close != 0)
					{
						/* inside the bracket there may be one slot more */
						link again = {k, 0, false, false, false, false};
						na_stamp u = t;
						int has2 = has;

						inner = na_mark(c, k, l.close) ? 0 : read_slot(c, &again, &u, &has2, bare);
						if (inner == 0 && !na_mark(c, k, l.close))
						{
							u = t;
							inner = na_read_mod(c, k, &u);
							if (inner != 0)
								has2 |= HAS_MOD;
						}
						if (inner != 0)
						{
							k = inner;
							t = u;
							has = has2;
						}
						k = na_mark(c, k, l.close) ? k + 1 : 0;
					}
				}
			}
		}
		if (k == 0)
		{
			has = before;
			break;
		}
		*s = t;
		j = k;
		/* a head that nothing followed is left out */
		if ((has & HAS_CONTENT) && (has ^ before) != HAS_HEAD)
			end = j;
	}
	if (end != 0)
		return end;
	if (bare && has == 0)
		return read_bare_unit(c, i, s);
	return 0;
}
