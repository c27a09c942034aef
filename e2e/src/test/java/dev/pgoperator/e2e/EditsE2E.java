package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The edits that were recorded at the reference operator, one after the other on a running cluster:
 * no pod restarts that did not restart there, and what waits for a restart is told.
 */
@EndToEnd("e2e-edits")
@Order(80)
class EditsE2E {
  private static final Duration SOON = Duration.ofSeconds(15);

  /** Patroni reads its configuration every ten seconds. */
  private static final Duration RELOAD = Duration.ofSeconds(30);

  private final Scene scene;
  private final PostgresCluster cluster;
  private Map<String, String> pods = Map.of();

  EditsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("edited");
  }

  @BeforeAll
  void create() {
    scene.create(
        Serialization.unmarshal(
            """
            apiVersion: acid.zalan.do/v1
            kind: postgresql
            metadata: {name: edited}
            spec:
              teamId: acid
              numberOfInstances: 1
              postgresql:
                version: "17"
                parameters: {shared_buffers: 32MB, max_connections: "50"}
              volume: {size: 1Gi}
              users: {first_user: []}
              databases: {firstdb: first_user}
              resources:
                requests: {cpu: 10m, memory: 100Mi}
                limits: {cpu: "2", memory: 400Mi}
            """,
            GenericKubernetesResource.class));
    cluster.awaitRunning();
  }

  @BeforeEach
  void remember() {
    pods = cluster.incarnations();
  }

  private void edit(String patch) {
    cluster.edit(patch);
    cluster.awaitRunning();
  }

  private void noPodWasTouched() {
    assertThat(cluster.incarnations()).containsAllEntriesOf(pods);
    assertThat(upToDate().status()).isEqualTo("True");
  }

  private Status.Condition upToDate() {
    return Optional.ofNullable(cluster.status().conditions().get("PodsUpToDate"))
        .orElseThrow(() -> new AssertionError("nothing is said of the pods' template"));
  }

  @Test
  @Order(1)
  void moreInstancesLeaveTheFirstPodAlone() {
    String before = uid();
    edit("{\"spec\":{\"numberOfInstances\":2}}");
    cluster.waiting().until("there are two pods", SOON, () -> cluster.pods().size() == 2);
    noPodWasTouched();
    assertThat(uid()).as("the StatefulSet").isEqualTo(before);
    cluster.awaitRunning();
  }

  private String uid() {
    return scene.object(StatefulSet.class, "edited").get().getMetadata().getUid();
  }

  @Test
  @Order(2)
  void aParameterThatIsReloadedTakesEffectAndTouchesNoPod() {
    edit("{\"spec\":{\"postgresql\":{\"parameters\":{\"work_mem\":\"8MB\"}}}}");
    cluster.awaitAnswer("first_user", "firstdb", "SHOW work_mem", "8MB", RELOAD);
    noPodWasTouched();
  }

  @Test
  @Order(3)
  void aParameterOfTheStartRestartsServersAndReplacesNoPod() {
    for (String connections : List.of("60", "40")) {
      edit(
          "{\"spec\":{\"postgresql\":{\"parameters\":{\"max_connections\":\"%s\"}}}}"
              .formatted(connections));
      cluster.awaitEverywhere("max_connections", connections, RELOAD);
      noPodWasTouched();
    }
  }

  @Test
  @Order(4)
  void aUserAndADatabaseTouchNoPod() {
    edit(
        "{\"spec\":{\"users\":{\"second_user\":[\"createdb\"]},"
            + "\"databases\":{\"seconddb\":\"second_user\"}}}");
    noPodWasTouched();
    assertThat(cluster.query(cluster.login("second_user", "seconddb"), "SELECT current_user"))
        .containsExactly("second_user");
  }

  @Test
  @Order(5)
  void anAnnotationArrivesAtRunningPodsAndGoesAgain() {
    edit("{\"spec\":{\"podAnnotations\":{\"note\":\"x1\"}}}");
    cluster
        .waiting()
        .until(
            "all pods have the annotation",
            SOON,
            () -> cluster.pods().stream().allMatch(pod -> "x1".equals(note(pod))));
    noPodWasTouched();

    edit("{\"spec\":{\"podAnnotations\":null}}");
    cluster
        .waiting()
        .until(
            "no pod has the annotation",
            SOON,
            () -> cluster.pods().stream().allMatch(pod -> note(pod).isEmpty()));
    noPodWasTouched();
  }

  private static String note(Pod pod) {
    return pod.getMetadata().getAnnotations().getOrDefault("note", "");
  }

  @Test
  @Order(6)
  void aLocalParameterReplacesEachPodOnce() {
    edit("{\"spec\":{\"postgresql\":{\"parameters\":{\"shared_buffers\":\"48MB\"}}}}");
    assertThat(upToDate().status()).isEqualTo("True");
    assertThat(cluster.incarnations())
        .hasSize(2)
        .doesNotContainEntry("edited-0", pods.getOrDefault("edited-0", ""))
        .doesNotContainEntry("edited-1", pods.getOrDefault("edited-1", ""));
    cluster.awaitAnswer("first_user", "firstdb", "SHOW shared_buffers", "48MB", SOON);
  }

  @Test
  @Order(8)
  void aSmallerVolumeIsRefusedAndTheRestDone() {
    edit("{\"spec\":{\"volume\":{\"size\":\"500Mi\"},\"users\":{\"third_user\":[]}}}");
    noPodWasTouched();
    assertThat(
            scene.client().v1().events().inNamespace(scene.namespace()).list().getItems().stream()
                .filter(event -> event.getReason().equals("Refused"))
                .map(event -> event.getMessage()))
        .anyMatch(message -> message.contains("1Gi -> 500Mi"));
    assertThat(cluster.query(cluster.login("third_user", "firstdb"), "SELECT 1")).hasSize(1);
  }

  @Test
  @Order(9)
  void whatADatabaseCannotHaveIsNamedInTheStatusUntilItIsNotAskedFor() {
    edit(
        "{\"spec\":{\"preparedDatabases\":{\"shop\":{\"extensions\":{\"pg_trgm\":\"nowhere\"}}}}}");
    awaitMissing(true);
    edit("{\"spec\":{\"users\":{\"fourth_user\":[]}}}");
    awaitMissing(true);

    edit("{\"spec\":{\"preparedDatabases\":null}}");

    awaitMissing(false);
  }

  private void awaitMissing(boolean wanted) {
    cluster
        .waiting()
        .until(
            "the extension is " + (wanted ? "named" : "forgotten"),
            SOON,
            () ->
                Optional.ofNullable(cluster.status().conditions().get("Complete"))
                        .filter(complete -> complete.message().contains("\"nowhere\""))
                        .isPresent()
                    == wanted);
  }
}
