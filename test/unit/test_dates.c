/*
 * test_dates.c
 *		Dates of page headers, form by form, and what a line says about itself.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../src/core/na_calendar.h"
#include "../../src/core/na_date.h"

static int failures;

static void
check(bool good, const char *what, const char *text)
{
	printf("%s %s: %s\n", good ? "ok" : "not ok", what, text);
	failures += !good;
}

static int32_t
day_of(const char *iso)
{
	int y;
	int m;
	int d;
	int32_t day = NA_NO_DAY;

	if (sscanf(iso, "%d-%d-%d", &y, &m, &d) == 3)
		(void) na_day_from_civil(y, m, d, &day);
	return day;
}

typedef struct header_case
{
	const char *text;
	const char *day;	 /* "" = none */
	const char *updated; /* "" = none */
	bool only;
	int role;
} header_case;

/* the day of writing is 2023-05-17, a Wednesday */
static const header_case headers[] = {
	/* names of months: Egypt and Gulf, Levant, Maghreb, by their variants */
	{"12 يناير 2021", "2021-01-12", "", true, 0},
	{"12 كانون ثاني 2021", "2021-01-12", "", true, 0},
	{"12 جانفي 2021", "2021-01-12", "", true, 0},
	{"5 شباط 2021", "2021-02-05", "", true, 0},
	{"5 فيفري 2021", "2021-02-05", "", true, 0},
	{"5 آذار 2021", "2021-03-05", "", true, 0},
	{"5 مارس 2021", "2021-03-05", "", true, 0},
	{"5 نيسان 2021", "2021-04-05", "", true, 0},
	{"5 أفريل 2021", "2021-04-05", "", true, 0},
	{"5 إبريل 2021", "2021-04-05", "", true, 0},
	{"5 ماي 2021", "2021-05-05", "", true, 0},
	{"5 ايار 2021", "2021-05-05", "", true, 0},
	{"5 جوان 2021", "2021-06-05", "", true, 0},
	{"5 يونيه 2021", "2021-06-05", "", true, 0},
	{"5 جويلية 2021", "2021-07-05", "", true, 0},
	{"5 يوليوز 2021", "2021-07-05", "", true, 0},
	{"5 اب 2021", "2021-08-05", "", true, 0},
	{"5 أوت 2021", "2021-08-05", "", true, 0},
	{"5 غشت 2021", "2021-08-05", "", true, 0},
	{"5 أغشت 2021", "2021-08-05", "", true, 0},
	{"5 شتمبر 2021", "2021-09-05", "", true, 0},
	{"5 أيلول 2021", "2021-09-05", "", true, 0},
	{"5 تشرين أول 2021", "2021-10-05", "", true, 0},
	{"5 نونبر 2021", "2021-11-05", "", true, 0},
	{"5 دجمبر 2021", "2021-12-05", "", true, 0},
	{"5 الفاتح 1990", "1990-09-05", "", true, 0},
	/* orders and separators */
	{"05/03/2021", "2021-03-05", "", true, 0},
	{"5-3-2021", "2021-03-05", "", true, 0},
	{"2021/3/5", "2021-03-05", "", true, 0},
	{"05.03.2021", "2021-03-05", "", true, 0},
	{"٢٠٢١/٠٣/٠٥", "2021-03-05", "", true, 0},
	{"۵ مارس ۲۰۲۱", "2021-03-05", "", true, 0},
	{"مارس 5، 2021", "2021-03-05", "", true, 0},
	{"Mar. / 5 / 2021", "2021-03-05", "", true, 0},
	{"March 5, 2021", "2021-03-05", "", true, 0},
	{"5th March 2021", "2021-03-05", "", true, 0},
	{"5 mars 2021", "2021-03-05", "", true, 0},
	{"الجمعة 05/مارس/2021 - 09:25 م", "2021-03-05", "", true, 0},
	{"05-مارس-2021", "2021-03-05", "", true, 0},
	{"الجمعة، 5 مارس 2021 - 14:30", "2021-03-05", "", true, 0},
	{"الجمعه 5 مارس / March 2021", "2021-03-05", "", true, 0},
	{"الجمعة 5 مارس (March) 2021", "2021-03-05", "", true, 0},
	{"الجمعة 5 آذار - March 2021", "2021-03-05", "", true, 0},
	{"5 آذار/مارس 2021", "2021-03-05", "", true, 0},
	{"5 مارس (آذار) 2021", "2021-03-05", "", true, 0},
	{"1630 (GMT+03:00) - 05/03/21", "2021-03-05", "", true, 0},
	{"Friday, 5 March 2021 - 14:22 pm", "2021-03-05", "", true, 0},
	{"في 05/03/2021 على الساعة 16:00", "2021-03-05", "", true, 0},
	/* Hijri, alone and with its twin */
	{"21 رجب 1442 هـ", "2021-03-05", "", true, 0},
	{"الجمعة 21/7/1442هـ", "2021-03-05", "", true, 0},
	{"1442/7/21 هـ - الموافق 5/3/2021 م", "2021-03-05", "", true, 0},
	{"21 رجب 1442 هـ - 5 مارس 2021 م", "2021-03-05", "", true, 0},
	{"الجمعة 5 مارس 2021 الموافق 20 رجب 1442", "2021-03-05", "", true, 0},
	{"غرة رجب 1442", "2021-02-13", "", true, 0},
	/* published, updated */
	{"نشر بتاريخ: 5 مارس 2021", "2021-03-05", "", true, NA_ROLE_PUBLISHED},
	{"تاريخ النشر: 2021/3/5", "2021-03-05", "", true, NA_ROLE_PUBLISHED},
	{"آخر تحديث: الجمعة, 5 مارس/ آذار, 2021, 13:23 GMT", "2021-03-05", "2021-03-05", true,
	 NA_ROLE_UPDATED},
	{"تم النشر في 5 مارس 2021 | آخر تحديث 7 مارس 2021", "2021-03-05", "2021-03-07", true,
	 NA_ROLE_PUBLISHED},
	{"05.03.2021 - محدث : 06.03.2021", "2021-03-05", "2021-03-06", true, 0},
	/* relative */
	{"منذ ساعتين", "2023-05-17", "", true, 0},
	{"قبل 3 أيام", "2023-05-14", "", true, 0},
	{"أمس 14:05", "2023-05-16", "", true, 0},
	{"20 مايو", "2023-05-20", "", true, 0},
	/* other words stand beside it */
	{"عمّان - كتب فلان - 5 مارس 2021", "2021-03-05", "", false, 0},
	{"بكين 5 مارس 2021 (وكالة)", "2021-03-05", "", false, 0},
	/* none */
	{"الصفحة الرئيسية", "", "", false, 0},
	{"31/2/2021", "", "", false, 0},
	{"2021", "", "", false, 0},
	{"تيريزا ماي", "", "", false, 0},
	{"قناة 24", "", "", false, 0},
	{"", "", "", false, 0},
};

