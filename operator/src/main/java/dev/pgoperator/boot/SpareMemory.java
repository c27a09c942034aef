package dev.pgoperator.boot;

import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back that nobody needs any more. The serial collector lets garbage of long-lived
 * objects lie until the heap has its largest size, so that an operator that was busy once would
 * stay large for ever (decision 0031). A full collection stops everything for a moment, so it is
 * made when nothing is done, and only when most of the heap must be garbage.
 */
final class SpareMemory {
  private static final Logger LOG = LoggerFactory.getLogger(SpareMemory.class);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final long MUCH = 32L << 20;

  private final BooleanSupplier idle;

  /**
   * @param idle whether nothing is done now
   */
  SpareMemory(BooleanSupplier idle) {
    this.idle = idle;
  }

  /** Looks from time to time, from now on. */
  void watch(Vertx vertx) {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().startsWith("Tenured")) {
        vertx.setPeriodic(LOOK.toMillis(), timer -> look(pool));
      }
    }
  }

  private void look(MemoryPoolMXBean pool) {
    MemoryUsage afterLast = pool.getCollectionUsage();
    long live = afterLast == null ? 0 : afterLast.getUsed();
    long before = pool.getUsage().getCommitted();
    if (isMostlyGarbage(before, live) && idle.getAsBoolean()) {
      long begun = System.nanoTime();
      System.gc();
      LOG.debug(
          "gave back {} MiB in {} ms",
          (before - pool.getUsage().getCommitted()) >> 20,
          Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }
  }

  /**
   * Whether a collection is worth its pause.
   *
   * @param committed bytes that the heap of long-lived objects takes
   * @param live bytes that the last full collection left there; 0 when there was none
   */
  static boolean isMostlyGarbage(long committed, long live) {
    return committed > MUCH + 2 * live;
  }
}
