package dev.pgoperator.pg.plan;

import java.util.Optional;

/** The name of a schema, as the catalog stores it: case-sensitive and without quotes. */
public record SchemaName(String value) implements Comparable<SchemaName> {

  /** For SQL text. */
  public String quoted() {
    return Sql.ident(value);
  }

  /** Why this cannot be the name of a schema that we manage; empty when it can. */
  public Optional<String> objection() {
    return NameRule.objection(value);
  }

  @Override
  public int compareTo(SchemaName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
