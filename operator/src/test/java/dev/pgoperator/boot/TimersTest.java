package dev.pgoperator.boot;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final Vertx vertx = Vertx.vertx();
  private final Timers timers = new Timers(vertx);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(5, SECONDS);
  }

  /**
   * As that of a team whose API failed, in a sync of a cluster that sleeps before the pause ends.
   */
  @Test
  void aTimerOutlivesTheVerticleThatSetIt() throws Exception {
    Promise<Void> over = Promise.promise();
    var cluster =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            timers.later(Duration.ofMillis(200), over::complete);
            return Future.succeededFuture();
          }
        };
    String id =
        vertx
            .deployVerticle(
                cluster, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
            .await(5, SECONDS);
    vertx.undeploy(id).await(5, SECONDS);
    over.future().await(5, SECONDS);
  }
}
