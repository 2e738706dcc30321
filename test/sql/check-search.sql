-- Text search: the same in every locale; dictionaries in front and behind; recipes for indexes.
CREATE EXTENSION news_ar;

-- what a database of another locale makes of the same words
SELECT $$SELECT md5(concat_ws('|', ar_query(w), to_tsvector('arabic_news', w), ar_query_any(w))) AS hash
FROM (VALUES (E'قال «الوزير العام» في G-20 -إسرائيل أو "حرب غزة" OR ISTANBUL İSTANBUL ILI\u00a0\u2003وزير\u200fمصر\u3000ÉCOLE Straße orالف ĳ https://www.Example.org/A?b=1&c=2 F-16 كوفيد-19 ١٢٫٥ #وسم_طويل x@Y.org (أ|ب) !ت \\ '' '':*')) v(w)$$ AS probe \gset
:probe \gset here_
CREATE DATABASE news_ar_check_c TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8';
CREATE DATABASE news_ar_check_u TEMPLATE template0 LOCALE 'C.UTF-8' ENCODING 'UTF8';
\connect news_ar_check_c
CREATE EXTENSION news_ar;
:probe \gset c_
\connect news_ar_check_u
CREATE EXTENSION news_ar;
:probe \gset u_
\connect news_ar_check
DROP DATABASE news_ar_check_c;
DROP DATABASE news_ar_check_u;
SELECT CASE WHEN :'here_hash' = :'c_hash' AND :'c_hash' = :'u_hash' THEN 'ok' ELSE 'not ok' END
	|| ' queries and vectors are the same in the locales C and C.UTF-8';

-- no setting that a user can change changes them
SET lc_messages = 'C'; SET default_text_search_config = 'pg_catalog.english'; SET standard_conforming_strings = on;
:probe \gset set_
SELECT CASE WHEN :'here_hash' = :'set_hash' THEN 'ok' ELSE 'not ok' END || ' nor do settings change them';

-- a query finds what it should, and only that
CREATE TEMP TABLE pair (doc text, query text, should bool);
INSERT INTO pair VALUES
	('قمة G20 في الرياض', 'G-20', true), ('قمة G-20 في الرياض', 'G20', true), ('قمة G 20 في الرياض', 'G20', true),
	('مقاتلات F-16 جديدة', 'f16', true), ('مقاتلات إف-16 جديدة', 'إف16', true), ('لقاح كوفيد-19', 'كوفيد', true), ('لقاح كوفيد 19', 'كوفيد-19', true),
	('لقاح كوفيد-19', 'كوفيد-20', false), ('شبكة 5G في المدن', '5g', true), ('فيروس H1N1 يعود', 'h1n1', true),
	('نشر موقع www.aljazeera.net خبرا', 'aljazeera.net', true), ('نشر موقع www.aljazeera.net خبرا', 'Aljazeera', true),
	('الرابط https://www.bbc.co.uk/arabic/1?x=2', 'bbc.co.uk', true), ('الرابط https://www.bbc.co.uk/arabic/1?x=2', 'https://www.bbc.co.uk/arabic/1?x=2', true),
	('راسلوا Press.Desk@mail.example.org', 'press.desk@MAIL.example.org', true), ('تقرير WHO عن الصحة', 'who', true), ('تقرير REUTERS', 'Reuters', true),
	('خمسة قتلى', '5 قتلى', true), ('سقط ٣ قتلى', 'ثلاثة قتلى', true), ('في العام ٢٠٢٤', '2024', true), ('بلغ ١٬٢٥٠ دولارا', '1250', true),
	('#غزة_تحت_القصف الليلة', 'القصف', true), ('#غزة_تحت_القصف الليلة', '#غزة_تحت_القصف', true), ('قصف غزة', '#غزة_تحت_القصف', false),
	('انتخب المجلس رئيسا', 'انتخاب', true), ('ارتفعت الأسعار', 'ارتفاع أسعار', true), ('الهيأة العامة', 'هيئة عامة', true), ('مسئولون أمريكيون', 'مسؤول أميركي', true),
	('على الطاولة', 'علي', false), ('زار علي المدينة', 'علي', true), ('إلهي', 'هي', false), ('لعبة', 'لاعب', false),
	('حرب غزة الأخيرة', '"حرب غزة"', true), ('لقاح كوفيد19', 'كوفيد', true), ('لقاح كوفيد19', 'كوفيد-19', true), ('غزة بعد حرب', '"حرب غزة"', false), ('وزير الصحة', 'وزير -الصحة', false), ('وزير النقل', 'وزير -الصحة', true),
	('وزير النقل', 'الصحة أو النقل', true), ('لقاء غزة القاهرة', 'غزة - القاهرة', true), ('وزير', '', false), ('وزير', 'في من', false);
