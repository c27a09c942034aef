package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What options and manifest say of the pods; each change replaces every pod once. */
@EndToEnd(value = "e2e-pods", ownOperator = true)
@Order(21)
class PodsE2E {
  private static final Duration ROLL = Duration.ofMinutes(3);

  private final Scene scene;
  private final PostgresCluster cluster;

  PodsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("shaped");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.small("shaped", 2));
    cluster.awaitRunning();
  }

  private void eachPodIsReplacedOnce(Runnable change, Predicate<Container> wanted) {
    Map<String, String> before = cluster.uids();
    try (var census = PodCensus.of(scene, cluster.labels());
        var rows = cluster.startWriting()) {
      change.run();
      scene
          .waiting()
          .until(
              "both pods are new and as wanted",
              ROLL,
              () ->
                  cluster.pods().size() == 2
                      && cluster.pods().stream()
                          .allMatch(
                              pod ->
                                  !before.containsValue(pod.getMetadata().getUid())
                                      && wanted.test(postgres(pod))));
      cluster.awaitRoles(2, ROLL);
      cluster.awaitPhase("Running", ROLL);
      assertThat(census.replaced()).hasSize(2).doesNotHaveDuplicates();
      assertThat(census.fewestWorking()).isEqualTo(1);
      assertThat(rows.lost()).isEmpty();
    }
  }

  private static Container postgres(Pod pod) {
    return pod.getSpec().getContainers().getFirst();
  }

  @Test
  @Order(1)
  void capabilitiesAreThoseOfTheOption() {
    List<String> wanted = List.of("SYS_NICE", "CHOWN");
    eachPodIsReplacedOnce(
        () -> OwnOperator.configure(scene, "additional_pod_capabilities", "SYS_NICE,CHOWN"),
        container ->
            container.getSecurityContext().getCapabilities() != null
                && container.getSecurityContext().getCapabilities().getAdd().equals(wanted));
  }

  @Test
  @Order(2)
  void resourcesStayWithinWhatOptionsAllow() {
    OwnOperator.configure(
        scene,
        "max_memory_request",
        "300Mi",
        "min_cpu_limit",
        "503m",
        "min_memory_limit",
        "502Mi",
        "set_memory_request_to_limit",
        "true");
    cluster.awaitRunning();
    eachPodIsReplacedOnce(
        () ->
            cluster.edit(
                "{\"spec\":{\"resources\":{\"requests\":{\"cpu\":\"10m\",\"memory\":\"50Mi\"},"
                    + "\"limits\":{\"cpu\":\"200m\",\"memory\":\"200Mi\"}}}}"),
        container -> {
          var resources = container.getResources();
          return new Quantity("300Mi").equals(resources.getRequests().get("memory"))
              && Map.of("memory", new Quantity("502Mi"), "cpu", new Quantity("503m"))
                  .equals(resources.getLimits());
        });
  }

  @Test
  @Order(3)
  void serversShowTheCertificateOfTheManifest() {
    Certificate certificate = Certificate.selfSigned("acid.example.org");
    scene
        .client()
        .secrets()
        .inNamespace(scene.namespace())
        .resource(certificate.secret("pg-tls"))
        .create();
    eachPodIsReplacedOnce(
        () -> cluster.edit("{\"spec\":{\"spiloFSGroup\":103,\"tls\":{\"secretName\":\"pg-tls\"}}}"),
        container ->
            container.getEnv().stream()
                    .map(EnvVar::getName)
                    .toList()
                    .containsAll(List.of("SSL_CERTIFICATE_FILE", "SSL_PRIVATE_KEY_FILE"))
                && container.getVolumeMounts().stream()
                    .map(VolumeMount::getName)
                    .anyMatch("pg-tls"::equals));
    for (Pod pod : cluster.pods()) {
      String shown =
          new InPod(scene, pod)
              .run(
                  "openssl s_client -starttls postgres -connect localhost:5432 </dev/null 2>/dev/null"
                      + " | openssl x509 -noout -subject");
      assertThat(shown).as(pod.getMetadata().getName()).contains("acid.example.org");
    }
  }

  @Test
  @Order(4)
  void aLazyImageComesWithEachPodsNextStartAndToAllWhenNothingIsLazyAnyMore() {
    Map<String, String> before = cluster.uids();
    String former = postgres(cluster.primary()).getImage();
    OwnOperator.configure(
        scene, "enable_lazy_spilo_upgrade", "true", "docker_image", Manifests.NEXT_IMAGE);
    scene
        .waiting()
        .forObject(
            "the template has the new image",
            ROLL,
            scene.object(StatefulSet.class, "shaped"),
            set ->
                set.getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getImage()
                    .equals(Manifests.NEXT_IMAGE));
    cluster.awaitRunning();
    assertThat(cluster.uids()).isEqualTo(before);

    Pod replica =
        cluster.pods().stream()
            .filter(pod -> PostgresCluster.role(pod).equals("replica"))
            .findFirst()
            .orElseThrow();
    scene.client().resource(replica).delete();
    awaitImage(replica.getMetadata().getName(), Manifests.NEXT_IMAGE);
    cluster.awaitRoles(2, ROLL);
    cluster.awaitRunning();
    assertThat(postgres(cluster.primary()).getImage()).isEqualTo(former);

    OwnOperator.configure(scene, "enable_lazy_spilo_upgrade", "false");
    before.keySet().forEach(pod -> awaitImage(pod, Manifests.NEXT_IMAGE));
    cluster.awaitRoles(2, ROLL);
    cluster.awaitRunning();
  }

  private void awaitImage(String pod, String image) {
    scene
        .waiting()
        .forObject(
            pod + " runs " + image,
            ROLL,
            scene.object(Pod.class, pod),
            now -> now != null && postgres(now).getImage().equals(image));
  }
}
