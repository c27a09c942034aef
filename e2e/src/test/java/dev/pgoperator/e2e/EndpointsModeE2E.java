package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The older way in which Patroni keeps its state, under a second operator that has one namespace
 * for itself.
 */
@EndToEnd("e2e-endpoints")
@Order(150)
class EndpointsModeE2E {
  private final Scene scene;
  private final PostgresCluster cluster;
  private OwnOperator operator;

  EndpointsModeE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
  }

  @BeforeAll
  void installASecondOperator() {
    operator = OwnOperator.withOptions(scene, Map.of("kubernetes_use_configmaps", "false"));
  }

  @AfterAll
  void clear() {
    cluster.delete();
    operator.close();
  }

  @Test
  @Order(1)
  void reachesRunningAndServesSqlThroughTheLeadersEndpoints() {
    scene.create(OwnOperator.addressed(scene, Manifests.small(cluster.name(), 2)));

    cluster.awaitRunning();
    assertThat(cluster.query(cluster.login("app", "app"), "SELECT current_user"))
        .containsExactly("app");
    assertThat(scene.object(Service.class, cluster.name()).get().getSpec().getSelector())
        .isNullOrEmpty();
    Endpoints leader = scene.object(Endpoints.class, cluster.name()).get();
    assertThat(leader.getSubsets().getFirst().getAddresses().getFirst().getIp())
        .isEqualTo(cluster.primary().getStatus().getPodIP());
    assertThat(scene.object(ConfigMap.class, cluster.name() + "-leader").get()).isNull();
  }

  @Test
  @Order(2)
  void followsTheLeaderThroughAFailover() {
    var old = cluster.primary();

    scene.client().resource(old).delete();

    cluster
        .waiting()
        .until(
            "the Endpoints lead to another pod",
            Duration.ofMinutes(1),
            () -> {
              var subsets = scene.object(Endpoints.class, cluster.name()).get().getSubsets();
              return !subsets.isEmpty()
                  && !subsets
                      .getFirst()
                      .getAddresses()
                      .getFirst()
                      .getIp()
                      .equals(old.getStatus().getPodIP());
            });
    cluster.awaitAnswer(
        "app", "app", "SELECT pg_is_in_recovery()", "false", Duration.ofSeconds(30));
    cluster.awaitRunning();
  }
}
