package dev.pgoperator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.ClusterVerticle.Work;
import dev.pgoperator.cluster.Manifests;
import dev.pgoperator.cluster.Pending;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.cluster.step.Await;
import dev.pgoperator.cluster.step.Turn;
import dev.pgoperator.pace.Limits;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster to which nothing happens has no verticle, and loses nothing by that. */
class IdleClustersTest {
  private static final ClusterId ORDERS = new ClusterId("shop", "orders");
  private static final ClusterId SALES = new ClusterId("shop", "sales");
  private static final Duration SOON = Duration.ofMillis(1);

  private final Vertx vertx = Vertx.vertx();
  private final Limits limits = new Limits(4, 4);
  private final AtomicInteger works = new AtomicInteger();
  private final Map<String, Integer> done = new ConcurrentHashMap<>();

  /** By the kind of trigger, the verticle that dealt with it last. */
  private final Map<String, String> verticles = new ConcurrentHashMap<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Fleet fleet(Work work) {
    return new Fleet(
        vertx,
        limits,
        (all, mailbox) -> {
          works.incrementAndGet();
          return work;
        },
        SOON);
  }

  private Next note(Pending pending, Turn turn) {
    String verticle = vertx.getOrCreateContext().deploymentID();
    pending.kinds().forEach(kind -> verticles.put(kind, verticle));
    pending.kinds().forEach(kind -> done.merge(kind, 1, Integer::sum));
    return new Next.Settled();
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

  private static Trigger edit(ClusterId id) {
    return new Trigger.SpecChanged(Manifests.valid(id.name(), "a", 1));
  }

  /** Another cluster, told later, falls asleep: whoever was to do so before it would have. */
  private void aMomentPasses(Fleet fleet) {
    for (int i = 1; i <= 3; i++) {
      int times = i;
      fleet.tell(SALES, new Trigger.PodChanged("sales-0"));
      until("the other one was synced", () -> done.getOrDefault("pod-changed", 0) == times);
      until("the other one sleeps", () -> !lives("pod-changed"));
    }
  }

  /** Whether the verticle is there that dealt with such a trigger last. */
  private boolean lives(String kind) {
    return vertx.deploymentIDs().contains(verticles.getOrDefault(kind, ""));
  }

  @Test
  void aClusterToWhichNothingHappensHasNoVerticleAndIsKnown() {
    Fleet fleet = fleet(this::note);
    fleet.tell(ORDERS, edit(ORDERS));
    until("the verticle is gone", () -> fleet.awake() == 0 && vertx.deploymentIDs().isEmpty());
    assertThat(done).containsEntry("spec-changed", 1);
    assertThat(fleet.known()).containsExactly(ORDERS);
  }

  @Test
  void theNextTriggerWakesItWithAllThatItKnew() {
    Fleet fleet = fleet(this::note);
    fleet.tell(ORDERS, edit(ORDERS));
    until("it sleeps", () -> fleet.awake() == 0);
    fleet.tellIfKnown(ORDERS, new Trigger.Resync());
    until("it was synced", () -> done.containsKey("resync"));
    assertThat(works).as("its mailbox and its work are the same").hasValue(1);
  }

  @Test
  void aClusterThatWillLookAgainStaysAwake() {
    var later = new Next.Again(Duration.ofHours(1), new Trigger.Retry("waiting"));
    Fleet fleet =
        fleet(
            (pending, turn) -> {
              Next settled = note(pending, turn);
              return pending.kinds().contains("spec-changed") ? later : settled;
            });
    fleet.tell(ORDERS, edit(ORDERS));
    until("it was synced", () -> done.containsKey("spec-changed"));
    aMomentPasses(fleet);
    assertThat(lives("spec-changed")).isTrue();
  }

  @Test
  void aRetryThatWasWaitedForLetsItSleepAfterwards() {
    var soon = new Next.Again(Duration.ofMillis(20), new Trigger.Retry("waiting"));
    Fleet fleet =
        fleet(
            (pending, turn) -> {
              note(pending, turn);
              return pending.kinds().contains("spec-changed") ? soon : new Next.Settled();
            });
    fleet.tell(ORDERS, edit(ORDERS));
    until("it sleeps", () -> fleet.awake() == 0);
    assertThat(done).containsEntry("retry", 1);
  }

  @Test
  void aSyncThatTakesItsTimeIsNotInterrupted() {
    Promise<Void> end = Promise.promise();
    Fleet fleet =
        fleet(
            (pending, turn) -> {
              if (pending.kinds().contains("spec-changed")) {
                done.put("begun", 1);
                Await.await("scripted", end.future());
              }
              return note(pending, turn);
            });
    fleet.tell(ORDERS, edit(ORDERS));
    until("it has begun", () -> done.containsKey("begun"));
    aMomentPasses(fleet);
    end.complete();
    until("it was done", () -> done.containsKey("spec-changed"));
    until("it sleeps", () -> !lives("spec-changed"));
  }

  /** A work whose order to Patroni, for example, has not ended. */
  private record Ordering(Work work, Promise<Void> end) implements Work {
    @Override
    public Next run(Pending pending, Turn turn) {
      return work.run(pending, turn);
    }

    @Override
    public boolean goesOn() {
      return !end.future().isComplete();
    }
  }

  @Test
  void anOrderThatIsCarriedOutKeepsItAwake() {
    Promise<Void> end = Promise.promise();
    Fleet fleet =
        new Fleet(
            vertx,
            limits,
            (all, mailbox) ->
                mailbox.id().equals(ORDERS) ? new Ordering(this::note, end) : this::note,
            SOON);
    fleet.tell(ORDERS, edit(ORDERS));
    until("it was synced", () -> done.containsKey("spec-changed"));
    aMomentPasses(fleet);
    assertThat(lives("spec-changed")).isTrue();
    end.complete();
    until("it sleeps", () -> !lives("spec-changed"));
  }

  /** Else it would be Vert.x's child of the one whose sync told of it, and stopped with that. */
  @Test
  void aClusterThatASyncOfAnotherWokeOutlivesThatOne() {
    var later = new Next.Again(Duration.ofHours(1), new Trigger.Retry("waiting"));
    Fleet fleet =
        new Fleet(
            vertx,
            limits,
            (all, mailbox) ->
                (pending, turn) -> {
                  note(pending, turn);
                  if (mailbox.id().equals(ORDERS)) {
                    all.tell(SALES, edit(SALES));
                    return new Next.Settled();
                  }
                  return later;
                },
            SOON);
    fleet.tell(ORDERS, new Trigger.PodChanged("orders-0"));
    until("the other one was synced", () -> done.containsKey("spec-changed"));
    until("the first one sleeps", () -> fleet.awake() == 1);
    until("its verticle is gone", () -> vertx.deploymentIDs().size() <= 1);
    fleet.tell(SALES, new Trigger.Resync());
    until("it hears", () -> done.containsKey("resync"));
  }

  @Test
  void aClusterThatIsDeletedInItsSleepIsTornDownAndForgotten() {
    Fleet fleet =
        new Fleet(
            vertx,
            limits,
            (all, mailbox) ->
                (pending, turn) -> {
                  note(pending, turn);
                  if (pending.deletion().isEmpty()) {
                    return new Next.Settled();
                  }
                  all.forget(mailbox.id());
                  return new Next.Gone();
                },
            SOON);
    fleet.tell(ORDERS, edit(ORDERS));
    until("it sleeps", () -> fleet.awake() == 0);
    fleet.tell(ORDERS, new Trigger.Deleted(Manifests.valid("orders", "a", 1).origin()));
    until("it is gone", () -> fleet.known().isEmpty() && vertx.deploymentIDs().isEmpty());
    assertThat(done).containsEntry("deleted", 1);
  }
}
