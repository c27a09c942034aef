package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the Secrets of administrators do to those of a cluster. */
class InfrastructureRolesSyncTest {
  private static final String OWN = "robot.orders.credentials.postgresql.acid.zalan.do";
  private final World world =
      new World(
          Map.of("infrastructure_roles_secrets", "secretname:robots,userkey:u,passwordkey:p"));

  @AfterEach
  void close() {
    world.close();
  }

  private String password() {
    return new String(Base64.getDecoder().decode(world.password("robot")), StandardCharsets.UTF_8);
  }

  @Test
  void aRoleThatAppearsGetsASecretWithItsPassword() {
    world.sync(Manifests.valid("orders", "a", 1));
    assertThat(world.kube.names(Secret.class)).doesNotContain(OWN);
    world.infrastructureSecret("robots", Map.of("u", "robot", "p", "first"));
    assertThat(password()).isEqualTo("first");
  }

  @Test
  void aChangedPasswordIsWrittenOnce() {
    world.infrastructureSecret("robots", Map.of("u", "robot", "p", "first"));
    world.sync(Manifests.valid("orders", "a", 1));
    world.kube.writes().clear();
    world.infrastructureSecret("robots", Map.of("u", "robot", "p", "second"));
    assertThat(password()).isEqualTo("second");
    assertThat(world.kube.writes()).containsExactly("patch Secret " + OWN);
    world.kube.writes().clear();
    world.thoroughSync();
    assertThat(world.kube.writes()).isEmpty();
  }

  @Test
  void anEditByHandIsUndone() {
    world.infrastructureSecret("robots", Map.of("u", "robot", "p", "first"));
    world.sync(Manifests.valid("orders", "a", 1));
    world.secretEdited(OWN, "password", "mine");
    world.retry();
    assertThat(password()).isEqualTo("first");
  }

  @Test
  void aSecretThatSomebodyMadeBeforehandGetsThePasswordAndKeepsTheRest() {
    world.kube.seed(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(OWN)
            .addToLabels("made-by", "hand")
            .endMetadata()
            .addToData("password", "bWluZQ==")
            .addToData("note", "a2VlcA==")
            .build());
    world.infrastructureSecret("robots", Map.of("u", "robot", "p", "first"));
    world.sync(Manifests.valid("orders", "a", 1));
    assertThat(password()).isEqualTo("first");
    Secret kept = world.kube.named(Secret.class, OWN);
    assertThat(kept.getMetadata().getLabels()).containsExactly(Map.entry("made-by", "hand"));
    assertThat(kept.getData()).containsEntry("note", "a2VlcA==");
  }

  @Test
  void aRoleOfTheManifestGivesWay() {
    world.infrastructureSecret("robots", Map.of("u", "seller", "p", "first"));
    world.sync(Manifests.valid("orders", "a", 1));
    assertThat(world.password("seller"))
        .isEqualTo(Base64.getEncoder().encodeToString("first".getBytes(StandardCharsets.UTF_8)));
  }
}
