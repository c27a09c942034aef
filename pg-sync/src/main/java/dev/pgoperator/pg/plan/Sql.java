package dev.pgoperator.pg.plan;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Puts names and values into SQL text safely, whatever they contain. DDL takes no bind parameters,
 * so every name and value of ours passes through here.
 *
 * <p>Source of the rules: PostgreSQL manual, chapter "Lexical Structure", quoted identifiers and
 * string constants with C-style escapes.
 */
public final class Sql {
  private Sql() {}

  /** A quoted identifier; quotes inside are doubled. */
  public static String ident(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * A string constant. A value with a backslash takes the {@code E''} form, which means the same
   * whether or not {@code standard_conforming_strings} is on: a database owner may turn that off
   * for sessions in its database.
   */
  public static String literal(String value) {
    String doubled = value.replace("'", "''");
    return value.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : " E'" + doubled.replace("\\", "\\\\") + "'";
  }

  /** Quoted names separated by commas, in the collection's order. */
  static String roles(Collection<RoleName> names) {
    return names.stream().map(RoleName::quoted).collect(Collectors.joining(", "));
  }
}
