package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * Installs the function by which a connection pooler finds a user's stored password. It runs with
 * the rights of the superuser that creates it; its own {@code search_path} keeps a caller's objects
 * out. A password that has expired is not told, because PgBouncer would not ask whether it has
 * (CVE-2025-2291). A function of that name that belongs to somebody else is not taken over, with
 * whatever was granted on it, but dropped.
 */
public record InstallLookup(DatabaseName database, SchemaName schema, RoleName user)
    implements Change {
  /** The function's name. */
  static final String FUNCTION = "user_lookup";

  /**
   * What the server stores as the function's source; compared to see whether the function is ours
   * and current.
   */
  static final String BODY =
      """

      BEGIN
        SELECT s.usename, CASE WHEN s.valuntil < now() THEN NULL ELSE s.passwd END
          INTO uname, phash
          FROM pg_catalog.pg_shadow AS s
         WHERE s.usename = i_username;
      END
      """;

  @Override
  public String subject() {
    return "lookup function of database " + database.quoted();
  }

  @Override
  public String reason() {
    return "the pooler's user " + user.quoted() + " has no current one";
  }

  @Override
  public List<Statement> statements() {
    String function = schema.quoted() + "." + FUNCTION + "(text)";
    return Stream.of(
            "CREATE SCHEMA IF NOT EXISTS " + schema.quoted(),
            dropForeign(function),
            """
            CREATE OR REPLACE FUNCTION %s.%s(IN i_username text, OUT uname text, OUT phash text) RETURNS record
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $lookup$%s$lookup$"""
                .formatted(schema.quoted(), FUNCTION, BODY),
            "REVOKE ALL ON FUNCTION %s FROM public, %s".formatted(function, user.quoted()),
            "GRANT EXECUTE ON FUNCTION %s TO %s".formatted(function, user.quoted()),
            "GRANT USAGE ON SCHEMA %s TO %s".formatted(schema.quoted(), user.quoted()))
        .map(Statement::of)
        .toList();
  }

  private static String dropForeign(String function) {
    return "DO "
        + Sql.literal(
            """
            BEGIN
              IF EXISTS (
                   SELECT FROM pg_catalog.pg_proc p
                    WHERE p.oid OPERATOR(pg_catalog.=) pg_catalog.to_regprocedure(%s)
                      AND pg_catalog.pg_get_userbyid(p.proowner)
                            OPERATOR(pg_catalog.<>) current_user) THEN
                DROP FUNCTION %s;
              END IF;
            END"""
                .formatted(Sql.literal(function), function));
  }
}
