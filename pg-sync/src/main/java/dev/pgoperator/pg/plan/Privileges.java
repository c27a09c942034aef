package dev.pgoperator.pg.plan;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Default privileges that creators give to one pair of reader and writer.
 *
 * @param creators roles whose future objects are meant
 * @param roles whose reader and writer get access
 */
record Privileges(Collection<RoleName> creators, RoleTriple roles) {

  /** For objects anywhere in the database, schemas included. */
  List<Statement> everywhere() {
    String head = "ALTER DEFAULT PRIVILEGES FOR ROLE " + Sql.roles(creators);
    return Stream.concat(
            Stream.of(head + " GRANT USAGE ON SCHEMAS TO " + both()),
            objectGrants().map(grant -> head + grant))
        .map(Statement::of)
        .toList();
  }

  /** Access to the schema itself and to what is created in it. */
  List<Statement> in(SchemaName schema) {
    String head =
        "ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA %s"
            .formatted(Sql.roles(creators), schema.quoted());
    return Stream.concat(
            Stream.of("GRANT USAGE ON SCHEMA " + schema.quoted() + " TO " + both()),
            objectGrants().map(grant -> head + grant))
        .map(Statement::of)
        .toList();
  }

  Stream<RoleName> everyone() {
    return Stream.concat(creators.stream(), Stream.of(roles.reader(), roles.writer()));
  }

  private Stream<String> objectGrants() {
    String reader = roles.reader().quoted();
    String writer = roles.writer().quoted();
    return Stream.of(
        " GRANT SELECT ON TABLES TO " + reader,
        " GRANT SELECT ON SEQUENCES TO " + reader,
        " GRANT INSERT, UPDATE, DELETE ON TABLES TO " + writer,
        " GRANT USAGE, UPDATE ON SEQUENCES TO " + writer,
        " GRANT EXECUTE ON FUNCTIONS TO " + both(),
        " GRANT USAGE ON TYPES TO " + both());
  }

  private String both() {
    return roles.reader().quoted() + ", " + roles.writer().quoted();
  }
}