SELECT CASE WHEN (to_tsvector('arabic_news', doc) @@ ar_query(query)) = should THEN 'ok' ELSE 'not ok' END || format(' %s | %s', doc, query) FROM pair;

-- headlines mark whole words, on a page of several lines, too
SELECT CASE WHEN h = E'[وزراء] الصحة العرب\n\nبيروت - قال [الوزير] إن لقاح [كوفيد-19] متوفر؛ «[وللوزراء]» رأي آخر' THEN 'ok' ELSE 'not ok ' || h END || ' headline of a page'
FROM ts_headline('arabic_news', E'وزراء الصحة العرب\n\nبيروت - قال الوزير إن لقاح كوفيد-19 متوفر؛ «وللوزراء» رأي آخر',
	ar_query('وزير OR كوفيد-19'), 'StartSel=[, StopSel=], HighlightAll=true') h;

-- options of the dictionary
CREATE TEXT SEARCH DICTIONARY exact_words (TEMPLATE = arabic_news, Stem = false, StopWords = 'none');
SELECT CASE WHEN ts_lexize('exact_words', 'الأهرام') = '{الاهرام}' THEN 'ok' ELSE 'not ok' END || ' Stem = false';
SELECT CASE WHEN ts_lexize('exact_words', 'من') = '{من}' AND ts_lexize('arabic_news', 'من') = '{}' THEN 'ok' ELSE 'not ok' END || ' StopWords = none';
CREATE TEXT SEARCH DICTIONARY known_words (TEMPLATE = arabic_news, PassUnknown = true);
SELECT CASE WHEN ts_lexize('known_words', 'مدارس') = '{مدرسه}' AND ts_lexize('known_words', 'زخطفور') IS NULL AND ts_lexize('known_words', 'Paris') IS NULL
	THEN 'ok' ELSE 'not ok' END || ' PassUnknown';
SELECT CASE WHEN ts_lexize('known_words', 'ﻓﻲ') = '{}' AND ts_lexize('known_words', 'ﻭﺯﻳﺮ') = '{وزير}' AND ts_lexize('known_words', 'www.example.org') IS NULL
	THEN 'ok' ELSE 'not ok' END || ' PassUnknown, words in presentation forms';
CREATE TEXT SEARCH DICTIONARY known_as_is (TEMPLATE = arabic_news, PassUnknown = true, Stem = false);
CREATE TEXT SEARCH DICTIONARY known_marks (TEMPLATE = arabic_news, PassUnknown = true, KeepMarks = true);
CREATE TEXT SEARCH DICTIONARY known_hamza (TEMPLATE = arabic_news, PassUnknown = true, KeepHamza = true);
SELECT CASE WHEN ts_lexize(d, 'مدارس') = '{مدارس}' AND ts_lexize(d, 'في') = '{}' AND ts_lexize(d, 'زخطفور') IS NULL AND ts_lexize(d, 'Paris') IS NULL
	THEN 'ok' ELSE 'not ok' END || format(' PassUnknown of words as they are, %s', d)
FROM unnest('{known_as_is, known_marks, known_hamza}'::regdictionary[]) d;

-- files of the server: a user's stop words, and synonyms in front of and behind the dictionary
\! d="$("$PG_CONFIG" --sharedir)/tsearch_data"; printf 'الْوكالة\nأضاف\nwww.example.org\nexample.net\nnews\nكوفيد19\nزخطفور\nParis\n' > "$d/news_ar_check.stop"; printf 'الناتو حلف_الأطلسي\n' > "$d/news_ar_front.syn"; printf 'يوم نهار\nسياره مركبه\n' > "$d/news_ar_behind.syn"
CREATE TEXT SEARCH DICTIONARY own_stop (TEMPLATE = arabic_news, StopWords = 'news_ar_check');
SELECT CASE WHEN ts_lexize('own_stop', 'الوكالة') = '{}' AND ts_lexize('own_stop', 'اضاف') = '{}' AND ts_lexize('own_stop', 'في') = '{في}'
	THEN 'ok' ELSE 'not ok' END || ' StopWords of a file, normalised';
SELECT CASE WHEN ts_lexize('own_stop', word) = lexemes::text[] THEN 'ok' ELSE 'not ok' END || format(' a stop word of another kind: %s', word)
FROM (VALUES ('www.example.org', '{}'), ('Example.net', '{}'), ('www.example.net', '{}'), ('www.news.com', '{news.com}'), ('كوفيد-19', '{}'), ('كوفيد19', '{}'),
	('paris', '{}'), ('example.com', '{example.com,example}')) v(word, lexemes);
