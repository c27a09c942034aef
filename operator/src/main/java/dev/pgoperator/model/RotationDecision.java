package dev.pgoperator.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What is to happen to the secret of a role now (behaviour.md §3.10, api.md §3.4.4). */
public sealed interface RotationDecision {

  /**
   * Nothing.
   *
   * @param next when the next rotation falls due; empty when none will
   */
  record Rest(Optional<Instant> next) implements RotationDecision {}

  /** The password stays; the secret is to say when it will be renewed. */
  record Schedule(Instant next) implements RotationDecision {}

  /**
   * A new password.
   *
   * @param username whose; the secret will name this user
   * @param next for the secret; empty when the role is not rotated any more
   */
  record Renew(String username, Optional<Instant> next) implements RotationDecision {}

  /**
   * The secret is that of another role: their names differ only in {@code -} and {@code _}, which
   * are one in the name of a secret.
   */
  record Shared(String other) implements RotationDecision {}

  /** Decides for one role. Pure. */
  static RotationDecision of(RotationRule rule, String role, RoleSecret secret, Instant now) {
    String user = secret.username();
    boolean known = user.isEmpty() || user.equals(role) || secret.isDated(role);
    if (!known && user.replace('-', '_').equals(role.replace('-', '_'))) {
      return new Shared(user);
    }
    return switch (rule) {
      case RotationRule.Never() ->
          user.isEmpty() || user.equals(role)
              ? new Rest(Optional.empty())
              : new Renew(role, Optional.empty());
      case RotationRule.NewUser(var interval) ->
          byDate(secret, DatedName.of(role, now), interval, now);
      case RotationRule.InPlace(var interval) ->
          secret.isDated(role)
              ? new Renew(role, Optional.of(after(now, interval)))
              : byDate(secret, role, interval, now);
    };
  }

  /**
   * A date farther away than the interval is drawn nearer: the interval has been shortened. The
   * reference sees the same and forgets it again.
   */
  private static RotationDecision byDate(
      RoleSecret secret, String user, Duration interval, Instant now) {
    Instant latest = after(now, interval);
    Optional<Instant> due = secret.nextRotation().flatMap(RotationDecision::date);
    if (due.isEmpty() || due.get().isAfter(latest)) {
      return new Schedule(latest);
    }
    return due.get().isBefore(now) ? new Renew(user, Optional.of(latest)) : new Rest(due);
  }

  private static Instant after(Instant now, Duration interval) {
    return now.plus(interval).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }
}
