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
