-- role "cron_admin": "shop_owner" is to be a member of it, not the other way round
REVOKE "shop_owner" FROM "cron_admin";
DO '
DECLARE grantor pg_catalog.name;
BEGIN
  FOR grantor IN
    SELECT g.rolname
      FROM pg_catalog.pg_auth_members m
      JOIN pg_catalog.pg_authid g ON g.oid OPERATOR(pg_catalog.=) m.grantor
     WHERE m.roleid OPERATOR(pg_catalog.=) (SELECT r.oid FROM pg_catalog.pg_authid r
            WHERE r.rolname OPERATOR(pg_catalog.=) ''shop_owner'')
       AND m.member OPERATOR(pg_catalog.=) (SELECT r.oid FROM pg_catalog.pg_authid r
            WHERE r.rolname OPERATOR(pg_catalog.=) ''cron_admin'')
  LOOP
    EXECUTE pg_catalog.format(''REVOKE %I FROM %I GRANTED BY %I'', ''shop_owner'', ''cron_admin'', grantor);
  END LOOP;
END
';
-- role "shop_data_owner": not yet a member of "cron_admin"
GRANT "cron_admin" TO "shop_data_owner";
-- role "shop_owner": not yet a member of "cron_admin"
GRANT "cron_admin" TO "shop_owner";
-- skipped membership of role "shop_owner" in "boss": role "boss" is itself a member of "shop_owner"
