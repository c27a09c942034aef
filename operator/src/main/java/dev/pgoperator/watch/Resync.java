package dev.pgoperator.watch;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Looks at every cluster once in a period, spread evenly over it: each cluster has its own moment,
 * derived from its name, so that a fleet is never looked at in one burst.
 */
public final class Resync {
  private static final int SLOTS = 60;

  private final Fleet fleet;
  private int slot;

  private Resync(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Starts the rounds; they end with the Vert.x instance. */
  public static void start(Vertx vertx, Fleet fleet, Duration period) {
    var rounds = new Resync(fleet);
    vertx.setPeriodic(Math.max(1, period.toMillis() / SLOTS), timer -> rounds.next());
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
