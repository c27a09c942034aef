-- lookup function of database "old": the pooler's user "pooler" has no current one
CREATE SCHEMA IF NOT EXISTS "pooler";
DO 'BEGIN
  IF EXISTS (
       SELECT FROM pg_catalog.pg_proc p
        WHERE p.oid OPERATOR(pg_catalog.=) pg_catalog.to_regprocedure(''"pooler".user_lookup(text)'')
          AND pg_catalog.pg_get_userbyid(p.proowner)
                OPERATOR(pg_catalog.<>) current_user) THEN
    DROP FUNCTION "pooler".user_lookup(text);
  END IF;
END';
CREATE OR REPLACE FUNCTION "pooler".user_lookup(IN i_username text, OUT uname text, OUT phash text) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $lookup$
BEGIN
  SELECT s.usename, CASE WHEN s.valuntil < now() THEN NULL ELSE s.passwd END
    INTO uname, phash
    FROM pg_catalog.pg_shadow AS s
   WHERE s.usename = i_username;
END
$lookup$;
REVOKE ALL ON FUNCTION "pooler".user_lookup(text) FROM public, "pooler";
GRANT EXECUTE ON FUNCTION "pooler".user_lookup(text) TO "pooler";
GRANT USAGE ON SCHEMA "pooler" TO "pooler";
-- lookup function of database "postgres": the pooler's user "pooler" has no current one
CREATE SCHEMA IF NOT EXISTS "pooler";
DO 'BEGIN
  IF EXISTS (
       SELECT FROM pg_catalog.pg_proc p
        WHERE p.oid OPERATOR(pg_catalog.=) pg_catalog.to_regprocedure(''"pooler".user_lookup(text)'')
          AND pg_catalog.pg_get_userbyid(p.proowner)
                OPERATOR(pg_catalog.<>) current_user) THEN
    DROP FUNCTION "pooler".user_lookup(text);
  END IF;
END';
CREATE OR REPLACE FUNCTION "pooler".user_lookup(IN i_username text, OUT uname text, OUT phash text) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $lookup$
BEGIN
  SELECT s.usename, CASE WHEN s.valuntil < now() THEN NULL ELSE s.passwd END
    INTO uname, phash
    FROM pg_catalog.pg_shadow AS s
   WHERE s.usename = i_username;
END
$lookup$;
REVOKE ALL ON FUNCTION "pooler".user_lookup(text) FROM public, "pooler";
GRANT EXECUTE ON FUNCTION "pooler".user_lookup(text) TO "pooler";
GRANT USAGE ON SCHEMA "pooler" TO "pooler";
