package dev.pgoperator.boot;

import dev.pgoperator.shard.Time;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The process's monotonic clock, and timers on one event loop. */
record VertxTime(Vertx vertx, Context loop) implements Time {

  @Override
  public Duration now() {
    return Duration.ofNanos(System.nanoTime());
  }

  @Override
  public void later(Duration pause, Runnable action) {
    loop.runOnContext(
        here -> {
          if (pause.isPositive()) {
            vertx.setTimer(Math.max(1, pause.toMillis()), timer -> action.run());
          } else {
            action.run();
          }
        });
  }
}