CREATE TEXT SEARCH CONFIGURATION news_own_stop (COPY = arabic_news);
ALTER TEXT SEARCH CONFIGURATION news_own_stop ALTER MAPPING FOR host, word WITH own_stop;
SELECT CASE WHEN to_tsvector('news_own_stop', 'راجع www.example.org الآن')::text = $$'الان':3 'راجع':1$$
	THEN 'ok' ELSE 'not ok ' || to_tsvector('news_own_stop', 'راجع www.example.org الآن')::text END || ' a host is a stop word';
CREATE TEXT SEARCH DICTIONARY own_stop_known (TEMPLATE = arabic_news, StopWords = 'news_ar_check', PassUnknown = true);
CREATE TEXT SEARCH DICTIONARY own_stop_as_is (TEMPLATE = arabic_news, StopWords = 'news_ar_check', PassUnknown = true, Stem = false);
SELECT CASE WHEN ts_lexize(d, 'زخطفور') = '{}' AND ts_lexize(d, 'Paris') = '{}' AND ts_lexize(d, 'زخطفورة') IS NULL AND ts_lexize(d, 'London') IS NULL AND ts_lexize(d, 'في') IS NOT NULL
	THEN 'ok' ELSE 'not ok' END || format(' what the lexicon does not know may be a stop word, %s', d)
FROM unnest('{own_stop_known, own_stop_as_is}'::regdictionary[]) d;
CREATE TEXT SEARCH DICTIONARY front (TEMPLATE = synonym, Synonyms = 'news_ar_front');
CREATE TEXT SEARCH DICTIONARY lexemes (TEMPLATE = arabic_news, Filter = true);
CREATE TEXT SEARCH DICTIONARY behind (TEMPLATE = synonym, Synonyms = 'news_ar_behind');
CREATE TEXT SEARCH CONFIGURATION news_synonyms (COPY = arabic_news);
ALTER TEXT SEARCH CONFIGURATION news_synonyms ALTER MAPPING FOR word WITH front, lexemes, behind, simple;
SELECT CASE WHEN to_tsvector('news_synonyms', 'في أيام سياراتنا مع الناتو ومدارس')::text = $$'حلف_الأطلسي':5 'مدرسه':6 'مركبه':3 'نهار':2$$
	THEN 'ok' ELSE 'not ok ' || to_tsvector('news_synonyms', 'في أيام سياراتنا مع الناتو ومدارس')::text END || ' synonyms in front, and behind a dictionary with Filter';

-- a thesaurus in front: ar_query() finds entries of several words without quotation marks
\! printf 'وزارة الخارجية : *وزخارج\nمجلس الأمن القومي : امنقومي\n' > "$("$PG_CONFIG" --sharedir)/tsearch_data/news_ar_check.ths"
CREATE TEXT SEARCH DICTIONARY names (TEMPLATE = thesaurus, DictFile = 'news_ar_check', Dictionary = arabic_news);
CREATE TEXT SEARCH CONFIGURATION news_names (COPY = arabic_news);
ALTER TEXT SEARCH CONFIGURATION news_names ALTER MAPPING FOR word WITH names, arabic_news;
SELECT CASE WHEN ar_query('news_names', q)::text = want THEN 'ok' ELSE 'not ok ' || ar_query('news_names', q)::text END || format(' ar_query with a thesaurus: %s', q)
FROM (VALUES ('وزارة الخارجية', $$'وزخارج'$$), ('النفط وزارة الخارجية الروسية', $$'نفط' & 'وزخارج' & 'روسي'$$),
	('"وزارة الخارجية"', $$'وزخارج'$$), ('وزارة الخارجية أو النفط', $$'وزخارج' | 'نفط'$$), ('وزارة أو الخارجية', $$'وزاره' | 'خارجيه'$$),
	('وزارة -الخارجية', $$'وزاره' & !'خارجيه'$$), ('وزارة - الخارجية', $$'وزخارج'$$), ('وزارة في الخارجية', $$'وزاره' & 'خارجيه'$$),
	('مجلس الأمن القومي G-20', $$'امنقومي' & ( 'g20' | 'g' & '20' )$$), ('مجلس الأمن كوفيد/مصر', $$'مجلس' & 'امن' & 'كوفيد' <-> 'مصر'$$), ('في من', ''), ('', '')) v(q, want);
SELECT CASE WHEN to_tsvector('news_names', doc) @@ ar_query('news_names', q) THEN 'ok' ELSE 'not ok' END || format(' found: %s', q)
FROM (VALUES ('قالت وزارة الخارجية أمس', 'وزارة الخارجية'), ('اجتماع مجلس الأمن القومي', 'اجتماع مجلس الأمن القومي')) v(doc, q);
\! rm -f "$("$PG_CONFIG" --sharedir)"/tsearch_data/news_ar_*.s[ty][on]* "$("$PG_CONFIG" --sharedir)"/tsearch_data/news_ar_*.ths

