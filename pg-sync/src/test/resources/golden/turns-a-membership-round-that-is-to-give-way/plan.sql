-- role "cron_admin": "shop_owner" is to be a member of it, not the other way round
REVOKE "shop_owner" FROM "cron_admin";
-- role "shop_data_owner": not yet a member of "cron_admin"
GRANT "cron_admin" TO "shop_data_owner";
-- role "shop_owner": not yet a member of "cron_admin"
GRANT "cron_admin" TO "shop_owner";
-- skipped membership of role "shop_owner" in "boss": role "boss" is itself a member of "shop_owner"
