package dev.pgoperator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.ClusterVerticle.Work;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.cluster.step.Await;
import dev.pgoperator.pace.Limits;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads tell a cluster something at about the moment at which it falls asleep. */
class SleepRaceTest {
  private static final ClusterId ORDERS = new ClusterId("shop", "orders");
  private static final int ROUNDS = 2_000;

  /** Each thread has its own, so that it finds its trigger in what was done. */
  private static final List<Trigger> TRIGGERS =
      List.of(
          new Trigger.PodChanged("orders-0"),
          new Trigger.ObjectChanged("Service orders"),
          new Trigger.NodeChanged("n1"),
          new Trigger.ConfigChanged("ConfigMap operator"));

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger works = new AtomicInteger();
  private final Map<String, Integer> done = new ConcurrentHashMap<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private int done(Trigger trigger) {
    return done.getOrDefault(trigger.kind(), 0);
  }

  private static void until(String what, BooleanSupplier fact) {
    long begun = System.nanoTime();
    while (!fact.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .as(what)
          .isLessThan(Duration.ofSeconds(20));
      LockSupport.parkNanos(10_000);
    }
  }

  @Test
  void triggersThatRaceWithFallingAsleepAreNeverLostAndSyncsNeverOverlap() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Work work =
        (pending, turn) -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          Promise<Void> steps = Promise.promise();
          vertx.runOnContext(aside -> steps.complete());
          Await.await("scripted", steps.future());
          pending.kinds().forEach(kind -> done.merge(kind, 1, Integer::sum));
          atOnce.decrementAndGet();
          return new Next.Settled();
        };
    Fleet fleet =
        new Fleet(
            vertx,
            new Limits(4, 4),
            (all, mailbox) -> {
              works.incrementAndGet();
              return work;
            },
            Duration.ofMillis(1));
    Random chance = new Random(29);
    try (ExecutorService threads = Executors.newFixedThreadPool(TRIGGERS.size())) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Callable<Void>> tellers = new ArrayList<>();
        for (Trigger trigger : TRIGGERS) {
          long pause = chance.nextLong(2_000_000);
          tellers.add(() -> tellAndWait(fleet, trigger, pause));
        }
        for (Future<Void> teller : threads.invokeAll(tellers)) {
          teller.get();
        }
        until("it sleeps", () -> fleet.awake() == 0);
      }
    }
    assertThat(most).hasValue(1);
    assertThat(atOnce).hasValue(0);
    assertThat(works).hasValue(1);
    until("no verticle is left", () -> vertx.deploymentIDs().isEmpty());
  }

  /** Around the moment at which the cluster would fall asleep; this thread's trigger is done. */
  private Void tellAndWait(Fleet fleet, Trigger trigger, long pauseNanos) {
    int before = done(trigger);
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < pauseNanos) {
      LockSupport.parkNanos(10_000);
    }
    fleet.tell(ORDERS, trigger);
    until(trigger.kind() + " was done", () -> done(trigger) > before);
    return null;
  }
}
