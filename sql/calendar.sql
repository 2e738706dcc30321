SET datestyle = 'ISO, YMD';
-- The Umm al-Qura calendar: dates there and back, its edges, its errors.
SELECT ar_hijri('2024-07-07') AS new_year_1446, ar_from_hijri(1446, 1, 1) AS back;
-- the first and the last day of the table, and the days around it
SELECT d, ar_hijri(d) FROM (VALUES (date '1882-11-11'), ('1882-11-12'), ('2174-11-25'), ('2174-11-26')) v(d);
-- every day of two centuries comes back, and follows the day before it
SELECT count(*) AS days, bool_and(ar_from_hijri(p[1]::int, p[2]::int, p[3]::int) = d) AS exact,
	count(DISTINCT h) AS hijri_days
FROM (SELECT d::date AS d, ar_hijri(d::date) AS h, string_to_array(ar_hijri(d::date), '-') AS p
	FROM generate_series(date '1900-01-01', date '2100-12-31', interval '1 day') d) x;
-- a month of 29 days has no 30th
SELECT ar_from_hijri(1445, 9, 30) AS ramadan_30;
SELECT ar_from_hijri(1445, 8, 30) AS shaban_30;
SELECT ar_from_hijri(1445, 13, 1);
SELECT ar_from_hijri(0, 1, 1);
SELECT ar_hijri('0600-01-01');
SELECT ar_hijri('infinity');
SELECT ar_hijri(ar_from_hijri(9999, 12, 29)) AS last, ar_hijri('622-07-19') AS first;
SELECT ar_hijri('11000-01-01');
SELECT ar_hijri(NULL) IS NULL AS hijri, ar_from_hijri(1446, NULL, 1) IS NULL AS day;
