-- The group roles that exist before any manifest is looked at. None of them can log in.
BEGIN;
SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY['admin', 'cron_admin', 'robot_zmon', :'human_role']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec
SELECT 'ALTER ROLE admin CREATEDB NOLOGIN' FROM pg_roles WHERE rolname = 'admin' AND NOT rolcreatedb
\gexec
SELECT 'GRANT cron_admin TO admin' WHERE NOT pg_has_role('admin', 'cron_admin', 'MEMBER')
\gexec
COMMIT;
