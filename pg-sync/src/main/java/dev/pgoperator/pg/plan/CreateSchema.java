package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Creates a schema of a prepared database together with all privileges on it, in one transaction:
 * an existing schema is never touched again, so it must not exist without them.
 */
public record CreateSchema(PreparedDatabase prepared, SchemaName schema) implements Change {

  @Override
  public String subject() {
    return "schema " + schema.quoted() + " of database " + prepared.name().quoted();
  }

  @Override
  public String reason() {
    return "the schema is missing";
  }

  @Override
  public List<Statement> statements() {
    String create =
        "CREATE SCHEMA %s AUTHORIZATION %s"
            .formatted(schema.quoted(), prepared.schemaOwner(schema).quoted());
    return Stream.concat(
            Stream.of(Statement.of(create)),
            privileges().stream().flatMap(p -> p.in(schema).stream()))
        .toList();
  }

  /** Who gives what to whom (behaviour of the reference: three rules, by who owns the schema). */
  List<Privileges> privileges() {
    RoleTriple database = prepared.databaseRoles();
    RoleName databaseOwner = database.owner();
    PreparedSchema wanted = prepared.schemas().getOrDefault(schema, PreparedSchema.DEFAULT);
    List<RoleName> databaseOwners = withUser(databaseOwner, prepared.defaultUsers());
    if (!wanted.defaultRoles()) {
      return List.of(new Privileges(databaseOwners, database));
    }
    RoleTriple own = prepared.schemaRoles(schema);
    List<RoleName> schemaOwners = withUser(own.owner(), wanted.defaultUsers());
    List<RoleName> all = new ArrayList<>(databaseOwners);
    all.addAll(schemaOwners);
    return List.of(new Privileges(schemaOwners, database), new Privileges(all, own));
  }

  private static List<RoleName> withUser(RoleName owner, boolean user) {
    return user ? List.of(owner, RoleTriple.userOf(owner)) : List.of(owner);
  }
}
