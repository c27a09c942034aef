package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Periodic syncs in which nothing has changed ask the API server nothing and tell it nothing. */
@EndToEnd(value = "e2e-idle", disturbsOperator = true)
@Order(82)
class IdleCostsNothingE2E {
  private static final Duration PERIOD = Duration.ofSeconds(3);
  private static final Duration IDLE = Duration.ofSeconds(75);
  private static final String VARIABLES = "more-variables";

  private final Scene scene;
  private final List<PostgresCluster> clusters;

  IdleCostsNothingE2E(Scene scene) {
    this.scene = scene;
    this.clusters =
        IntStream.rangeClosed(1, 3).mapToObj(number -> scene.cluster("idle-" + number)).toList();
  }

  /** With what needs reading: variables for pods, and a secret that somebody else has made. */
  @BeforeAll
  void create() {
    scene.client().resource(variables()).inNamespace(scene.namespace()).create();
    scene
        .client()
        .resource(foreign(clusters.getFirst().secretName("app")))
        .inNamespace(scene.namespace())
        .create();
    patch("{\"pod_environment_configmap\":\"" + VARIABLES + "\"}");
    clusters.forEach(cluster -> scene.create(Manifests.small(cluster.name(), 1)));
    clusters.forEach(PostgresCluster::awaitRunning);
  }

  @AfterAll
  void restoreTheConfiguration() {
    patch("{\"pod_environment_configmap\":null,\"resync_period\":null}");
    scene.operator().restart();
  }

  @Test
  void asksAndTellsTheApiServerNothingOverManyResyncs() {
    Path log =
        Run.auditLog()
            .orElseGet(() -> Assumptions.abort("this Kubernetes keeps no audit log for us"));
    patch("{\"resync_period\":\"" + PERIOD.toSeconds() + "s\"}");
    long before = syncs();
    scene
        .waiting()
        .until(
            "each cluster was looked at twice",
            Duration.ofMinutes(1),
            () -> syncs() >= before + 2L * clusters.size());

    var audit = new AuditLog(log);
    long begun = syncs();
    scene.waiting().holds("nothing is asked", IDLE, () -> asked(audit).isEmpty());
    long looked = syncs() - begun;

    Figures.tell(
        "API requests beside watches in %d syncs of %d idle clusters"
            .formatted(looked, clusters.size()),
        Integer.toString(asked(audit).size()));
    assertThat(asked(audit)).isEmpty();
    assertThat(looked)
        .as("syncs that ran meanwhile")
        .isGreaterThan(IDLE.dividedBy(PERIOD) * clusters.size() / 2);
    assertThat(clusters).allMatch(cluster -> cluster.status().phase().equals("Running"));
  }

  /** Requests but the watches, which the client takes up again every ten minutes. */
  private static List<String> asked(AuditLog audit) {
    return audit.requests().stream().filter(request -> !request.startsWith("watch ")).toList();
  }

  /** How many syncs have come to their last step. */
  private long syncs() {
    return scene.operator().metric("pgoperator_step_seconds_count", "step=\"pods\"");
  }

  private static ConfigMap variables() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(VARIABLES)
        .endMetadata()
        .withData(Map.of("IDLE_TEST", "yes"))
        .build();
  }

  private static Secret foreign(String name) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withStringData(Map.of("username", "app", "password", "made-by-somebody-else-7431"))
        .build();
  }

  private void patch(String data) {
    Resource<ConfigMap> config =
        scene.client().configMaps().inNamespace("default").withName("postgres-operator");
    config.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":" + data + "}");
  }
}
