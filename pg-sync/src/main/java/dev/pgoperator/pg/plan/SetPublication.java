package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates a publication of inserts and updates, or gives an existing one other tables.
 *
 * @param exists whether it is there already
 */
public record SetPublication(
    DatabaseName database, String name, Set<TableName> tables, boolean exists) implements Change {

  @Override
  public String subject() {
    return "publication %s of database %s".formatted(Sql.ident(name), database.quoted());
  }

  @Override
  public String reason() {
    return exists ? "its tables differ" : "the publication is missing";
  }

  @Override
  public List<Statement> statements() {
    String list = tables.stream().map(TableName::quoted).collect(Collectors.joining(", "));
    return List.of(
        Statement.of(
            exists
                ? "ALTER PUBLICATION %s SET TABLE %s".formatted(Sql.ident(name), list)
                : "CREATE PUBLICATION %s FOR TABLE %s WITH (publish = 'insert, update')"
                    .formatted(Sql.ident(name), list)));
  }
}