static void
test_headers(void)
{
	for (size_t i = 0; i < NA_LENGTHOF(headers); i++)
	{
		const header_case *h = &headers[i];
		na_date_line line;
		char what[160];

		if (na_date_header(&na_env_malloc, h->text, (uint32_t) strlen(h->text),
						   day_of("2023-05-17"), &line) != NA_OK)
			abort();
		snprintf(what, sizeof(what), "header day %d updated %d only %d role %d others %u",
				 (int) line.day, (int) line.updated, line.only, line.role, line.others);
		check(line.day == day_of(h->day) && line.updated == day_of(h->updated) &&
				  (h->day[0] == '\0' || line.only == h->only) &&
				  (h->role == 0 || line.role == h->role),
			  what, h->text);
	}
}

typedef struct state
{
	const char *text;
	uint32_t end;
	int n;
	bool ordered;
} state;

static bool
collect(void *ctx, const na_date *d)
{
	state *s = ctx;

	s->n++;
	if (d->byte < s->end || d->nbytes == 0 || d->byte + d->nbytes > strlen(s->text) ||
		d->timex[0] == '\0' || memchr(d->timex, 0, sizeof(d->timex)) == NULL ||
		(d->lo == NA_NO_DAY) != (d->hi == NA_NO_DAY) || d->lo > d->hi)
		s->ordered = false;
	s->end = d->byte + d->nbytes;
	return true;
}

/* any mixture of temporal words: in order, without overlap, inside the text */
static void
test_mixtures(void)
{
	static const char *const words[] = {
		"من",	 "إلى",	   "بين",  "و",		 "3",			"12",	   "2015",	"1436هـ", "مايو",
		"/",	 "-",	   "(",	   ")",		 "،",			"يوم",	   "الأحد", "الماضي", "المقبل",
		"أمس",	 "الساعة", "مساء", "الربع",	 "الأول",		"عام",	   "العام", "منذ",	  "قبل",
		"سنوات", "ثلاث",   "كل",   "نهاية",	 "القرن",		"العشرين", "صيف",	"شوال",	  "الموافق",
		"هذا",	 "نفسه",   "آخر",  ":",		 "بتوقيت",		"غرينتش",  "-8",	"الـ15",  "ونصف",
		"9999",	 "0",	   "31",   "فبراير", "قبل الميلاد", "\n"};
	unsigned seed = 1;
	bool good = true;
	char text[4096];

	for (int round = 0; round < 20000; round++)
	{
		na_date_options options = {round % 3 == 0 ? NA_NO_DAY : 19000 + round % 4000, round % 7};
		state s = {text, 0, 0, true};
		size_t n = 0;

		for (int k = 0; k < 24; k++)
		{
			const char *w;

			seed = seed * 1103515245u + 12345u;
			w = words[(seed >> 16) % NA_LENGTHOF(words)];
			n += (size_t) snprintf(text + n, sizeof(text) - n, "%s%s", w, seed & 0x8000 ? " " : "");
		}
		if (na_dates(&na_env_malloc, text, (uint32_t) n, &options, collect, &s) != NA_OK ||
			!s.ordered)
		{
			good = false;
			check(false, "mixture", text);
			break;
		}
	}
	check(good, "mixtures", "20000 texts");
}

int
main(void)
{
	test_headers();
	test_mixtures();
	return failures > 0;
}
