package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A cluster whose objects another operator has made, by create and under the same field manager's
 * name, as the reference operator does; with labels and annotations of that time.
 */
@EndToEnd(value = "e2e-takeover", ownOperator = true)
@Order(100)
class TakeOverE2E {
  private static final String OLD = "left-by-an-older-version";
  private static final String MANAGER = "postgres-operator";

  private final Scene scene;
  private final PostgresCluster cluster;
  private final KubernetesClient other;
  private Map<String, String> pods = Map.of();

  TakeOverE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
    this.other = speakingAs(MANAGER);
  }

  /** The API server takes the field manager of a plain request from the name of the client. */
  private static KubernetesClient speakingAs(String manager) {
    Config config = Config.autoConfigure(null);
    config.setUserAgent(manager + "/v2.0.1");
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  static List<Resource<? extends HasMetadata>> objects(Scene scene) {
    return List.of(
        scene.object(StatefulSet.class, "orders"),
        scene.object(Service.class, "orders"),
        scene.object(Service.class, "orders-repl"),
        scene.object(PodDisruptionBudget.class, "postgres-orders-pdb"));
  }

  @BeforeAll
  void makeAllObjectsAnewAsTheOtherOperatorWould() {
    scene.create(Manifests.small("orders", 1));
    cluster.awaitRunning();
    pods = cluster.incarnations();
    scene.operator().stop();
    objects(scene).forEach(this::makeAnew);
    scene.operator().start();
  }

  private <T extends HasMetadata> void makeAnew(Resource<T> resource) {
    T object = resource.get();
    resource.withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
    scene
        .waiting()
        .forObject(
            object.getMetadata().getName() + " is gone",
            Duration.ofSeconds(20),
            resource,
            now -> now == null);
    object.getMetadata().setResourceVersion(null);
    object.getMetadata().setUid(null);
    object.getMetadata().setManagedFields(List.of());
    if (object instanceof Service service) {
      // The addresses of a deleted Service are free again only a moment later.
      service.getSpec().setClusterIP(null);
      service.getSpec().setClusterIPs(List.of());
    }
    object.getMetadata().getLabels().put(OLD, "1");
    object.getMetadata().setAnnotations(Map.of(OLD, "1"));
    other.resource(object).create();
  }

  @AfterAll
  void close() {
    scene.operator().awaitReady();
    other.close();
  }

  @Test
  @Order(1)
  void removesWhatTheOtherOneLeftAndIsTheOnlyOwner() {
    for (Resource<? extends HasMetadata> object : objects(scene)) {
      scene
          .waiting()
          .until(
              "the old label and annotation are gone from " + object.get().getMetadata().getName(),
              Duration.ofSeconds(30),
              () -> isClean(object.get()));
      assertThat(object.get().getMetadata().getManagedFields())
          .filteredOn(entry -> MANAGER.equals(entry.getManager()))
          .extracting(entry -> entry.getOperation())
          .containsExactly("Apply");
    }
  }

  private static boolean isClean(HasMetadata object) {
    var annotations = object.getMetadata().getAnnotations();
    return !object.getMetadata().getLabels().containsKey(OLD)
        && (annotations == null || !annotations.containsKey(OLD));
  }

  @Test
  @Order(2)
  void restartsNoPod() {
    cluster.awaitRunning();
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  @Test
  @Order(3)
  void writesNothingAtTheNextStart() {
    var audit = Run.auditLog().map(AuditLog::new);

    scene.operator().restart();

    scene
        .waiting()
        .holds(
            "the operator writes nothing",
            Duration.ofSeconds(5),
            () -> audit.stream().allMatch(log -> log.writesOf(scene.namespace()).isEmpty()));
  }
}
