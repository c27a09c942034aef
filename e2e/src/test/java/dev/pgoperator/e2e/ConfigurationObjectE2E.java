package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The OperatorConfiguration of a running operator is edited; its cluster has no pods. */
@EndToEnd("e2e-configuration-object")
@Isolated("it asserts how fast the operator is")
@Order(81)
class ConfigurationObjectE2E {
  private static final String NAME = "options";
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("acid.zalan.do")
          .withVersion("v1")
          .withKind("OperatorConfiguration")
          .withPlural("operatorconfigurations")
          .withNamespaced(true)
          .build();

  private final Scene scene;
  private final PostgresCluster cluster;
  private OwnOperator operator;

  ConfigurationObjectE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
  }

  private Resource<GenericKubernetesResource> options() {
    return scene
        .client()
        .genericKubernetesResources(KIND)
        .inNamespace(scene.namespace())
        .withName(NAME);
  }

  @BeforeAll
  void installAnOperatorWithOneCluster() {
    options()
        .patch(
            PatchContext.of(PatchType.SERVER_SIDE_APPLY),
            Serialization.unmarshal(
                """
                apiVersion: acid.zalan.do/v1
                kind: OperatorConfiguration
                metadata: {name: %s, namespace: %s}
                configuration: {kubernetes: {watched_namespace: %s}}
                """
                    .formatted(NAME, scene.namespace(), scene.namespace()),
                GenericKubernetesResource.class));
    operator = OwnOperator.install(scene, Map.of("POSTGRES_OPERATOR_CONFIGURATION_OBJECT", NAME));
    GenericKubernetesResource manifest =
        OwnOperator.addressed(scene, Manifests.small(cluster.name(), 0));
    manifest.getMetadata().setLabels(Map.of("cost-center", "42"));
    scene.create(manifest);
    cluster.awaitRunning();
  }

  @AfterAll
  void clear() {
    cluster.delete();
    operator.close();
  }

  @Test
  @Order(1)
  void anOptionReachesAServiceAtOnce() {
    String incarnation = operator.operator().incarnation();
    edit("{\"configuration\":{\"kubernetes\":{\"inherited_labels\":[\"cost-center\"]}}}");
    cluster
        .waiting()
        .forObject(
            "the Service has the label",
            SOON,
            scene.object(Service.class, cluster.name()),
            service -> "42".equals(service.getMetadata().getLabels().get("cost-center")));
    assertThat(operator.operator().incarnation()).isEqualTo(incarnation);
  }

  @Test
  @Order(2)
  void aWindowThatTheSchemaCannotJudgeIsRefusedWithAnEvent() {
    edit("{\"configuration\":{\"maintenance_windows\":[\"23:00-22:00\"]}}");
    cluster
        .waiting()
        .until(
            "an Event names the bad value",
            Duration.ofSeconds(30),
            () ->
                scene
                    .client()
                    .v1()
                    .events()
                    .inNamespace(scene.namespace())
                    .list()
                    .getItems()
                    .stream()
                    .anyMatch(ConfigurationObjectE2E::isRefusal));
  }

  private static boolean isRefusal(Event event) {
    return event.getReason().equals("ConfigurationRefused")
        && event.getInvolvedObject().getKind().equals("OperatorConfiguration")
        && event.getMessage().contains("configuration.maintenance_windows[0]");
  }

  private void edit(String patch) {
    options().patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
