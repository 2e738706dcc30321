-- One token stream: what the scanner makes of a sentence.
SELECT start, length, surface, kind, norm FROM ar_tokens('أعلنت وِزَارَةُ الصحة أن كوفيد-19 أصاب ١٢٫٥٪ من السكان.');
-- numbers with proclitics and separators, dates stay apart
SELECT surface, kind, norm FROM ar_tokens('الـ15 و2015 بـ1,250 12.02.2005 ٣٫١٤ -5 1.250.000');
-- abbreviations, Latin, URLs, e-mail, handles, emoji
-- (versions of psql differ in the width of an emoji: no columns here)
\pset format unaligned
SELECT surface, kind, norm FROM ar_tokens('أ.ف.ب U.N. CNN https://example.org/خبر?id=1، info@example.org #غزة_اليوم @user_1 👨‍👩‍👧 F16');
\pset format aligned
-- quotation marks of all kinds, HTML residue
SELECT surface, kind, norm FROM ar_tokens('"نص" «نص» “نص” ‹نص› &quot;نص&quot; <br/> &nbsp;');
-- offsets are characters and give back the surface, whatever the text
SELECT count(*) > 0 AS some, bool_and(substr(t, start, length) = surface) AS exact
FROM (VALUES (U&'\064E\064E بِ\200Cتِ \FEFF\+01F600x\0640\0640 ١٢'), (E'a\nb \n\n ج'), ('')) v(t), ar_tokens(t);
