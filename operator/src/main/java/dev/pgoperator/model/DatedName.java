package dev.pgoperator.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** The name of a user that a rotation made: the role's, and the day as {@code yyMMdd}, in UTC. */
final class DatedName {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");

  private DatedName() {}

  static String of(String role, Instant now) {
    return role + DAY.format(LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  /** A role {@code foobar250101} is none of {@code foo}'s: what follows must be a day, no more. */
  static boolean isOne(String name, String role) {
    if (!name.startsWith(role)) {
      return false;
    }
    try {
      return LocalDate.parse(name.substring(role.length()), DAY) != null;
    } catch (DateTimeParseException noDay) {
      return false;
    }
  }
}
