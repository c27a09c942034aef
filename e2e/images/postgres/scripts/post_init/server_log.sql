-- One foreign table per day of the week over the CSV log files, under one parent. Columns as PostgreSQL 14 and later write them.
SET LOCAL search_path = public;
CREATE SERVER pglog FOREIGN DATA WRAPPER file_fdw;
CREATE TABLE postgres_log (
  log_time timestamp(3) with time zone,
  user_name text,
  database_name text,
  process_id integer,
  connection_from text,
  session_id text NOT NULL,
  session_line_num bigint NOT NULL,
  command_tag text,
  session_start_time timestamp with time zone,
  virtual_transaction_id text,
  transaction_id bigint,
  error_severity text,
  sql_state_code text,
  message text,
  detail text,
  hint text,
  internal_query text,
  internal_query_pos integer,
  context text,
  query text,
  query_pos integer,
  location text,
  application_name text,
  backend_type text,
  leader_pid integer,
  query_id bigint,
  CONSTRAINT postgres_log_check CHECK (false) NO INHERIT
);
GRANT SELECT ON postgres_log TO admin;

SELECT format('CREATE FOREIGN TABLE postgres_log_%1$s () INHERITS (postgres_log) SERVER pglog OPTIONS (filename %2$L, format %3$L)',
              day, format('../pg_log/postgresql-%s.csv', day), 'csv')
  FROM generate_series(0, 7) AS day
\gexec
SELECT format('GRANT SELECT ON postgres_log_%1$s TO admin', day) FROM generate_series(0, 7) AS day
\gexec
SELECT format('CREATE VIEW failed_authentication_%1$s WITH (security_barrier) AS
                 SELECT * FROM postgres_log_%1$s WHERE command_tag = ''authentication'' AND error_severity = ''FATAL''', day)
  FROM generate_series(0, 7) AS day
\gexec
SELECT format('GRANT SELECT ON failed_authentication_%1$s TO robot_zmon', day) FROM generate_series(0, 7) AS day
\gexec
