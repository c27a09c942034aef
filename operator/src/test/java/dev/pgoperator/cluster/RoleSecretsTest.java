package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.Manifest;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written to the secrets of roles beside the passwords, and when. */
class RoleSecretsTest {
  private static final String SELLER = "seller.orders.credentials.postgresql.acid.zalan.do";

  private static final String USERS = "  users: {seller: []}\n";

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private Secret seller() {
    return world.kube.named(Secret.class, SELLER);
  }

  private String text(String key) {
    return new String(
        Base64.getDecoder().decode(seller().getData().getOrDefault(key, "")),
        StandardCharsets.UTF_8);
  }

  @Test
  void anAnnotationThatIsInheritedComesToSecretsThatExist() {
    world.sync(Manifests.valid("orders", "a", 1));
    world.configure(Map.of("inherited_annotations", "environment"));
    world.kube.writes().clear();

    world.sync(annotated());
    world.sync(annotated());

    assertThat(seller().getMetadata().getAnnotations()).containsEntry("environment", "test");
    assertThat(world.kube.writes()).containsOnlyOnce("replace Secret " + SELLER);
  }

  @Test
  void theManifestBecomesOwnerOfSecretsThatExistAndStopsBeingIt() {
    world.sync(Manifests.valid("orders", "a", 1));
    world.configure(Map.of("enable_owner_references", "true"));
    assertThat(seller().getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("a"));

    world.configure(Map.of());

    assertThat(seller().getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  void anOperatorThatStartsReadsTheSecretsOnceAndWritesNone() {
    world.sync(Manifests.valid("orders", "a", 1));
    world.forgetAllButTheStatefulSet();
    world.watchesDeliver(Secret.class);
    world.kube.writes().clear();
    world.kube.reads().clear();

    world.sync(Manifests.valid("orders", "a", 1));
    world.sync(Manifests.valid("orders", "a", 1));

    assertThat(world.kube.writes()).noneMatch(write -> write.contains("Secret"));
    assertThat(world.kube.reads()).filteredOn(read -> read.contains("Secret")).hasSizeLessThan(4);
  }

  @Test
  void theFirstSyncWithRotationSaysWhenItWillBeAndKeepsThePassword() {
    world.sync(Manifests.with(1, USERS));
    String password = text("password");

    world.configure(Map.of("enable_password_rotation", "true"));
    String next = text("nextRotation");
    world.kube.writes().clear();
    world.thoroughSync();

    assertThat(next).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(text("password")).isEqualTo(password);
    assertThat(world.kube.writes()).as("later").isEmpty();
  }

  @Test
  void aNewClusterSaysWhenItsPasswordsAreRenewedHalfADayLaterSoThatCreatingItIsOneWrite() {
    World rotating = new World(Map.of("enable_password_rotation", "true"), world.kube);
    rotating.sync(Manifests.with(1, USERS));
    assertThat(seller().getData()).containsOnlyKeys("username", "password");
    world.kube.writes().clear();

    rotating.thoroughSync();
    rotating.forget();
    rotating.watchesDeliver(Secret.class);
    rotating.sync(running());
    rotating.thoroughSync();
    assertThat(world.kube.writes()).noneMatch(write -> write.contains("Secret"));

    rotating.timePasses(Duration.ofHours(12));
    rotating.thoroughSync();
    assertThat(text("nextRotation")).isEqualTo("2026-06-03T00:00:00Z");
    rotating.close();
  }

  @Test
  void aSecretOfARotatedUserThatSomebodyDeletesComesBackAsItWas() {
    world.sync(Manifests.with(1, USERS));
    world.secretEdited(SELLER, "username", "seller261101");
    world.secretEdited(SELLER, "nextRotation", "2099-01-01T00:00:00Z");
    world.configure(Map.of("enable_password_rotation", "true"));
    Map<String, String> before = seller().getData();

    world.deletedByHand(Secret.class, SELLER);
    world.retry();

    assertThat(seller().getData()).isEqualTo(before);
  }

  /** As it is known to an operator that starts later. */
  private static Manifest running() {
    return manifest("{}", "{PostgresClusterStatus: Running, observedGeneration: 1}");
  }

  private static Manifest annotated() {
    return manifest("{environment: test}", "{}");
  }

  private static Manifest manifest(String annotations, String status) {
    return Manifests.decoded(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata: {name: orders, namespace: shop, uid: a, generation: 1, annotations: %s}
        spec:
          teamId: shop
          numberOfInstances: 1
          volume: {size: 1Gi}
          postgresql: {version: "17"}
          users: {seller: []}
        status: %s
        """
            .formatted(annotations, status));
  }
}
