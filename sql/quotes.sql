-- ar_quotes: who said what.

-- In marks of every kind, behind a colon, within a clause, before the verb.
SELECT q.quote, q.direct, q.speaker, q.speaker_id, q.verb
FROM (VALUES
	(1, 'قال سيرغي لافروف: "لن نقبل شروطا تُملى علينا من الخارج".'),
	(2, 'وأكد أنطونيو غوتيريش أن «الحل السياسي هو الطريق الوحيد».'),
	(3, 'وقالت أنغيلا ميركل إن “أوروبا بحاجة إلى مزيد من الوقت”، مضيفة أن الاتفاق سيعرض على البرلمان في الربيع.'),
	(4, '"سنعود إلى بيوتنا مهما طال الزمن"، قال محمود عباس.'),
	(5, 'وقال رجب طيب أردوغان: لن ننتظر إذنا من أحد كي ندافع عن حدودنا.')
) v(n, t), ar_quotes(t) q ORDER BY n, q.start;

-- Reported speech ends where something new begins.
SELECT q.quote, q.direct, q.speaker, q.verb
FROM ar_quotes('أعلنت وزارة الصحة المصرية أن عدد الإصابات تراجع إلى النصف خلال أسبوع، مشيرة إلى أن المستشفيات استعادت طاقتها المعتادة. وحذرت الوزارة من أن الشتاء قد يحمل موجة جديدة.') q;

-- The speaker goes on: pronoun, ellipsis, the statement of a ministry.
SELECT q.quote, q.direct, q.speaker, q.verb
FROM ar_quotes(E'قال إيمانويل ماكرون إن بلاده سترسل مساعدات عاجلة إلى لبنان.\nوأضاف: "نقف إلى جانب الشعب اللبناني في محنته".\nوجاء في بيان لوزارة الخارجية الفرنسية أن السفينة الأولى ستصل يوم الخميس. وتابع البيان أن فريقا طبيا يرافقها.') q;

-- Through another: the agency relays, the source speaks.
SELECT q.quote, q.direct, q.speaker, q.verb
FROM ar_quotes('ونقلت وكالة رويترز عن فلاديمير بوتين قوله إن المفاوضات لم تصل إلى طريق مسدود.') q;
SELECT q.quote, q.direct, q.speaker, q.verb
FROM ar_quotes('وبحسب منظمة الصحة العالمية، فإن اللقاح الجديد آمن للأطفال فوق سن الخامسة.') q;

-- No quotations: doubts, titles, names, plans, conjunctions.
SELECT q.quote, q.direct, q.speaker, q.verb
FROM (VALUES
	('افتتح الوزير معرض "ألوان من الشرق القديم" في متحف المدينة.'),
	('ووصف الحكم بأنه "قاس".'),
	('انضم إلى حركة "شباب من أجل التغيير" قبل عامين.'),
	('ومن المتوقع أن يصل الوفد غدا بعد أن تأخرت رحلته.')
) v(t), ar_quotes(t) q;

-- start and length give the quotation back
SELECT bool_and(substr(t, q.start, q.length) = q.quote) AS exact
FROM (VALUES (E'😀 قال "هذا كلام طويل جدا" وأضاف أن المطر سيتوقف قريبا.\nوقال: «نعم نعم نعم»')) v(t), ar_quotes(t) q;

-- Marks that do not match, nothing but marks, long input.
SELECT q.quote, q.direct FROM ar_quotes('قال الوزير: "هذا قرار نهائي لا رجعة عنه') q;
SELECT count(*) FROM ar_quotes(repeat('"', 100000));
SELECT count(*) FROM ar_quotes(repeat('«»', 50000));
SELECT count(*) FROM ar_quotes('');
SELECT count(*) FROM ar_quotes(repeat('قال إن ', 20000));

-- The recipes of docs/pages-and-quotations.md.
CREATE TABLE articles (id int, outlet text, published date, body text, page text);
INSERT INTO articles VALUES
	(1, 'A', '2024-05-02', 'قال سيرغي لافروف إن المحادثات مع أوكرانيا لم تتوقف.', E'عنوان الخبر هنا في سطر واحد\nموسكو - (د ب أ)\n2024-05-02\nقال وزير الخارجية الروسي إن المحادثات مستمرة بين الطرفين منذ بداية الشهر الحالي دون توقف.'),
	(2, 'A', '2024-05-20', 'وأكد سيرغي لافروف أن "القمح سيصل إلى أفريقيا". وقال أنطونيو غوتيريش إن الاتفاق هش.', E'عنوان آخر للخبر الثاني هنا\nأحمد السالم\n2024-05-20\nقال وزير الخارجية الروسي إن القمح سيصل إلى الموانئ الأفريقية قبل نهاية الشهر الحالي كما كان مقررا.');
SELECT to_char(date_trunc('month', published), 'YYYY-MM') AS month, q.speaker, count(*)
FROM articles, ar_quotes(body) q WHERE q.speaker_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2;
SELECT id, q.quote FROM articles, ar_quotes(body) q
WHERE q.speaker_id = 'sergey-lavrov' AND 'UA' = ANY (ar_countries(q.quote)) ORDER BY published;
SELECT outlet, round(avg((p.agencies && ARRAY['AFP', 'Reuters', 'AP', 'DPA'])::int), 2) AS share
FROM articles, ar_page(page) p GROUP BY outlet ORDER BY share DESC, outlet;
DROP TABLE articles;
-- an apposition to who speaks is no verb, and who goes on speaking is not the last name before
SELECT quote, speaker, verb FROM ar_quotes('وقالت هالة النجار، أبرز الباحثات في المركز، للصحفيين: "نحتاج إلى مياه أكثر من كل عام".');
SELECT quote, speaker, verb FROM ar_quotes('وذكر سامي الحداد في لقاء مع المذيعة، ندى الخوري، أن الموسم انتهى، وتابع قائلا: "نعود إليكم في الصيف المقبل إن شاء الله".');
-- marks with nothing between them name nobody
SELECT quote, speaker, verb FROM ar_quotes('الوزراء يطمئنون « »: الأسعار لن ترتفع هذا العام');
SELECT quote, speaker, verb FROM ar_quotes('يطمءنوا« »:ا اa');
-- what a fact shows is nobody's word
SELECT start, quote, speaker FROM ar_quotes('قال وزير الزراعة إن أسعار القمح ارتفعت، مما يؤكد أن المحصول ضعيف.');
SELECT count(*) FROM ar_quotes('ارتفعت الأسعار أمس، وهو ما يشير إلى أن الأزمة مستمرة منذ شهور');
