package dev.pgoperator.cluster.step;

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
   */
  public static <T> T await(String what, Future<T> future) {
    // Through transform, because await() rethrows any throwable unchecked; this way only an
    // interrupt escapes.
    AsyncResult<T> result =
        future.transform((AsyncResult<T> done) -> Future.succeededFuture(done)).await();
    if (result.succeeded()) {
      return result.result();
    }
    throw new StepFailed(what, result.cause());
  }
}
