package dev.pgoperator.pg.plan;

import java.util.List;

/** Drops a publication of ours that no stream wants any more. */
public record DropPublication(DatabaseName database, String name) implements Change {

  @Override
  public String subject() {
    return "publication %s of database %s".formatted(Sql.ident(name), database.quoted());
  }

  @Override
  public String reason() {
    return "no stream wants it any more";
  }

  @Override
  public List<Statement> statements() {
    return List.of(Statement.of("DROP PUBLICATION " + Sql.ident(name)));
  }
}
