package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A cluster grows, shrinks, sleeps, and is steered by another operator than the one that began. */
@EndToEnd(value = "e2e-life", disturbsOperator = true)
@Order(66)
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

  private Map<String, String> uids() {
    Map<String, String> uids = new TreeMap<>();
    cluster
        .pods()
        .forEach(pod -> uids.put(pod.getMetadata().getName(), pod.getMetadata().getUid()));
    return uids;
  }

  private void awaitPods(int count) {
    cluster
        .waiting()
        .until(
            count + " pods have a role",
            LONG,
            () ->
                cluster.pods().size() == count
                    && cluster.pods().stream()
                        .noneMatch(pod -> PostgresCluster.role(pod).isEmpty()));
  }

  private InetSocketAddress service() {
    Service service = scene.object(Service.class, "living").get();
    return new InetSocketAddress(service.getSpec().getClusterIP(), 5432);
  }

  @Test
  @Order(1)
  void anOperatorThatIsKilledAgainAndAgainEndsTheRollingUpdateAllTheSame() {
    Map<String, String> before = uids();
    try (var census = PodCensus.of(scene, cluster.labels());
        var rows = Appender.start(scene.run().vertx(), service(), cluster.login("app", "app"))) {
      cluster.edit("{\"spec\":{\"postgresql\":{\"parameters\":{\"shared_buffers\":\"40MB\"}}}}");
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
                  uids().size() == 3
                      && uids().values().stream().noneMatch(before.values()::contains));
      awaitPods(3);
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
      annotate(primary);
      cluster
          .waiting()
          .until(
              "another pod leads",
              LONG,
              () -> !cluster.primary().getMetadata().getName().equals("living-0"));
      awaitPods(3);
      cluster.awaitPhase("Running", LONG);
    }
    try (var rows = Appender.start(scene.run().vertx(), service(), cluster.login("app", "app"))) {
      cluster.edit("{\"spec\":{\"numberOfInstances\":1}}");
      awaitPods(1);
      cluster.awaitPhase("Running", LONG);
      assertThat(cluster.primary().getMetadata().getName()).isEqualTo("living-0");
      Figures.tell("scale-down that moves the primary, longest wait", rows.longestGap());
      assertThat(rows.lost()).isEmpty();
    }
  }

  private void annotate(Pod pod) {
    scene
        .client()
        .pods()
        .inNamespace(scene.namespace())
        .withName(pod.getMetadata().getName())
        .edit(
            live ->
                live.edit()
                    .editMetadata()
                    .addToAnnotations("zalando-postgres-operator-rolling-update-required", "true")
                    .endMetadata()
                    .build());
  }

  @Test
  @Order(3)
  void aSinglePodIsReplacedWithoutASwitchover() {
    Map<String, String> before = uids();
    int switchovers = switchovers();
    cluster.edit("{\"spec\":{\"postgresql\":{\"parameters\":{\"shared_buffers\":\"44MB\"}}}}");
    cluster.awaitPhase("Running", LONG);
    assertThat(uids()).hasSize(1).isNotEqualTo(before);
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
    Map<String, String> before = uids();
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
    assertThat(uids()).as("for all that no pod was replaced").isEqualTo(before);
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
