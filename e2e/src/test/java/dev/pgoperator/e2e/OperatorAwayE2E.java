package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A cluster needs no operator to go on, and an operator that comes back disturbs nothing. */
@EndToEnd(value = "e2e-away", ownOperator = true)
@Order(170)
class OperatorAwayE2E {
  private static final Duration FAILOVER = Duration.ofSeconds(90);

  private final Scene scene;
  private final PostgresCluster cluster;

  OperatorAwayE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.small(cluster.name(), 2));
    cluster.awaitRunning();
    cluster.query(cluster.login("app", "app"), "CREATE TABLE written (id int)");
    // Replication is asynchronous: a replica that does not stream yet would be promoted without the
    // table.
    awaitBothStreaming();
  }

  @Test
  void outlivesTheLossOfItsPrimaryAlone() {
    Login app = cluster.login("app", "app");
    scene.operator().stop();
    Pod old = cluster.primary();

    scene.client().resource(old).delete();
    awaitPrimaryOtherThan(old);
    cluster.awaitAnswer("app", "app", "INSERT INTO written VALUES (1) RETURNING id", "1", FAILOVER);
    awaitBothStreaming();
    Map<String, String> pods = cluster.incarnations();
    scene.operator().start();
    cluster.edit(
        "{\"spec\":{\"users\":{\"late\":[]}}}"); // its answer shows that the operator has looked at
    // the cluster

    cluster.awaitAnswer("late", "app", "SELECT 1", "1", Duration.ofSeconds(20));
    cluster.awaitRunning();
    assertThat(cluster.incarnations()).isEqualTo(pods);
    assertThat(cluster.status().condition("Ready")).isEqualTo("True");
    assertThat(cluster.query(app, "SELECT count(*) FROM written")).containsExactly("1");
  }

  private void awaitPrimaryOtherThan(Pod old) {
    cluster
        .waiting()
        .until(
            "Patroni has promoted the replica",
            FAILOVER,
            () ->
                cluster.pods().stream()
                    .filter(
                        pod ->
                            PostgresCluster.role(pod).equals("master") && PostgresCluster.isUp(pod))
                    .anyMatch(
                        pod -> !pod.getMetadata().getUid().equals(old.getMetadata().getUid())));
  }

  private void awaitBothStreaming() {
    cluster.waiting().until("both pods are ready", FAILOVER, () -> ready() == 2);
    cluster.awaitAnswer(
        "postgres",
        "postgres",
        "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'",
        "1",
        FAILOVER);
  }

  private long ready() {
    return cluster.pods().stream()
        .filter(pod -> Readiness.getInstance().isReady(pod) && !PostgresCluster.role(pod).isEmpty())
        .count();
  }
}
