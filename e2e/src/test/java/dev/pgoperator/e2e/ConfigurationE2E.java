package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The ConfigMap of a running operator is edited; it is an operator of its own, with one cluster.
 */
@EndToEnd("e2e-configuration")
@Isolated("it asserts how fast the operator is")
@Order(80)
class ConfigurationE2E {
  private static final String NAME = "postgres-operator";
  private static final String ENVIRONMENT = "pod-environment";
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Scene scene;
  private final PostgresCluster cluster;
  private OwnOperator operator;
  private String incarnation = "";
  private Map<String, String> pods = Map.of();

  ConfigurationE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
  }

  @BeforeAll
  void installAnOperatorWithOneCluster() {
    operator = OwnOperator.withOptions(scene, Map.of());
    GenericKubernetesResource manifest =
        OwnOperator.addressed(scene, Manifests.small(cluster.name(), 1));
    manifest.getMetadata().setLabels(Map.of("cost-center", "42"));
    scene.create(manifest);
    cluster.awaitRunning();
  }

  @AfterAll
  void clear() {
    cluster.delete();
    operator.close();
  }

  @BeforeEach
  void remember() {
    incarnation = operator.operator().incarnation();
    pods = cluster.incarnations();
  }

  @AfterEach
  void theOperatorRunsOn() {
    assertThat(operator.operator().incarnation()).isEqualTo(incarnation);
  }

  @Test
  @Order(1)
  void anOptionReachesAServiceAtOnce() {
    long accepted = edit("custom_service_annotations", "note:one");
    awaitService(service -> "one".equals(service.getMetadata().getAnnotations().get("note")), SOON);
    Figures.tell(
        "option is edited, until the Service has it",
        Duration.ofNanos(System.nanoTime() - accepted));
    assertThat(event("ConfigurationChanged")).isPresent();
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  @Test
  @Order(2)
  void aBadValueRefusesTheWholeChange() {
    edit("custom_service_annotations", "note:two", "enable_sidecars", "perhaps");
    cluster
        .waiting()
        .forAnswer(
            "an Event names the bad value",
            PATIENCE,
            Duration.ofMillis(50),
            () -> event("ConfigurationRefused").filter(e -> e.contains("enable_sidecars")));
    cluster
        .waiting()
        .holds("the former configuration is in force", SOON, () -> note().equals("one"));
    edit("custom_service_annotations", "note:two", "enable_sidecars", "true");
    awaitService(service -> "two".equals(service.getMetadata().getAnnotations().get("note")), SOON);
  }

  @Test
  @Order(3)
  void anOptionOfTheStartWaitsForIt() {
    edit("api_port", "9191", "custom_service_annotations", "note:three");
    awaitService(
        service -> "three".equals(service.getMetadata().getAnnotations().get("note")), SOON);
    assertThat(event("RestartNeeded")).hasValueSatisfying(e -> assertThat(e).contains("api_port"));
    edit("api_port", "8080");
  }

  @Test
  @Order(4)
  void aNewImageThatWaitsIsToldAndRestartsNothing() {
    String image = config().getData().getOrDefault("docker_image", "");
    edit("enable_lazy_spilo_upgrade", "true", "docker_image", "example.org/spilo:next");
    awaitPodsUpToDate("False", "TakenAtNextStart");
    assertThat(podsUpToDate().message()).contains(cluster.name() + "-0", "example.org/spilo:next");
    assertThat(cluster.incarnations()).isEqualTo(pods);
    edit("docker_image", image);
    awaitPodsUpToDate("True", "NewestTemplate");
  }

  @Test
  @Order(5)
  void anObjectThatAnOptionNamesIsFollowedAsWell() {
    scene
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(ENVIRONMENT)
                .withNamespace(scene.namespace())
                .endMetadata()
                .build())
        .create();
    edit("pod_environment_configmap", scene.namespace() + "/" + ENVIRONMENT);
    cluster
        .waiting()
        .holds(
            "an empty object changes nothing", SOON, () -> podsUpToDate().status().equals("True"));
    Map<String, String> before = cluster.incarnations();
    scene
        .object(ConfigMap.class, ENVIRONMENT)
        .edit(map -> new ConfigMapBuilder(map).addToData("DSN", "never-shown").build());
    cluster
        .waiting()
        .forObject(
            "the variable is in the template",
            SOON,
            scene.object(io.fabric8.kubernetes.api.model.apps.StatefulSet.class, cluster.name()),
            set -> set.getSpec().getTemplate().toString().contains("never-shown"));
    awaitReplaced(before, "env[DSN]");
    assertThat(toldOfPods()).noneMatch(message -> message.contains("never-shown"));
  }

  @Test
  @Order(6)
  void aLabelThatPodsGetTooIsOnTheServiceAndBroughtByNewPods() {
    Map<String, String> before = cluster.incarnations();
    long accepted = edit("inherited_labels", "cost-center");
    awaitService(
        service -> "42".equals(service.getMetadata().getLabels().get("cost-center")), SOON);
    Figures.tell(
        "inherited_labels is edited, until a Service has the label",
        Duration.ofNanos(System.nanoTime() - accepted));
    awaitReplaced(before, "cost-center");
    assertThat(cluster.pods())
        .allSatisfy(
            pod -> assertThat(pod.getMetadata().getLabels()).containsEntry("cost-center", "42"));
  }

  /** Pods are replaced, and an Event has said beforehand why. */
  private void awaitReplaced(Map<String, String> before, String because) {
    cluster
        .waiting()
        .until(
            "an Event says that pods are replaced because of " + because,
            PATIENCE,
            () -> toldOfPods().anyMatch(message -> message.contains(because)));
    cluster
        .waiting()
        .until(
            "another pod is ready",
            PATIENCE,
            () ->
                !cluster.incarnations().equals(before)
                    && !cluster.pods().isEmpty()
                    && cluster.pods().stream().allMatch(Readiness.getInstance()::isReady));
    awaitPodsUpToDate("True", "NewestTemplate");
  }

  private Stream<String> toldOfPods() {
    return scene.client().v1().events().inNamespace(scene.namespace()).list().getItems().stream()
        .filter(event -> "Update".equals(event.getReason()))
        .map(Event::getMessage)
        .filter(message -> message.contains("begins"));
  }

  /** The moment at which the API server had accepted the edit. */
  private long edit(String... keysAndValues) {
    OwnOperator.configure(scene, keysAndValues);
    return System.nanoTime();
  }

  private ConfigMap config() {
    return scene.object(ConfigMap.class, NAME).get();
  }

  private String note() {
    Service service = scene.object(Service.class, cluster.name()).get();
    return service.getMetadata().getAnnotations().getOrDefault("note", "");
  }

  private void awaitService(Predicate<Service> wanted, Duration limit) {
    cluster
        .waiting()
        .forObject(
            "the Service has what the configuration says",
            limit,
            scene.object(Service.class, cluster.name()),
            service ->
                service != null
                    && service.getMetadata().getAnnotations() != null
                    && wanted.test(service));
  }

  /** The text of an Event of this kind on the ConfigMap. */
  private Optional<String> event(String reason) {
    List<Event> all = scene.client().v1().events().inNamespace(scene.namespace()).list().getItems();
    return all.stream()
        .filter(event -> "ConfigMap".equals(event.getInvolvedObject().getKind()))
        .filter(event -> NAME.equals(event.getInvolvedObject().getName()))
        .filter(event -> reason.equals(event.getReason()))
        .map(Event::getMessage)
        .findFirst();
  }

  private Status.Condition podsUpToDate() {
    return Optional.ofNullable(cluster.status().conditions().get("PodsUpToDate"))
        .orElseGet(() -> new Status.Condition("", "", ""));
  }

  private void awaitPodsUpToDate(String status, String reason) {
    cluster
        .waiting()
        .until(
            "PodsUpToDate is " + status + " " + reason,
            PATIENCE,
            () -> podsUpToDate().status().equals(status) && podsUpToDate().reason().equals(reason));
  }
}
