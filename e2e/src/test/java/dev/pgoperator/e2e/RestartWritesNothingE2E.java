package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** An operator that starts where all is well leaves no trace in the API server. */
@EndToEnd(value = "e2e-restart", disturbsOperator = true)
@Isolated("it restarts the main operator and looks at all that it writes")
@Order(80)
class RestartWritesNothingE2E {
  private final Scene scene;
  private final PostgresCluster cluster;

  RestartWritesNothingE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("acid-minimal-cluster");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.minimal());
    cluster.awaitRunning();
  }

  @AfterAll
  void restoreTheConfiguration() {
    patch("null");
    scene.operator().restart();
  }

  @Test
  void adoptsWhatRunsAndWritesNothingAlsoOverResyncs() {
    Path log =
        Run.auditLog()
            .orElseGet(() -> Assumptions.abort("this Kubernetes keeps no audit log for us"));
    patch("\"3s\"");
    Map<String, String> pods = cluster.incarnations();
    String version = cluster.resource().get().getMetadata().getResourceVersion();
    var audit = new AuditLog(log);

    scene.operator().restart();
    scene
        .waiting()
        .holds(
            "the operator writes nothing", Duration.ofSeconds(12), () -> audit.writes().isEmpty());

    Figures.tell(
        "requests of an operator that restarts and resyncs for 12 s",
        Integer.toString(audit.requests().size()));
    assertThat(audit.writes()).isEmpty();
    assertThat(audit.requests()).as("the log is the operator's").isNotEmpty();
    assertThat(cluster.incarnations()).isEqualTo(pods);
    assertThat(cluster.resource().get().getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(cluster.status().phase()).isEqualTo("Running");
  }

  /** Puts another period into the configuration, as a JSON value. */
  private void patch(String resyncPeriod) {
    Resource<ConfigMap> config =
        scene.client().configMaps().inNamespace("default").withName("postgres-operator");
    config.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"data\":{\"resync_period\":" + resyncPeriod + "}}");
  }
}
