-- Everything that the extension consists of, one line an object: how it is
-- defined, its comment, its privileges.  Two databases are the same where this is.
SET search_path = pg_catalog;
SELECT pg_describe_object(d.classid, d.objid, 0) || ' | ' || CASE d.classid
	WHEN 'pg_proc'::regclass THEN (SELECT pg_get_functiondef(p.oid) || ' ' || coalesce(p.proacl::text, '-') || ' ' || p.procost || ' ' || p.prorows || ' ' || p.prosupport FROM pg_proc p WHERE p.oid = d.objid)
	WHEN 'pg_class'::regclass THEN (SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute a WHERE a.attrelid = d.objid AND NOT attisdropped)
	WHEN 'pg_type'::regclass THEN (SELECT concat_ws(' ', typtype, typlen, typstorage) FROM pg_type t WHERE t.oid = d.objid)
	WHEN 'pg_ts_parser'::regclass THEN (SELECT concat_ws(' ', prsstart, prstoken, prsend, prsheadline, prslextype) FROM pg_ts_parser p WHERE p.oid = d.objid)
	WHEN 'pg_ts_template'::regclass THEN (SELECT concat_ws(' ', tmplinit, tmpllexize) FROM pg_ts_template p WHERE p.oid = d.objid)
	WHEN 'pg_ts_dict'::regclass THEN (SELECT concat_ws(' ', tmplname, dictinitoption) FROM pg_ts_dict p JOIN pg_ts_template t ON t.oid = p.dicttemplate WHERE p.oid = d.objid)
	WHEN 'pg_ts_config'::regclass THEN (SELECT string_agg(concat_ws(' ', maptokentype, mapseqno, mapdict::regdictionary), ', ' ORDER BY maptokentype, mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = d.objid)
	ELSE '?' END || ' | ' || coalesce(obj_description(d.objid, d.classid::regclass::name), '-')
FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE e.extname = 'news_ar' AND d.deptype = 'e'
ORDER BY pg_describe_object(d.classid, d.objid, 0) COLLATE "C";
SELECT extversion, extrelocatable, extconfig FROM pg_extension WHERE extname = 'news_ar';
