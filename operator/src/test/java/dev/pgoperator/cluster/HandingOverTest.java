package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.patroni.HandOver;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is waited for before and after a switchover, sync by sync. */
class HandingOverTest {
  private static final Map<String, String> OPTIONS = Map.of("enable_database_access", "false");

  private final World world = new World(OPTIONS);
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void aClusterWhosePrimaryHasTheHigherNumber() {
    world.sync(Manifests.with(1, ""));
    pods.pairRuns("orders-1", "orders-0");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void configure(String option, String value) {
    Map<String, String> options = new HashMap<>(OPTIONS);
    options.put(option, value);
    world.configure(options);
  }

  private void theReplicaIsReplaced() {
    configure("docker_image", "spilo:next");
    world.templateBecomes("r2");
    world.podEvent();
    pods.goes("orders-0");
    pods.streams("orders-0", "r2");
  }

  /** Patroni has said that it is done, while the former primary still starts. */
  private void theRoleIsHandedOver(Runnable cause, String revision) {
    world.patroni.nextHandOver(
        Future.succeededFuture(new HandOver("switched over", Duration.ofMillis(700))));
    cause.run();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-0");
    pods.leads("orders-0", revision);
    pods.starts("orders-1", "r1");
    world.podEvent();
  }

  private List<String> deletions() {
    return world.kube.writes().stream().filter(write -> write.startsWith("delete Pod")).toList();
  }

  private List<String> told() {
    return world.kube.events().stream().map(event -> event.getMessage()).toList();
  }

  private int replicas() {
    return world.kube.named(StatefulSet.class, "orders").getSpec().getReplicas();
  }

  @Test
  void aFormerPrimaryIsNotReplacedBeforeItRunsAsAReplica() {
    theReplicaIsReplaced();
    theRoleIsHandedOver(world::podEvent, "r2");
    assertThat(deletions()).containsExactly("delete Pod orders-0");
    assertThat(told()).as("told at once").anyMatch(text -> text.contains("for 700 ms"));

    pods.streams("orders-1", "r1");
    world.podEvent();
    assertThat(deletions()).containsExactly("delete Pod orders-0", "delete Pod orders-1");
    assertThat(world.patroni.orders()).hasSize(1);
  }

  @Test
  void aStandbyThatPatroniNoLongerWaitsForIsNotOrderedToLead() {
    theReplicaIsReplaced();
    pods.streams("orders-2", "r2");
    world.patroni.isWaitedFor("orders-0");
    world.patroni.afterTheNextLook(() -> world.patroni.isWaitedFor("orders-2"));
    world.podEvent();
    assertThat(world.patroni.orders()).isEmpty();

    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-2");
    assertThat(world.kube.events()).noneMatch(event -> event.getType().equals("Warning"));
  }

  @Test
  void nobodyIsToldOfASwitchoverThatIsNotOrdered() {
    theReplicaIsReplaced();
    world.patroni.afterTheNextLook(() -> pods.starts("orders-0", "r2"));
    world.podEvent();
    assertThat(told()).noneMatch(text -> text.startsWith("switchover"));

    pods.streams("orders-0", "r2");
    world.podEvent();
    assertThat(told())
        .filteredOn(text -> text.startsWith("switchover"))
        .containsExactly(
            "switchover from orders-1 to orders-0 begins",
            "switchover from orders-1 to orders-0 succeeded; nobody accepted writes for 700 ms");
  }

  @Test
  void aSuccessorThatNoLongerRunsIsNotOrderedToLead() {
    theReplicaIsReplaced();
    world.patroni.afterTheNextLook(() -> pods.starts("orders-0", "r2"));
    world.podEvent();
    assertThat(world.patroni.orders()).isEmpty();

    pods.streams("orders-0", "r2");
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-0");
  }

  @Test
  void aScaleDownGoesOnAfterAnOrderThatWasNotGiven() {
    Promise<Void> answer = Promise.promise();
    world.patroni.afterTheNextLook(() -> world.patroni.theNextLookWaitsFor(answer.future()));
    configure("max_instances", "1");
    pods.starts("orders-0", "r1");
    answer.complete();
    pods.streams("orders-0", "r1");
    assertThat(world.podEvent())
        .isInstanceOfSatisfying(
            ClusterVerticle.Next.Again.class,
            soon -> assertThat(soon.pause()).isLessThan(Duration.ofSeconds(1)));
    world.retry();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-0");
  }

  @Test
  void aLeaderThatDoesNotAnswerTheLastQuestionGetsTheOrderAllTheSame() {
    theReplicaIsReplaced();
    world.patroni.afterTheNextLook(
        () -> world.patroni.theNextLookWaitsFor(Future.failedFuture("connection lost")));
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-0");
  }

  @Test
  void aFormerPrimaryDoesNotGoWithAScaleDownBeforeItRunsAsAReplica() {
    theRoleIsHandedOver(() -> configure("max_instances", "1"), "r1");
    assertThat(replicas()).isEqualTo(2);

    pods.streams("orders-1", "r1");
    world.podEvent();
    assertThat(replicas()).isEqualTo(1);
    assertThat(world.patroni.orders()).hasSize(1);
  }
}
