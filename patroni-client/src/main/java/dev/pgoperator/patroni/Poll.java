package dev.pgoperator.patroni;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Asks a question again and again.
 *
 * @param pauseMillis from an answer to the next question
 */
record Poll(Vertx vertx, long pauseMillis) {

  /**
   * Ends with the first answer that is yes; a question that fails was answered with no. Fails only
   * when the timer does, because Vert.x is being closed.
   */
  Future<Void> until(Supplier<Future<Boolean>> question) {
    Promise<Void> end = Promise.promise();
    ask(question, end);
    return end.future();
  }

  /** A loop and no chain of futures, which would grow with each question. */
  private void ask(Supplier<Future<Boolean>> question, Promise<Void> end) {
    question
        .get()
        .otherwise(false)
        .onSuccess(
            yes -> {
              if (yes) {
                end.complete();
              } else {
                vertx
                    .timer(pauseMillis)
                    .onSuccess(tick -> ask(question, end))
                    .onFailure(end::tryFail);
              }
            });
  }
}
