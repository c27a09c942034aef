package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A deletion that nobody has prepared deletes nothing, and one that was keeps what it has to. */
@EndToEnd(value = "e2e-protected", ownOperator = true)
@Order(68)
class DeleteProtectionE2E {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration WHILE = Duration.ofSeconds(5);

  private final Scene scene;
  private final PostgresCluster cluster;

  DeleteProtectionE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("vault");
  }

  @BeforeAll
  void create() {
    OwnOperator.configure(
        scene,
        "delete_annotation_date_key",
        "delete-date",
        "delete_annotation_name_key",
        "delete-clustername",
        "enable_secrets_deletion",
        "false",
        "enable_persistent_volume_claim_deletion",
        "false");
    scene.create(Manifests.small("vault", 2));
    cluster.awaitRunning();
  }

  private <T extends HasMetadata> List<T> left(Class<T> type) {
    return scene
        .client()
        .resources(type)
        .inNamespace(scene.namespace())
        .withLabels(cluster.labels())
        .list()
        .getItems();
  }

  private void deleteTheManifest() {
    cluster.resource().delete();
    scene
        .waiting()
        .forObject("the manifest is gone", LIMIT, cluster.resource(), now -> now == null);
  }

  @Test
  @Order(1)
  void withoutTheAnnotationsEverythingRunsOnAndTheManifestTakesItUpAgain() {
    Map<String, String> pods = cluster.incarnations();
    deleteTheManifest();
    scene
        .waiting()
        .holds(
            "pods and Services stay",
            WHILE,
            () -> cluster.incarnations().equals(pods) && left(Service.class).size() >= 2);
    assertThat(left(StatefulSet.class)).hasSize(1);

    scene.create(Manifests.small("vault", 2));
    cluster.awaitRunning();
    assertThat(cluster.incarnations()).isEqualTo(pods);
    assertThat(cluster.query(cluster.login("app", "app"), "SELECT 1")).containsExactly("1");
  }

  @Test
  @Order(2)
  void withThemOnlySecretsAndVolumesStay() {
    List<String> secrets = names(Secret.class);
    assertThat(secrets).hasSize(3);
    cluster
        .resource()
        .edit(
            manifest -> {
              manifest
                  .getMetadata()
                  .getAnnotations()
                  .putAll(
                      Map.of(
                          "delete-date",
                          LocalDate.now(ZoneOffset.UTC).toString(),
                          "delete-clustername",
                          "vault"));
              return manifest;
            });
    deleteTheManifest();
    scene
        .waiting()
        .until(
            "nothing else is left",
            LIMIT,
            () ->
                cluster.pods().isEmpty()
                    && left(Service.class).isEmpty()
                    && left(StatefulSet.class).isEmpty()
                    && left(PodDisruptionBudget.class).isEmpty());
    assertThat(names(Secret.class)).isEqualTo(secrets);
    assertThat(names(PersistentVolumeClaim.class))
        .containsExactly("pgdata-vault-0", "pgdata-vault-1");
  }

  private <T extends HasMetadata> List<String> names(Class<T> type) {
    var names = new TreeSet<String>();
    left(type).forEach(object -> names.add(object.getMetadata().getName()));
    return List.copyOf(names);
  }
}
