package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four pods become two, in synchronous mode: the primary and its standby are those that go. */
class ScaleDownTest {
  private static final String STANDBY_GOES = "delete Pod orders-3";

  private final World world =
      new World(Map.of("enable_database_access", "false", "min_instances", "4"));
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void aClusterOfFour() {
    world.sync(Manifests.with(1, "  patroni: {synchronous_mode: true}\n"));
    world.templateBecomes("r1");
    pods.streams("orders-0", "r1");
    pods.streams("orders-1", "r1");
    pods.leads("orders-2", "r1");
    pods.streams("orders-3", "r1");
    world.patroni.isWaitedFor("orders-3");
    world.podEvent();
    assertThat(replicas()).isEqualTo(4);
    world.kube.writes().clear();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void twoAreWanted() {
    world.configure(Map.of("enable_database_access", "false"));
  }

  private int replicas() {
    return world.kube.named(StatefulSet.class, "orders").getSpec().getReplicas();
  }

  private List<String> deletions() {
    return world.kube.writes().stream().filter(write -> write.startsWith("delete Pod")).toList();
  }

  private List<String> told() {
    return world.kube.events().stream().map(event -> event.getMessage()).toList();
  }

  @Test
  void theStandbyIsReplacedSoThatThePrimaryCanHandOverToOneThatStays() {
    twoAreWanted();
    world.podEvent();
    assertThat(deletions()).containsExactly(STANDBY_GOES);
    assertThat(told()).anyMatch(text -> text.startsWith("replacing pod orders-3"));
    assertThat(world.patroni.orders()).isEmpty();

    pods.goes("orders-3");
    world.podEvent();
    assertThat(world.patroni.orders()).as("Patroni has not chosen yet").isEmpty();
    world.patroni.isWaitedFor("orders-1");
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-2 to orders-1");
    assertThat(replicas()).isEqualTo(4);

    pods.leads("orders-1", "r1");
    pods.streams("orders-2", "r1");
    world.podEvent();
    assertThat(replicas()).isEqualTo(2);
    assertThat(deletions()).containsExactly(STANDBY_GOES);
    assertThat(world.kube.events()).noneMatch(event -> event.getType().equals("Warning"));
  }

  @Test
  void aStandbyThatIsBackBeforePatroniHasChosenAnotherIsReplacedAgain() {
    twoAreWanted();
    pods.goes("orders-3");
    pods.starts("orders-3", "r1");
    world.patroni.isWaitedFor("orders-3");
    world.podEvent();
    assertThat(deletions()).as("it does not stream yet").hasSize(1);

    pods.streams("orders-3", "r1");
    world.patroni.isWaitedFor("orders-3");
    world.podEvent();
    assertThat(deletions()).containsExactly(STANDBY_GOES, STANDBY_GOES);
  }

  @Test
  void aPodThatTheWatchTellsOfLateIsNotDeletedAgain() {
    twoAreWanted();
    pods.streams("orders-3", "r1");
    world.patroni.isWaitedFor("orders-3");
    world.podEvent();
    assertThat(deletions()).containsExactly(STANDBY_GOES);
  }

  @Test
  void noPodIsReplacedWhileAnotherIsMissing() {
    pods.goes("orders-0");
    twoAreWanted();
    assertThat(deletions()).isEmpty();

    pods.streams("orders-0", "r1");
    world.podEvent();
    assertThat(deletions()).containsExactly(STANDBY_GOES);
  }

  @Test
  void thePrimaryGoesWithoutASwitchoverWhereNobodyWhoStaysGetsWell() {
    pods.starts("orders-0", "r1");
    pods.starts("orders-1", "r1");
    twoAreWanted();
    assertThat(replicas()).isEqualTo(4);
    world.timePasses(Duration.ofMinutes(3));
    world.podEvent();
    assertThat(deletions()).isEmpty();
    assertThat(replicas()).isEqualTo(2);
    assertThat(told()).anyMatch(text -> text.startsWith("orders-2 goes without a switchover"));
  }
}
