package dev.pgoperator.boot;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Timers that belong to nobody. One that is set from a cluster's verticle would go with that, which
 * is stopped when the cluster is idle. Thread-safe.
 */
final class Timers {
  private final Vertx vertx;
  private final Context root;

  /** To be made outside of any verticle. */
  Timers(Vertx vertx) {
    this.vertx = vertx;
    this.root = vertx.getOrCreateContext();
  }

  /** Runs something, which must not block, after a pause. */
  void later(Duration pause, Runnable action) {
    root.runOnContext(now -> vertx.setTimer(Math.max(1, pause.toMillis()), timer -> action.run()));
  }
}
