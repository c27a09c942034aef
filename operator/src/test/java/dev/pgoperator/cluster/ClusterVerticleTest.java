package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.step.Await;
import dev.pgoperator.cluster.step.Turn;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.pace.Lane;
import dev.pgoperator.pace.Limits;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The verticle, its mailbox and the real event bus together; only the work itself is scripted. */
class ClusterVerticleTest {
  private static final ClusterId ORDERS = new ClusterId("shop", "orders");

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Run> runs = new LinkedBlockingQueue<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  /** One run of the work, which lasts until the test ends it. */
  private record Run(Pending pending, Turn turn, Promise<Next> end) {}

  private final Fleet fleet = new Fleet(vertx, new Limits(2, 2), (fleet, mailbox) -> this::work);

  private Next work(Pending pending, Turn turn) {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    Promise<Next> end = Promise.promise();
    runs.add(new Run(pending, turn, end));
    Next next = Await.await("scripted", end.future());
    atOnce.decrementAndGet();
    return next;
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Run next() throws InterruptedException {
    Run run = runs.poll(10, TimeUnit.SECONDS);
    assertThat(run).as("a run within ten seconds").isNotNull();
    return run;
  }

  private static void until(BooleanSupplier fact) {
    long begun = System.nanoTime();
    while (!fact.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      Thread.onSpinWait();
    }
  }

  private static Trigger edit(long generation) {
    return new Trigger.SpecChanged(Manifests.valid("orders", "a", generation));
  }

  @Test
  void triggersThatArriveDuringASyncAreTakenTogetherAfterIt() throws Exception {
    fleet.tell(ORDERS, edit(1));
    Run first = next();
    for (int i = 2; i <= 50; i++) {
      fleet.tell(ORDERS, edit(i));
      fleet.tell(ORDERS, new Trigger.PodChanged("orders-0"));
    }
    assertThat(runs).as("nothing runs beside a running sync").isEmpty();
    first.end().complete(new Next.Settled());
    Run second = next();
    assertThat(second.pending().kinds()).containsExactlyInAnyOrder("spec-changed", "pod-changed");
    second.end().complete(new Next.Settled());
    assertThat(mostAtOnce).hasValue(1);
  }

  @Test
  void aRunningSyncSeesThatADeletionWaits() throws Exception {
    fleet.tell(ORDERS, edit(1));
    Run sync = next();
    assertThat(sync.turn().over()).isFalse();
    fleet.tell(ORDERS, new Trigger.Deleted(Manifests.valid("orders", "a", 1).origin()));
    assertThat(sync.turn().over()).isTrue();
    sync.end().complete(new Next.Settled());
    assertThat(next().pending().deletion()).isPresent();
  }

  @Test
  void anEditStopsARunningSyncWhoseErrandIsDoneByTheNext() throws Exception {
    fleet.tell(ORDERS, edit(1));
    next().end().complete(new Next.Settled());
    fleet.tell(ORDERS, new Trigger.Resync());
    Run sync = next();
    fleet.tell(ORDERS, new Trigger.PodChanged("orders-0"));
    assertThat(sync.turn().over()).as("only a person is in a hurry").isFalse();
    fleet.tell(ORDERS, edit(2));
    assertThat(sync.turn().over()).isTrue();
    sync.turn().leave();
    sync.end().complete(new Next.Settled());

    Run after = next();
    assertThat(after.pending().kinds()).contains("spec-changed", "pod-changed", "resync");
    assertThat(after.pending().thorough()).isTrue();
    after.end().complete(new Next.Settled());
  }

  @Test
  void whoEditsWithoutAPauseSeesASyncComeToItsEnd() throws Exception {
    AtomicInteger generation = new AtomicInteger();
    vertx.setPeriodic(10, tick -> fleet.tell(ORDERS, edit(generation.incrementAndGet())));
    int stopped = 0;
    for (boolean ended = false; !ended; ) {
      Run sync = next();
      // As a sync of a quarter of a second does, which looks often whether it has to give way.
      long begun = System.nanoTime();
      while (!sync.turn().over() && Duration.ofNanos(System.nanoTime() - begun).toMillis() < 250) {
        Thread.onSpinWait();
      }
      ended = !sync.turn().over();
      if (!ended) {
        sync.turn().leave();
        stopped++;
      }
      sync.end().complete(new Next.Settled());
    }
    assertThat(stopped).as("stopped before, and each time later").isBetween(1, 10);
  }

  @Test
  void anEditOvertakesThePeriodicWorkThatWaitsBeforeIt() throws Exception {
    Limits one = new Limits(1, 1);
    Fleet narrow = new Fleet(vertx, one, (all, mailbox) -> this::work);
    ClusterId first = new ClusterId("shop", "first");
    narrow.tell(first, edit(1));
    Run running = next();
    for (int i = 0; i < 5; i++) {
      narrow.tell(new ClusterId("shop", "periodic-" + i), new Trigger.Resync());
    }
    narrow.tell(ORDERS, new Trigger.Resync());
    until(() -> one.syncs().waiting(Lane.PERIODIC) == 6);
    narrow.tell(ORDERS, edit(1));
    until(() -> one.syncs().waiting(Lane.PERSON) == 1);
    running.end().complete(new Next.Settled());

    Run second = next();
    assertThat(second.pending().kinds()).containsExactlyInAnyOrder("resync", "spec-changed");
    second.end().complete(new Next.Settled());
    for (int i = 0; i < 5; i++) {
      next().end().complete(new Next.Settled());
    }
  }

  @Test
  void anEventOvertakesPeriodicWorkToo() throws Exception {
    Limits one = new Limits(1, 1);
    Fleet narrow = new Fleet(vertx, one, (all, mailbox) -> this::work);
    narrow.tell(new ClusterId("shop", "first"), edit(1));
    Run running = next();
    narrow.tell(new ClusterId("shop", "periodic"), new Trigger.Resync());
    until(() -> one.syncs().waiting(Lane.PERIODIC) == 1);
    narrow.tell(ORDERS, new Trigger.Resync());
    until(() -> one.syncs().waiting(Lane.PERIODIC) == 2);
    narrow.tell(ORDERS, new Trigger.PodChanged("orders-0"));
    until(() -> one.syncs().waiting(Lane.EVENT) == 1);
    running.end().complete(new Next.Settled());

    Run second = next();
    assertThat(second.pending().kinds()).containsExactlyInAnyOrder("resync", "pod-changed");
    second.end().complete(new Next.Settled());
    next().end().complete(new Next.Settled());
  }

  @Test
  void itComesBackByItselfAfterThePauseThatWasAskedFor() throws Exception {
    fleet.tell(ORDERS, edit(1));
    next().end().complete(new Next.Again(Duration.ofMillis(5), new Trigger.Retry("waiting")));
    Run again = next();
    assertThat(again.pending().kinds()).containsExactly("retry");
    again.end().complete(new Next.Settled());
  }

  @Test
  void aClusterThatWaitsForAPermitHoldsUpNobodyWhoHasOne() throws Exception {
    fleet.tell(new ClusterId("shop", "a"), edit(1));
    fleet.tell(new ClusterId("shop", "b"), edit(1));
    Run one = next();
    Run two = next();
    fleet.tell(new ClusterId("shop", "c"), edit(1));
    one.end().complete(new Next.Settled());
    next().end().complete(new Next.Settled());
    two.end().complete(new Next.Settled());
    assertThat(mostAtOnce).hasValue(2);
  }

  @Test
  void aVerticleThatIsStoppedWhileItWaitsLeavesThePlaceToOthers() throws Exception {
    Limits one = new Limits(1, 1);
    Fleet narrow = new Fleet(vertx, one, (all, mailbox) -> this::work);
    narrow.tell(new ClusterId("shop", "first"), edit(1));
    Run running = next();
    for (int i = 0; i < 20; i++) {
      ClusterId waiting = new ClusterId("shop", "waiting-" + i);
      narrow.tell(waiting, edit(1));
      int all = i + 1;
      until(() -> one.syncs().waiting() == 1);
      // Some before and some after their place is granted.
      if (all == 20) {
        running.end().complete(new Next.Settled());
      }
      narrow.letGo(waiting, Duration.ofSeconds(5)).await(10, TimeUnit.SECONDS);
      until(() -> one.syncs().waiting() == 0);
    }
    until(() -> one.syncs().free() == 1 || !runs.isEmpty());
    for (Run late = runs.poll(); late != null; late = runs.poll()) {
      late.end().complete(new Next.Settled());
    }
    until(() -> one.syncs().free() == 1);
  }

  @Test
  void aForgottenClusterStartsAfreshWhenItsNameComesBack() throws Exception {
    fleet.tell(ORDERS, edit(1));
    next().end().complete(new Next.Settled());
    fleet.tell(ORDERS, new Trigger.Deleted(Manifests.valid("orders", "a", 1).origin()));
    Run teardown = next();
    fleet.forget(ORDERS);
    assertThat(fleet.known()).isEmpty();
    teardown.end().complete(new Next.Gone());
    fleet.tell(ORDERS, new Trigger.SpecChanged(Manifests.valid("orders", "b", 1)));
    assertThat(next().pending().urgent()).isTrue();
  }
}
