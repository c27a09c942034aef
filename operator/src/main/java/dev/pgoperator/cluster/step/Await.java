package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.KubeFailure;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;

/** The only caller of {@link Future#await()}: parks the virtual thread until a future is done. */
public final class Await {
  private Await() {}

  /**
   * The result of a future.
   *
   * @param what names the work, for the failure's text
   * @throws StepFailed when the future failed, with the failure as its cause
   * @throws Preempted when it was a write, and this pod may not write any more
   */
  public static <T> T await(String what, Future<T> future) {
    // Through transform, because await() rethrows any throwable unchecked; this way only an
    // interrupt escapes.
    AsyncResult<T> result =
        future.transform((AsyncResult<T> done) -> Future.succeededFuture(done)).await();
    if (result.succeeded()) {
      return result.result();
    }
    if (result.cause() instanceof KubeFailure.Withheld) {
      throw Preempted.handedOver(what);
    }
    throw new StepFailed(what, result.cause());
  }
}
