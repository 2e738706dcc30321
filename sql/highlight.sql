-- Entities and dates of a sentence as HTML.
SELECT ar_highlight('زار سيرغي لافروف بيروت في 3 مارس 2024.');
-- with a reference, relative dates are resolved
SELECT ar_highlight(E'أعلنت باريس أمس القرار.\n\nسطر ثان', '2024-05-15');
-- whatever stands in the text, it stays text
SELECT ar_highlight(E'<script>alert("x")</script> & \u202Eلبنان\u202C \u0001 <img src=x onerror=''y''>');
SELECT ar_highlight('') = ar_highlight(E' \n ') AS empty, ar_highlight(NULL) IS NULL AS "null", ar_highlight(NULL, '2024-01-01') IS NULL AS null2;
-- every < of the result is one of ours
SELECT bool_and(regexp_replace(ar_highlight(t), '</?(div|p|mark|time)( [a-z-]+="[^"<>]*")*>', '', 'g') !~ '[<>]') AS well_formed
FROM (VALUES ('<mark>لبنان</mark> "3 مارس 2024" <'), (E'<p title="x>y">\n>>> في \'بيروت\''), ('#لبنان_<b>')) v(t);
-- hostile text of any mixture: only our elements, and no character is lost
WITH piece(k, p) AS (VALUES (0, '<'), (1, '"'), (2, 'لبنان'), (3, E'\n'), (4, '>'), (5, '&amp;'), (6, ' '), (7, '3 مارس 2024'), (8, '<!--'),
	(9, ''''), (10, 'سيرغي لافروف'), (11, E'\u202E'), (12, '<b '), (13, '&#x3c;'), (14, '</p>'), (15, '<mark class="'), (16, E'\t'), (17, '"=>')),
t AS (SELECT n, string_agg(p, '' ORDER BY i) AS t FROM generate_series(1, 300) n, generate_series(1, 24) i, piece
	WHERE k = (n * 7919 + i * i * 1047 + n * i * 31) % 18 GROUP BY n),
h AS (SELECT t, regexp_replace(ar_highlight(t, '2024-05-15'), '</?(div|p|mark|time)( [a-z-]+="[^"<>]*")*>', '', 'g') AS h FROM t)
SELECT count(*) AS texts, count(*) FILTER (WHERE h ~ '[<>"'']') AS broken,
	count(*) FILTER (WHERE regexp_replace(t, E'[\\s\u202E]', '', 'g') <> regexp_replace(replace(replace(replace(replace(replace(
		h, '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&amp;', '&'), E'\\s', '', 'g')) AS lost
FROM h;
