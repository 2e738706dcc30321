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
