package dev.pgoperator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.api.Origin;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.Manifests;
import dev.pgoperator.cluster.Pending;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.cluster.step.Turn;
import dev.pgoperator.pace.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clusters that come to this pod and go from it; only the work itself is scripted. */
class FleetShareTest {
  private static final ClusterId ORDERS = new ClusterId("shop", "orders");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final Set<ClusterId> ours = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Pending> runs = new LinkedBlockingQueue<>();
  private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
  private final AtomicInteger tenures = new AtomicInteger();
  private volatile CountDownLatch mayEnd = new CountDownLatch(0);

  private final Fleet fleet =
      new Fleet(vertx, new Limits(4, 4), this::tenure, (all, mailbox) -> this::work);

  private Optional<BooleanSupplier> tenure(ClusterId id) {
    int now = tenures.get();
    return ours.contains(id)
        ? Optional.of(() -> ours.contains(id) && tenures.get() == now)
        : Optional.empty();
  }

  private Next work(Pending pending, Turn turn) {
    runs.add(pending);
    turns.add(turn);
    try {
      mayEnd.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    if (turn.over()) {
      turn.leave();
    }
    return new Next.Settled();
  }

  @AfterEach
  void close() throws Exception {
    mayEnd.countDown();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static Trigger edit(String uid, long generation) {
    return new Trigger.SpecChanged(Manifests.valid("orders", uid, generation));
  }

  private static Trigger deleted(String uid) {
    return new Trigger.Deleted(origin(uid));
  }

  private static Origin origin(String uid) {
    return Manifests.valid("orders", uid, 1).origin();
  }

  private Pending nextRun() throws InterruptedException {
    Pending run = runs.poll(10, TimeUnit.SECONDS);
    assertThat(run).as("a run within ten seconds").isNotNull();
    return run;
  }

  private Pending takeUp(Optional<Origin> unfinished) throws InterruptedException {
    ours.add(ORDERS);
    fleet.takeUp(ORDERS, unfinished);
    return nextRun();
  }

  private void lose() throws Exception {
    ours.remove(ORDERS);
    fleet.letGo(ORDERS, PATIENCE).await(10, TimeUnit.SECONDS);
  }

  @Test
  void aClusterOfAnotherPodIsKnownAndNothingIsDoneForIt() throws Exception {
    fleet.tell(ORDERS, edit("a", 1));
    ClusterId own = new ClusterId("shop", "own");
    ours.add(own);
    fleet.tell(own, new Trigger.SpecChanged(Manifests.valid("own", "o", 1)));
    nextRun();
    assertThat(runs).isEmpty();
    assertThat(fleet.known()).containsExactlyInAnyOrder(ORDERS, own);
  }

  @Test
  void whatIsTakenUpIsSyncedWithItsNewestManifest() throws Exception {
    fleet.tell(ORDERS, edit("a", 1));
    fleet.tell(ORDERS, edit("a", 2));
    assertThat(takeUp(Optional.empty()).kinds()).containsExactly("appeared");
  }

  @Test
  void whatTheOtherPodHasDealtWithIsNoPersonsWork() throws Exception {
    fleet.tell(ORDERS, edit("a", 1));
    fleet.note(running("a"));
    assertThat(takeUp(Optional.empty()).kinds()).containsExactly("found");
  }

  private static Manifest running(String uid) {
    return Manifests.decoded(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata: {name: orders, namespace: shop, uid: %s, generation: 1, resourceVersion: "7"}
        spec: {teamId: shop, numberOfInstances: 2, volume: {size: 1Gi}, postgresql: {version: "17"}}
        status: {PostgresClusterStatus: Running, observedGeneration: 1}
        """
            .formatted(uid));
  }

  @Test
  void whatIsLostGivesWayAndWaitsForWhoeverTakesItUp() throws Exception {
    mayEnd = new CountDownLatch(1);
    ours.add(ORDERS);
    fleet.tell(ORDERS, edit("a", 1));
    nextRun();
    ours.remove(ORDERS);
    Future<Void> stopped = fleet.letGo(ORDERS, PATIENCE);
    assertThat(turns.element().over()).isTrue();
    assertThat(stopped.isComplete()).as("it still runs").isFalse();
    mayEnd.countDown();
    stopped.await(10, TimeUnit.SECONDS);

    fleet.tell(ORDERS, new Trigger.Resync());
    assertThat(runs).isEmpty();
    assertThat(takeUp(Optional.empty()).kinds()).containsExactly("appeared");
  }

  @Test
  void aDeletionThatTheOtherPodDidNotBeginIsCarriedOut() throws Exception {
    fleet.tell(ORDERS, edit("a", 1));
    fleet.tell(ORDERS, deleted("a"));
    assertThat(takeUp(Optional.empty()).deletion()).isPresent();
  }

  @Test
  void aDeletionThatTheOtherPodHasBegunIsFinishedBeforeTheNewManifest() throws Exception {
    fleet.tell(ORDERS, edit("a", 1));
    fleet.tell(ORDERS, deleted("a"));
    fleet.tell(ORDERS, edit("b", 1));
    Pending run = takeUp(Optional.of(origin("a")));
    assertThat(run.deletion()).map(Origin::uid).contains("a");
    assertThat(run.kinds()).contains("deleted", "appeared");
  }

  /** Its objects are those of the new manifest by now. */
  @Test
  void aDeletionThatTheOtherPodHasFinishedIsNotCarriedOutOnTheNewCluster() throws Exception {
    fleet.tell(ORDERS, edit("a", 1));
    fleet.tell(ORDERS, deleted("a"));
    fleet.tell(ORDERS, edit("b", 1));
    assertThat(takeUp(Optional.empty()).deletion()).isEmpty();
  }

  @Test
  void aTeardownOfWhichOnlyAMarkIsLeftIsTakenUp() throws Exception {
    assertThat(takeUp(Optional.of(origin("a"))).deletion()).isPresent();
  }

  @Test
  void whatTheOtherPodHasTornDownIsForgotten() {
    fleet.tell(ORDERS, edit("a", 1));
    fleet.wasTornDown(ORDERS, false);
    assertThat(fleet.known()).as("its manifest is there").containsExactly(ORDERS);
    fleet.tell(ORDERS, deleted("a"));
    fleet.wasTornDown(ORDERS, false);
    assertThat(fleet.known()).isEmpty();
  }

  @Test
  void whatIsOursIsForgottenByItsOwnWorkOnly() throws Exception {
    mayEnd = new CountDownLatch(1);
    ours.add(ORDERS);
    fleet.tell(ORDERS, edit("a", 1));
    fleet.tell(ORDERS, deleted("a"));
    nextRun();
    fleet.wasTornDown(ORDERS, true);
    fleet.wasTornDown(ORDERS, false);
    assertThat(fleet.known()).containsExactly(ORDERS);
  }

  @Test
  void whoComesBackIsWorkedForAgain() throws Exception {
    ours.add(ORDERS);
    fleet.tell(ORDERS, edit("a", 1));
    nextRun();
    for (int i = 0; i < 10; i++) {
      lose();
      takeUp(Optional.empty());
    }
    fleet.tell(ORDERS, new Trigger.Resync());
    assertThat(nextRun().kinds()).contains("resync");
  }

  @Test
  void aVerticleOfAnEarlierTenureIsReplaced() throws Exception {
    ours.add(ORDERS);
    fleet.tell(ORDERS, edit("a", 1));
    nextRun();
    tenures.incrementAndGet(); // and nobody let it go, because it began in just that moment
    fleet.tell(ORDERS, new Trigger.Resync());
    assertThat(runs).isEmpty();
    assertThat(takeUp(Optional.empty()).kinds()).containsExactly("appeared");
  }
}
