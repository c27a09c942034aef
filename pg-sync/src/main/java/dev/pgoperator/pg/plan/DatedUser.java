package dev.pgoperator.pg.plan;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A login user that password rotation made for a role: the role's name and a day as {@code yyMMdd}.
 * The name alone does not prove it (a role {@code foo} and a stranger {@code foobar250101}), so it
 * must also be a direct member of the role.
 */
record DatedUser(RoleName name, LocalDate day) {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");
  private static final int DAY_LENGTH = 6;

  static Optional<DatedUser> of(RoleName role, ObservedRole candidate) {
    String name = candidate.name().value();
    String prefix = role.value();
    if (!name.startsWith(prefix)
        || name.length() != prefix.length() + DAY_LENGTH
        || !candidate.memberOf().contains(role)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DatedUser(candidate.name(), LocalDate.parse(name.substring(prefix.length()), DAY)));
    } catch (DateTimeParseException notADay) {
      return Optional.empty();
    }
  }
}
