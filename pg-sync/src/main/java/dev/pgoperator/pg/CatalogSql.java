package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Departures;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.Lookup;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.SchemaName;
import dev.pgoperator.pg.plan.Sql;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The text of the catalog queries. Names are qualified, although {@code search_path} is pinned: two
 * locks on one door.
 */
final class CatalogSql {
  static final String STATE =
      """
      SELECT pg_catalog.pg_is_in_recovery() AS recovery,
             pg_catalog.current_setting('transaction_read_only') AS read_only,
             pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version,
             current_user::pg_catalog.text AS login""";

  static final String DATABASES =
      """
      SELECT d.datname::pg_catalog.text AS name, pg_catalog.pg_get_userbyid(d.datdba)::pg_catalog.text AS owner,
             d.datallowconn AND NOT d.datistemplate AS open
        FROM pg_catalog.pg_database d""";

  static final String SCHEMAS =
      "SELECT n.nspname::pg_catalog.text AS name FROM pg_catalog.pg_namespace n";

  static final String EXTENSIONS =
      """
      SELECT e.extname::pg_catalog.text AS name, n.nspname::pg_catalog.text AS schema, e.extrelocatable AS relocatable
        FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace""";

  private static final String ROLES =
      """
      SELECT r.rolname::pg_catalog.text AS name, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb,
             r.rolcanlogin, r.rolreplication, r.rolbypassrls,
             COALESCE(r.rolpassword, '') AS password,
             s.setconfig AS settings,
             COALESCE(c.description, '') AS comment,
             ARRAY(SELECT DISTINCT g.rolname::pg_catalog.text
                     FROM pg_catalog.pg_auth_members m
                     JOIN pg_catalog.pg_authid g ON g.oid OPERATOR(pg_catalog.=) m.roleid
                    WHERE m.member OPERATOR(pg_catalog.=) r.oid) AS groups
        FROM pg_catalog.pg_authid r
        LEFT JOIN pg_catalog.pg_db_role_setting s
          ON s.setrole OPERATOR(pg_catalog.=) r.oid AND s.setdatabase OPERATOR(pg_catalog.=) 0
        LEFT JOIN pg_catalog.pg_shdescription c
          ON c.objoid OPERATOR(pg_catalog.=) r.oid
         AND c.classoid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass::pg_catalog.oid
       WHERE r.rolname OPERATOR(pg_catalog.=) ANY (""";

  private static final String OR_MEMBERS_OF =
      """
       OR r.rolcanlogin AND r.oid OPERATOR(pg_catalog.=) ANY (
            SELECT m.member
              FROM pg_catalog.pg_auth_members m
              JOIN pg_catalog.pg_authid g ON g.oid OPERATOR(pg_catalog.=) m.roleid
             WHERE g.rolname OPERATOR(pg_catalog.=) ANY (""";

  private CatalogSql() {}

  /** Every role that a decision depends on. */
  static String roles(Desired desired) {
    Departures departures = desired.departures();
    Set<RoleName> names = new TreeSet<>(departures.suspended());
    for (DesiredRole role : desired.roles()) {
      names.add(role.name());
      names.addAll(role.memberOf());
      names.addAll(role.admins());
    }
    if (!departures.suffix().isEmpty()) {
      Set.copyOf(names).forEach(name -> names.add(departures.aside(name)));
    }
    String named = ROLES + array(names) + ")";
    String marked = named + marked(departures);
    return departures.rotated().isEmpty()
        ? marked
        : marked + OR_MEMBERS_OF + array(departures.rotated()) + "))";
  }

  /** People who may have left, and the names under which they would be put aside. */
  private static String marked(Departures departures) {
    String mark = departures.members().mark();
    String suffix = departures.suffix();
    return mark.isEmpty() || suffix.isEmpty()
        ? ""
        : """

           OR pg_catalog.strpos(c.description, %s) OPERATOR(pg_catalog.>) 0
           OR pg_catalog.right(r.rolname::pg_catalog.text, %d) OPERATOR(pg_catalog.=) %s"""
            .formatted(
                Sql.literal(mark), suffix.codePointCount(0, suffix.length()), Sql.literal(suffix));
  }

  /**
   * The database's owner, and the source of the lookup function if it is owned, protected and
   * granted as it should be.
   */
  static String ownDatabase(Lookup lookup) {
    return """
      SELECT pg_catalog.pg_get_userbyid(d.datdba)::pg_catalog.text AS owner,
             COALESCE((%s), '') AS lookup
        FROM pg_catalog.pg_database d
       WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()"""
        .formatted(
            switch (lookup) {
              case Lookup.None() -> "NULL";
              case Lookup.Installed(var schema, var user) -> lookupBody(schema, user);
            });
  }

  private static String lookupBody(SchemaName schema, RoleName user) {
    return """
      SELECT p.prosrc
        FROM pg_catalog.pg_proc p
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace
        JOIN pg_catalog.pg_authid u ON u.rolname OPERATOR(pg_catalog.=) %s
       WHERE n.nspname OPERATOR(pg_catalog.=) %s AND p.proname OPERATOR(pg_catalog.=) 'user_lookup'
         AND p.pronargs OPERATOR(pg_catalog.=) 1 AND p.prosecdef
         AND p.proconfig OPERATOR(pg_catalog.=) ARRAY['search_path=pg_catalog, pg_temp']
         AND pg_catalog.pg_get_userbyid(p.proowner) OPERATOR(pg_catalog.=) current_user
         AND pg_catalog.has_function_privilege(u.oid, p.oid, 'EXECUTE')
         AND pg_catalog.has_schema_privilege(u.oid, n.oid, 'USAGE')
         AND NOT EXISTS (
               SELECT FROM pg_catalog.aclexplode(
                             COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner))) a
                WHERE a.grantee OPERATOR(pg_catalog.=) 0)"""
        .formatted(Sql.literal(user.value()), Sql.literal(schema.value()));
  }

  /** Ours among the publications of a database, each with its tables as two lists side by side. */
  static String publications(String prefix) {
    return """
        SELECT p.pubname::pg_catalog.text AS name,
               COALESCE(pg_catalog.array_agg(n.nspname::pg_catalog.text ORDER BY c.oid)
                          FILTER (WHERE c.oid IS NOT NULL), '{}') AS schemas,
               COALESCE(pg_catalog.array_agg(c.relname::pg_catalog.text ORDER BY c.oid)
                          FILTER (WHERE c.oid IS NOT NULL), '{}') AS tables
          FROM pg_catalog.pg_publication p
          LEFT JOIN pg_catalog.pg_publication_rel r ON r.prpubid OPERATOR(pg_catalog.=) p.oid
          LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) r.prrelid
          LEFT JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
         WHERE pg_catalog.starts_with(p.pubname::pg_catalog.text, %s)
           AND pg_catalog.pg_get_userbyid(p.pubowner) OPERATOR(pg_catalog.=) current_user
         GROUP BY p.pubname"""
        .formatted(Sql.literal(prefix));
  }

  private static String array(Collection<RoleName> names) {
    return names.stream()
        .map(name -> Sql.literal(name.value()))
        .collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog.name[]"));
  }
}
