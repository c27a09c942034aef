package dev.pgoperator.e2e;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * SIGKILL of an operator at random moments: {@code -Dkills=20} for so many in each flow ({@code
 * e2e/bench kills}), {@code -Dkills.seed=…} for the same moments again.
 */
final class Kills {
  static final String ROUNDS = "dev.pgoperator.e2e.Kills#rounds";
  private static final int COUNT = Integer.getInteger("kills", 1);
  private static final long SEED = Long.getLong("kills.seed", System.nanoTime());

  private Kills() {}

  /** One number for each kill of a flow. */
  static List<Integer> rounds() {
    return IntStream.range(0, COUNT).boxed().toList();
  }

  static boolean areMany() {
    return COUNT > 1;
  }

  static void tellSeed() {
    Figures.tell("seed of the kills", Long.toString(SEED));
  }

  /**
   * Kills it once, and waits for the next.
   *
   * @param flow as long as it takes without a kill, so that a kill may also come just before or
   *     after its end
   */
  static void within(Duration flow, int round, Operator operator) {
    Duration moment =
        Duration.ofMillis(new SplittableRandom(SEED + round).nextLong(flow.toMillis()));
    System.out.println("kill    " + moment.toMillis() + " ms after the edit");
    LockSupport.parkNanos(moment.toNanos());
    operator.kill();
    operator.awaitReady();
  }
}
