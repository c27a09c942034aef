package dev.pgoperator.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting with a deadline. */
final class Waits {
  private static final Duration LOOK = Duration.ofMillis(10);

  private Waits() {}

  static void until(String what, Duration limit, BooleanSupplier look) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!look.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /**
   * Waits until this machine's processors have had little to do for some seconds: controllers that
   * catch up with what was made would be measured otherwise.
   *
   * @param usual load without them, 0 to 1
   */
  static void untilCalm(double usual, Duration limit) {
    double calm = usual + 0.2;
    until("this machine comes to rest", limit, () -> load(Duration.ofSeconds(4)) < calm);
  }

  /** The share of all processors' time that was not idle, 0 to 1. */
  static double load(Duration window) {
    long[] before = times();
    pass(window);
    long[] after = times();
    return 1 - (after[0] - before[0]) / (double) Math.max(1, after[1] - before[1]);
  }

  /** Idle time and all time since the machine's start, in ticks (proc_stat(5)). */
  private static long[] times() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      String[] fields = lines.findFirst().orElseThrow().split(" +", -1);
      long all = 0;
      for (int field = 1; field <= 8; field++) {
        all += Long.parseLong(fields[field]);
      }
      return new long[] {Long.parseLong(fields[4]) + Long.parseLong(fields[5]), all};
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Lets time pass, for a measurement over a window or a pace. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
