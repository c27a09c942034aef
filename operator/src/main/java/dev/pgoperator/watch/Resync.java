package dev.pgoperator.watch;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Looks at every cluster once in a period, spread evenly over it: each cluster has its own moment,
 * derived from its name, so that a fleet is never looked at in one burst.
 */
public final class Resync {
  private static final int SLOTS = 60;

  private final Vertx vertx;
  private final Fleet fleet;
  private final Supplier<Duration> period;
  private Duration used = Duration.ZERO; // guarded by this
  private long timer = -1; // guarded by this
  private int slot; // touched by the timer only

  /**
   * @param period asked anew for each slot, because it is an option
   */
  public Resync(Vertx vertx, Fleet fleet, Supplier<Duration> period) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.period = period;
  }

  /**
   * Starts the rounds, which end with the Vert.x instance; or goes on with another period, if it is
   * another one.
   */
  public synchronized void pace() {
    Duration now = period.get();
    if (!now.equals(used)) {
      vertx.cancelTimer(timer);
      timer = vertx.setPeriodic(slot(now), tick -> next());
      used = now;
    }
  }

  /** Milliseconds between two slots. */
  static long slot(Duration period) {
    return Math.max(1, period.toMillis() / SLOTS);
  }

  private void next() {
    int now = slot;
    slot = (slot + 1) % SLOTS;
    for (ClusterId id : fleet.known()) {
      if (Math.floorMod(id.hashCode(), SLOTS) == now) {
        fleet.tellIfKnown(id, new Trigger.Resync());
      }
    }
  }
}
