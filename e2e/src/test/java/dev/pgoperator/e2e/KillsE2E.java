package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SIGKILL of the operator at a random moment of each flow ({@link Kills}); the next operator ends
 * it, and does nothing twice.
 */
@EndToEnd(value = "e2e-kills", ownOperator = true)
@Order(40)
class KillsE2E {
  private static final Duration LONG = Duration.ofMinutes(3);

  private final Scene scene;
  private final PostgresCluster cluster;

  KillsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("hunted");
  }

  @BeforeAll
  void create() {
    Kills.tellSeed();
    scene.create(Manifests.roomy("hunted", 3));
    cluster.awaitRunning();
    cluster.awaitRoles(3, LONG);
    cluster.awaitRunning();
  }

  private void killWithin(Duration flow, int round) {
    Kills.within(flow, round, scene.operator());
  }

  /** What the last operator says, not the one that was killed. */
  private void awaitSettled() {
    cluster.awaitRoles(3, LONG);
    cluster.awaitPhase("Running", LONG);
  }

  @ParameterizedTest
  @MethodSource(Kills.ROUNDS)
  @Order(1)
  void duringARestartForAParameter(int round) {
    Map<String, String> pods = cluster.uids();
    String value = Integer.toString(round % 2 == 0 ? 90 + round : 80 - round); // up and down
    try (var restarts = Restarts.of(scene, cluster);
        var census = PodCensus.of(scene, cluster.labels())) {
      cluster.editParameter("max_connections", value);
      killWithin(Duration.ofSeconds(8), round);
      cluster.awaitEverywhere("max_connections", value, LONG);
      awaitSettled();
      restarts.stop();
      assertThat(restarts.counted())
          .as("each server is restarted once")
          .hasSize(3)
          .allSatisfy((pod, count) -> assertThat(count).isEqualTo(1));
      assertThat(census.replaced()).isEmpty();
    }
    assertThat(cluster.uids()).isEqualTo(pods);
  }

  @ParameterizedTest
  @MethodSource(Kills.ROUNDS)
  @Order(2)
  void duringASwitchover(int round) {
    Map<String, String> pods = cluster.uids();
    Pod primary = cluster.primary();
    String name = primary.getMetadata().getName();
    int timeline = cluster.timeline();
    try (var census = PodCensus.of(scene, cluster.labels());
        var rows = cluster.startWriting()) {
      cluster.condemn(primary);
      killWithin(Duration.ofSeconds(6), round);
      awaitAnotherPod(name, pods);
      awaitSettled();
      assertThat(census.replaced()).containsExactly(name);
      assertThat(census.fewestWorking()).isEqualTo(2);
      assertThat(cluster.timeline()).as("it was handed over once").isEqualTo(timeline + 1);
      assertThat(cluster.primary().getMetadata().getName()).isNotEqualTo(name);
      assertThat(rows.lost()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kills.ROUNDS)
  @Order(3)
  void duringARollingUpdate(int round) {
    Assumptions.assumeTrue(Kills.areMany(), "LifeE2E kills three times during one");
    String value = 40 + 4 * (round % 2) + "MB";
    eachPodIsReplacedOnce(round, () -> cluster.editParameter("shared_buffers", value));
    cluster.awaitEverywhere("shared_buffers", value, LONG);
  }

  @ParameterizedTest
  @MethodSource(Kills.ROUNDS)
  @Order(4)
  void duringAChangeOfTheImage(int round) {
    Assumptions.assumeTrue(Kills.areMany(), "the same flow as a rolling update for a parameter");
    boolean next = round % 2 == 0; // and back
    String image = next ? '"' + Manifests.NEXT_IMAGE + '"' : "null";
    eachPodIsReplacedOnce(
        round, () -> cluster.edit("{\"spec\":{\"dockerImage\":%s}}".formatted(image)));
    assertThat(cluster.pods())
        .extracting(pod -> pod.getSpec().getContainers().getFirst().getImage())
        .allMatch(running -> running.equals(Manifests.NEXT_IMAGE) == next);
  }

  private void eachPodIsReplacedOnce(int round, Runnable edit) {
    Map<String, String> pods = cluster.uids();
    String primary = cluster.primary().getMetadata().getName();
    int timeline = cluster.timeline();
    try (var census = PodCensus.of(scene, cluster.labels());
        var rows = cluster.startWriting()) {
      edit.run();
      killWithin(Duration.ofSeconds(18), round);
      cluster
          .waiting()
          .until("all pods were replaced", LONG, () -> census.replaced().size() >= pods.size());
      awaitSettled();
      assertThat(census.replaced())
          .as("each once, the primary last")
          .hasSize(3)
          .doesNotHaveDuplicates()
          .endsWith(primary);
      assertThat(census.fewestWorking()).isEqualTo(2);
      assertThat(cluster.timeline()).as("it was handed over once").isEqualTo(timeline + 1);
      assertThat(rows.lost()).isEmpty();
    }
    assertThat(cluster.uids().values()).doesNotContainAnyElementsOf(pods.values());
  }

  /** Patroni promotes another by itself; the operator that comes back has nothing to replace. */
  @ParameterizedTest
  @MethodSource(Kills.ROUNDS)
  @Order(5)
  void duringTheDeathOfThePrimary(int round) {
    Assumptions.assumeTrue(Kills.areMany(), "OperatorAwayE2E has no operator in the meantime");
    Map<String, String> pods = cluster.uids();
    Pod primary = cluster.primary();
    String name = primary.getMetadata().getName();
    int timeline = cluster.timeline();
    try (var census = PodCensus.of(scene, cluster.labels())) {
      new InPod(scene, primary).attempt("kill -9 -1");
      scene.client().resource(primary).withGracePeriod(0).delete();
      killWithin(Duration.ofSeconds(6), round);
      awaitAnotherPod(name, pods);
      awaitSettled();
      assertThat(census.replaced()).containsExactly(name);
      assertThat(census.fewestWorking()).isEqualTo(2);
      assertThat(cluster.timeline()).as("one other was promoted").isEqualTo(timeline + 1);
    }
  }

  private void awaitAnotherPod(String name, Map<String, String> before) {
    cluster
        .waiting()
        .until(
            name + " is another pod",
            LONG,
            () -> {
              String uid = cluster.uids().get(name);
              return uid != null && !uid.equals(before.get(name));
            });
  }

  @ParameterizedTest
  @MethodSource(Kills.ROUNDS)
  @Order(6)
  void duringAMajorUpgrade(int round) {
    PostgresCluster aged = scene.create(Manifests.small("aged-" + round, 2, "15"));
    aged.awaitRunning();
    aged.awaitRoles(2, LONG);
    aged.awaitRunning();
    try (var census = PodCensus.of(scene, aged.labels());
        var rows = aged.startWriting()) {
      aged.edit("{\"spec\":{\"postgresql\":{\"version\":\"17\"}}}");
      killWithin(Duration.ofSeconds(24), round);
      aged.awaitAnswer(
          "app", "app", "SELECT current_setting('server_version_num')::int / 10000", "17", LONG);
      aged.awaitPhase("Running", LONG);
      aged.awaitRoles(2, LONG);
      assertThat(census.replaced()).as("each pod once").hasSize(2).doesNotHaveDuplicates();
      assertThat(aged.annotation("last-major-upgrade-success")).isPresent();
      assertThat(aged.annotation("last-major-upgrade-failure")).isEmpty();
      assertThat(aged.pods())
          .allMatch(pod -> !pod.getMetadata().getLabels().containsKey("critical-operation"));
      assertThat(rows.lost()).isEmpty();
    }
    aged.resource().delete();
    aged.waiting().until("its pods are gone", LONG, () -> aged.pods().isEmpty());
  }
}
