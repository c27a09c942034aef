-- What only the database `postgres` has: the server's own log as tables, scheduled jobs, monitoring's schema.
\set VERBOSITY terse
CREATE EXTENSION IF NOT EXISTS file_fdw SCHEMA public;

SELECT to_regnamespace('zmon_utils') IS NULL AS absent \gset zmon_
\if :zmon_absent
  CREATE SCHEMA zmon_utils;
  GRANT USAGE ON SCHEMA zmon_utils TO robot_zmon;
\endif

-- pg_cron can be created only where it is loaded, which the pod's author may have chosen against.
SELECT strpos(current_setting('shared_preload_libraries'), 'pg_cron') > 0
   AND NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron') AS missing \gset cron_
\if :cron_missing
  BEGIN;
  CREATE EXTENSION pg_cron;
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA cron FROM PUBLIC;
  GRANT USAGE ON SCHEMA cron TO cron_admin;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA cron TO cron_admin;
  GRANT SELECT ON cron.job, cron.job_run_details TO cron_admin;
  COMMIT;
\endif

SELECT to_regclass('public.postgres_log') IS NULL AS absent \gset log_
\if :log_absent
  BEGIN;
  \i server_log.sql
  COMMIT;
\endif
