package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the options say of volumes and their claims; by an operator of its own. */
@EndToEnd("e2e-volumes")
@Order(90)
class VolumesE2E {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String RETENTION = "persistent_volume_claim_retention_policy";

  private final Scene scene;
  private final PostgresCluster cluster;
  private final Started started = new Started();

  private static final class Started {
    private Optional<OwnOperator> operator = Optional.empty();
  }

  VolumesE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("stored");
  }

  @BeforeAll
  void create() {
    started.operator =
        Optional.of(
            OwnOperator.withOptions(
                scene,
                Map.of(
                    "storage_resize_mode",
                    "ebs",
                    "inherited_annotations",
                    "owned-by",
                    RETENTION,
                    "when_deleted:retain,when_scaled:delete")));
    scene.create(OwnOperator.addressed(scene, Manifests.small("stored", 2)));
    cluster.awaitRunning();
  }

  @AfterAll
  void close() {
    cluster.delete();
    started.operator.ifPresent(OwnOperator::close);
  }

  private void option(String key, String value) {
    scene
        .object(ConfigMap.class, "postgres-operator")
        .edit(
            map -> {
              map.getData().put(key, value);
              return map;
            });
  }

  private List<PersistentVolumeClaim> claims() {
    return scene
        .client()
        .persistentVolumeClaims()
        .inNamespace(scene.namespace())
        .withLabels(cluster.labels())
        .list()
        .getItems();
  }

  private void instances(int count) {
    cluster.edit("{\"spec\":{\"numberOfInstances\":%d}}".formatted(count));
    cluster.awaitRoles(count, LONG);
    cluster.awaitPhase("Running", LONG);
  }

  private void awaitClaims(int count) {
    cluster.waiting().until(count + " claims", SOON, () -> claims().size() == count);
  }

  @Test
  @Order(1)
  void aVolumeThatIsNotOfEc2DoesNotGrowThereAndTheStatusSaysSo() {
    Map<String, String> pods = cluster.incarnations();
    cluster.edit(
        "{\"metadata\":{\"annotations\":{\"owned-by\":\"acid\"}},\"spec\":{\"volume\":{\"size\":\"2Gi\"}}}");
    cluster.awaitCondition("Complete", "VolumeSize", SOON);
    cluster.awaitCondition("Complete", "its volume is none of EC2", SOON);
    cluster.awaitPhase("Running", SOON);
    assertThat(claims()).allMatch(claim -> request(claim).equals("1Gi"));
    cluster
        .waiting()
        .until(
            "claims carry the inherited annotation",
            SOON,
            () ->
                claims().stream()
                    .allMatch(
                        claim ->
                            "acid".equals(claim.getMetadata().getAnnotations().get("owned-by"))));
    option("storage_resize_mode", "mixed");
    cluster
        .waiting()
        .until(
            "the claims grow",
            SOON,
            () -> claims().stream().allMatch(claim -> request(claim).equals("2Gi")));
    assertThat(cluster.incarnations()).isEqualTo(pods);
  }

  private static String request(PersistentVolumeClaim claim) {
    return String.valueOf(claim.getSpec().getResources().getRequests().get("storage"));
  }

  /** Row 20 of the reference's scenarios. */
  @Test
  @Order(2)
  void claimsGoOrStayWithTheirPodsAsTheRetentionPolicySays() {
    assertThat(claims()).hasSize(2);
    instances(1);
    awaitClaims(1);
    instances(2);
    awaitClaims(2);

    option(RETENTION, "when_deleted:retain,when_scaled:retain");
    cluster
        .waiting()
        .until("the StatefulSet keeps claims", SOON, () -> whenScaled().equals("Retain"));
    List<String> uids = claims().stream().map(claim -> claim.getMetadata().getUid()).toList();
    instances(1);
    cluster.waiting().holds("both claims stay", Duration.ofSeconds(4), () -> claims().size() == 2);
    instances(2);
    assertThat(claims().stream().map(claim -> claim.getMetadata().getUid()))
        .containsExactlyInAnyOrderElementsOf(uids);
  }

  private String whenScaled() {
    return scene
        .client()
        .apps()
        .statefulSets()
        .inNamespace(scene.namespace())
        .withName("stored")
        .get()
        .getSpec()
        .getPersistentVolumeClaimRetentionPolicy()
        .getWhenScaled();
  }
}
