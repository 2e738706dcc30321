-- ar_page_blocks, ar_page: the article inside a copied page.

-- A page as a reader copies it.  The date above everything is the day on which
-- it was seen; the headline stands twice, the caption repeats a sentence.
CREATE TABLE page (id text, content text);
INSERT INTO page VALUES ('tv', $page$الثلاثاء 4 فبراير / February 2025

رياح قوية.. إغلاق ميناءي الإسكندرية والدخيلة أمام حركة السفن

رياح قوية.. إغلاق ميناءي الإسكندرية والدخيلة أمام حركة السفن

شارك القصة

تقرير سابق لـ"العربي" عن النوات الشتوية في الإسكندرية (الصورة: غيتي)
أغلقت هيئة ميناء الإسكندرية ميناءي الإسكندرية والدخيلة بسبب سرعة الرياح التي بلغت 60 كيلومترًا في الساعة وارتفاع الأمواج إلى أربعة أمتار.

أعلنت الهيئة في بيان أن حركة السفن توقفت عند السادسة صباحًا، على أن تُستأنف فور تحسن الأحوال الجوية في البحر المتوسط.

وقال رئيس الهيئة أحمد حواش: "لم تقع إصابات، والسفن الراسية عند الأرصفة في أمان تام".

لم تقع إصابات والسفن الراسية عند الأرصفة في أمان تام
لم تقع إصابات والسفن الراسية عند الأرصفة في أمان تام - غيتي

"نوة الكرم"

ويعرف أهالي المدينة هذه الرياح باسم نوة الكرم، وتضرب الساحل المصري في أواخر يناير/ كانون الثاني من كل عام وتستمر أيامًا.

تابع القراءة
المصادر:
العربي - أ ف ب
Close
$page$);
SELECT b.line, b.kind, left(b.content, 40) AS content FROM page, ar_page_blocks(page.content) b;

-- start and length are those of the line: substr() gives it back
SELECT bool_and(substr(page.content, b.start, b.length) = b.content) AS exact
FROM page, ar_page_blocks(page.content) b;

-- the fields
SELECT headline, published, page_date, subheads, captions, credits, agencies, sources
FROM page, ar_page(content);
SELECT left(lead, 30) AS lead, array_length(string_to_array(body, E'\n\n'), 1) AS paragraphs FROM page, ar_page(content);

-- datelines and bylines in the forms of agencies and papers
SELECT byline, author, dateline, published, agencies
FROM (VALUES
	(E'عنوان الخبر الأول عن افتتاح الطريق الجديد\nأحمد السالم - الرياض\n2015-08-01 07:57:35\nافتتح وزير النقل السعودي اليوم طريقا جديدا يربط الرياض بالقصيم، بطول يصل إلى ثلاثمئة كيلومتر وبكلفة مليار ريال.\nوقال الوزير إن الطريق يختصر ساعة كاملة من زمن الرحلة بين المدينتين ويخفف الضغط.'),
	(E'عنوان الخبر الثاني عن افتتاح الطريق الجديد\nجاكرتا :د ب أ\n2015-08-03 21:17:53\nافتتح وزير النقل اليوم طريقا جديدا يربط العاصمة بالساحل، بطول يصل إلى ثلاثمئة كيلومتر وبكلفة مليار دولار.\nوقال الوزير إن الطريق يختصر ساعة كاملة من زمن الرحلة بين المدينتين ويخفف الضغط.'),
	(E'عنوان الخبر الثالث عن افتتاح الطريق الجديد\n1908 (GMT+04:00) - 02/05/09\nدبي، الإمارات العربية المتحدة (CNN)-- افتتح وزير النقل اليوم طريقا جديدا يربط العاصمة بالساحل، بطول يصل إلى ثلاثمئة كيلومتر.\nوقال الوزير إن الطريق يختصر ساعة كاملة من زمن الرحلة بين المدينتين ويخفف الضغط.'),
	(E'عنوان الخبر الرابع عن افتتاح الطريق الجديد\nالقاهرة: «الشرق الأوسط»\nنُشر: 14:35-20 أكتوبر 2024 م ـ 17 ربيع الثاني 1446 هـ\nافتتح وزير النقل اليوم طريقا جديدا يربط العاصمة بالساحل، بطول يصل إلى ثلاثمئة كيلومتر وبكلفة مليار دولار.\nوقال الوزير إن الطريق يختصر ساعة كاملة من زمن الرحلة بين المدينتين. (رويترز)')
) v(t), ar_page(t);

