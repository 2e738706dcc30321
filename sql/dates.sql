SET datestyle = 'ISO, YMD';
-- Dates of page headers: every set of month names, digits, calendars, orders.
-- controls are not shown: psql's versions differ in their width
SELECT id, translate(h, U&'\200E\200F', '') AS h, ar_date(h) FROM (VALUES
	(1, 'الأحد 14 آب / August 2022'),
	(2, 'الثلاثاء، ٩ تشرين الأول ٢٠١٨'),
	(3, 'آخر تحديث: الاثنين, 6 مايو/ أيار, 2013, 10:15 GMT'),
	(4, 'السبت، 02 حزيران/يونيه 2012، آخر تحديث 16:00 (GMT+0400)'),
	(5, '0930 (GMT+04:00) - 14/03/11'),
	(6, '19 صفر 1440 هـ - 28 أكتوبر 2018 م'),
	(7, '٥ ذو القعدة ١٤٤٣ هـ'),
	(8, 'الأربعاء 12/6/1444هـ'),
	(9, 'الجمعة 21 فيفري 2020'),
	(10, 'الخميس 24 دجنبر 2020 - 11:30'),
	(11, 'الإثنين 03/غشت/2021 - 09:25 م'),
	(12, '2017-11-05 | 08:09'),
	(13, '7 شتنبر 2016م'),
	(14, '۱۷ مارس ۲۰۱۹'),
	(15, '23.08.2024, موقع الخبر'),
	(16, 'Tuesday, 4 June 2019 / الثلاثاء 4 يونيو 2019'),
	(17, 'تاريخ النشر: 2nd, March 2023 GMT'),
	(18, 'الخميس , فبراير 17 2011'),
	(19, U&'\200Fالسبت 9 نوفمبر / \200ENovember 2019\200E'),
	(20, 'نشر في 3 كانون الثاني 2021، آخر تحديث 5 كانون الثاني 2021'),
	(21, 'أول محرم 1445'),
	-- the number wins over the weekday
	(22, 'الاثنين 9 نوفمبر 2019'),
	-- nothing to be read: impossible, a name, a bare year, none
	(23, '31 أبريل 2020'),
	(24, 'الرئيسية | من نحن | اتصل بنا'),
	(25, 'حي 7 نيسان'),
	(26, '2019'),
	(27, '')) v(id, h) ORDER BY id;

-- With the day of writing: no year, relative days. Without it: NULL.
SELECT h, ar_date(h, '2022-03-02') AS known, ar_date(h, NULL) AS unknown
FROM (VALUES ('28 ديسمبر'), ('أمس'), ('قبل 3 ساعات'), ('الجمعة الماضي'), ('5 مارس 2021')) v(h);
SELECT ar_date(NULL, '2022-03-02') IS NULL AS no_text;
SELECT ar_date('أمس', 'infinity');

-- Temporal expressions, one line of a story each; the day of writing is Wednesday 2022-03-02.
CREATE FUNCTION pg_temp.dates(text, OUT surface text, OUT kind text, OUT timex text, OUT during daterange, OUT grain text)
RETURNS SETOF record LANGUAGE sql AS
'SELECT d.surface, d.kind, d.timex, d.during, d.grain FROM ar_dates($1, ''2022-03-02'') d ORDER BY d.start';

