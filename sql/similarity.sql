-- The same wire copy in two outlets, with other headlines and bylines.
CREATE TABLE wire (id int PRIMARY KEY, body text);
INSERT INTO wire VALUES
(1, E'البرلمان يقر قانون المياه\nوافق أعضاء البرلمان بالأغلبية على مشروع قانون جديد لتنظيم توزيع المياه في المدن الكبرى خلال فصل الصيف، وقال رئيس اللجنة إن القانون يبدأ تطبيقه مطلع الشهر المقبل.'),
(2, E'قانون للمياه.. التفاصيل كاملة\nمراسلنا\nوافق أعضاءُ البرلمان بالاغلبية علي مشروع قانون جديد لتنظيم توزيع المياه في المدن الكبرى خلال فصل الصيف، وقال رئيس اللجنة إن القانون يبدأ تطبيقه مطلع الشهر المقبل. وكان الملف قد أثار جدلا واسعا بين النواب في جلسات سابقة امتدت حتى ساعات الفجر.'),
(3, E'البرلمان يقر قانون المياه\nأقر النواب أمس نصا ينظم توزيع المياه بعد نقاش طويل، وسط اعتراض كتلتين طالبتا بتأجيل التصويت إلى ما بعد انتهاء العام الدراسي.');
SELECT a.id, b.id, round(ar_similarity(a.body, b.body)::numeric, 2) AS similarity
FROM wire a JOIN wire b ON a.id <= b.id ORDER BY 1, 2;
-- symmetric; a short copy inside a long text is seen
SELECT bool_and(ar_similarity(a.body, b.body) = ar_similarity(b.body, a.body)) AS symmetric FROM wire a, wire b;
SELECT ar_similarity(body, 'مقدمة لا صلة لها بالنص تسبق النسخة المنقولة كاملة في هذا الموضع. ' || body || ' ثم خاتمة أخرى.') > 0.9 AS contained FROM wire WHERE id = 1;
-- look-up by fingerprint
CREATE INDEX ON wire USING gin (ar_fingerprint(body));
SELECT b.id FROM wire a, wire b
WHERE a.id = 1 AND b.id <> a.id AND ar_fingerprint(b.body) && ar_fingerprint(a.body) AND ar_similarity(a.body, b.body) >= 0.5;
SELECT ar_fingerprint(body) = ar_fingerprint(ar_normalize(body, '{marks,alef}')) AS spelling_does_not_matter FROM wire WHERE id = 2;
-- short and empty texts
SELECT ar_similarity('كلمة', 'كلمة'), ar_similarity('', 'نص'), ar_fingerprint(''), cardinality(ar_fingerprint('أربع كلمات في سطر')) AS short;
DROP TABLE wire;
