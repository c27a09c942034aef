package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A cluster that follows another one, and becomes one of its own. */
@EndToEnd("e2e-standby")
@Order(110)
class StandbyE2E {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String FOLLOWS = "SELECT pg_is_in_recovery()";

  private final Scene scene;

  StandbyE2E(Scene scene) {
    this.scene = scene;
  }

  @Test
  @Order(1)
  void aStandbyClusterFollowsAndIsPromotedWhenTheSectionGoes() {
    PostgresCluster source = scene.create(Manifests.small("source", 1)).awaitRunning();
    source.query(source.login("app", "app"), "CREATE TABLE told AS SELECT 1 AS n");
    for (String role : List.of("postgres", "standby")) {
      copySecret(source.secretName(role), scene.cluster("follower").secretName(role));
    }
    PostgresCluster follower =
        scene.create(
            Serialization.unmarshal(
                """
                apiVersion: acid.zalan.do/v1
                kind: postgresql
                metadata: {name: follower}
                spec:
                  teamId: acid
                  numberOfInstances: 1
                  postgresql: {version: "17"}
                  volume: {size: 1Gi}
                  standby: {standby_host: source.%s}
                """
                    .formatted(scene.namespace()),
                GenericKubernetesResource.class));
    follower.awaitRunning();
    Login superuser = follower.login("postgres", "app");
    assertThat(follower.query(superuser, FOLLOWS)).containsExactly("true");
    assertThat(follower.query(superuser, "SELECT n FROM told")).containsExactly("1");

    follower.edit("{\"spec\":{\"standby\":null,\"users\":{\"own\":[]}}}");
    follower.awaitPhase("Running", LONG);
    follower.awaitAnswer("postgres", "app", FOLLOWS, "false", LONG);
    follower.awaitAnswer("own", "postgres", "SELECT current_user", "own", LONG);
  }

  private void copySecret(String name, String as) {
    Secret secret = scene.object(Secret.class, name).get();
    scene
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(as)
                .withNamespace(scene.namespace())
                .addToLabels("application", "spilo")
                .addToLabels("cluster-name", "follower")
                .endMetadata()
                .withData(secret.getData())
                .build())
        .create();
  }

  /** The other way round: what the former follower has is what both have. */
  @Test
  @Order(2)
  void aRunningClusterBecomesAStandbyWhenItGetsTheSection() {
    PostgresCluster demoted = scene.cluster("source");
    PostgresCluster leader = scene.cluster("follower");
    leader.query(leader.login("postgres", "app"), "CREATE TABLE later AS SELECT 2 AS n");
    String before = demoted.uids().toString();
    demoted.edit(
        "{\"spec\":{\"standby\":{\"standby_host\":\"follower.%s\"}}}".formatted(scene.namespace()));
    demoted.awaitAnswer("postgres", "app", FOLLOWS, "true", LONG);
    demoted.awaitPhase("Running", LONG);
    demoted.awaitAnswer("postgres", "app", "SELECT n FROM later", "2", LONG);
    assertThat(demoted.uids().toString()).as("the environment is new").isNotEqualTo(before);
  }
}
