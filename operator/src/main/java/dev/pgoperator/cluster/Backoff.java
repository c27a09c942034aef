package dev.pgoperator.cluster;

import java.time.Duration;

/** The pause after failed syncs of one cluster. Pure. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration CAP = Duration.ofMinutes(5);

  private Backoff() {}

  /**
   * The pause before the next attempt.
   *
   * @param failures failed syncs in a row, from 1
   * @param spread a number that differs between clusters, so that they do not come back all at once
   * @return one second, doubled by each failure up to five minutes, plus up to a quarter
   */
  static Duration after(int failures, int spread) {
    Duration pause = FIRST.multipliedBy(1L << Math.min(failures - 1, 20));
    Duration capped = pause.compareTo(CAP) > 0 ? CAP : pause;
    return capped.plus(capped.multipliedBy(Math.floorMod(spread, 100)).dividedBy(400));
  }
}
