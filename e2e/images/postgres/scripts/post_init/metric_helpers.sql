-- What monitoring reads: statement statistics without a superuser, rough bloat, and sequences near their end.
CREATE SCHEMA metric_helpers;
GRANT USAGE ON SCHEMA metric_helpers TO admin, robot_zmon;
SET LOCAL search_path = metric_helpers;

-- Pages in use against the pages that the live rows need at their average width (24 bytes of header, 4 of pointer).
CREATE FUNCTION get_table_bloat_approx(OUT t_database name, OUT t_schema_name name, OUT t_table_name name, OUT t_real_size numeric,
  OUT t_extra_size double precision, OUT t_bloat_size double precision, OUT t_bloat_ratio double precision)
RETURNS SETOF record LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT current_database(), n.nspname, c.relname, size, greatest(size - needed, 0), greatest(size - needed, 0),
         CASE WHEN size > 0 THEN 100 * greatest(size - needed, 0) / size ELSE 0 END
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (SELECT c.relpages::numeric * 8192 AS size) AS used
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(s.stawidth), 0) + 28 AS width FROM pg_statistic s WHERE s.starelid = c.oid AND NOT s.stainherit) AS a_row
    CROSS JOIN LATERAL (SELECT ceil(greatest(c.reltuples, 0) * width / 8168) * 8192 AS needed) AS ideal
   WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
$$;

CREATE FUNCTION get_btree_bloat_approx(OUT i_database name, OUT i_schema_name name, OUT i_table_name name, OUT i_index_name name,
  OUT i_real_size numeric, OUT i_extra_size numeric, OUT i_extra_ratio double precision, OUT i_bloat_size double precision,
  OUT i_bloat_ratio double precision)
RETURNS SETOF record LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT current_database(), n.nspname, t.relname, i.relname, size, greatest(size - needed, 0)::numeric, ratio,
         greatest(size - needed, 0), ratio
    FROM pg_class i
    JOIN pg_index x ON x.indexrelid = i.oid
    JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_namespace n ON n.oid = i.relnamespace
    JOIN pg_am a ON a.oid = i.relam AND a.amname = 'btree'
    CROSS JOIN LATERAL (SELECT i.relpages::numeric * 8192 AS size) AS used
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(s.stawidth), 8) + 16 AS width FROM pg_statistic s
       WHERE s.starelid = t.oid AND s.staattnum = ANY (x.indkey) AND NOT s.stainherit) AS an_entry
    CROSS JOIN LATERAL (SELECT (1 + ceil(greatest(i.reltuples, 0) * width / (8152 * 0.9))) * 8192 AS needed) AS ideal
    CROSS JOIN LATERAL (SELECT CASE WHEN size > 0 THEN 100 * greatest(size - needed, 0) / size ELSE 0 END AS ratio) AS wasted
   WHERE i.relkind = 'i' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
$$;

CREATE FUNCTION get_nearly_exhausted_sequences(threshold double precision, OUT schemaname name, OUT sequencename name,
  OUT seq_percent_used numeric)
RETURNS SETOF record LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT s.schemaname, s.sequencename, share
    FROM pg_sequences s
    CROSS JOIN LATERAL (
      SELECT round(abs(coalesce(s.last_value, s.start_value) - s.start_value::numeric) /
        nullif(abs(CASE WHEN s.increment_by > 0 THEN s.max_value ELSE s.min_value END - s.start_value::numeric), 0) * 100, 2)) AS used(share)
   WHERE NOT s.cycle AND share > threshold * 100
$$;

CREATE FUNCTION pg_stat_statements(showtext boolean) RETURNS SETOF public.pg_stat_statements LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog AS $$
  SELECT * FROM public.pg_stat_statements
$$;

CREATE VIEW table_bloat AS SELECT * FROM get_table_bloat_approx();
CREATE VIEW index_bloat AS SELECT * FROM get_btree_bloat_approx();
CREATE VIEW nearly_exhausted_sequences AS SELECT * FROM get_nearly_exhausted_sequences(0.8);
CREATE VIEW pg_stat_statements AS SELECT * FROM pg_stat_statements(true);

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA metric_helpers FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA metric_helpers TO admin, robot_zmon;
REVOKE ALL ON ALL TABLES IN SCHEMA metric_helpers FROM PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA metric_helpers TO admin, robot_zmon;
