/*
 * na_date_amount.c
 *		Amounts of time, alone and counted from the day of writing.
 */
#include <stdio.h>

#include "na_date_grammar.h"

typedef struct amount
{
	int unit;
	int32_t n;
	char fraction[8];
	bool vague;		/* some days */
	bool definite;	/* the days */
	bool single;	/* a bare noun: a day */
	int32_t months; /* the whole, for counting from a day */
	int32_t days;
	int finest; /* its finest unit */
	char timex[NA_TIMEX_MAX];
} amount;

/* one unit with its number: 3 أيام, ثلاثة أسابيع, يومين, الأيام الثلاثة, الـ24 ساعة */
static int
read_one_amount(const na_dctx *c, int i, amount *a)
{
	const na_date_word *unit;
	const na_date_word *w;
	int32_t n = 0;
	bool number = false;
	int j = i;
	int k;

	memset(a, 0, sizeof(*a));
	/* 1،54،97 دقيقة: a race time */
	if (na_is_number(c, i) && !(c->item[i].flags & NA_TF_SPACE) && i >= 2 &&
		c->item[i - 1].kind == NA_PUNCT && na_is_number(c, i - 2))
		return 0;
	if (na_is_number(c, i) && c->item[i].num >= 0 && c->item[i].digits <= 6 &&
		!(c->item[i].flags & (NA_TF_PERCENT | NA_TF_SIGN)))
	{
		n = c->item[i].num;
		if (c->item[i].flags & NA_TF_DECIMAL)
		{
			const na_token *t = &c->seg->tok[c->item[i].tok];

			/* the key ends in the point and the decimals */
			if (c->item[i].ndecimal > 4)
				return 0;
			memcpy(a->fraction, na_key(c->seg, t).p + t->nkey - c->item[i].ndecimal - 1,
				   c->item[i].ndecimal + 1u);
		}
		number = true;
		j = i + 1;
	}
	else if ((k = na_read_cardinal(c, i, &n)) != 0)
	{
		number = true;
		j = k;
	}
	else if ((w = na_word(c, i, NA_DC_few)) != NULL)
	{
		a->vague = true;
		j = i + 1;
	}
	unit = na_unit_word(c, j);
	if (unit == NULL || (unit->flags & NA_DF_vague) || unit->value == NA_UNIT_WEEKEND ||
		unit->value == NA_UNIT_SPORT || (c->item[j].clitic != 0 && j != i))
	{
		/* half an hour, a quarter of an hour */
		w = na_word(c, i, NA_DC_frac);
		unit = na_unit_word(c, i + 1);
		if (j == i && w != NULL && unit != NULL && c->item[i + 1].clitic == 0 &&
			!(unit->flags & (NA_DF_def | NA_DF_du | NA_DF_pl)) &&
			(unit->value == NA_UNIT_HOUR || (unit->value == NA_UNIT_YEAR && w->value != 20)))
		{
			a->unit = unit->value == NA_UNIT_HOUR ? NA_UNIT_MINUTE : NA_UNIT_MONTH;
			a->n = unit->value == NA_UNIT_HOUR ? w->value : w->value / 5;
			return i + 2;
		}
		return 0;
	}
	a->unit = unit->value;
	a->n = n;
	if (number)
	{
		/* "in 5 the year" is nothing; "the 24 hours" is */
		if (unit->flags & NA_DF_def)
			return 0;
		if (unit->flags & NA_DF_du)
			return 0;
		return j + 1;
	}
	if (a->vague)
		return (unit->flags & NA_DF_pl) && !(unit->flags & NA_DF_def) ? j + 1 : 0;
	if (unit->flags & NA_DF_du)
	{
		/* يومي is an adjective as well */
		if (unit->flags & NA_DF_pre)
			return 0;
		a->n = 2;
		a->definite = (unit->flags & NA_DF_def) != 0;
		return j + 1;
	}
	if (unit->flags & NA_DF_pl)
	{
		a->definite = (unit->flags & NA_DF_def) != 0;
		j++;
		if (a->definite)
		{
			/* the days the three */
			if (na_word(c, j, NA_DC_few) != NULL)
			{
				a->vague = true;
				return j + 1;
			}
			w = na_word(c, j, NA_DC_num);
			if (w != NULL && c->item[j].clitic == 0 && ((w->flags & NA_DF_def) || w->value == 10))
			{
				k = na_read_cardinal(c, j, &a->n);
				return k;
			}
			if (na_is_int(c, j, 1, 3) && (c->item[j].flags & NA_TF_AL))
			{
				a->n = c->item[j].num;
				return j + 1;
			}
		}
		a->vague = true;
		return j;
	}
	if (unit->flags & NA_DF_def)
		return 0;
	/* a day, one day */
	a->n = 1;
	w = na_word(c, j + 1, NA_DC_num);
	if (w != NULL && w->value == 1 && c->item[j + 1].clitic == 0)
		return j + 2;
	a->single = true;
	return j + 1;
}

