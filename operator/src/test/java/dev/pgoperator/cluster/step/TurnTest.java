package dev.pgoperator.cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Lane;
import dev.pgoperator.pace.Limits;
import dev.pgoperator.pace.Permits;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for a server outside, and in which place. */
class TurnTest {
  private final Limits limits = new Limits(new Permits(5), new Permits(2), new Permits(5));
  private final Promise<String> answer = Promise.promise();
  private final List<Thread> threads = new ArrayList<>();

  private void ask(Lane lane) {
    var turn = new Turn(limits, new Claim(lane, "shop"), () -> false);
    var asked = Promise.<Void>promise();
    threads.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  Await.await("begin", turn.begin());
                  asked.complete();
                  turn.look("ask", answer.future());
                  turn.end();
                }));
    asked.future().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void untilFree(int places) {
    long begun = System.nanoTime();
    while (limits.syncs().free() != places) {
      assertThat(System.nanoTime() - begun)
          .as("%s free places within ten seconds, not %s", places, limits.syncs().free())
          .isLessThan(10_000_000_000L);
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    answer.tryComplete("late");
    for (Thread thread : threads) {
      assertThat(thread.join(java.time.Duration.ofSeconds(10))).isTrue();
    }
    assertThat(limits.syncs().free()).isEqualTo(5);
    assertThat(limits.aside().free()).isEqualTo(2);
  }

  @Test
  void whoWaitsGivesThePlaceBackUntilTooManyDo() {
    ask(Lane.PERIODIC);
    untilFree(5);
    ask(Lane.EVENT);
    untilFree(5);
    ask(Lane.PERIODIC);
    untilFree(4);
    ask(Lane.EVENT);
    untilFree(3);
  }

  @Test
  void whoAPersonWaitsForDoesSoAlways() {
    ask(Lane.PERIODIC);
    ask(Lane.PERIODIC);
    untilFree(5);
    ask(Lane.PERSON);
    untilFree(5);
  }

  @Test
  void andTakesNobodysRoom() {
    ask(Lane.PERSON);
    untilFree(5);
    assertThat(limits.aside().free()).isEqualTo(2);
  }
}
