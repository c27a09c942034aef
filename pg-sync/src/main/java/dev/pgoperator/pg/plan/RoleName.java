package dev.pgoperator.pg.plan;

import java.util.Optional;

/** The name of a role, as the catalog stores it: case-sensitive and without quotes. */
public record RoleName(String value) implements Comparable<RoleName> {

  /** For SQL text. */
  public String quoted() {
    return Sql.ident(value);
  }

  /** Why this cannot be the name of a role that we manage; empty when it can. */
  public Optional<String> objection() {
    return NameRule.roleObjection(value);
  }

  @Override
  public int compareTo(RoleName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
