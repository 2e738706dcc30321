-- A small page as one document.
CREATE TABLE p AS SELECT ar_analyze(E'الأحد 3 نوفمبر / November 2024\n\nلقاء في بيروت يبحث ملف المياه\n\nقال سيرغي لافروف أمس: "نرفض هذا القرار رفضا تاما"، خلال زيارة إلى بيروت التقى فيها عددا من الوزراء اللبنانيين.') AS a;
-- (scores move with every training of the tagger)
SELECT jsonb_pretty(regexp_replace((a - 'fingerprint')::text, '"score": (1|0[.][5-9][0-9]*)\M', '"score": "even or better"', 'g')::jsonb) FROM p;
-- the parts are those of the functions
SELECT jsonb_object_keys(a) FROM p ORDER BY 1;
SELECT a->'fingerprint' = to_jsonb(ar_fingerprint(E'قال سيرغي لافروف أمس: "نرفض هذا القرار رفضا تاما"، خلال زيارة إلى بيروت التقى فيها عددا من الوزراء اللبنانيين.')) AS same FROM p;
-- a reference of one's own stands above the page's date
SELECT d->>'surface' AS surface, d->>'timex' AS timex
FROM jsonb_array_elements(ar_analyze('وصل أمس إلى القاهرة', '2024-05-15')->'dates') d;
SELECT ar_analyze(NULL) IS NULL AS a, ar_analyze(NULL, '2024-01-01') IS NULL AS b, ar_analyze('x', NULL) IS NOT NULL AS c, ar_analyze('')->'entities' AS entities;
DROP TABLE p;
