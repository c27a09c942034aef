package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A deleted manifest takes its cluster with it, whatever happens meanwhile, and nothing else. */
@EndToEnd(value = "e2e-deletion", ownOperator = true)
@Order(70)
class DeletionE2E {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          StatefulSet.class,
          Pod.class,
          PersistentVolumeClaim.class,
          Service.class,
          Endpoints.class,
          Secret.class,
          PodDisruptionBudget.class,
          ConfigMap.class);

  private final Scene scene;

  DeletionE2E(Scene scene) {
    this.scene = scene;
  }

  @Test
  @Order(1)
  void removesAllObjectsOfTheClusterAndKeepsTheSharedOnes() {
    PostgresCluster cluster = scene.create(Manifests.small("goodbye", 2)).awaitRunning();
    PostgresCluster other = scene.create(Manifests.small("stays", 1)).awaitRunning();
    Set<String> othersObjects = objects(other);

    long began = System.nanoTime();
    cluster.resource().delete();
    awaitNothing(cluster);

    Figures.tell("delete, until nothing is left", Duration.ofNanos(System.nanoTime() - began));
    assertThat(objects(other)).containsAll(othersObjects);
    assertThat(scene.object(ServiceAccount.class, "postgres-pod").get()).isNotNull();
    assertThat(scene.object(RoleBinding.class, "postgres-pod").get()).isNotNull();
    assertThat(other.query(other.login("app", "app"), "SELECT 1")).containsExactly("1");
    other.resource().delete();
    awaitNothing(other);
  }

  @Test
  @Order(2)
  void finishesADeletionAfterSigkill() {
    PostgresCluster cluster = scene.create(Manifests.small("half-gone", 2)).awaitRunning();

    cluster.resource().delete();
    cluster
        .waiting()
        .until(
            "the first pod is on its way out",
            LIMIT,
            () ->
                cluster.pods().stream()
                    .anyMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null));
    scene.operator().kill();

    awaitNothing(cluster);
  }

  @Test
  @Order(3)
  void makesANewClusterUnderTheNameOfOneThatIsBeingDeleted() {
    PostgresCluster cluster = scene.create(Manifests.small("phoenix", 1)).awaitRunning();
    String oldPassword = cluster.login("app", "app").password();

    cluster.resource().delete();
    cluster
        .waiting()
        .forObject("the manifest is gone", LIMIT, cluster.resource(), now -> now == null);
    scene.create(Manifests.small("phoenix", 1));

    cluster.awaitRunning();
    assertThat(cluster.query(cluster.login("app", "app"), "SELECT current_user"))
        .containsExactly("app");
    assertThat(cluster.login("app", "app").password().equals(oldPassword)).isFalse();
  }

  @Test
  @Order(4)
  void stopsACreationThatIsNotWantedAnyMore() {
    PostgresCluster cluster = scene.create(Manifests.small("never-mind", 2));
    scene
        .waiting()
        .forObject(
            "the StatefulSet is there",
            LIMIT,
            scene.object(StatefulSet.class, cluster.name()),
            s -> s != null);

    cluster.resource().delete();

    awaitNothing(cluster);
  }

  private void awaitNothing(PostgresCluster cluster) {
    new Wait(
            () ->
                "still there: "
                    + objects(cluster)
                    + "\n"
                    + Diagnosis.ofOperator(scene.client(), "default"))
        .until("nothing is left of " + cluster.name(), LIMIT, () -> objects(cluster).isEmpty());
  }

  /** Everything that carries the cluster's name, whoever made it. */
  private Set<String> objects(PostgresCluster cluster) {
    Set<String> objects = new TreeSet<>();
    for (Class<? extends HasMetadata> kind : KINDS) {
      scene.client().resources(kind).inNamespace(scene.namespace()).list().getItems().stream()
          .map(object -> object.getMetadata().getName())
          .filter(name -> name.contains(cluster.name()))
          .forEach(name -> objects.add(kind.getSimpleName() + " " + name));
    }
    return objects;
  }
}
