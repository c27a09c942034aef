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