-- a text without any furniture is body
SELECT b.line, b.kind FROM ar_page_blocks(E'خرج الصيادون فجرا إلى البحر وعادوا قبل الظهر بشباك فارغة، فقد هربت الأسماك إلى المياه العميقة.\n\nوفي المساء جلسوا في المقهى يتحدثون عن الأيام التي كانت فيها السلال تمتلئ قبل أن تشرق الشمس.') b;

-- line breaks of every kind, blanks, controls, mark-up and broken encoding are no danger
SELECT b.line, b.kind, b.start, b.length
FROM ar_page_blocks(E'\r\n\u00a0\r\nا\rب\n\ufeff\n<p class="x">\nط§ظ„ط§\n\n') b;
SELECT count(*) FROM ar_page_blocks('');
SELECT count(*) FROM ar_page_blocks(E' \n\t\n');
SELECT * FROM ar_page('') \gx
SELECT count(*), count(DISTINCT kind) AS kinds FROM ar_page_blocks(repeat(E'شارك\n', 10000));
SELECT length(content) FROM ar_page_blocks(repeat('ا', 1000000));

-- the written pages of test/pages: what each line is, and the fields
\set pages `cd "${PG_ABS_SRCDIR:-.}/test/pages" && for f in *.txt; do printf '\001%s\002' "${f%.txt}"; cat "$f"; done`
\set expected `cd "${PG_ABS_SRCDIR:-.}/test/pages" && for f in *.expected; do sed "s/^/${f%.expected}	/" "$f"; done`
CREATE TABLE corpus AS
SELECT split_part(p, E'\002', 1) AS id, split_part(p, E'\002', 2) AS content
FROM unnest(string_to_array(:'pages', E'\001')) p WHERE p <> '';
CREATE TABLE gold AS
SELECT split_part(e, E'\t', 1) AS id, split_part(e, E'\t', 2) AS field, split_part(e, E'\t', 3) AS value
FROM unnest(string_to_array(:'expected', E'\n')) e WHERE e <> '';
CREATE TABLE got AS SELECT id, b.* FROM corpus, ar_page_blocks(content) b;
SELECT count(DISTINCT id) >= 40 AS forty_pages FROM corpus;
-- nothing is lost: the blocks hold every character that is no blank
SELECT id FROM corpus c
WHERE regexp_replace(content, '\s', '', 'g') <>
	(SELECT string_agg(regexp_replace(g.content, '\s', '', 'g'), '' ORDER BY line) FROM got g WHERE g.id = c.id);
SELECT avg((got.kind IS NOT DISTINCT FROM gold.value)::int) > 0.95 AS lines_right
FROM gold LEFT JOIN got ON got.id = gold.id AND got.line = gold.field::int WHERE gold.field ~ '^\d+$';
SELECT avg((p.headline IS NOT DISTINCT FROM nullif(h.value, ''))::int) > 0.95 AS headlines,
	avg((to_char(p.published, 'YYYY-MM-DD') IS NOT DISTINCT FROM nullif(d.value, ''))::int) > 0.95 AS published,
	avg((array_to_string(p.agencies, '|') = a.value)::int) > 0.85 AS agencies
FROM corpus c, ar_page(content) p, gold h, gold d, gold a
WHERE h.id = c.id AND h.field = 'headline' AND d.id = c.id AND d.field = 'published'
	AND a.id = c.id AND a.field = 'agencies';
DROP TABLE page, corpus, gold, got;
