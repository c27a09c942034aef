package dev.pgoperator.cluster.step;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Steps await, which only a virtual-thread context allows. */
public final class VirtualThread {
  private VirtualThread() {}

  public static <T> T run(Vertx vertx, Supplier<T> action) {
    List<T> result = new ArrayList<>();
    var once =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            result.add(action.get());
            return Future.succeededFuture();
          }
        };
    vertx
        .deployVerticle(
            once, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
    return result.getFirst();
  }
}
