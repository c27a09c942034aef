package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SIGKILL in the middle of a creation: the next operator finishes it, and changes nothing that was
 * made before.
 */
@EndToEnd(value = "e2e-killed", ownOperator = true)
@Order(20)
class OperatorKilledE2E {
  private final Scene scene;

  OperatorKilledE2E(Scene scene) {
    this.scene = scene;
  }

  /** What has just come into being when the operator dies; in the order of a creation. */
  enum Moment {
    MANIFEST_IS_THERE,
    STATUS_IS_WRITTEN,
    FIRST_SERVICE,
    FIRST_SECRET,
    ALL_SECRETS,
    FIRST_BUDGET,
    STATEFUL_SET,
    POD_RUNS,
    PRIMARY_IS_LABELLED,
    ROLE_EXISTS
  }

  @ParameterizedTest
  @EnumSource
  void finishesACreationAfterSigkill(Moment moment) {
    PostgresCluster cluster =
        scene.cluster(moment.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    scene.operator().awaitReady();
    scene.create(Manifests.small(cluster.name(), 1));
    await(moment, cluster);

    scene.operator().kill();
    Map<String, String> passwords = passwords(cluster);
    // The status may say Running already, and a deletion that no operator hears is lost.
    scene.operator().awaitReady();

    cluster.awaitRunning();
    assertThat(passwords(cluster).entrySet().containsAll(passwords.entrySet()))
        .as("passwords are unchanged")
        .isTrue(); // no message may show one
    assertThat(list(StatefulSet.class, cluster)).hasSize(1);
    assertThat(cluster.query(cluster.login("app", "app"), "SELECT current_user"))
        .containsExactly("app");
    // A status that was Running before the kill says nothing of the operator that comes after it.
    scene.operator().awaitReady();
    cluster.resource().delete(); // ten databases at once would slow each other down
    cluster
        .waiting()
        .until("its pod is gone", PostgresCluster.CREATION, () -> cluster.pods().isEmpty());
  }

  private void await(Moment moment, PostgresCluster cluster) {
    cluster
        .waiting()
        .forAnswer(
            moment.toString(),
            PostgresCluster.CREATION,
            Duration.ofMillis(2),
            () -> has(moment, cluster) ? Optional.of(moment) : Optional.empty());
  }

  private boolean has(Moment moment, PostgresCluster cluster) {
    return switch (moment) {
      case MANIFEST_IS_THERE -> true;
      case STATUS_IS_WRITTEN -> !cluster.status().phase().isEmpty();
      case FIRST_SERVICE -> !list(Service.class, cluster).isEmpty();
      case FIRST_SECRET -> !list(Secret.class, cluster).isEmpty();
      case ALL_SECRETS -> list(Secret.class, cluster).size() >= 3;
      case FIRST_BUDGET -> !list(PodDisruptionBudget.class, cluster).isEmpty();
      case STATEFUL_SET -> !list(StatefulSet.class, cluster).isEmpty();
      case POD_RUNS ->
          cluster.pods().stream().anyMatch(pod -> pod.getStatus().getPhase().equals("Running"));
      case PRIMARY_IS_LABELLED ->
          cluster.pods().stream().map(PostgresCluster::role).anyMatch("master"::equals);
      case ROLE_EXISTS -> roleExists(cluster);
    };
  }

  private boolean roleExists(PostgresCluster cluster) {
    return cluster.pods().stream()
        .filter(PostgresCluster::isUp)
        .flatMap(pod -> roles(cluster, pod).stream())
        .anyMatch("app"::equals);
  }

  private List<String> roles(PostgresCluster cluster, Pod pod) {
    return cluster
        .knownLogin("postgres", "postgres")
        .flatMap(
            login ->
                new Sql(scene.run().vertx())
                    .tried(cluster.address(pod), login, "SELECT rolname FROM pg_roles"))
        .orElse(List.of());
  }

  private Map<String, String> passwords(PostgresCluster cluster) {
    Map<String, String> passwords = new TreeMap<>();
    list(Secret.class, cluster)
        .forEach(
            secret ->
                passwords.put(secret.getMetadata().getName(), secret.getData().get("password")));
    return passwords;
  }

  private <T extends HasMetadata> List<T> list(Class<T> type, PostgresCluster cluster) {
    return scene
        .client()
        .resources(type)
        .inNamespace(scene.namespace())
        .withLabels(cluster.labels())
        .list()
        .getItems();
  }
}