/* add n units to the whole of an amount */
static void
add_up(amount *a, int unit, int32_t n)
{
	static const int32_t months[] = {0, 0, 0, 0, 0, 1, 3, 12, 120, 1200, 0, 12, 0};
	static const int32_t days[] = {0, 0, 0, 1, 7, 0, 0, 0, 0, 0, 7, 0, 1};

	if (n > 100000)
		n = 100000;
	a->months += months[unit] * n;
	a->days += days[unit] * n;
	if (unit == NA_UNIT_HOUR)
		a->days += n / 24;
	else if (unit == NA_UNIT_MINUTE)
		a->days += n / (24 * 60);
	a->finest = unit;
}

/* an amount: one unit, "and a half", or two units (سنة وشهرين, 5 ساعات و30 دقيقة) */
static int
read_amount(const na_dctx *c, int i, amount *a)
{
	const na_date_word *w;
	amount b;
	int j = read_one_amount(c, i, a);
	int k;

	if (j == 0)
		return 0;
	if (a->vague)
		return j;
	na_amount_timex(a->timex, sizeof(a->timex), a->unit, a->n, a->fraction);
	add_up(a, a->unit, a->n);
	w = na_word(c, j, NA_DC_frac);
	if (w != NULL && w->value == 30 && c->item[j].clitic == 'w')
	{
		/* how many of the finer unit make one */
		static const int16_t parts[] = {0, 60, 60, 24, 0, 0, 0, 12, 10, 100, 0, 0, 0};
		static const uint8_t finer[] = {0, NA_UNIT_SECOND, NA_UNIT_MINUTE, NA_UNIT_HOUR, 0, 0,
										0, NA_UNIT_MONTH,  NA_UNIT_YEAR,   NA_UNIT_YEAR, 0, 0,
										0};

		if (parts[a->unit] != 0 && a->n <= 100000)
		{
			na_amount_timex(a->timex, sizeof(a->timex), finer[a->unit],
							a->n * parts[a->unit] + parts[a->unit] / 2, "");
			if (a->unit >= NA_UNIT_YEAR)
				add_up(a, finer[a->unit], parts[a->unit] / 2);
		}
		else
		{
			na_amount_timex(a->timex, sizeof(a->timex), a->unit, a->n, ".5");
			if (a->unit == NA_UNIT_MONTH)
				a->days += 15;
			else if (a->unit == NA_UNIT_WEEK)
				a->days += 3;
		}
		j++;
		/* سنة ونصف السنة */
		if (na_unit_word(c, j) != NULL && na_unit_word(c, j)->value == a->unit &&
			c->item[j].clitic == 0)
			j++;
		a->single = false;
		return j;
	}
	/* و joins, also when it stands alone */
	w = na_word(c, j, NA_DC_prep);
	k = w != NULL && w->value == 6 ? j + 1 : j;
	if (a->definite || k >= c->n || (k == j && c->item[k].clitic != 'w'))
		return j;
	k = read_one_amount(c, k, &b);
	if (k != 0 && b.unit < a->unit && !b.vague && !b.definite && a->unit <= NA_UNIT_CENTURY)
	{
		char first[NA_TIMEX_MAX];
		char second[NA_TIMEX_MAX];

		memcpy(first, a->timex, sizeof(first));
		na_amount_timex(second, sizeof(second), b.unit, b.n, b.fraction);
		/* one P and one T only */
		snprintf(a->timex, sizeof(a->timex), "%.28s%.28s", first,
				 second + (second[1] == 'T' && first[1] == 'T' ? 2 : 1));
		add_up(a, b.unit, b.n);
		a->single = false;
		j = k;
	}
	return j;
}

