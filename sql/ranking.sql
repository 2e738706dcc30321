-- Ranking by BM25, user's queries, did-you-mean.
CREATE TABLE story(id int PRIMARY KEY, body text,
	vector tsvector GENERATED ALWAYS AS (to_tsvector('arabic_news', body)) STORED);
INSERT INTO story(id, body) VALUES
	(1, 'أعلنت وزارة الصحة حملة تطعيم جديدة في المدارس'),
	(2, 'قال وزير الصحة إن الحملة تشمل كل المدارس، وإن التطعيم مجاني'),
	(3, 'افتتح الوزير معرض الكتاب في العاصمة'),
	(4, 'فاز المنتخب بكأس البطولة بعد مباراة مثيرة'),
	(5, 'الوزير يزور معرض الكتاب ويلتقي الناشرين، وزوار المعرض يشترون الكتب');
CREATE INDEX ON story USING gin (vector);

-- statistics in one call
SELECT ar_bm25_refresh('story_terms', 'story', 'vector');
SELECT * FROM story_terms WHERE term IN ('', 'وزير', 'معرض', 'مدرسه') ORDER BY term;

-- ranked, rare words count more
SELECT id, round(ar_bm25(vector, q)::numeric, 3) AS score
FROM story, ar_bm25_query('story_terms', ar_query_any('وزراء في المعارض')) q
WHERE vector @@ ar_query_any('وزراء في المعارض') ORDER BY score DESC, id;
SELECT ar_bm25(''::tsvector, ar_bm25_query('story_terms', ar_query('وزير'))) AS empty, ar_query_any('في من') IS NULL AS only_stop_words;

-- what users type
SELECT w, ar_query(w) FROM unnest(ARRAY['وزير الصحة', '«معرض الكتاب» -الوزير', '"معرض الكتاب"', 'الصحة أو الكتاب', 'وزارة OR مدرسة']) w;

-- excluded terms have no weight
SELECT (ar_bm25_query('story_terms', ar_query('الكتاب -الصحة'))).terms;

-- did you mean
SELECT * FROM ar_suggest('story_terms', 'المعرظ');
SELECT ar_distance('معرض', 'مرعض'), ar_distance('معرض', 'معرض'), ar_distance('', 'اب'), ar_distance(repeat('ا', 65), 'ا') IS NULL AS long;

-- mistakes
SELECT ar_bm25_score('a'::tsvector, '{a}', '{1,2}', 1, 1.2, 0.75);
SELECT ar_bm25_score('a'::tsvector, '{a}', '{1}', 1, -1, 0.75);
SELECT ar_bm25_score('a'::tsvector, '{a}', '{1}', 1, 'Infinity', 0.75);
SELECT ar_bm25_score('a'::tsvector, '{a}', '{1}', 1, 'NaN', 0.75);
SELECT ar_bm25_score('a'::tsvector, '{a}', '{1}', 1, 1.2, 'Infinity');
SELECT ar_bm25_score('a'::tsvector, '{a}', '{1}', 1, 1.2, 'NaN');
SELECT round(ar_bm25_score('a:1,2,3 b'::tsvector, '{a}', '{1}', 2, 1.7e308, 0.75)::numeric, 3) AS large, ar_bm25('a'::tsvector, ROW('{a}', '{1}', 1), k1 => 0, b => 0) AS none;
