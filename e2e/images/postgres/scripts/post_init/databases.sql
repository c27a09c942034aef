-- What every database has, template1 too, so that new databases inherit it.
\set VERBOSITY terse
SELECT to_regnamespace('metric_helpers') IS NULL AS absent \gset metric_
SELECT to_regnamespace('user_management') IS NULL AS absent \gset user_
CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public;
\if :user_absent
  BEGIN;
  \i user_management.sql
  COMMIT;
\endif
\if :metric_absent
  BEGIN;
  \i metric_helpers.sql
  COMMIT;
\endif