/* an age: عمره 39 سنة, البالغ 30 عاما, فلان، 28 عاما، … */
static bool
is_age(const na_dctx *c, int from, int to, const amount *a)
{
	const na_date_word *w;

	w = na_word(c, to, NA_DC_reject);
	if (w != NULL && w->value == 2)
		return true;
	for (int back = 1; back <= 3 && from - back >= 0; back++)
	{
		int k = from - back;

		if (c->item[k].kind == NA_PUNCT && !na_mark(c, k, '('))
			break;
		w = na_word(c, k, NA_DC_age);
		if (w != NULL && (w->value == 1 || back == 1))
			return true;
	}
	if (a->unit != NA_UNIT_YEAR || a->n < 1 || a->n > 115 || !na_is_number(c, from))
		return false;
	return (na_mark(c, from - 1, ',') || na_mark(c, from - 1, '(')) &&
		   (to >= c->n || na_mark(c, to, ',') || na_mark(c, to, ')') || na_mark(c, to, '.'));
}

/* the days of a window before or behind the day of writing */
static void
window_days(const na_dctx *c, const amount *a, int mod, na_date *d)
{
	int32_t here = c->reference;
	int32_t other;

	if (here == NA_NO_DAY || (a->months == 0 && a->days == 0) ||
		!na_shift_day(here, mod * a->months, mod * a->days, &other))
		return;
	d->lo = mod < 0 ? other : here;
	d->hi = mod < 0 ? here : other;
	d->relative = true;
}

/*
 * Amounts of time, with what stands before and behind them: قبل يومين, منذ 6
 * أشهر, خلال ثلاثة أشهر, السنوات الخمس المقبلة, الأيام الماضية, 207 أيام.
 */
