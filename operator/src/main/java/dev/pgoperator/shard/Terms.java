package dev.pgoperator.shard;

import java.time.Duration;

/**
 * The times that all pods keep, measured by each on its own clock. What makes it safe is the
 * difference between {@link #LEASE} and {@link #VALID}: a holder ends five seconds before anybody
 * else may begin, counted from a moment that is earlier (when its last renewal was sent) than the
 * one that others count from (when they saw it).
 */
public final class Terms {
  /** A lease that was seen unchanged for so long may be taken by another pod. */
  public static final Duration LEASE = Duration.ofSeconds(15);

  /** A holder counts its lease as lost so long after its last successful renewal was sent. */
  public static final Duration VALID = Duration.ofSeconds(10);

  /** Between two renewals; a tenth more or less by chance, so that pods do not ask together. */
  public static final Duration RENEWAL = Duration.ofSeconds(5);

  static final double JITTER = 0.1;

  /** For one answer of the API server. */
  static final Duration DEADLINE = Duration.ofSeconds(4);

  /**
   * Between two looks at all leases while other pods are there: a released one is taken so soon.
   */
  public static final Duration LOOK = Duration.ofSeconds(1);

  /** The same in a pod that is alone. */
  public static final Duration LOOK_ALONE = Duration.ofSeconds(5);

  /** How long running syncs have to give way before a shard is released; then it expires. */
  public static final Duration GIVE_WAY = Duration.ofSeconds(10);

  /** Between two looks at the clock; costs no request. */
  static final Duration TICK = Duration.ofMillis(200);

  /** The name of a pod that has not been heard of for so long is cleared away. */
  static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private Terms() {}

  /** The pause after a request that failed, the given number of times in a row. */
  static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  /**
   * A duration, a little longer or shorter.
   *
   * @param chance from 0 to 1
   */
  static Duration jittered(Duration duration, double chance) {
    return Duration.ofMillis(Math.round(duration.toMillis() * (1 - JITTER + 2 * JITTER * chance)));
  }
}
