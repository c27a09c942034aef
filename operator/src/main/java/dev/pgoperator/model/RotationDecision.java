package dev.pgoperator.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What is to happen to the secret of a role now (behaviour.md §3.10, api.md §3.4.4). */
public sealed interface RotationDecision {

  /** How long a new secret stays as it was made, unless somebody asks for rotation. */
  Duration SETTLING = Duration.ofHours(12);

  /**
   * Nothing.
   *
   * @param next when there is something to decide again, such as the next rotation; empty when
   *     nothing will be
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

  /**
   * What the decision depends on beside the role.
   *
   * @param now the time
   * @param cause what people have just done about it
   */
  record Moment(Instant now, Cause cause) {}

  /** Why a date is written into a secret that has none, or not yet. */
  enum Cause {
    /**
     * The cluster is being made: its secrets have name and password, as the reference makes them.
     */
    CREATION,
    /** The manifest was edited or the options for rotation have changed: the dates are told now. */
    CHANGE,
    /**
     * Nobody did anything. A secret gets its date half a day after it was made, so that the syncs
     * that follow a creation write nothing.
     */
    NONE
  }

  /** Decides for one role. Pure. */
  static RotationDecision of(RotationRule rule, String role, RoleSecret secret, Moment moment) {
    Instant now = moment.now();
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
          byDate(secret, DatedName.of(role, now), interval, moment);
      case RotationRule.InPlace(var interval) ->
          secret.isDated(role)
              ? new Renew(role, Optional.of(after(now, interval)))
              : byDate(secret, role, interval, moment);
    };
  }

  /**
   * A date farther away than the interval is drawn nearer: the interval has been shortened. The
   * reference sees the same and forgets it again.
   */
  private static RotationDecision byDate(
      RoleSecret secret, String user, Duration interval, Moment moment) {
    Instant now = moment.now();
    Instant latest = after(now, interval);
    Optional<Instant> due = secret.nextRotation().flatMap(RotationDecision::date);
    if (due.isEmpty() || due.get().isAfter(latest)) {
      Optional<Instant> later = unscheduledUntil(secret, moment);
      return later.isPresent() ? new Rest(later) : new Schedule(latest);
    }
    return due.get().isBefore(now) ? new Renew(user, Optional.of(latest)) : new Rest(due);
  }

  /** Until when a secret that never had a date stays without; empty when it is to get one. */
  private static Optional<Instant> unscheduledUntil(RoleSecret secret, Moment moment) {
    if (secret.nextRotation().isPresent()) {
      return Optional.empty();
    }
    return switch (moment.cause()) {
      case CREATION -> Optional.of(moment.now().plus(SETTLING));
      case CHANGE -> Optional.empty();
      case NONE -> secret.made().map(at -> at.plus(SETTLING)).filter(moment.now()::isBefore);
    };
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
