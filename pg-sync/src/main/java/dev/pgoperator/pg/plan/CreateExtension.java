package dev.pgoperator.pg.plan;

import java.util.List;

/** Installs an extension into a schema. */
public record CreateExtension(DatabaseName database, ExtensionName extension, SchemaName schema)
    implements Change {

  @Override
  public String subject() {
    return "extension " + extension.quoted() + " of database " + database.quoted();
  }

  @Override
  public String reason() {
    return "the extension is missing";
  }

  @Override
  public List<Statement> statements() {
    return List.of(
        Statement.of(
            "CREATE EXTENSION IF NOT EXISTS %s SCHEMA %s"
                .formatted(extension.quoted(), schema.quoted())));
  }
}