-- what has no lexeme does not count; what has too many is refused, and a query that is not refused is written and read
SET client_min_messages = warning;
CREATE FUNCTION state(text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE q tsquery;
BEGIN
	q := ar_query($1);
	IF q::text::tsquery <> q THEN RETURN 'differs'; END IF;
	RETURN 'fine';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT CASE WHEN state(q) = want THEN 'ok' ELSE 'not ok ' || left(state(q), 200) END || ' query of ' || what
FROM (VALUES ('quotation marks', repeat('"', 100000), 'fine'), ('stop words', repeat('في ', 5000), 'fine'), ('a phrase of stop words', '"' || repeat('في ', 50000), 'fine'),
	('1000 words', repeat('وزير ', 1000), 'fine'), ('1001 words', repeat('وزير ', 1001), '54000 more than 1000 words in a query'),
	('a phrase of 1000 words', '"' || repeat('وزير ', 1000), 'fine'), ('a phrase of 20000 words', '"' || repeat('وزير ', 20000), '54000 more than 1000 words in a query'),
	('a phrase of 30000 places', '"وزير ' || repeat('في ', 30000) || 'نفط"', '54000 more than 1000 words in a query'),
	('phrases of 1001 words', repeat('"' || repeat('وزير ', 500) || '" ', 2) || 'نفط', '54000 more than 1000 words in a query'),
	('a word of 3 MB', repeat('ا', 1500000), '54000 more than 1000 words in a query'),
	('a word that is too long', repeat('ﷺ', 100), 'fine'),
	('long words', repeat('http://a.org/' || repeat('x', 1900) || ' ', 330), '54000 words of a query take more than 1048574 bytes')) v(what, q, want);

-- two sessions refresh statistics at once, of a table that is there and of one that both would make
CREATE TABLE doc (v tsvector);
INSERT INTO doc VALUES ('a b'), ('b c');
SELECT ar_bm25_refresh('doc_terms', 'doc', 'v') \g /dev/null
SELECT pg_backend_pid() AS pid, current_database() AS home \gset
\setenv NA_CHECK_DB :home
-- another session starts the same, and waits for this one
CREATE PROCEDURE wait_for_other(me int) LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. 600 LOOP
		EXIT WHEN EXISTS (SELECT FROM pg_stat_activity a WHERE me = ANY (pg_blocking_pids(a.pid)));
		PERFORM pg_sleep(0.05), pg_stat_clear_snapshot();
	END LOOP;
END $$;
BEGIN;
SELECT ar_bm25_refresh('doc_terms', 'doc', 'v') \g /dev/null
\! psql -X -q -At -d "$NA_CHECK_DB" -c "SELECT ar_bm25_refresh('doc_terms', 'doc', 'v')" > "$NA_WORK/refresh.1" 2>&1 &
CALL wait_for_other(:pid);
-- a reader does not wait
\! PGOPTIONS='-c statement_timeout=10s -c client_min_messages=warning' psql -X -q -At -d "$NA_CHECK_DB" -c "SELECT (ar_bm25_query('doc_terms', 'a')).terms" > "$NA_WORK/refresh.reader" 2>&1
COMMIT;
BEGIN;
SELECT ar_bm25_refresh('new_terms', 'doc', 'v') \g /dev/null
\! psql -X -q -At -d "$NA_CHECK_DB" -c "SELECT ar_bm25_refresh('new_terms', 'doc', 'v')" > "$NA_WORK/refresh.2" 2>&1 &
CALL wait_for_other(:pid);
COMMIT;
-- they are done when their sessions have gone
DO $$
BEGIN
	FOR i IN 1 .. 600 LOOP
		EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT ar_bm25_refresh%' AND pid <> pg_backend_pid());
		PERFORM pg_sleep(0.05), pg_stat_clear_snapshot();
	END LOOP;
END $$;
\set first `cat "$NA_WORK/refresh.1"`
\set second `cat "$NA_WORK/refresh.2"`
\set reader `cat "$NA_WORK/refresh.reader"`
SELECT CASE WHEN :'first' ~ '2$' AND :'first' !~ 'ERROR' THEN 'ok' ELSE 'not ok ' || :'first' END || ' two refreshes at once';
SELECT CASE WHEN :'second' ~ '2$' AND :'second' !~ 'ERROR' THEN 'ok' ELSE 'not ok ' || :'second' END || ' two refreshes that make the table';
SELECT CASE WHEN :'reader' = '{a}' THEN 'ok' ELSE 'not ok ' || :'reader' END || ' a reader beside a refresh';
SELECT CASE WHEN (SELECT array_agg(t::text ORDER BY t.term) FROM doc_terms t) = (SELECT array_agg(t::text ORDER BY t.term) FROM new_terms t) AND (SELECT count(*) FROM doc_terms) = 4
	THEN 'ok' ELSE 'not ok' END || ' statistics after them';
