package dev.pgoperator.pg.plan;

import java.util.Optional;

/** The name of a extension, as the catalog stores it: case-sensitive and without quotes. */
public record ExtensionName(String value) implements Comparable<ExtensionName> {

  /** For SQL text. */
  public String quoted() {
    return Sql.ident(value);
  }

  /** Why this cannot be the name of a extension that we manage; empty when it can. */
  public Optional<String> objection() {
    return NameRule.objection(value);
  }

  @Override
  public int compareTo(ExtensionName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
