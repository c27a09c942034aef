-- extension "hstore" of database "shop": the extension lives in schema "public"
ALTER EXTENSION "hstore" SET SCHEMA "data";
-- skipped extension "postgis" of database "shop": it lives in "public" and cannot be moved
