package dev.pgoperator.pg.plan;

import java.util.List;

/** Creates a database. PostgreSQL runs this outside transactions only. */
public record CreateDatabase(DatabaseName database, RoleName owner) implements Change {

  @Override
  public String subject() {
    return "database " + database.quoted();
  }

  @Override
  public String reason() {
    return "the database is missing";
  }

  @Override
  public List<Statement> statements() {
    return List.of(
        Statement.of("CREATE DATABASE " + database.quoted() + " OWNER " + owner.quoted()));
  }
}
