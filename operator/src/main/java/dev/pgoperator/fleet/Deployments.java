package dev.pgoperator.fleet;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.ClusterVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the verticles of clusters. Vert.x makes what is deployed from a verticle a child
 * of it, which is stopped with it; so this is done from a context that belongs to no verticle,
 * whoever asks for it. Thread-safe.
 */
final class Deployments {
  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
  private static final DeploymentOptions OPTIONS =
      new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);

  private final Vertx vertx;
  private final Context root;

  /** To be made outside of any verticle. */
  Deployments(Vertx vertx) {
    this.vertx = vertx;
    this.root = vertx.getOrCreateContext();
  }

  /** Comes back at once; the result is the verticle's id when it has started. */
  Future<String> start(ClusterId id, ClusterVerticle verticle) {
    Promise<String> started = Promise.promise();
    root.runOnContext(now -> vertx.deployVerticle(verticle, OPTIONS).onComplete(started));
    return started
        .future()
        .onFailure(failure -> LOG.error("verticle of {} did not start", id, failure));
  }

  /** Comes back at once; what the verticle is doing is interrupted. */
  void stop(ClusterId id, Future<String> deployment) {
    root.runOnContext(
        now ->
            deployment
                .compose(vertx::undeploy)
                .onFailure(failure -> LOG.warn("verticle of {} did not stop", id, failure)));
  }

  /**
   * Comes back at once; what the verticle is doing gives way, and is interrupted only when it does
   * not in time.
   *
   * @return done when it has stopped
   */
  Future<Void> release(Member.Awake member, Duration patience) {
    Promise<Void> stopped = Promise.promise();
    root.runOnContext(
        now ->
            member
                .deployment()
                .compose(
                    deployment ->
                        member
                            .verticle()
                            .leave()
                            .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                            .eventually(() -> vertx.undeploy(deployment)))
                .otherwiseEmpty() // it has stopped by itself meanwhile
                .onComplete(stopped));
    return stopped.future();
  }
}