-- absolute dates, dual names, the Gregorian twin of a Hijri date
SELECT * FROM pg_temp.dates('افتتح المعرض في 3 شباط (فبراير) 2019، وأغلق في الخامس والعشرين من نيسان/أبريل من العام نفسه.');
SELECT * FROM pg_temp.dates('وصدر القرار بتاريخ 17/6/1441هـ الموافق 11/2/2020م.');
SELECT * FROM pg_temp.dates('حل شهر رمضان لعام 1442هـ، ثم عيد الفطر في العاشر من شهر شوال الماضي.');
-- ranges and lists
SELECT * FROM pg_temp.dates('تقام الدورة من 28 ديسمبر إلى 3 يناير، وأقيمت سابقتها بين عامي 2015 و2017.');
SELECT * FROM pg_temp.dates('موسم 2019/2018 ثم 2020-2021 ثم 2021/22');
SELECT * FROM pg_temp.dates('اجتمعوا يومي 12 و13 آذار 2020، وفي 2 و9 و16 نيسان 2020.');
SELECT * FROM pg_temp.dates('خلال الفترة من 7 إلى 11 جمادى الأولى الموافق 11 - 15 ديسمبر 2021');
-- clock times, zones, parts of the day
SELECT * FROM pg_temp.dates('بدأت الجلسة الساعة 14:30 بتوقيت غرينتش، وانتهت الثامنة والنصف مساء الأحد (17:30 ت.غ).');
SELECT * FROM pg_temp.dates('وقع الحادث فجر أمس، ويصل الوفد صباح غد الخميس عند الساعة 9.');
-- relative dates: calendar units before and behind
SELECT * FROM pg_temp.dates('قبل يومين، ومنذ 6 أشهر، ومنذ سنة وشهرين، والأسبوع الماضي، والعام قبل الماضي، والشهر المقبل.');
SELECT * FROM pg_temp.dates('24 تموز الفائت، وأواخر أيلول الماضي، ومنتصف الشهر الجاري، ومطلع العام، ونهاية 2020، والـ15 من الجاري');
-- a bare weekday looks back, unless the sentence looks ahead
SELECT * FROM pg_temp.dates('قال الوزير الأحد إن اللجنة ستجتمع الأحد.');
SELECT * FROM pg_temp.dates('يلتقي الفريقان السبت، وكانا تعادلا السبت الماضي.');
-- what hangs on the date mentioned last
SELECT * FROM pg_temp.dates('وصل في 5 أيار 2018 وغادر في اليوم التالي، ثم عاد في الشهر نفسه.');
-- quarters, seasons, decades, centuries, eras
SELECT * FROM pg_temp.dates('في الربع الثالث من 2021، والنصف الأول من العام الحالي، وصيف 2019، والشتاء الماضي');
SELECT * FROM pg_temp.dates('في ستينيات القرن الماضي، والقرن الثامن عشر، وعام 332 قبل الميلاد، والعقد الماضي');
-- durations, sets, vague references
SELECT * FROM pg_temp.dates('استمر 207 أيام، ثم ثلاثة أسابيع، وساعتين ونصف، وخلال السنوات الخمس المقبلة.');
SELECT * FROM pg_temp.dates('يفتح كل يوم جمعة، ويومي الاثنين والخميس، ويصدر سنويا في 1 آذار من كل عام.');
SELECT * FROM pg_temp.dates('حاليا، ومؤخرا، وفي المستقبل القريب، وخلال الأيام المقبلة');
-- events that are named by their day
SELECT * FROM pg_temp.dates('منذ ثورة 25 يناير، وقبل هجمات 11 سبتمبر، وعلى حدود الرابع من حزيران');
-- none of these is a date
SELECT * FROM pg_temp.dates('سكان مدينة 6 أكتوبر، وقوى 14 آذار، وقناة 24، وتيريزا ماي، واللاعب (23 عاما)، والنتيجة 3-1');
SELECT * FROM pg_temp.dates('القرار رقم 29/2015، هاتف 0531.234.567، على بعد 12 سنة ضوئية، الأمين العام السابق، مارس ضغوطا');
SELECT * FROM pg_temp.dates('30 فبراير 2020، 45/12/2021، 13/13/2020');

-- the day of writing is unknown: X digits, no days
SELECT d.surface, d.timex, d.during FROM ar_dates('وصل أمس، ويغادر الأحد أو في 12 أيار، ثم يعود العام المقبل.') d;
SELECT d.surface, d.timex, d.during FROM ar_dates('وصل أمس', NULL) d;
SELECT count(*) FROM ar_dates(NULL, '2022-03-02');
-- the week before the one of Sunday 6 March, by the day on which weeks start
SELECT week_start, d.during FROM generate_series(1, 7) week_start, ar_dates('الأسبوع الماضي', '2022-03-06', week_start) d;
SELECT * FROM ar_dates('الأسبوع الماضي', '2022-03-06', 8);
SELECT * FROM ar_dates('أمس', '10000-01-01');

-- offsets are characters and give back the surface; nothing is lost in odd text
SELECT count(*) AS n, bool_and(substr(t, start, length) = surface) AS exact
FROM (VALUES (U&'\FEFFو\200Fفي 3\200E مَايُو \+01F600 2020'), (E'2020\n\n2021'), (repeat('من ', 3000) || 'الأحد'),
	(repeat('النصف الأول من ', 5000)), (repeat('1/', 20000)), (repeat('ثلاثة و', 20000)), ('')) v(t), ar_dates(t, '2020-01-01');

-- in a generated column and in an index
CREATE TEMP TABLE page (header text, day date GENERATED ALWAYS AS (ar_date(header)) STORED);
CREATE INDEX ON page (ar_date(header));
INSERT INTO page VALUES ('الأحد 14 آب / August 2022'), ('بلا تاريخ');
SELECT * FROM page;
-- before the first year of our era
SELECT surface, timex, during FROM ar_dates('العام الماضي والقرن الماضي والعقد الماضي والشهر الماضي والأسبوع الماضي والشتاء الماضي وأمس', '0001-01-01');
