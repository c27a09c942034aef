package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** How long a user waits for the operator itself, beside what Kubernetes and PostgreSQL need. */
@EndToEnd("e2e-reaction")
@Order(20)
class ReactionE2E {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int EDITS = 30;

  private final Scene scene;
  private final PostgresCluster cluster;

  ReactionE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("acid-minimal-cluster");
  }

  @Test
  @Order(1)
  void actsWithinASecondOfEachFact() {
    try (var creation = new Creation(scene, cluster)) {
      scene.create(Manifests.minimal());

      Duration roles = creation.fromPrimaryToRoles();
      Duration running = creation.fromLastPodToRunning();

      Figures.tell("primary accepts writes, until roles and databases exist", roles);
      Figures.tell("last pod is ready, until the status is Running", running);
      assertThat(roles).isLessThan(SECOND);
      assertThat(running).isLessThan(SECOND);
    }
  }

  @Test
  @Order(2)
  void letsANewUserInAtOnce() {
    cluster.awaitRunning();
    var server = cluster.address(cluster.primary());
    Login known = cluster.login("zalando", "foo");
    Sql sql = new Sql(scene.run().vertx());
    for (int round = 0; round < 20; round++) {
      sql.column(
          server, known, "SELECT 1"); // so that the first edit does not pay for our own start
    }
    List<Duration> times = new ArrayList<>();
    Map<String, Secret> secrets = new ConcurrentHashMap<>();
    try (var watch =
        scene
            .client()
            .secrets()
            .inNamespace(scene.namespace())
            .withLabels(cluster.labels())
            .inform(new Latest<>(secrets))) {
      assertThat(watch.isWatching()).isTrue();
      for (int edit = 1; edit <= EDITS; edit++) {
        times.add(untilLogin("edit_" + edit, server, sql, secrets));
      }
    }

    Figures.tell("edit adds a user, until it can log in, p50", Figures.percentile(times, 50));
    Figures.tell(
        "edit adds a user, until it can log in, p99",
        Figures.percentile(times, 99).toMillis()
            + " ms (aim 150 ms; the reference operator's median is 3100 ms)");
    assertThat(Figures.percentile(times, 99)).isLessThan(SECOND);
  }

  private Duration untilLogin(
      String user, InetSocketAddress server, Sql sql, Map<String, Secret> secrets) {
    cluster.edit("{\"spec\":{\"users\":{\"" + user + "\":[]}}}");
    long accepted = System.nanoTime();
    cluster
        .waiting()
        .forAnswer(
            user + " can log in",
            Duration.ofSeconds(30),
            Duration.ofMillis(2),
            () ->
                Optional.ofNullable(secrets.get(cluster.secretName(user)))
                    .flatMap(
                        secret ->
                            sql.tried(
                                server, PostgresCluster.login(secret, "postgres"), "SELECT 1")));
    return Duration.ofNanos(System.nanoTime() - accepted);
  }
}
