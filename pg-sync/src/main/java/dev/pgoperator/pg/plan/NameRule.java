package dev.pgoperator.pg.plan;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What PostgreSQL cannot store as a name. The server would cut a longer name silently and later
 * answer that the role or schema does not exist, for ever; so such a name is refused before
 * anything is sent.
 */
final class NameRule {
  /** NAMEDATALEN - 1 of every packaged PostgreSQL, in bytes of UTF-8. */
  static final int MAX_BYTES = 63;

  private static final Pattern DATABASE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Set<String> RESERVED_ROLES = Set.of("public", "none");

  private NameRule() {}

  static Optional<String> objection(String name) {
    if (name.isEmpty()) {
      return Optional.of("the name is empty");
    }
    if (name.indexOf('\0') >= 0) {
      return Optional.of("the name contains a NUL character");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return Optional.of("the name is longer than " + MAX_BYTES + " bytes");
    }
    return Optional.empty();
  }

  static Optional<String> roleObjection(String name) {
    if (RESERVED_ROLES.contains(name) || name.startsWith("pg_")) {
      return Optional.of("PostgreSQL reserves this role name");
    }
    return objection(name);
  }

  static Optional<String> databaseObjection(String name) {
    if (!DATABASE.matcher(name).matches()) {
      return Optional.of("the name is not made of letters, digits and underscores");
    }
    return objection(name);
  }
}
