-- role "shop_owner": the role is missing
CREATE ROLE "shop_owner" NOLOGIN ADMIN "admin" PASSWORD NULL;
-- role "shop_reader": the role is missing
CREATE ROLE "shop_reader" NOLOGIN ADMIN "shop_owner" PASSWORD NULL;
-- role "shop_writer": the role is missing
CREATE ROLE "shop_writer" NOLOGIN IN ROLE "shop_reader" ADMIN "shop_owner" PASSWORD NULL;
-- role "shop_owner_user": the role is missing
CREATE ROLE "shop_owner_user" LOGIN IN ROLE "shop_owner" ADMIN "admin" ENCRYPTED PASSWORD '***';
-- role "shop_reader_user": the role is missing
CREATE ROLE "shop_reader_user" LOGIN IN ROLE "shop_reader" ADMIN "shop_owner" ENCRYPTED PASSWORD '***';
-- role "shop_writer_user": the role is missing
CREATE ROLE "shop_writer_user" LOGIN IN ROLE "shop_writer" ADMIN "shop_owner" ENCRYPTED PASSWORD '***';
-- role "shop_stock_owner": the role is missing
CREATE ROLE "shop_stock_owner" NOLOGIN ADMIN "shop_owner" PASSWORD NULL;
-- role "shop_stock_reader": the role is missing
CREATE ROLE "shop_stock_reader" NOLOGIN ADMIN "shop_stock_owner" PASSWORD NULL;
-- role "shop_stock_writer": the role is missing
CREATE ROLE "shop_stock_writer" NOLOGIN IN ROLE "shop_stock_reader" ADMIN "shop_stock_owner" PASSWORD NULL;
-- role "shop_stock_owner_user": the role is missing
CREATE ROLE "shop_stock_owner_user" LOGIN IN ROLE "shop_stock_owner" ADMIN "shop_owner" ENCRYPTED PASSWORD '***';
-- role "shop_stock_reader_user": the role is missing
CREATE ROLE "shop_stock_reader_user" LOGIN IN ROLE "shop_stock_reader" ADMIN "shop_stock_owner" ENCRYPTED PASSWORD '***';
-- role "shop_stock_writer_user": the role is missing
CREATE ROLE "shop_stock_writer_user" LOGIN IN ROLE "shop_stock_writer" ADMIN "shop_stock_owner" ENCRYPTED PASSWORD '***';
-- role "shop_owner": session defaults differ: search_path
ALTER ROLE "shop_owner" SET "search_path" TO '$user', 'plain', 'stock';
-- role "shop_reader": session defaults differ: search_path
ALTER ROLE "shop_reader" SET "search_path" TO '$user', 'plain', 'stock';
-- role "shop_writer": session defaults differ: search_path
ALTER ROLE "shop_writer" SET "search_path" TO '$user', 'plain', 'stock';
-- role "shop_owner_user": session defaults differ: search_path
ALTER ROLE "shop_owner_user" SET "search_path" TO '$user', 'plain', 'stock';
-- role "shop_reader_user": session defaults differ: search_path
ALTER ROLE "shop_reader_user" SET "search_path" TO '$user', 'plain', 'stock';
-- role "shop_writer_user": session defaults differ: search_path
ALTER ROLE "shop_writer_user" SET "search_path" TO '$user', 'plain', 'stock';
-- role "shop_stock_owner": session defaults differ: search_path
ALTER ROLE "shop_stock_owner" SET "search_path" TO '$user', 'stock';
-- role "shop_stock_reader": session defaults differ: search_path
ALTER ROLE "shop_stock_reader" SET "search_path" TO '$user', 'stock';
-- role "shop_stock_writer": session defaults differ: search_path
ALTER ROLE "shop_stock_writer" SET "search_path" TO '$user', 'stock';
-- role "shop_stock_owner_user": session defaults differ: search_path
ALTER ROLE "shop_stock_owner_user" SET "search_path" TO '$user', 'stock';
-- role "shop_stock_reader_user": session defaults differ: search_path
ALTER ROLE "shop_stock_reader_user" SET "search_path" TO '$user', 'stock';
-- role "shop_stock_writer_user": session defaults differ: search_path
ALTER ROLE "shop_stock_writer_user" SET "search_path" TO '$user', 'stock';
-- database "shop": the database is missing
CREATE DATABASE "shop" OWNER "postgres";
-- database "shop": the new prepared database has no default privileges and no owner yet
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" GRANT USAGE ON SCHEMAS TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" GRANT SELECT ON TABLES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" GRANT SELECT ON SEQUENCES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" GRANT INSERT, UPDATE, DELETE ON TABLES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" GRANT USAGE, UPDATE ON SEQUENCES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" GRANT EXECUTE ON FUNCTIONS TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" GRANT USAGE ON TYPES TO "shop_reader", "shop_writer";
ALTER DATABASE "shop" OWNER TO "shop_owner";
-- schema "plain" of database "shop": the schema is missing
CREATE SCHEMA "plain" AUTHORIZATION "shop_owner";
GRANT USAGE ON SCHEMA "plain" TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" IN SCHEMA "plain" GRANT SELECT ON TABLES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" IN SCHEMA "plain" GRANT SELECT ON SEQUENCES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" IN SCHEMA "plain" GRANT INSERT, UPDATE, DELETE ON TABLES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" IN SCHEMA "plain" GRANT USAGE, UPDATE ON SEQUENCES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" IN SCHEMA "plain" GRANT EXECUTE ON FUNCTIONS TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user" IN SCHEMA "plain" GRANT USAGE ON TYPES TO "shop_reader", "shop_writer";
-- schema "stock" of database "shop": the schema is missing
CREATE SCHEMA "stock" AUTHORIZATION "shop_stock_owner";
GRANT USAGE ON SCHEMA "stock" TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT SELECT ON TABLES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT SELECT ON SEQUENCES TO "shop_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT INSERT, UPDATE, DELETE ON TABLES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT USAGE, UPDATE ON SEQUENCES TO "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT EXECUTE ON FUNCTIONS TO "shop_reader", "shop_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT USAGE ON TYPES TO "shop_reader", "shop_writer";
GRANT USAGE ON SCHEMA "stock" TO "shop_stock_reader", "shop_stock_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user", "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT SELECT ON TABLES TO "shop_stock_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user", "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT SELECT ON SEQUENCES TO "shop_stock_reader";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user", "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT INSERT, UPDATE, DELETE ON TABLES TO "shop_stock_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user", "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT USAGE, UPDATE ON SEQUENCES TO "shop_stock_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user", "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT EXECUTE ON FUNCTIONS TO "shop_stock_reader", "shop_stock_writer";
ALTER DEFAULT PRIVILEGES FOR ROLE "shop_owner", "shop_owner_user", "shop_stock_owner", "shop_stock_owner_user" IN SCHEMA "stock" GRANT USAGE ON TYPES TO "shop_stock_reader", "shop_stock_writer";
-- extension "hstore" of database "shop": the extension is missing
CREATE EXTENSION IF NOT EXISTS "hstore" SCHEMA "stock";
-- extension "pgcrypto" of database "shop": the extension is missing
CREATE EXTENSION IF NOT EXISTS "pgcrypto" SCHEMA "public";
-- skipped extension "ghost" of database "shop": schema "nowhere" does not exist
