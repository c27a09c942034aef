package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SIGKILL of the operator at a random moment of each flow; the next operator ends it, and does
 * nothing twice. {@code -Dkills=20} for more of them ({@code e2e/bench kills}), {@code
 * -Dkills.seed=…} for the same moments again.
 */
@EndToEnd(value = "e2e-kills", disturbsOperator = true)
@Order(67)
class KillsE2E {
  private static final int KILLS = Integer.getInteger("kills", 1);
  private static final long SEED = Long.getLong("kills.seed", System.nanoTime());
  private static final Duration LONG = Duration.ofMinutes(3);

  private final Scene scene;
  private final PostgresCluster cluster;

  KillsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("hunted");
  }

  @BeforeAll
  void create() {
    Figures.tell("seed of the kills", Long.toString(SEED));
    scene.create(Manifests.small("hunted", 3));
    cluster.awaitRunning();
    cluster.awaitRoles(3, LONG);
    cluster.awaitRunning();
  }

  static List<Integer> kills() {
    return IntStream.range(0, KILLS).boxed().toList();
  }

  /**
   * As long as such a flow takes without a kill, so that a kill may also come just before or after
   * its end.
   */
  private void killWithin(Duration flow, int round) {
    Duration moment =
        Duration.ofMillis(new SplittableRandom(SEED + round).nextLong(flow.toMillis()));
    System.out.println("kill    " + moment.toMillis() + " ms after the edit");
    LockSupport.parkNanos(moment.toNanos());
    scene.operator().kill();
    scene.operator().awaitReady();
  }

  /** What the last operator says, not the one that was killed. */
  private void awaitSettled() {
    cluster.awaitRoles(3, LONG);
    cluster.awaitPhase("Running", LONG);
  }

  @ParameterizedTest
  @MethodSource("kills")
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
  @MethodSource("kills")
  @Order(2)
  void duringASwitchover(int round) {
    Map<String, String> pods = cluster.uids();
    Pod primary = cluster.primary();
    String name = primary.getMetadata().getName();
    int timeline = timeline();
    try (var census = PodCensus.of(scene, cluster.labels());
        var rows = cluster.startWriting()) {
      cluster.condemn(primary);
      killWithin(Duration.ofSeconds(6), round);
      cluster
          .waiting()
          .until(
              "the former primary is another pod",
              LONG,
              () -> {
                String uid = cluster.uids().get(name);
                return uid != null && !uid.equals(pods.get(name));
              });
      awaitSettled();
      assertThat(census.replaced()).containsExactly(name);
      assertThat(census.fewestWorking()).isEqualTo(2);
      assertThat(timeline()).as("it was handed over once").isEqualTo(timeline + 1);
      assertThat(cluster.primary().getMetadata().getName()).isNotEqualTo(name);
      assertThat(rows.lost()).isEmpty();
    }
  }

  private int timeline() {
    return Integer.parseInt(
        cluster
            .query(
                cluster.login("postgres", "postgres"),
                "SELECT ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int")
            .getFirst());
  }

  @ParameterizedTest
  @MethodSource("kills")
  @Order(3)
  void duringARollingUpdate(int round) {
    Assumptions.assumeTrue(KILLS > 1, "LifeE2E kills three times during one");
    Map<String, String> pods = cluster.uids();
    String primary = cluster.primary().getMetadata().getName();
    String value = 40 + 4 * (round % 2) + "MB";
    int timeline = timeline();
    try (var census = PodCensus.of(scene, cluster.labels());
        var rows = cluster.startWriting()) {
      cluster.editParameter("shared_buffers", value);
      killWithin(Duration.ofSeconds(18), round);
      cluster.awaitEverywhere("shared_buffers", value, LONG);
      awaitSettled();
      assertThat(census.replaced())
          .as("each once, the primary last")
          .hasSize(3)
          .doesNotHaveDuplicates()
          .endsWith(primary);
      assertThat(census.fewestWorking()).isEqualTo(2);
      assertThat(timeline()).as("it was handed over once").isEqualTo(timeline + 1);
      assertThat(rows.lost()).isEmpty();
    }
    assertThat(cluster.uids().values()).doesNotContainAnyElementsOf(pods.values());
  }

  @ParameterizedTest
  @MethodSource("kills")
  @Order(4)
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
