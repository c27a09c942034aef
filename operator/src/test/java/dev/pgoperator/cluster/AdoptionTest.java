package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.kube.ObjectKey;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was there before the operator, and what cannot be changed any more, is left as it is. */
class AdoptionTest {
  private static final String SECRET = "postgres.orders.credentials.postgresql.acid.zalan.do";

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private void bringSecret() {
    world.kube.apply(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(SECRET)
            .endMetadata()
            .withData(Map.of("username", "cG9zdGdyZXM=", "password", "YnJvdWdodA=="))
            .build());
  }

  private Secret secret() {
    return world.kube.named(Secret.class, SECRET);
  }

  @Test
  void aSecretThatSomebodyBroughtKeepsItsPasswordAndItsLabels() {
    bringSecret();

    world.sync(Manifests.valid("orders", "a", 1));

    assertThat(world.password("postgres")).isEqualTo("YnJvdWdodA==");
    assertThat(secret().getMetadata().getLabels()).isNullOrEmpty();
  }

  @Test
  void anAdoptedSecretCausesNoWriteInLaterSyncs() {
    bringSecret();
    world.sync(Manifests.valid("orders", "a", 1));
    world.kube.writes().clear();

    world.sync(Manifests.valid("orders", "a", 1));
    world.thoroughSync();

    assertThat(world.kube.writes()).isEmpty();
  }

  @Test
  void anOperatorThatStartsLooksBeforeItCreates() {
    bringSecret();
    world.sync(Manifests.valid("orders", "a", 1));
    world.forgetAllButTheStatefulSet();
    world.kube.writes().clear();

    world.sync(Manifests.valid("orders", "a", 1));

    assertThat(world.kube.writes()).noneMatch(write -> write.contains("Secret"));
  }

  @Test
  void anAdoptedSecretThatWasDeletedIsBackAfterTheNextThoroughSync() {
    bringSecret();
    world.sync(Manifests.valid("orders", "a", 1));
    world.kube.remove(Secret.class, "shop", SECRET);

    world.thoroughSync();

    assertThat(world.kube.names(Secret.class)).contains(SECRET);
  }

  @Test
  void anAdoptedSecretIsFollowedForItsCluster() {
    bringSecret();

    world.sync(Manifests.valid("orders", "a", 1));

    ObjectKey key = ObjectKey.of(Secret.class, "shop", SECRET);
    assertThat(world.followed().followers(key)).containsExactly(new ClusterId("shop", "orders"));
  }

  @Test
  void anAdoptedSecretGoesWithItsCluster() {
    bringSecret();
    world.sync(Manifests.valid("orders", "a", 1));

    world.delete("a");

    assertThat(world.kube.names(Secret.class)).isEmpty();
  }

  @Test
  void aVolumeThatShrinksIsRefusedAndTheRestIsDone() {
    world.sync(sized("2Gi", 1));

    world.sync(sized("1Gi", 3));
    world.kube.writes().clear();
    world.thoroughSync();

    var set = world.kube.named(StatefulSet.class, "orders");
    assertThat(set.getSpec().getReplicas()).isEqualTo(3);
    assertThat(
            set.getSpec()
                .getVolumeClaimTemplates()
                .getFirst()
                .getSpec()
                .getResources()
                .getRequests()
                .get("storage"))
        .isEqualTo(new Quantity("2Gi"));
    assertThat(world.kube.events())
        .filteredOn(event -> event.getReason().equals("Refused"))
        .singleElement()
        .satisfies(event -> assertThat(event.getMessage()).contains("2Gi", "1Gi"));
    assertThat(world.kube.writes()).as("a later sync").isEmpty();
  }

  private static Manifest sized(String size, int instances) {
    return Manifests.decoded(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata: {name: orders, namespace: shop, uid: a, generation: 1, resourceVersion: "1"}
        spec:
          teamId: shop
          numberOfInstances: %d
          volume: {size: %s}
          postgresql: {version: "17"}
        """
            .formatted(instances, size));
  }
}
