-- The search key: one spelling for one word.
SELECT ar_normalize('الأُسْتَاذُ أحمد في مدرسةٍ، ومعه 12 طالبًا');
-- marks, tatweel, alef forms, ta marbuta, alef maqsura
SELECT ar_normalize('إلى الـمـكـتـبـة الآن') = ar_normalize('الي المكتبه الان') AS same;
-- hamza on its seat: both spellings meet
SELECT ar_normalize('مسؤول') = ar_normalize('مسئول') AS same;
-- Persian letters, presentation forms, wasla, invisible controls
SELECT ar_normalize('کتاب علی') = ar_normalize('كتاب علي') AS persian,
       ar_normalize('ﻣﺪﺭﺳﺔ') = ar_normalize('مدرسة') AS presentation,
       ar_normalize(U&'\0671\0645\0646') = ar_normalize('امن') AS wasla,
       ar_normalize(U&'\202B\0628\064A\0631\0648\062A\202C\200F') = ar_normalize('بيروت') AS controls;
-- digits, punctuation, case, blanks
SELECT ar_normalize(U&'  \0662\0660\0662\0664\066B\0665\00A0\00A0CNN\060C «x»  ');
-- combining hamza and madda compose before they are folded
SELECT ar_normalize(U&'\0627\0653\0644\0627\0654\0646') = ar_normalize('آلأن') AS composed;
SELECT ar_clean(U&'\0628\0020\0627\0654\062D') = 'ب أح' AS clean_composed,
       ar_clean(U&'\0627\200F\0654') = 'أ' AS over_a_control,
       ar_normalize(U&'\0648\064B\0654', '{compatibility,marks}') = ar_normalize(U&'\0648\0654\064B', '{compatibility,marks}') AS order_of_marks;
-- single steps
SELECT ar_normalize('الأُمّـة', '{marks}') AS marks, ar_normalize('الأُمّـة', '{tatweel}') AS tatweel,
       ar_normalize('الأُمّـة', '{alef,ta_marbuta}') AS letters, ar_normalize('الأُمّـة', '{}') AS nothing;
SELECT ar_normalize('abc', '{stem}');
SELECT ar_normalize('abc', ARRAY['case', NULL]);
SELECT ar_normalize('abc', '{{case},{marks}}');
-- for display: the same words
SELECT ar_clean(U&'\202Bﺍﻟﺴﻼﻡ \0640\0640 عـلـيـكـم\202C  \000Aسطر   ثان  ');
-- joiners stay inside emoji
SELECT ar_clean(U&'\+01F468\200D\+01F469\200D\+01F467') = U&'\+01F468\200D\+01F469\200D\+01F467' AS family;
-- empty and NULL
SELECT ar_normalize('') = '' AS empty, ar_normalize(NULL) IS NULL AS "null", ar_clean('') = '' AS clean_empty;
-- every code point, alone and after a letter: what is normalised once stays as it is
SELECT count(*) AS code_points,
       count(*) FILTER (WHERE ar_normalize(n) <> n) AS not_idempotent,
       count(*) FILTER (WHERE ar_clean(c) <> c) AS clean_not_idempotent
FROM generate_series(1, x'10FFFF'::int) g,
     LATERAL (SELECT ar_normalize('ب' || chr(g) || 'a' || chr(g)) AS n, ar_clean('ب' || chr(g) || 'a' || chr(g)) AS c
              WHERE g NOT BETWEEN 55296 AND 57343 OFFSET 0) x;
-- a joiner between a letter and its hamza, or behind an emoji
SELECT length(ar_clean(E'ا\u200D\u0654')) AS letter, length(ar_clean(E'\U0001F468\u200D\U0001F469')) AS emoji,
       ar_clean(ar_clean(E'ا\u200D\u0654')) = ar_clean(E'ا\u200D\u0654') AS idempotent;
-- whatever is dropped between a letter and its hamza, in any number, does not keep them apart
SELECT name, length(ar_clean(t)) AS letters, ar_clean(ar_clean(t)) = ar_clean(t) AS idempotent,
       ar_normalize(ar_normalize(t)) = ar_normalize(t) AS key_idempotent
FROM (VALUES ('delete', E'ا\x7F\u0654'), ('bell and blank', E'ا\x07 \u0654'), ('shift out', E'ا\x0E\u0654'),
             ('tatweel', 'ا' || repeat('ـ', 50) || E'\u0654'), ('joiners', 'و' || repeat(E'\u200D', 300) || E'\u0654'),
             ('controls', 'ي' || repeat(E'\u202B\u0001', 40000) || E'\u0654')) AS v (name, t);
-- of marks in a row thirty are kept (Unicode's Stream-Safe Text Format), in an order that does not depend on the rest
SELECT length(ar_clean(t)) AS kept, ar_clean(ar_clean(t)) = ar_clean(t) AS idempotent
FROM (VALUES ('ب' || repeat(E'\u0344', 100)), (' ' || repeat(E'\u0344', 100)), (repeat(E'\u0344', 500) || 'ـ' || E'\u0670'),
             ('و' || E'\u064E' || repeat('ـ', 600) || E'\u0654')) AS v (t);
