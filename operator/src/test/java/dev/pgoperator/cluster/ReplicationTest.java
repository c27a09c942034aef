package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.pgoperator.cluster.ClusterVerticle.Next;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica that is ready and does not stream, such as one whose disk is full. */
class ReplicationTest {
  private static final String STREAMS =
      """
      {"state":"running","role":"replica","version":"4.0.7","xlog_location":7,
       "replication_state":"streaming"}
      """;
  private static final String STALLED =
      """
      {"state":"running","role":"replica","version":"4.0.7","xlog_location":7}
      """;
  private static final String OLD_PATRONI =
      """
      {"state":"running","role":"replica","version":"2.1.4","xlog_location":7}
      """;

  private final World world = new World(Map.of("enable_database_access", "false"));
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void aClusterWhoseReplicaStreams() {
    world.sync(Manifests.with(1, ""));
    pods.pairRuns("orders-0", "orders-1");
    pods.says("orders-1", STREAMS);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void stalls(Duration time) {
    pods.says("orders-1", STALLED);
    world.podEvent();
    world.timePasses(time);
  }

  private List<String> warnings() {
    return world.kube.events().stream()
        .filter(event -> event.getType().equals("Warning"))
        .map(Event::getMessage)
        .toList();
  }

  private void assertNothingIsTold() {
    assertThat(world.kube.conditions("Complete")).isEmpty();
    assertThat(warnings()).isEmpty();
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");
  }

  private static Duration pause(Next next) {
    return next instanceof Next.Again again ? again.pause() : Duration.ZERO;
  }

  @Test
  void isLookedAtForHalfAMinuteBeforeAnybodyIsTold() {
    pods.says("orders-1", STALLED);
    assertThat(pause(world.podEvent())).isEqualTo(Duration.ofSeconds(30));
    world.timePasses(Duration.ofSeconds(29));
    assertThat(pause(world.retry())).isEqualTo(Duration.ofSeconds(1));
    assertNothingIsTold();
    assertThat(world.kube.writes()).isEmpty();
  }

  @Test
  void isToldOnceAndTheClusterRunsOn() {
    int questions = world.patroni.requests();
    stalls(Duration.ofSeconds(30));
    world.retry();

    var condition = world.kube.condition("Complete");
    assertThat(condition.getStatus()).isEqualTo("False");
    assertThat(condition.getReason()).isEqualTo("ReplicaNotStreaming");
    assertThat(condition.getMessage())
        .isEqualTo(
            "orders-1 has not streamed from the primary since 2026-03-04T12:00:00Z; its own log"
                + " says why");
    assertThat(world.kube.condition("Ready").getStatus()).isEqualTo("True");
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");
    assertThat(warnings()).containsExactly(condition.getMessage());

    world.timePasses(Duration.ofMinutes(5));
    world.retry();
    assertThat(warnings()).hasSize(1);
    assertThat(world.kube.reads()).isEmpty();
    assertThat(world.patroni.requests()).as("questions to Patroni").isEqualTo(questions);
  }

  @Test
  void isNotSpokenOfAnyMoreWhenItStreamsAgain() {
    stalls(Duration.ofSeconds(40));
    world.retry();
    assertThat(world.kube.conditions("Complete")).hasSize(1);

    pods.says("orders-1", STREAMS);
    Next next = world.podEvent();

    assertThat(world.kube.conditions("Complete")).isEmpty();
    assertThat(next).isInstanceOf(Next.Settled.class);
  }

  @Test
  void beginsAnewWhenItStreamedMeanwhile() {
    stalls(Duration.ofSeconds(20));
    pods.says("orders-1", STREAMS);
    world.podEvent();
    stalls(Duration.ofSeconds(20));
    world.retry();
    assertNothingIsTold();
  }

  @Test
  void isAnotherOneWhenItsPodWasReplaced() {
    stalls(Duration.ofSeconds(20));
    pods.goes("orders-1");
    pods.streams("orders-1", "r1");
    stalls(Duration.ofSeconds(20));
    world.retry();
    assertNothingIsTold();
  }

  @Test
  void nothingIsConcludedWhereAnOldPatroniSaysNothing() {
    pods.says("orders-1", OLD_PATRONI);
    world.podEvent();
    world.timePasses(Duration.ofMinutes(2));
    world.retry();
    assertNothingIsTold();
  }

  @Test
  void nobodyIsBlamedWhileThereIsNoLeader() {
    pods.withoutRole("orders-0");
    stalls(Duration.ofMinutes(2));
    world.retry();
    assertThat(world.kube.conditions("Complete")).isEmpty();
    assertThat(world.kube.condition("Ready").getReason()).isEqualTo("PodsNotReady");

    pods.leads("orders-0", "r1");
    world.podEvent();
    assertNothingIsTold();
    world.timePasses(Duration.ofSeconds(30));
    world.retry();
    assertThat(world.kube.condition("Complete").getReason()).isEqualTo("ReplicaNotStreaming");
  }

  @Test
  void aReplicaThatIsNotReadyYetIsWaitedForAndNotBlamed() {
    pods.withoutRole("orders-1");
    stalls(Duration.ofMinutes(2));
    world.retry();
    assertThat(world.kube.conditions("Complete")).isEmpty();
    assertThat(world.kube.condition("Ready").getMessage()).isEqualTo("1 of 2 pods are ready");
  }

  @Test
  void aMajorUpgradeStopsReplicasWithoutAWord() {
    pods.critical(true);
    pods.podsSay("running\nupgrading");
    stalls(Duration.ofMinutes(2));
    world.retry();
    assertThat(world.kube.conditions("Complete")).isEmpty();
  }

  @Test
  void beginsAnewWhenNobodyLookedForLong() {
    stalls(Duration.ofSeconds(10));
    nobodyLooksFor(Duration.ofHours(1));
    assertThat(pause(world.podEvent())).isEqualTo(Duration.ofSeconds(30));
    assertNothingIsTold();

    world.timePasses(Duration.ofSeconds(30));
    world.retry();
    assertThat(warnings())
        .singleElement(as(STRING))
        .startsWith("orders-1 has not streamed from the primary since 2026-03-04T13:00:10Z;");
  }

  @Test
  void beginsAnewAlsoWhenItWasToldBeforeNobodyLooked() {
    stalls(Duration.ofSeconds(40));
    world.retry();
    nobodyLooksFor(Duration.ofMinutes(4));
    assertThat(pause(world.podEvent())).isEqualTo(Duration.ofSeconds(30));
    assertThat(world.kube.conditions("Complete")).isEmpty();
  }

  @Test
  void isToldAlsoWhenTheLookComesALittleLate() {
    stalls(Duration.ofSeconds(29));
    world.retry();
    world.timePasses(Duration.ofSeconds(31));
    world.retry();
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void staysToldWithoutASecondEventWhenTheOperatorStartsAnew() {
    stalls(Duration.ofSeconds(40));
    world.retry();
    var told = world.kube.condition("Complete");
    world.kube.writes().clear();

    operatorStartsAnewAfter(Duration.ofMinutes(10));

    assertThat(world.kube.condition("Complete")).isEqualTo(told);
    assertThat(warnings()).containsExactly(told.getMessage());
    assertThat(world.kube.writes()).isEmpty();
  }

  @Test
  void isNotSpokenOfAnyMoreWhenItStreamsBeforeTheOperatorStartsAnew() {
    stalls(Duration.ofSeconds(40));
    world.retry();
    pods.says("orders-1", STREAMS);
    operatorStartsAnewAfter(Duration.ofMinutes(10));
    assertThat(world.kube.conditions("Complete")).isEmpty();

    pods.says("orders-1", STALLED);
    world.podEvent();
    assertThat(world.kube.conditions("Complete")).as("what is no more told").isEmpty();
  }

  @Test
  void isAnotherOneWhenItsPodWasReplacedBeforeTheOperatorStartsAnew() {
    stalls(Duration.ofSeconds(40));
    world.retry();
    pods.goes("orders-1");
    pods.streams("orders-1", "r1");
    pods.says("orders-1", STALLED);
    operatorStartsAnewAfter(Duration.ofSeconds(10));
    assertThat(world.kube.conditions("Complete")).isEmpty();
  }

  private void nobodyLooksFor(Duration time) {
    pods.critical(true);
    pods.podsSay("running\nupgrading");
    world.podEvent();
    world.timePasses(time);
    world.retry();
    pods.critical(false);
  }

  /** It finds the manifest with the status that was written last. */
  private void operatorStartsAnewAfter(Duration time) {
    world.timePasses(time);
    pods.operatorStartsAnew("r1");
    world.sync(Manifests.with(1, "status: " + Serialization.asJson(world.kube.status())));
  }
}
