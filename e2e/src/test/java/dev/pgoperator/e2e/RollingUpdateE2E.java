package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Pods are replaced while an application goes on to write. */
@EndToEnd("e2e-rolling")
@Order(60)
class RollingUpdateE2E {
  private static final Duration ROLL = Duration.ofMinutes(3);

  private final Scene scene;
  private final PostgresCluster cluster;

  RollingUpdateE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("rolled");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.small("rolled", 3));
    cluster.awaitRunning();
    cluster.awaitRoles(3, ROLL);
  }

  private void awaitUpToDate() {
    cluster.awaitPhase("Running", ROLL);
    assertThat(cluster.status().condition("PodsUpToDate")).isEqualTo("True");
  }

  private List<String> events(String reason) {
    return scene.client().v1().events().inNamespace(scene.namespace()).list().getItems().stream()
        .filter(event -> event.getReason().equals(reason))
        .map(event -> event.getMessage())
        .toList();
  }

  @Test
  @Order(1)
  void replacesReplicasThenHandsOverAndLosesNoRow() {
    Map<String, String> before = cluster.uids();
    String primary = cluster.primary().getMetadata().getName();
    try (var census = PodCensus.of(scene, cluster.labels());
        var rows = cluster.startWriting()) {
      long began = System.nanoTime();
      cluster.editParameter("shared_buffers", "48MB");
      awaitUpToDate();
      Figures.tell("rolling update of 3 instances", Duration.ofNanos(System.nanoTime() - began));
      assertThat(cluster.uids().values()).doesNotContainAnyElementsOf(before.values()).hasSize(3);
      assertThat(census.fewestWorking()).as("pods that worked at every moment").isEqualTo(2);
      assertThat(census.replaced()).as("the primary goes last").hasSize(3).endsWith(primary);
      Figures.tell("rolling update, longest wait of a writer", rows.longestGap());
      Figures.tell("rolling update, rows written", Integer.toString(rows.count()));
      assertThat(rows.lost()).isEmpty();
    }
    assertThat(events("Switchover")).anyMatch(text -> text.contains("accepted writes for"));
    Figures.tell("events of the switchover", events("Switchover").toString());
    cluster.awaitAnswer("app", "app", "SHOW shared_buffers", "48MB", Duration.ofSeconds(10));
  }

  @Test
  @Order(2)
  void anAnnotationOnThePrimaryMovesItAndReplacesNothingElse() {
    Map<String, String> before = cluster.uids();
    Pod primary = cluster.primary();
    String name = primary.getMetadata().getName();
    cluster.condemn(primary);
    cluster
        .waiting()
        .until(
            "the pod is another one",
            ROLL,
            () -> !Objects.equals(before.get(name), cluster.uids().get(name)));
    cluster.awaitRoles(3, ROLL);
    cluster.awaitRunning();
    assertThat(cluster.primary().getMetadata().getName()).isNotEqualTo(name);
    before.remove(name);
    assertThat(cluster.uids()).containsAllEntriesOf(before);
  }

  @Test
  @Order(4)
  void aSettingThatPostgresRefusesStopsAfterOnePodUntilItIsTakenBack() {
    Map<String, String> before = cluster.uids();
    String primary = cluster.primary().getMetadata().getName();
    cluster.editParameter("shared_buffers", "9TB");
    cluster
        .waiting()
        .until(
            "the status says who does not come back",
            ROLL,
            () -> {
              var progressing = cluster.status().conditions().get("Progressing");
              return progressing != null
                  && progressing.message().contains("is not a working member yet");
            });
    cluster
        .waiting()
        .holds("only one pod was touched", Duration.ofSeconds(8), () -> untouched(before) == 2);
    assertThat(cluster.query(cluster.login("app", "app"), "SELECT 1")).containsExactly("1");

    cluster.editParameter("shared_buffers", "48MB");
    awaitUpToDate();
    assertThat(cluster.primary().getMetadata().getName()).isEqualTo(primary);
    assertThat(untouched(before)).isEqualTo(2);
  }

  private long untouched(Map<String, String> before) {
    return cluster.uids().entrySet().stream()
        .filter(pod -> pod.getValue().equals(before.get(pod.getKey())))
        .count();
  }

  @Test
  @Order(3)
  void anImageThatDoesNotExistStopsAfterOnePodUntilItIsTakenBack() {
    Map<String, String> before = cluster.uids();
    String primary = cluster.primary().getMetadata().getName();
    cluster.edit("{\"spec\":{\"dockerImage\":\"localhost/pgoperator/nothing:here\"}}");
    cluster
        .waiting()
        .until(
            "the status says what is wrong",
            ROLL,
            () -> {
              var progressing = cluster.status().conditions().get("Progressing");
              return progressing != null
                  && progressing.message().matches(".*(ErrImage|ImagePull).*");
            });
    cluster
        .waiting()
        .holds(
            "only one pod was touched",
            Duration.ofSeconds(10),
            () ->
                cluster.uids().entrySet().stream()
                        .filter(pod -> pod.getValue().equals(before.get(pod.getKey())))
                        .count()
                    == 2);
    assertThat(cluster.primary().getMetadata().getName()).isEqualTo(primary);
    assertThat(cluster.query(cluster.login("app", "app"), "SELECT 1")).containsExactly("1");

    cluster.edit("{\"spec\":{\"dockerImage\":null}}");
    awaitUpToDate();
    assertThat(cluster.primary().getMetadata().getName()).isEqualTo(primary);
    assertThat(
            cluster.uids().entrySet().stream()
                .filter(pod -> pod.getValue().equals(before.get(pod.getKey()))))
        .as("pods that were never touched")
        .hasSize(2);
  }
}
