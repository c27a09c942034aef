package dev.pgoperator.cluster;

import java.time.Duration;

/**
 * How long a sync runs before an edit may stop it. Pure. The first edit stops a sync at once; each
 * sync in a row that was stopped gives the next one more time, because otherwise nothing would ever
 * be applied in full for somebody who edits without a pause.
 */
final class EditPace {
  private static final Duration FIRST = Duration.ofMillis(100);

  /** As long as anything in a sync may take: then one comes to its end. */
  private static final Duration CAP = Duration.ofMinutes(10);

  private EditPace() {}

  /**
   * The time in which edits do not stop a sync.
   *
   * @param stopped syncs in a row that were stopped by edits
   * @return nothing for the first, then 100 ms, doubled up to ten minutes
   */
  static Duration undisturbed(int stopped) {
    if (stopped == 0) {
      return Duration.ZERO;
    }
    Duration time = FIRST.multipliedBy(1L << Math.min(stopped - 1, 20));
    return time.compareTo(CAP) > 0 ? CAP : time;
  }
}
