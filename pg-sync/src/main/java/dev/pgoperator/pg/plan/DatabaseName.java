package dev.pgoperator.pg.plan;

import java.util.Optional;

/** The name of a database, as the catalog stores it: case-sensitive and without quotes. */
public record DatabaseName(String value) implements Comparable<DatabaseName> {

  /** For SQL text. */
  public String quoted() {
    return Sql.ident(value);
  }

  /**
   * Why this cannot be the name of a database that we manage; empty when it can. The rule for
   * database names is that of the reference's manifest: letters, digits, underscores.
   */
  public Optional<String> objection() {
    return NameRule.databaseObjection(value);
  }

  @Override
  public int compareTo(DatabaseName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
