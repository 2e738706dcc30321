-- Lexemes of words.

-- article, proclitics and pronouns go, letters of the word itself stay
SELECT w, ar_stem(w) FROM unnest(ARRAY['وزير','الوزير','والوزير','للوزير','وزيرهم','بغداد','فلسطين','كتاب','بكتابه','وكالة','بالوكالة','للغة','فالمدرسة']) w;

-- broken plurals, sound plurals, duals
SELECT w, ar_stem(w) FROM unnest(ARRAY['مدارس','الوزراء','دول','أنشطة','قضاة','مهندسون','المهندسين','شركات','شركتان','مستويات']) w;

-- feminine and relative adjectives; a noun and its adjective stay apart
SELECT w, ar_stem(w) FROM unnest(ARRAY['جديدة','الفلسطينية','فلسطينيون','كبرى','دولة','دولي','عملة','عملية']) w;

-- verbs: one lexeme for all persons, tenses and suffixes
SELECT w, ar_stem(w) FROM unnest(ARRAY['أعلن','أعلنت','ويعلن','سيعلنون','قال','يقولون','وقالت','قيل','استمر','استمررنا','دعا','ودعت','يدعو','أعطى','يعطيه']) w;

-- what was written with care decides, what was not is guessed
SELECT w, ar_stem(w) FROM unnest(ARRAY['الإعلام','الأعلام','الاعلام','كتابة','كتابه']) w;

-- spellings meet
SELECT w, ar_stem(w) FROM unnest(ARRAY['مسؤول','مسئول','هيئة','هيأة','شؤون','شئون','علی','على','ٱلوزير','الوزيــر','الْوَزِيرُ']) w;

-- names are left alone
SELECT w, ar_stem(w) FROM unnest(ARRAY['باريس','وليد','فيصل','سليمان','كلينتون','وكلينتون','ولندن','بيروت']) w;

-- texts, and what is no word
SELECT ar_stem('أعلنت الوزارة إغلاق 12 مدرسة في باريس.');
SELECT ar_stem(''), ar_stem('؟!'), ar_stem('NATO'), ar_stem('١٢٫٥'), ar_stem(repeat('ل', 300)) = repeat('ل', 300) AS long;
