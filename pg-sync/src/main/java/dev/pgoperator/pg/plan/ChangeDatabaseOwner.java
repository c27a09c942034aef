package dev.pgoperator.pg.plan;

import java.util.List;

/** Gives a database to another owner. */
public record ChangeDatabaseOwner(DatabaseName database, RoleName owner, RoleName was)
    implements Change {

  @Override
  public String subject() {
    return "database " + database.quoted();
  }

  @Override
  public String reason() {
    return "the database belongs to " + was.quoted();
  }

  @Override
  public List<Statement> statements() {
    return List.of(
        Statement.of("ALTER DATABASE " + database.quoted() + " OWNER TO " + owner.quoted()));
  }
}
