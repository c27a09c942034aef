package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Roles that administrators keep in secrets reach a running cluster, and follow every change. */
@EndToEnd("e2e-infrastructure-roles")
@Order(120)
class InfrastructureRolesE2E {
  private static final String SINGLE = "robots";
  private static final String NUMBERED = "numbered";
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Scene scene;
  private final PostgresCluster cluster;
  private OwnOperator operator;

  InfrastructureRolesE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
  }

  @BeforeAll
  void installAnOperatorWithOneCluster() {
    scene.secret(
        SINGLE,
        Map.of("user", "robot_zmon_new", "password", "unmistakable-1", "memberof", "robot_zmon"));
    operator =
        OwnOperator.withOptions(
            scene,
            Map.of(
                "infrastructure_roles_secrets",
                "secretname: %s/%s, userkey: user, rolekey: memberof, passwordkey: password"
                    .formatted(scene.namespace(), SINGLE),
                "infrastructure_roles_secret_name",
                scene.namespace() + "/" + NUMBERED));
    scene.create(OwnOperator.addressed(scene, Manifests.small(cluster.name(), 1)));
    cluster.awaitRunning();
  }

  @AfterAll
  void clear() {
    cluster.delete();
    operator.close();
  }

  private long change(String name, String key, String value) {
    scene
        .object(Secret.class, name)
        .edit(now -> new SecretBuilder(now).addToStringData(key, value).build());
    return System.nanoTime();
  }

  /** Waits until a role is let in with this password. */
  private void awaitLogin(String role, String password, long since) {
    var login = new Login(role, password, "postgres");
    cluster
        .waiting()
        .until(
            role + " is let in with its new password",
            SOON,
            () ->
                new Sql(scene.run().vertx())
                    .tried(cluster.address(cluster.primary()), login, "SELECT current_user")
                    .filter(List.of(role)::equals)
                    .isPresent());
    Figures.tell(
        "infrastructure secret is edited, until " + role + " is let in",
        Duration.ofNanos(System.nanoTime() - since));
  }

  private List<String> groups(String role) {
    return cluster.query(
        cluster.login("postgres", "postgres"),
        """
        SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
          JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = '%s' ORDER BY 1"""
            .formatted(role));
  }

  @Test
  @Order(1)
  void aRoleOfTheSecretIsThereWhenTheClusterIs() {
    assertThat(cluster.query(cluster.login("robot_zmon_new", "postgres"), "SELECT current_user"))
        .containsExactly("robot_zmon_new");
    assertThat(groups("robot_zmon_new")).containsExactly("robot_zmon");
    assertThat(cluster.login("robot_zmon_new", "postgres").password()).isEqualTo("unmistakable-1");
  }

  @Test
  @Order(2)
  void aChangedPasswordReachesTheDatabaseAtOnce() {
    long since = change(SINGLE, "password", "unmistakable-2");
    awaitLogin("robot_zmon_new", "unmistakable-2", since);
    assertThat(cluster.login("robot_zmon_new", "postgres").password()).isEqualTo("unmistakable-2");
  }

  @Test
  @Order(3)
  void aSecretThatAppearsBringsItsRoles() {
    scene.secret(
        NUMBERED,
        Map.of(
            "user1",
            "one",
            "password1",
            "unmistakable-p1",
            "inrole1",
            "robot_zmon",
            "user2",
            "two",
            "password2",
            "unmistakable-p2",
            "user3",
            "three",
            "password3",
            "unmistakable-p3"));
    long since = System.nanoTime();
    awaitLogin("three", "unmistakable-p3", since);
    awaitLogin("one", "unmistakable-p1", since);
    assertThat(groups("one")).containsExactly("robot_zmon");
    assertThat(groups("two")).as("without inrole2 it is not lost").isEmpty();
  }

  @Test
  @Order(4)
  void aConfigMapBesideTheSecretDescribesARole() {
    scene
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(scene.namespace())
                .withName(SINGLE)
                .endMetadata()
                .addToData(
                    "robot_described",
                    """
                    inrole: [robot_zmon]
                    user_flags: [createdb]
                    db_parameters: {log_statement: all}
                    """)
                .build())
        .create();
    long since = change(SINGLE, "robot_described", "unmistakable-3");
    awaitLogin("robot_described", "unmistakable-3", since);
    assertThat(
            cluster.query(
                cluster.login("postgres", "postgres"),
                """
                SELECT rolcreatedb || ' ' || rolconfig::text FROM pg_roles
                 WHERE rolname = 'robot_described'"""))
        .containsExactly("true {log_statement=all}");
    assertThat(scene.object(ConfigMap.class, SINGLE).get()).isNotNull();
  }

  @Test
  @Order(5)
  void aPasswordEditedByHandInTheClustersSecretIsPutBack() {
    cluster
        .secret("robot_zmon_new")
        .edit(now -> new SecretBuilder(now).addToStringData("password", "unmistakable-5").build());
    cluster
        .waiting()
        .until(
            "the secret says again what the administrators' does",
            SOON,
            () -> cluster.login("robot_zmon_new", "postgres").password().equals("unmistakable-2"));
    awaitLogin("robot_zmon_new", "unmistakable-2", System.nanoTime());
  }

  @Test
  @Order(6)
  void aChangeWhileNoOperatorRanIsFound() {
    operator.operator().stop();
    change(SINGLE, "password", "unmistakable-4");
    operator.operator().start();
    awaitLogin("robot_zmon_new", "unmistakable-4", System.nanoTime());
  }
}
