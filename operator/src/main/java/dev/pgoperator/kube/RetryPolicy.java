package dev.pgoperator.kube;

import java.time.Duration;
import java.util.Optional;

/**
 * When a failed request is sent again. Pure: the same attempt and status give the same answer.
 *
 * @param attempts how often a request is sent at most
 * @param first the pause before the second attempt; doubles after each
 * @param cap the longest pause
 */
public record RetryPolicy(int attempts, Duration first, Duration cap) {

  /** Five attempts within about two seconds; a whole sync is retried by its mailbox after that. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(1));

  /**
   * The pause before the next attempt, or empty when the failure is final. Conflicts, throttling,
   * timeouts and server errors pass; other refusals do not, because the same request would be
   * refused again.
   *
   * @param attempt the number of the failed attempt, from 1
   * @param status the HTTP status, or 0 when there was no answer
   */
  public Optional<Duration> next(int attempt, int status) {
    boolean passing =
        status == 0 || status == 408 || status == 409 || status == 429 || status >= 500;
    if (!passing || attempt >= attempts) {
      return Optional.empty();
    }
    Duration pause = first.multipliedBy(1L << Math.min(attempt - 1, 20));
    return Optional.of(pause.compareTo(cap) > 0 ? cap : pause);
  }
}
