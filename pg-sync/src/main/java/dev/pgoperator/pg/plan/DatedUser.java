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
    return candidate.memberOf().contains(role)
        ? day(candidate.name(), role).map(day -> new DatedUser(candidate.name(), day))
        : Optional.empty();
  }

  /** Whether this is how a rotation would name a user of the role. */
  static boolean isNamed(RoleName user, RoleName role) {
    return day(user, role).isPresent();
  }

  private static Optional<LocalDate> day(RoleName user, RoleName role) {
    String name = user.value();
    String prefix = role.value();
    if (!name.startsWith(prefix) || name.length() != prefix.length() + DAY_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(name.substring(prefix.length()), DAY));
    } catch (DateTimeParseException notADay) {
      return Optional.empty();
    }
  }
}
