package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a replica that is just becoming the synchronous standby become it before its server is
 * ended. For about two seconds commits wait for it and Patroni has not written down yet who it is;
 * a standby that ends in between does not wait until the primary has released it, as it would do
 * later, and no commit goes through until Patroni's next loop ({@code while_not_sync_standby} in
 * {@code patroni/ha.py}, read in 4.0.7).
 */
final class Appointment {
  private static final String SINCE = "becomes the synchronous standby: ";

  /** Patroni has written it down long before, if it does so at all. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private Appointment() {}

  /** What comes before the end of this pod's server; empty when nothing does. */
  static Optional<Outcome> first(
      SyncContext context, Members members, PodState pod, String reason) {
    String what = SINCE + pod.uid();
    boolean becoming = members.isBecomingStandby(pod);
    Instant now = context.ports().clock().instant();
    context.memory().retainSince(SINCE, becoming ? Set.of(what) : Set.of(), now);
    context.memory().expectLook(SINCE, now.plus(LIMIT));
    if (!becoming) {
      return Optional.empty();
    }
    Duration waited = Duration.between(context.memory().since(what, now), now);
    return waited.compareTo(LIMIT) < 0
        ? Optional.of(
            new Outcome.RetryAfter(
                Waiting.forPatroni(waited),
                reason,
                pod.name() + " is just becoming the synchronous standby"))
        : Optional.empty();
  }
}
