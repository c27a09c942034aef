package dev.pgoperator.e2e.bench;

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

  /** Lets time pass, for a measurement over a window or a pace. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
