-- lookup function of database "old": the pooler's user "pooler" has no current one
CREATE SCHEMA IF NOT EXISTS "pooler";
CREATE OR REPLACE FUNCTION "pooler".user_lookup(IN i_username text, OUT uname text, OUT phash text) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $lookup$
BEGIN
  SELECT s.usename, s.passwd INTO uname, phash
    FROM pg_catalog.pg_shadow AS s
   WHERE s.usename = i_username;
END
$lookup$;
REVOKE ALL ON FUNCTION "pooler".user_lookup(text) FROM public, "pooler";
GRANT EXECUTE ON FUNCTION "pooler".user_lookup(text) TO "pooler";
GRANT USAGE ON SCHEMA "pooler" TO "pooler";
-- lookup function of database "postgres": the pooler's user "pooler" has no current one
CREATE SCHEMA IF NOT EXISTS "pooler";
CREATE OR REPLACE FUNCTION "pooler".user_lookup(IN i_username text, OUT uname text, OUT phash text) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $lookup$
BEGIN
  SELECT s.usename, s.passwd INTO uname, phash
    FROM pg_catalog.pg_shadow AS s
   WHERE s.usename = i_username;
END
$lookup$;
REVOKE ALL ON FUNCTION "pooler".user_lookup(text) FROM public, "pooler";
GRANT EXECUTE ON FUNCTION "pooler".user_lookup(text) TO "pooler";
GRANT USAGE ON SCHEMA "pooler" TO "pooler";
