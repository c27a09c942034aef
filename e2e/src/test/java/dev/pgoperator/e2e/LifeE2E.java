package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A cluster grows, shrinks, sleeps, and is steered by another operator than the one that began. */
@EndToEnd(value = "e2e-life", ownOperator = true)
@Order(50)
class LifeE2E {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Scene scene;
  private final PostgresCluster cluster;

  LifeE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("living");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.small("living", 3));
    cluster.awaitRunning();
  }

  @Test
  @Order(1)
  void anOperatorThatIsKilledAgainAndAgainEndsTheRollingUpdateAllTheSame() {
    Map<String, String> before = cluster.uids();
    try (var census = PodCensus.of(scene, cluster.labels());
        var rows = cluster.startWriting()) {
      cluster.editParameter("shared_buffers", "40MB");
      for (int kill = 1; kill <= 3; kill++) {
        int replaced = kill;
        cluster
            .waiting()
            .until(
                replaced + " pods were taken away, or the end",
                LONG,
                () -> census.replaced().size() >= replaced);
        scene.operator().kill();
      }
      scene.operator().awaitReady();
      cluster
          .waiting()
          .until(
              "all pods are new",
              LONG,
              () ->
                  cluster.uids().size() == 3
                      && cluster.uids().values().stream().noneMatch(before.values()::contains));
      cluster.awaitRoles(3, LONG);
      cluster.awaitPhase("Running", LONG);
      assertThat(census.replaced()).as("each once").hasSize(3).doesNotHaveDuplicates();
      assertThat(census.fewestWorking()).isEqualTo(2);
      Figures.tell("rolling update with three kills, longest wait of a writer", rows.longestGap());
      assertThat(rows.lost()).isEmpty();
    }
  }

  @Test
  @Order(2)
  void fewerPodsAndThePrimaryIsAmongThoseThatGo() {
    Pod primary = cluster.primary();
    if (primary.getMetadata().getName().equals("living-0")) {
      cluster.condemn(primary);
      cluster
          .waiting()
          .until(
              "another pod leads",
              LONG,
              () -> !cluster.primary().getMetadata().getName().equals("living-0"));
      cluster.awaitRoles(3, LONG);
      cluster.awaitPhase("Running", LONG);
    }
    try (var rows = cluster.startWriting()) {
      cluster.edit("{\"spec\":{\"numberOfInstances\":1}}");
      cluster.awaitRoles(1, LONG);
      cluster.awaitPhase("Running", LONG);
      assertThat(cluster.primary().getMetadata().getName()).isEqualTo("living-0");
      Figures.tell("scale-down that moves the primary, longest wait", rows.longestGap());
      assertThat(rows.lost()).isEmpty();
    }
  }

  @Test
  @Order(3)
  void aSinglePodIsReplacedWithoutASwitchover() {
    Map<String, String> before = cluster.uids();
    int switchovers = switchovers();
    cluster.editParameter("shared_buffers", "44MB");
    cluster.awaitPhase("Running", LONG);
    assertThat(cluster.uids()).hasSize(1).isNotEqualTo(before);
    assertThat(switchovers()).isEqualTo(switchovers);
    cluster.awaitAnswer("app", "app", "SHOW shared_buffers", "44MB", SOON);
  }

  private int switchovers() {
    return (int)
        scene.client().v1().events().inNamespace(scene.namespace()).list().getItems().stream()
            .filter(event -> event.getReason().equals("Switchover"))
            .count();
  }

  @Test
  @Order(4)
  void volumesGrowAndDoNotShrink() {
    Map<String, String> before = cluster.uids();
    cluster.edit("{\"spec\":{\"volume\":{\"size\":\"2Gi\"}}}");
    cluster
        .waiting()
        .until("the volume has 2Gi", SOON, () -> capacity().equals(Optional.of("2Gi")));
    cluster.awaitPhase("Running", SOON);
    cluster.edit("{\"spec\":{\"volume\":{\"size\":\"1Gi\"}}}");
    cluster
        .waiting()
        .until(
            "the status says that it stays",
            SOON,
            () ->
                Optional.ofNullable(cluster.status().conditions().get("Complete"))
                    .filter(one -> one.message().contains("cannot shrink"))
                    .isPresent());
    cluster.awaitPhase("Running", SOON);
    cluster.edit("{\"spec\":{\"volume\":{\"size\":\"2Gi\"}}}");
    cluster.awaitPhase("Running", SOON);
    assertThat(cluster.uids()).as("for all that no pod was replaced").isEqualTo(before);
  }

  private Optional<String> capacity() {
    PersistentVolumeClaim claim =
        scene.object(PersistentVolumeClaim.class, "pgdata-living-0").get();
    return Optional.ofNullable(claim.getStatus().getCapacity())
        .map(capacity -> String.valueOf(capacity.get("storage")));
  }

  @Test
  @Order(5)
  void theClusterSleepsAndWakesWithItsData() {
    cluster.query(cluster.login("app", "app"), "CREATE TABLE dreams AS SELECT 7 AS n");
    cluster.edit("{\"spec\":{\"numberOfInstances\":0}}");
    cluster.waiting().until("there is no pod", LONG, () -> cluster.pods().isEmpty());
    cluster.awaitPhase("Running", LONG);
    cluster.edit("{\"spec\":{\"numberOfInstances\":1}}");
    cluster.awaitPhase("Running", LONG);
    assertThat(cluster.query(cluster.login("app", "app"), "SELECT n FROM dreams"))
        .isEqualTo(List.of("7"));
  }
}
