package dev.pgoperator.cluster.step;

import dev.pgoperator.model.Maintenance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks the maintenance windows before something that the users of a cluster would notice. What a
 * person has just asked for by an edit of the manifest is not held back, as it never was; see
 * decision 0016.
 */
final class Interruption {
  /** Longest time until somebody looks again, so that a changed clock does no harm. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private Interruption() {}

  /**
   * Empty when it may be done now, otherwise what to say.
   *
   * @param what would be done, for people
   */
  static Optional<Outcome> postponed(SyncContext context, String what) {
    return context.asked() ? Optional.empty() : untilWindow(context, what);
  }

  /** The same for what waits for its window also when somebody asked for it. */
  static Optional<Outcome> untilWindow(SyncContext context, String what) {
    Instant now = context.ports().clock().instant();
    return switch (Maintenance.of(context.blueprint(), now)) {
      case Maintenance.Open() -> Optional.empty();
      case Maintenance.Closed closed -> {
        Duration pause =
            closed.until().map(opening -> Duration.between(now, opening)).orElse(LONGEST);
        Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        yield Optional.of(
            new Outcome.Postponed(bounded.plusSeconds(1), what + " waits " + closed.text()));
      }
    };
  }
}
