-- Text search: parser, dictionary, configuration arabic_news.

-- every character is part of a token
SELECT string_agg(token, '' ORDER BY n) = txt AS whole
FROM (VALUES (E'قال «الوزير» في الـ15 من مايو:\n\nإن #غزة_تحت_القصف، راجع https://a.b/c?d=1 و x@y.org <b>لا</b> &amp; 😀 ١٢٫٥٪ كوفيد-19 أ.ف.ب ـــ  ')) v(txt),
	ts_parse('arabic_news', txt) WITH ORDINALITY AS p(tokid, token, n)
WHERE tokid NOT IN (5, 17)
GROUP BY txt;

-- types and lexemes; the parts of a hashtag and the whole
SELECT alias, token, lexemes FROM ts_debug('arabic_news',
	'قالت أ.ف.ب إن وكوفيد-19 في الـ15 و٢٠١٥ #غزة_تحت_القصف @user_1 https://www.example.org/a?b=1 ١٬٢٥٠٫٥ U.N. Reuters <b>')
WHERE alias <> 'blank';

-- a document and a query meet, or must not
CREATE TEMP TABLE pair(doc text, query text, should bool);
INSERT INTO pair VALUES
	('وصل الوزير إلى لندن', 'وزير', true), ('والوزراء مجتمعون', 'وزير', true),
	('افتتحت الوزيرة ثلاث مدارس', 'مدرسة', true), ('للمدرسة باب', 'المدارس', true),
	('أعلنت الشركة أرباحها', 'يعلن', true), ('مسئول كبير', 'المسؤول', true),
	('قمة الكوريتين', 'كوريا', true), ('کتاب قدیم', 'كتاب قديم', true),
	('الـ١٥ من الشهر', '15', true), ('أصيب بكوفيد-19', 'كوفيد 19', true),
	('#غزة_تحت_القصف', 'غزة', true), ('#غزة_تحت_القصف', '#غزة_تحت_القصف', true),
	('استقالة الحكومة', 'استقالت الحكومة', true), ('الرئيس الأميركي', 'أمريكي', true),
	('نتانياهو', 'نتنياهو', true), ('علي عبد الله', 'علي', true),
	('دولة', 'دولي', false), ('عملة', 'عملية', false), ('كتاب', 'كتيبة', false);
SELECT doc, query, should, to_tsvector('arabic_news', doc) @@ plainto_tsquery('arabic_news', query) AS found FROM pair;

-- phrases and prefixes
SELECT to_tsvector('arabic_news', 'قال رئيس الوزراء إن') @@ phraseto_tsquery('arabic_news', 'رئيس الوزراء') AS phrase,
	to_tsvector('arabic_news', 'وزراء ورئيس') @@ phraseto_tsquery('arabic_news', 'رئيس الوزراء') AS order_matters,
	to_tsvector('arabic_news', 'فلسطينيون') @@ to_tsquery('arabic_news', 'فلسط:*') AS prefix;

-- stop words, with proclitics and in all their forms
SELECT to_tsvector('arabic_news', 'في من إلى وفي التي كانت ومنها وهو هذا') AS nothing;

-- headlines mark whole words
SELECT ts_headline('arabic_news', 'أعلنت وزارة التعليم افتتاح خمس مدارس جديدة في العاصمة، وقالت الوزارة إن المدرسة الأولى #مدارس_المستقبل تستقبل الطلاب الـ200 غدا.',
	plainto_tsquery('arabic_news', 'مدرسة'), 'StartSel=[, StopSel=], HighlightAll=true');
SELECT ts_headline('arabic_news', 'تستقبل الطلاب الـ200 غدا', plainto_tsquery('arabic_news', '200'), 'StartSel=[, StopSel=]');

-- dictionaries with options
CREATE TEXT SEARCH DICTIONARY arabic_lemma (TEMPLATE = arabic_news, Families = false, StopWords = 'none');
CREATE TEXT SEARCH DICTIONARY arabic_exact (TEMPLATE = arabic_news, KeepHamza = true);
CREATE TEXT SEARCH DICTIONARY arabic_marks (TEMPLATE = arabic_news, KeepMarks = true);
CREATE TEXT SEARCH DICTIONARY arabic_words (TEMPLATE = arabic_news, Stem = false);
SELECT ts_lexize('arabic_news', 'استقالة') AS family, ts_lexize('arabic_lemma', 'استقالة') AS lemma,
	ts_lexize('arabic_lemma', 'في') AS no_stop, ts_lexize('arabic_news', 'في') AS stop,
	ts_lexize('arabic_exact', 'المسئولة') AS hamza, ts_lexize('arabic_marks', 'عُمان') AS marks, ts_lexize('arabic_words', 'الأُسرة') AS word;
CREATE TEXT SEARCH DICTIONARY arabic_bad (TEMPLATE = arabic_news, Colour = red);

-- odd input
SELECT to_tsvector('arabic_news', '') AS empty, to_tsvector('arabic_news', E'\n \t') AS blank,
	length(to_tsvector('arabic_news', repeat('ا', 100000))) AS letters, count(*) AS blanks
FROM ts_parse('arabic_news', repeat(' ', 20000));

-- blanks of any length: no token is too long for the server, and a headline keeps them
SELECT count(*) > 1 AS pieces, max(octet_length(token)) < 2047 AS short, string_agg(token, '') = txt AS whole
FROM (VALUES ('وزير' || repeat(' ', 5000) || repeat('ـ…', 3000) || 'نفط')) v(txt), ts_parse('arabic_news', txt) GROUP BY txt;
SELECT to_tsvector('arabic_news', 'وزير' || repeat('. ', 3000) || 'نفط') AS blanks;
SELECT h = '[وزير]' || repeat('. ', 3000) || 'نفط' AS headline
FROM ts_headline('arabic_news', 'وزير' || repeat('. ', 3000) || 'نفط', 'وزير'::tsquery, 'StartSel=[, StopSel=], HighlightAll=true') h;
-- so does a URL that is too long, and lexemes that would be
SELECT to_tsvector('arabic_news', 'نفط http://a.org/' || repeat('x', 3000) || ' وزير') @@ 'a.org'::tsquery AS host,
	ts_headline('arabic_news', t, 'نفط'::tsquery, 'StartSel=[, StopSel=], HighlightAll=true') = replace(t, 'نفط', '[نفط]') AS headline
FROM (VALUES ('نفط http://a.org/' || repeat('x', 3000) || ' وزير')) v(t);
SELECT ts_lexize('arabic_news', repeat('ﷺ', 63)) AS too_long, octet_length((ts_lexize('arabic_news', repeat('ﷺ', 62)))[1]) AS long;

-- hosts and paths are what they are, of single letters, too; alone they are abbreviations
SELECT token, lexemes FROM ts_debug('arabic_news', 'http://x.y/a.b.c http://أ.ب/ http://1.2.3.4/ http://x.1/ http://host:8080/ x.y a.b.c U.N.')
WHERE alias IN ('host', 'url_path', 'abbreviation');
SELECT to_tsvector('arabic_news', 'http://../ http://./a') AS points;
-- a stop word and a number
SELECT ts_lexize('arabic_news', 'في-19') AS stop, ts_lexize('arabic_news', 'كوفيد-19') AS word;
