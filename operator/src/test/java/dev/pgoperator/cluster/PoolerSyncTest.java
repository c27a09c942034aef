package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The objects of the connection poolers over the life of a cluster. */
class PoolerSyncTest {

  private static final String BOTH =
      "  enableConnectionPooler: true\n  enableReplicaConnectionPooler: true\n";
  private static final String PRIMARY = "  enableConnectionPooler: true\n";
  private static final String CREDENTIALS = "pooler.orders.credentials.postgresql.acid.zalan.do";
  private static final String RESTARTED = "acid.zalan.do/user-list";

  private World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private String userList() {
    String data = world.kube.named(Secret.class, "orders-pooler-u").getData().get("userlist.txt");
    return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
  }

  private Map<String, String> templateAnnotations() {
    return world
        .kube
        .named(Deployment.class, "orders-pooler")
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations();
  }

  private String password() {
    return new String(Base64.getDecoder().decode(world.password("pooler")), StandardCharsets.UTF_8);
  }

  @Test
  void areMadeOnceAndThenLeftAlone() {
    world.sync(Manifests.with(1, BOTH));

    assertThat(world.kube.names(Deployment.class))
        .containsExactly("orders-pooler", "orders-pooler-repl");
    assertThat(world.kube.names(Service.class)).contains("orders-pooler", "orders-pooler-repl");
    assertThat(world.kube.names(Secret.class))
        .contains("orders-pooler-u", "orders-pooler-repl-u", CREDENTIALS);
    assertThat(userList()).isEqualTo("\"pooler\" \"" + password() + "\"\n");
    assertThat(templateAnnotations()).as("nothing has changed yet").isNullOrEmpty();
    world.kube.writes().clear();

    world.sync(Manifests.with(1, BOTH));

    assertThat(world.kube.writes()).isEmpty();
  }

  @Test
  void comeBackWhenSomebodyDeletesThem() {
    world.sync(Manifests.with(1, PRIMARY));
    world.deletedByHand(Deployment.class, "orders-pooler");
    world.deletedByHand(Service.class, "orders-pooler");
    world.deletedByHand(Secret.class, "orders-pooler-u");

    world.retry();

    assertThat(world.kube.names(Deployment.class)).containsExactly("orders-pooler");
    assertThat(world.kube.names(Service.class)).contains("orders-pooler");
    assertThat(world.kube.names(Secret.class)).contains("orders-pooler-u");
  }

  @Test
  void oneGoesWhileTheOtherStays() {
    world.sync(Manifests.with(1, BOTH));

    world.sync(Manifests.with(2, PRIMARY));

    assertThat(world.kube.names(Deployment.class)).containsExactly("orders-pooler");
    assertThat(world.kube.names(Service.class)).doesNotContain("orders-pooler-repl");
    assertThat(world.kube.names(Secret.class))
        .contains(CREDENTIALS, "orders-pooler-u")
        .doesNotContain("orders-pooler-repl-u");
  }

  @Test
  void bothGoWithTheirCredentialsAlsoAfterARestartOfTheOperator() {
    world.sync(Manifests.with(1, BOTH));
    world.forget();
    world.watchesDeliver(Deployment.class);
    world.watchesDeliver(Service.class);
    world.watchesDeliver(Secret.class);

    world.sync(Manifests.with(2, ""));

    assertThat(world.kube.names(Deployment.class)).isEmpty();
    assertThat(world.kube.names(Service.class)).containsExactlyInAnyOrder("orders", "orders-repl");
    assertThat(world.kube.names(Secret.class))
        .containsExactlyInAnyOrder(
            "postgres.orders.credentials.postgresql.acid.zalan.do",
            "standby.orders.credentials.postgresql.acid.zalan.do");
    world.kube.writes().clear();
    world.retry();
    assertThat(world.kube.writes()).isEmpty();
  }

  @Test
  void aUserOfTheManifestKeepsTheSecretThatThePoolerHad() {
    world.sync(Manifests.with(1, PRIMARY));

    world.sync(Manifests.with(2, "  users: {pooler: []}\n"));

    assertThat(world.kube.names(Secret.class)).contains(CREDENTIALS);
  }

  @Test
  void podsAreReplacedWhenTheListTheyReadHasChanged() {
    world.sync(Manifests.with(1, PRIMARY));

    world.secretEdited(CREDENTIALS, "password", "chosen");
    world.retry();

    assertThat(userList()).isEqualTo("\"pooler\" \"chosen\"\n");
    assertThat(templateAnnotations()).containsKey(RESTARTED);
    world.kube.writes().clear();
    world.retry();
    assertThat(world.kube.writes()).as("one replacement is enough").isEmpty();
  }

  @Test
  void podsAreReplacedAlsoWhenTheOperatorWasKilledInBetween() {
    world.sync(Manifests.with(1, PRIMARY));
    world.secretEdited(CREDENTIALS, "password", "chosen");
    world.kube.failWhen(request -> request.startsWith("patch Deployment"));
    world.retry();
    assertThat(templateAnnotations()).isNullOrEmpty();

    world.kube.failWhen(request -> false);
    world.forget();
    world.watchesDeliver(Secret.class);
    world.watchesDeliver(Deployment.class);
    world.sync(Manifests.with(1, PRIMARY));

    assertThat(templateAnnotations()).containsKey(RESTARTED);
    assertThat(world.kube.named(Secret.class, "orders-pooler-u").getMetadata().getAnnotations())
        .isNullOrEmpty();
  }

  @Test
  void goWithTheirClusterWhileSecretsMayStay() {
    world.close();
    world = new World(Map.of("enable_secrets_deletion", "false"));
    world.sync(Manifests.with(1, BOTH));

    world.delete("a");

    assertThat(world.kube.names(Deployment.class)).isEmpty();
    assertThat(world.kube.names(Service.class)).isEmpty();
    assertThat(world.kube.names(Secret.class))
        .contains(CREDENTIALS)
        .doesNotContain("orders-pooler-u", "orders-pooler-repl-u");
  }
}
