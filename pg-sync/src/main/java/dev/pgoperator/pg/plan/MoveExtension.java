package dev.pgoperator.pg.plan;

import java.util.List;

/** Moves an extension's objects into another schema. */
public record MoveExtension(
    DatabaseName database, ExtensionName extension, SchemaName schema, SchemaName was)
    implements Change {

  @Override
  public String subject() {
    return "extension " + extension.quoted() + " of database " + database.quoted();
  }

  @Override
  public String reason() {
    return "the extension lives in schema " + was.quoted();
  }

  @Override
  public List<Statement> statements() {
    return List.of(
        Statement.of(
            "ALTER EXTENSION %s SET SCHEMA %s".formatted(extension.quoted(), schema.quoted())));
  }
}
