package dev.pgoperator.cluster.step;

import java.time.Duration;
import java.time.Instant;

/**
 * How soon to look again for something that announces itself by no event, such as a server that
 * begins to answer. Eager while it may happen any moment, patient later.
 */
final class Waiting {
  private static final Duration EAGER = Duration.ofMillis(100);
  private static final Duration PATRONI = Duration.ofMillis(400);
  private static final Duration PATIENT = Duration.ofSeconds(2);
  private static final Duration RARE = Duration.ofSeconds(15);

  private Waiting() {}

  static Outcome.RetryAfter until(SyncContext context, String reason, String why) {
    Instant now = context.ports().clock().instant();
    return new Outcome.RetryAfter(
        pause(Duration.between(context.memory().waitingSince(now), now)), reason, why);
  }

  /** For what Patroni has to say, which costs requests; the pause after having waited this long. */
  static Duration forPatroni(Duration waited) {
    Duration pause = pause(waited);
    return pause.compareTo(PATRONI) < 0 ? PATRONI : pause;
  }

  /** The pause after having waited this long. */
  static Duration pause(Duration waited) {
    if (waited.compareTo(Duration.ofMinutes(1)) < 0) {
      return EAGER;
    }
    return waited.compareTo(Duration.ofMinutes(10)) < 0 ? PATIENT : RARE;
  }
}
