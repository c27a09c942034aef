-- role "shop_owner": the role is missing
CREATE ROLE "shop_owner" NOLOGIN ADMIN "admin" PASSWORD NULL;
-- role "shop_reader": the role is missing
CREATE ROLE "shop_reader" NOLOGIN ADMIN "shop_owner" PASSWORD NULL;
-- role "shop_writer": the role is missing
CREATE ROLE "shop_writer" NOLOGIN IN ROLE "shop_reader" ADMIN "shop_owner" PASSWORD NULL;
-- role "shop_data_owner": the role is missing
CREATE ROLE "shop_data_owner" NOLOGIN ADMIN "shop_owner" PASSWORD NULL;
-- role "shop_data_reader": the role is missing
CREATE ROLE "shop_data_reader" NOLOGIN ADMIN "shop_data_owner" PASSWORD NULL;
-- role "shop_data_writer": the role is missing
CREATE ROLE "shop_data_writer" NOLOGIN IN ROLE "shop_data_reader" ADMIN "shop_data_owner" PASSWORD NULL;
-- role "shop_owner": session defaults differ: search_path
ALTER ROLE "shop_owner" SET "search_path" TO '$user', 'data';
-- role "shop_reader": session defaults differ: search_path
ALTER ROLE "shop_reader" SET "search_path" TO '$user', 'data';
-- role "shop_writer": session defaults differ: search_path
ALTER ROLE "shop_writer" SET "search_path" TO '$user', 'data';
-- role "shop_data_owner": session defaults differ: search_path
ALTER ROLE "shop_data_owner" SET "search_path" TO '$user', 'data';
-- role "shop_data_reader": session defaults differ: search_path
ALTER ROLE "shop_data_reader" SET "search_path" TO '$user', 'data';
-- role "shop_data_writer": session defaults differ: search_path
ALTER ROLE "shop_data_writer" SET "search_path" TO '$user', 'data';
-- database "shop": the database is missing
CREATE DATABASE "shop" OWNER "postgres";
-- database "shop": the new prepared database has no default privileges and no owner yet
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner" GRANT USAGE ON SCHEMAS TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner" GRANT SELECT ON TABLES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner" GRANT SELECT ON SEQUENCES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner" GRANT INSERT, UPDATE, DELETE ON TABLES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner" GRANT USAGE, UPDATE ON SEQUENCES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner" GRANT EXECUTE ON FUNCTIONS TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner" GRANT USAGE ON TYPES TO "shop_reader", "shop_writer";
ALTER DATABASE "shop" OWNER TO "shop_owner";
-- schema "data" of database "shop": the schema is missing
CREATE SCHEMA "data" AUTHORIZATION "shop_data_owner";
GRANT USAGE ON SCHEMA "data" TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_data_owner" IN SCHEMA "data" GRANT SELECT ON TABLES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_data_owner" IN SCHEMA "data" GRANT SELECT ON SEQUENCES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_data_owner" IN SCHEMA "data" GRANT INSERT, UPDATE, DELETE ON TABLES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_data_owner" IN SCHEMA "data" GRANT USAGE, UPDATE ON SEQUENCES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_data_owner" IN SCHEMA "data" GRANT EXECUTE ON FUNCTIONS TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_data_owner" IN SCHEMA "data" GRANT USAGE ON TYPES TO "shop_reader", "shop_writer";
GRANT USAGE ON SCHEMA "data" TO "shop_data_reader", "shop_data_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_data_owner" IN SCHEMA "data" GRANT SELECT ON TABLES TO "shop_data_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_data_owner" IN SCHEMA "data" GRANT SELECT ON SEQUENCES TO "shop_data_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_data_owner" IN SCHEMA "data" GRANT INSERT, UPDATE, DELETE ON TABLES TO "shop_data_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_data_owner" IN SCHEMA "data" GRANT USAGE, UPDATE ON SEQUENCES TO "shop_data_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_data_owner" IN SCHEMA "data" GRANT EXECUTE ON FUNCTIONS TO "shop_data_reader", "shop_data_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_data_owner" IN SCHEMA "data" GRANT USAGE ON TYPES TO "shop_data_reader", "shop_data_writer";
