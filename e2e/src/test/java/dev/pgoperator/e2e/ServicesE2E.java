package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What options and manifest say of the objects around the pods, without touching a pod. */
@EndToEnd(value = "e2e-services", ownOperator = true)
@Order(67)
class ServicesE2E {
  private static final String ABROAD = "e2e-services-abroad";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Scene scene;
  private final PostgresCluster cluster;

  ServicesE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("front");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.small("front", 1));
    cluster.awaitRunning();
  }

  @AfterAll
  void leave() {
    scene.client().namespaces().withName(ABROAD).delete();
  }

  private <T extends HasMetadata> T await(Class<T> type, String name, Predicate<T> wanted) {
    return scene
        .waiting()
        .forObject(
            type.getSimpleName() + " " + name + " is as wanted",
            SOON,
            scene.object(type, name),
            now -> now != null && wanted.test(now));
  }

  private void awaitServices(Predicate<Service> wanted) {
    await(Service.class, "front", wanted);
    await(Service.class, "front-repl", wanted);
  }

  private static Map<String, String> annotations(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
  }

  @Test
  @Order(1)
  void loadBalancersComeAndGo() {
    Map<String, String> pods = cluster.incarnations();
    assertThat(scene.object(Service.class, "front").get().getSpec().getType())
        .isEqualTo("ClusterIP");
    cluster.edit(
        "{\"spec\":{\"enableMasterLoadBalancer\":true,\"enableReplicaLoadBalancer\":true}}");
    awaitServices(service -> service.getSpec().getType().equals("LoadBalancer"));
    cluster.edit(
        "{\"spec\":{\"enableMasterLoadBalancer\":false,\"enableReplicaLoadBalancer\":false}}");
    awaitServices(service -> service.getSpec().getType().equals("ClusterIP"));
    cluster.awaitRunning();
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  @Test
  @Order(2)
  void annotationsOfTheOptionAndOfTheManifestAreOnBothServices() {
    OwnOperator.configure(scene, "custom_service_annotations", "foo:bar");
    cluster.edit(
        "{\"spec\":{\"serviceAnnotations\":{\"annotation.key\":\"value\",\"alice\":\"bob\"}}}");
    Map<String, String> all = Map.of("foo", "bar", "annotation.key", "value", "alice", "bob");
    awaitServices(service -> annotations(service).entrySet().containsAll(all.entrySet()));
  }

  @Test
  @Order(3)
  void anAnnotationThatIsToBeIgnoredStaysAndNothingIsMadeAnew() {
    OwnOperator.configure(scene, "ignored_annotations", "k8s-status");
    annotate(scene.object(StatefulSet.class, "front").get());
    annotate(scene.object(Service.class, "front").get());
    String set = scene.object(StatefulSet.class, "front").get().getMetadata().getUid();
    String service = scene.object(Service.class, "front").get().getMetadata().getUid();

    scene.operator().restart();
    cluster.edit("{\"spec\":{\"users\":{\"looked\":[]}}}");
    cluster.awaitAnswer("looked", "app", "SELECT 1", "1", SOON);
    cluster.awaitRunning();

    StatefulSet nowSet = scene.object(StatefulSet.class, "front").get();
    Service nowService = scene.object(Service.class, "front").get();
    assertThat(nowSet.getMetadata().getUid()).isEqualTo(set);
    assertThat(nowService.getMetadata().getUid()).isEqualTo(service);
    assertThat(annotations(nowSet)).containsEntry("k8s-status", "healthy");
    assertThat(annotations(nowService)).containsEntry("k8s-status", "healthy");
  }

  private <T extends HasMetadata> void annotate(T object) {
    scene
        .client()
        .resource(object)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"k8s-status\":\"healthy\"}}}");
  }

  @Test
  @Order(4)
  void annotationsOfTheManifestReachTheStatefulSetWhereOptionsNameThem() {
    OwnOperator.configure(
        scene,
        "downscaler_annotations",
        "deployment-time,downscaler/*",
        "inherited_annotations",
        "environment,owned-by");
    Map<String, String> ours =
        Map.of(
            "deployment-time",
            "2026-05-02",
            "downscaler/downtime_replicas",
            "0",
            "owned-by",
            "acid");
    cluster
        .resource()
        .edit(
            manifest -> {
              manifest.getMetadata().getAnnotations().putAll(ours);
              return manifest;
            });
    await(
        StatefulSet.class,
        "front",
        set -> annotations(set).entrySet().containsAll(ours.entrySet()));
  }

  @Test
  @Order(5)
  void theCronJobOfBackupsFollowsManifestAndOptions() {
    Map<String, String> pods = cluster.incarnations();
    cluster.edit(
        "{\"spec\":{\"enableLogicalBackup\":true,\"logicalBackupSchedule\":\"7 7 7 7 *\"}}");
    CronJob job = await(CronJob.class, "logical-backup-front", now -> true);
    assertThat(job.getSpec().getSchedule()).isEqualTo("7 7 7 7 *");
    assertThat(job.getMetadata().getLabels()).containsEntry("application", "spilo-logical-backup");

    OwnOperator.configure(scene, "logical_backup_docker_image", "example.org/backup:next");
    await(
        CronJob.class, "logical-backup-front", now -> image(now).equals("example.org/backup:next"));

    cluster.edit("{\"spec\":{\"enableLogicalBackup\":false}}");
    scene
        .waiting()
        .forObject(
            "there is no CronJob",
            SOON,
            scene.object(CronJob.class, "logical-backup-front"),
            now -> now == null);
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  private static String image(CronJob job) {
    var template = job.getSpec().getJobTemplate().getSpec().getTemplate();
    return template.getSpec().getContainers().getFirst().getImage();
  }

  @Test
  @Order(6)
  void aUserMayHaveItsSecretInAnotherNamespace() {
    scene
        .client()
        .resource(new NamespaceBuilder().withNewMetadata().withName(ABROAD).endMetadata().build())
        .create();
    OwnOperator.configure(scene, "enable_cross_namespace_secret", "true");
    cluster.edit("{\"spec\":{\"users\":{\"" + ABROAD + ".db_user\":[]}}}");
    scene.waiting().until("its secret is there", SOON, () -> abroad().size() == 1);
    cluster.awaitRunning();
    Secret secret = abroad().getFirst();
    assertThat(abroad()).hasSize(1);
    assertThat(
            cluster.query(
                PostgresCluster.login(secret, "app"),
                "SELECT current_user = '" + ABROAD + ".db_user'"))
        .containsExactly("true");
  }

  private List<Secret> abroad() {
    return scene
        .client()
        .secrets()
        .inNamespace(ABROAD)
        .withLabels(cluster.labels())
        .list()
        .getItems();
  }

  @Test
  @Order(7)
  void childrenBelongToTheManifestWhileTheOptionSaysSo() {
    OwnOperator.configure(scene, "enable_owner_references", "true");
    children("front").forEach(child -> awaitOwned(child, true));

    PostgresCluster brief = scene.create(Manifests.small("brief", 1)).awaitRunning();
    List<HasMetadata> all = children("brief");
    all.forEach(child -> awaitOwned(child, true));
    brief.resource().delete();
    for (HasMetadata child : all) {
      String name = child.getKind() + " " + child.getMetadata().getName() + " is gone";
      var gone = scene.client().resource(child);
      scene.waiting().until(name, Duration.ofSeconds(90), () -> gone.get() == null);
    }
    scene.waiting().until("its pods are gone", SOON, () -> brief.pods().isEmpty());

    OwnOperator.configure(scene, "enable_owner_references", "false");
    children("front").forEach(child -> awaitOwned(child, false));
  }

  private List<HasMetadata> children(String name) {
    return List.of(
        scene.object(StatefulSet.class, name).get(),
        scene.object(Service.class, name).get(),
        scene.object(Service.class, name + "-repl").get(),
        scene.object(PodDisruptionBudget.class, "postgres-" + name + "-pdb").get(),
        scene.object(PodDisruptionBudget.class, "postgres-" + name + "-critical-op-pdb").get(),
        scene.cluster(name).secret("postgres").get(),
        scene.cluster(name).secret("standby").get());
  }

  private void awaitOwned(HasMetadata child, boolean owned) {
    await(
        child.getClass(),
        child.getMetadata().getName(),
        now ->
            owned
                == now.getMetadata().getOwnerReferences().stream()
                    .anyMatch(
                        owner -> owner.getKind().equals("postgresql") && owner.getController()));
  }
}
