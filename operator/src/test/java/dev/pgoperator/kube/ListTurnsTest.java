package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who lists before whom. */
class ListTurnsTest {
  private final Vertx vertx = Vertx.vertx();
  private final ListTurns one = new ListTurns(vertx, 1, Duration.ofMinutes(10));

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void oneBeginsWhenTheOneBeforeHasEnded() throws Exception {
    Promise<Void> first = Promise.promise();
    Promise<Void> began = Promise.promise();
    one.take(first::future);
    one.take(
        () -> {
          began.complete();
          return Future.succeededFuture();
        });
    assertThat(began.future().isComplete()).isFalse();
    first.complete();
    began.future().await(10, TimeUnit.SECONDS);
  }

  @Test
  void oneThatWasEndedBeforeItsTurnHoldsUpNobody() throws Exception {
    Promise<Void> first = Promise.promise();
    one.take(first::future);
    Future<Void> ended =
        one.take(
            () -> {
              throw new IllegalStateException("Cannot restart a stopped informer");
            });
    Future<Void> next = one.take(Future::succeededFuture);
    first.complete();

    next.await(10, TimeUnit.SECONDS);
    assertThat(ended.failed()).isTrue();
  }

  @Test
  void oneThatNeverEndsHoldsUpTheOthersForAMomentOnly() throws Exception {
    var impatient = new ListTurns(vertx, 1, Duration.ofMillis(1));
    impatient.take(() -> Promise.<Void>promise().future());
    impatient.take(Future::succeededFuture).await(10, TimeUnit.SECONDS);
  }
}
