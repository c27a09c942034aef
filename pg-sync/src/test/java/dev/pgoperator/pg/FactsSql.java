package dev.pgoperator.pg;

/** Queries for {@link Facts}, written apart from those under test. */
final class FactsSql {
  static final String ROLES =
      """
      SELECT r.rolname::text AS name, rolsuper AS super, rolinherit AS inherit, rolcreaterole AS createrole,
             rolcreatedb AS createdb, rolcanlogin AS login, rolreplication AS replication, rolbypassrls AS bypassrls,
             CASE WHEN rolpassword IS NULL THEN 'none' WHEN rolpassword LIKE 'md5%' THEN 'md5'
                  WHEN rolpassword LIKE 'SCRAM-SHA-256$%' THEN 'scram-sha-256' ELSE 'clear text!' END AS password,
             (SELECT setconfig FROM pg_db_role_setting WHERE setrole = r.oid AND setdatabase = 0) AS config,
             ARRAY(SELECT g.rolname || CASE WHEN m.admin_option THEN ' (admin)' ELSE '' END
                     FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid) AS member_of
        FROM pg_authid r WHERE r.rolname NOT LIKE 'pg\\_%'""";

  static final String DATABASES =
      "SELECT datname::text AS name, pg_get_userbyid(datdba)::text AS owner, datallowconn AS open FROM pg_database";

  static final String SCHEMAS =
      """
      SELECT nspname::text AS name, pg_get_userbyid(nspowner)::text AS owner, nspacl::text[] AS acl
        FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'""";

  static final String EXTENSIONS =
      "SELECT extname::text AS name, extnamespace::regnamespace::text AS schema FROM pg_extension";

  static final String DEFAULTS =
      """
      SELECT pg_get_userbyid(defaclrole) || ' ' || COALESCE(nspname, 'everywhere') || ' ' ||
             CASE defaclobjtype WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'function'
                                WHEN 'T' THEN 'type' WHEN 'n' THEN 'schema' END AS what,
             defaclacl::text[] AS acl
        FROM pg_default_acl LEFT JOIN pg_namespace n ON n.oid = defaclnamespace""";

  static final String FUNCTIONS =
      """
      SELECT pronamespace::regnamespace || '.' || proname || '(' || pg_get_function_arguments(oid) || ')' AS signature,
             pg_get_userbyid(proowner)::text AS owner, prosecdef AS definer, proacl::text[] AS acl
        FROM pg_proc WHERE proname = 'user_lookup'""";

  private FactsSql() {}
}
