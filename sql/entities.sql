-- Who, where, which organisation: a sentence of a wire story.
SELECT start, length, surface, kind, id, name, country
FROM ar_entities('التقى وزير الخارجية الصيني وانغ يي نظيره الروسي سيرغي لافروف في موسكو.');
-- proclitics stay outside the span
SELECT start, length, surface, kind, id FROM ar_entities('للصين ولبنان وبالقاهرة');
-- nationalities in their inflections lead to the country
SELECT surface, kind, id FROM ar_entities('اللبنانيون والسوريات والمصريين الأتراك أميركية كوري جنوبي');
-- a last name stands for the full name of the same text
SELECT surface, id, name FROM ar_entities(E'زار سيرغي لافروف القاهرة.\nوأكد لافروف متانة العلاقات.') WHERE kind = 'person';
-- hashtags are read by their words
SELECT start, length, surface, kind, id FROM ar_entities('تضامن #مع_لبنان اليوم');
-- for indexes: sorted, distinct
SELECT ar_countries('عقدت روسيا والصين اجتماعا في بكين، وانتقدت باريس وروسيا القرار الأميركي.');
SELECT ar_entity_ids('زار سيرغي لافروف بكين ثم بكين');
SELECT ar_countries('') AS none, ar_countries(NULL) IS NULL AS "null";
-- the built-in gazetteer
SELECT count(*) > 9000 AS many, count(*) FILTER (WHERE class = 'country') > 190 AS countries FROM ar_gazetteer();
SELECT id, kind, class, country, name, name_en FROM ar_gazetteer() WHERE id IN ('LB', 'beirut', 'united-nations') AND kind <> 'nationality' ORDER BY id;
-- names of one's own
CREATE TABLE my_names (name text, kind text, id text, name_en text, country text, note int);
INSERT INTO my_names VALUES ('جمعية النخيل الخضراء', 'organization', 'green-palm', 'Green Palm', 'LB', 1);
SELECT start, length, surface, kind, id, name_en, country, score FROM ar_entities('أعلنت جمعية النخيل الخضراء حملة لجمعية النخيل الخضراء', 'my_names') WHERE id = 'green-palm';
-- in hashtags, too, and what the tagger makes of the words beside them is no name
INSERT INTO my_names VALUES ('واحة النخيل', 'place', 'oasis', NULL, 'LY'), ('لبنان', 'person', 'singer', NULL, NULL), ('الجمعية الخاصة', 'organization', 'private', NULL, NULL);
SELECT start, surface, kind, id, country, score FROM ar_entities('زار #واحة_النخيل مع #لبنان', 'my_names');
SELECT surface, kind, id FROM ar_entities('وقالت الجمعية الخاصة للنخيل إن الموسم انتهى', 'my_names');
-- long names are compared to their end; char(n) has no blanks at the end
CREATE TABLE long_names (name char(120), kind char(20), id char(9), name_en varchar(20), country char(3));
INSERT INTO long_names VALUES ('جمعية أصدقاء البيئة والمناخ والمياه والتربة والهواء والشجر والطير والسمك والجبل في الواحة', 'organization', 'friends', 'Friends', 'LY');
SELECT length(surface), kind, id, name_en, country FROM ar_entities('قالت جمعية أصدقاء البيئة والمناخ والمياه والتربة والهواء والشجر والطير والسمك والجبل في الواحة نعم', 'long_names');
SELECT id FROM ar_entities('جمعية أصدقاء البيئة والمناخ والمياه والتربة والهواء والشجر والطير والسمك والجبل في الصحراء', 'long_names') WHERE id = 'friends';
ALTER TABLE long_names ALTER name TYPE text;
INSERT INTO long_names VALUES (repeat('نخلة ', 300), 'other', 'wood');
SELECT start, length, id FROM ar_entities('زار ' || repeat('نخلة ', 301), 'long_names');
DROP TABLE long_names;
-- a change of the table is seen at once
UPDATE my_names SET id = 'palm';
SELECT id FROM ar_entities('جمعية النخيل الخضراء', 'my_names');
INSERT INTO my_names VALUES ('كلمة', 'thing');
SELECT id FROM ar_entities('جمعية النخيل الخضراء', 'my_names');
ALTER TABLE my_names DROP COLUMN country;
SELECT id FROM ar_entities('جمعية النخيل الخضراء', 'my_names');
DROP TABLE my_names;
-- an adjective that agrees with the head word belongs to the organisation, another one stands for itself
SELECT surface, kind, country FROM ar_entities('قالت وزارة الخارجية الروسية إن وزير الخارجية الروسي وصل إلى بيروت');
-- bodies that every state has
SELECT surface, kind FROM ar_entities('وناقش مجلس النواب أمس الموازنة، وردت المحكمة الدستورية الطعن.');
-- a language is no nationality
SELECT surface, kind FROM ar_entities('كتب الرسالة باللغة الفرنسية');
SELECT surface, kind FROM ar_entities('يجيد الفرنسية والإيطالية، وزار السفارة الفرنسية');
-- doctors are named without their letter
SELECT start, surface FROM ar_entities('وقال د. سامي الحداد إن النتائج جيدة') WHERE kind = 'person';
-- residue of HTML is no part of a name
SELECT surface, kind FROM ar_entities('في <b>بيروت</b> أمس');
-- a first letter that looks like a proclitic belongs to the name; a listed name stays whole
SELECT surface, kind, id FROM ar_entities('وقال المهندس وانغ لي إن الوفد زار مصر وبابوا غينيا الجديدة');
