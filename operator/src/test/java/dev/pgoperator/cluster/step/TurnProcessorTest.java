package dev.pgoperator.cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Lane;
import dev.pgoperator.pace.Limits;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One processor, and several who want to compute. */
@Timeout(30)
class TurnProcessorTest {
  private final Limits limits = new Limits(9, 1, 9);
  private final Queue<String> wentOn = new ConcurrentLinkedQueue<>();

  @Test
  void whoWaitsLeavesTheProcessorToOthers() throws InterruptedException {
    Promise<Void> answer = Promise.promise();
    Thread waits = works(Lane.EVENT, "first", answer);
    Thread other = works(Lane.EVENT, "other", Promise.promise());

    assertThat(limits.processors().free()).isOne();

    answer.complete();
    waits.join();
    assertThat(wentOn).containsExactly("first");
    other.interrupt();
    other.join();
    assertThat(limits.processors().free()).as("after an interrupt too").isOne();
  }

  @Test
  void aPersonsWorkGoesOnBeforeWhatCouldGoOnEarlier() throws InterruptedException {
    List<Promise<Void>> answers = List.of(Promise.promise(), Promise.promise(), Promise.promise());
    List<Thread> threads = new ArrayList<>();
    threads.add(works(Lane.PERIODIC, "round", answers.get(0)));
    threads.add(works(Lane.EVENT, "event", answers.get(1)));
    threads.add(works(Lane.PERSON, "edit", answers.get(2)));
    var computing = new CountDownLatch(1);
    var enough = new CountDownLatch(1);
    threads.add(
        Thread.startVirtualThread(
            () ->
                turn(Lane.EVENT)
                    .bound(
                        () -> {
                          computing.countDown();
                          return awaited(enough);
                        })));
    assertThat(awaited(computing)).isTrue();

    for (int next = 0; next < answers.size(); next++) {
      answers.get(next).complete();
      untilWaiting(next + 1);
    }
    enough.countDown();

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wentOn).containsExactly("edit", "event", "round");
  }

  /** Starts work that waits for the answer, and returns when it does. */
  private Thread works(Lane lane, String name, Promise<Void> answer) throws InterruptedException {
    var begun = new CountDownLatch(1);
    Thread thread =
        Thread.startVirtualThread(
            () ->
                turn(lane)
                    .bound(
                        () -> {
                          begun.countDown();
                          Await.await("an answer", answer.future());
                          return wentOn.add(name);
                        }));
    assertThat(awaited(begun)).isTrue();
    while (limits.processors().free() == 0) {
      Thread.onSpinWait(); // until it waits
    }
    return thread;
  }

  private Turn turn(Lane lane) {
    return new Turn(limits, new Claim(lane, "shop"), () -> false);
  }

  private void untilWaiting(int many) {
    while (limits.processors().waiting() < many) {
      Thread.onSpinWait();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