int
na_rule_amount(const na_dctx *c, int i, na_found *f)
{
	const na_date_word *span = na_word(c, i, NA_DC_span);
	const na_date_word *mod;
	const na_date_word *ord;
	const na_date_word *unit;
	amount a;
	na_date d;
	bool latest = false;
	int lead = 0;
	int j = i;
	int from;
	int end;
	int back = 0; /* -1 last, 1 next */

	/* the coming period, the last stage */
	unit = na_unit_word(c, i);
	if (unit != NULL && (unit->flags & NA_DF_vague) && (unit->flags & NA_DF_def))
	{
		int k = i + 1;

		if (na_word(c, k, NA_DC_few) != NULL)
			k++;
		mod = na_word(c, k, NA_DC_mod);
		if (mod == NULL || (mod->flags & (NA_DF_pre | NA_DF_anchor)) || c->item[k].clitic != 0)
			return 0;
		na_put_value(f, i, k + 1, NA_DATE_DATE, NA_GRAIN_REF,
					 mod->value < 0	  ? "PAST_REF"
					 : mod->value > 0 ? "FUTURE_REF"
									  : "PRESENT_REF");
		return k + 1;
	}
	if (span != NULL)
	{
		lead = span->value;
		j++;
	}
	if (na_word(c, j, NA_DC_approx) != NULL && c->item[j].clitic == 0)
		j++;
	/* the last 24 hours, آخر 3 سنوات */
	ord = na_word(c, j, NA_DC_ord);
	if (ord != NULL && ord->value == -1 && !(ord->flags & NA_DF_def) && lead != 1 && lead != 3 &&
		!(na_unit_word(c, j + 1) != NULL && !(na_unit_word(c, j + 1)->flags & NA_DF_du)))
	{
		latest = true;
		if (lead != 0)
			i = j;
		lead = 4;
		j++;
	}
	from = j;
	j = read_amount(c, from, &a);
	if (j == 0)
		return 0;
	if (na_word(c, j, NA_DC_reject) != NULL && na_word(c, j, NA_DC_reject)->value == 1)
		return j;
	/* 30 دقيقة: fine; a bare noun only behind a word that measures */
	if (a.single)
	{
		na_stamp s;

		/* since the year 1986, before the day of Friday: no amounts */
		if (lead == 0 || na_read_point(c, from, &s, true) > j)
			return 0;
	}
	if (c->item[from].clitic != 0 && lead != 0 && c->item[from].clitic != 'l')
		return 0;
	mod = na_word(c, j, NA_DC_mod);
	if (mod != NULL && !(mod->flags & (NA_DF_pre | NA_DF_anchor)) && c->item[j].clitic == 0)
	{
		back = mod->value;
		if (back == 0 && a.definite)
			back = 2;
		j++;
	}
	/* أيام قليلة, سنوات عديدة */
	else if (a.vague && na_word(c, j, NA_DC_few) != NULL)
	{
		j++;
		mod = na_word(c, j, NA_DC_mod);
		if (mod != NULL && !(mod->flags & (NA_DF_pre | NA_DF_anchor)) && c->item[j].clitic == 0)
		{
			back = mod->value;
			j++;
		}
	}
	else
		mod = NULL;
	if (latest && back == 0)
		back = -1;
	end = j;
	if (is_age(c, from, end, &a))
		return end;
	memset(&d, 0, sizeof(d));
	d.lo = d.hi = NA_NO_DAY;
	d.kind = NA_DATE_DURATION;
	d.grain = (uint8_t) na_unit_grain(a.finest);
	if (a.vague)
	{
		/* the last days, some years ago */
		if (mod != NULL && back != 0)
			na_put_value(f, lead == 4 || lead == 0 ? from : i, end, NA_DATE_DATE, NA_GRAIN_REF,
						 back < 0	 ? "PAST_REF"
						 : back == 1 ? "FUTURE_REF"
									 : "PRESENT_REF");
		else if (lead == 1 || lead == 2)
			na_put_value(f, i, end, NA_DATE_DATE, NA_GRAIN_REF, "PAST_REF");
		else if (lead == 3 && !a.definite && na_future_cue(c, i))
			na_put_value(f, i, end, NA_DATE_DATE, NA_GRAIN_REF, "FUTURE_REF");
		else
			return 0;
		return end;
	}
	if (a.definite && mod == NULL && !na_is_number(c, from) &&
		na_word(c, from, NA_DC_num) == NULL && na_unit_word(c, from) != NULL &&
		(na_unit_word(c, from)->flags & NA_DF_du) && lead == 0)
		return 0;
	if (a.fraction[0] == '\0' && mod == NULL && (lead == 1 || lead == 2 || lead == 3))
	{
		bool event = false;
		int behind = na_word(c, end, NA_DC_approx) != NULL ? end + 1 : end; /* فقط */
		const na_date_word *prep = na_word(c, behind, NA_DC_prep);

		/* "68 days before the start", "a week after the attack" measure */
		if (lead != 2 && prep != NULL && c->item[behind].clitic == 0 &&
			(prep->value == 1 || (prep->value == 2)) && c->item[behind].ntok == 1)
		{
			na_str key = na_key(c->seg, &c->seg->tok[c->item[behind].tok]);

			/* من and على, but not في */
			event = !(key.n == 4 && memcmp(key.p, "في", 4) == 0) &&
					na_word(c, behind + 1, NA_DC_ref) == NULL &&
					na_word(c, behind + 1, NA_DC_deictic) == NULL;
		}
		if (lead == 3 && !event && prep != NULL && prep->value == 1 &&
			(na_word(c, end + 1, NA_DC_ref) != NULL || na_word(c, end + 1, NA_DC_deictic) != NULL))
			end += 2; /* two weeks from now */
		else if (lead == 3 && !event)
			event = !na_future_cue(c, i);
		if (!event)
		{
			na_stamp s;

			na_stamp_init(&s);
			s.base = NA_BASE_AGO;
			s.unit = (uint8_t) a.finest;
			s.months = lead == 3 ? a.months : -a.months;
			s.offset = lead == 3 ? a.days : -a.days;
			if (!na_resolve(c, &s, i, &d))
				return 0;
			na_put_date(f, i, end, &d);
			return end;
		}
	}
	memcpy(d.timex, a.timex, sizeof(d.timex));
	if (back == -1 || back == 1)
		window_days(c, &a, back, &d);
	na_put_date(f, latest ? from - 1 : from, end, &d);
	return end;
}
