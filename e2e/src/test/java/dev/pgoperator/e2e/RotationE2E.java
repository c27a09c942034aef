package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Passwords are renewed, as the reference's own test of it does (systems.md §7.4, row 19). */
@EndToEnd("e2e-rotation")
@Order(190)
class RotationE2E {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");
  private static final String NEXT = "nextRotation";

  private final Scene scene;
  private final PostgresCluster cluster;
  private OwnOperator operator;

  RotationE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
  }

  @BeforeAll
  void installAnOperatorWithOneCluster() {
    operator = OwnOperator.withOptions(scene, Map.of("resync_period", "30m"));
    GenericKubernetesResource manifest =
        OwnOperator.addressed(scene, Manifests.small(cluster.name(), 1));
    scene.create(manifest);
    cluster.awaitRunning();
    cluster.edit(
        "{\"spec\":{\"users\":{\"foo_user\":[],\"zalando\":[\"createdb\"],\"still\":[]}}}");
    cluster.awaitAnswer("still", "postgres", "SELECT 1", "1", SOON);
  }

  @AfterAll
  void clear() {
    cluster.delete();
    operator.close();
  }

  @Test
  @Order(1)
  void theSecretOfAListedUserSaysWhenItsPasswordIsRenewed() {
    cluster.edit(
        "{\"spec\":{\"usersIgnoringSecretRotation\":[\"still\"],"
            + "\"usersWithInPlaceSecretRotation\":[\"zalando\"]}}");

    awaitSecret("zalando", secret -> text(secret, NEXT).startsWith(inDays(90)));
    assertThat(cluster.secret("foo_user").get().getData()).doesNotContainKey(NEXT);
  }

  @Test
  @Order(2)
  void aPasswordThatIsDueBecomesThatOfANewUserAndOldUsersGo() {
    Login superuser = cluster.login("postgres", "postgres");
    String expired = "foo_user" + DAY.format(today().minusDays(40).minusDays(30));
    List.of("foo_user201031", expired, "foo_userbar201031")
        .forEach(name -> cluster.query(superuser, "CREATE ROLE " + name + " IN ROLE foo_user"));
    cluster.query(superuser, "ALTER ROLE " + expired + " LOGIN");
    cluster.query(superuser, "ALTER ROLE foo_user201031 LOGIN");
    cluster.query(superuser, "ALTER ROLE foo_user SET search_path TO data");
    OwnOperator.configure(
        scene,
        "enable_password_rotation",
        "true",
        "password_rotation_interval",
        "30",
        "password_rotation_user_retention",
        "30");
    awaitSecret("foo_user", secret -> text(secret, NEXT).startsWith(inDays(30)));
    Login before = cluster.login("foo_user", "postgres");

    long began = System.nanoTime();
    write("foo_user", NEXT, Instant.now().truncatedTo(ChronoUnit.DAYS).toString());

    String renewed = "foo_user" + DAY.format(today());
    awaitSecret("foo_user", secret -> text(secret, "username").equals(renewed));
    Figures.tell("a rotation falls due, until the secret is new", since(began));
    assertThat(cluster.query(cluster.login("foo_user", "postgres"), "SHOW search_path"))
        .containsExactly("data");
    assertThat(text(cluster.secret("foo_user").get(), NEXT)).startsWith(inDays(30));
    assertThat(cluster.query(before, "SELECT 1")).as("the old login works on").containsExactly("1");
    cluster.awaitAnswer(
        "postgres",
        "postgres",
        "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'foo_user%'",
        "foo_user " + renewed + " foo_userbar201031",
        SOON);
  }

  @Test
  @Order(3)
  void aRotationThatFallsDueBetweenTwoSyncsHappensWhenItIsDue() {
    String password = text(cluster.secret("zalando").get(), "password");
    Instant due = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
    write("zalando", NEXT, due.toString());

    awaitSecret("zalando", secret -> !text(secret, "password").equals(password));

    Duration late = Duration.between(due, Instant.now());
    Figures.tell("a rotation in place falls due, until the secret is new", late);
    assertThat(late).isBetween(Duration.ZERO, Duration.ofSeconds(3));
    assertThat(text(cluster.secret("zalando").get(), "username")).isEqualTo("zalando");
    assertThat(cluster.query(cluster.login("zalando", "postgres"), "SELECT 1"))
        .containsExactly("1");
  }

  @Test
  @Order(4)
  void anIgnoredUserKeepsItsNameAndInheritsAnnotations() {
    OwnOperator.configure(scene, "inherited_annotations", "environment");
    cluster.edit("{\"metadata\":{\"annotations\":{\"environment\":\"test\"}}}");

    awaitSecret(
        "still", secret -> "test".equals(secret.getMetadata().getAnnotations().get("environment")));
    assertThat(text(cluster.secret("still").get(), "username")).isEqualTo("still");
  }

  @Test
  @Order(5)
  void killedAnywhereInARotationTheOperatorEndsWithLoginsThatWork() {
    for (int millis : List.of(0, 40, 100, 180, 300)) {
      String yesterday = Instant.now().minus(1, ChronoUnit.DAYS).toString();
      write("foo_user", NEXT, yesterday);
      write("zalando", NEXT, yesterday);
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
      operator.operator().kill();
      operator.operator().awaitReady();

      for (String role : List.of("foo_user", "zalando")) {
        awaitSecret(role, secret -> text(secret, NEXT).startsWith(inDays(30)));
        cluster.awaitAnswer(role, "postgres", "SELECT 1", "1", SOON);
      }
    }
  }

  @Test
  @Order(6)
  void aSystemRoleRotatesInPlaceAndThePodsStartAgainWithItsPassword() {
    cluster.edit(
        "{\"spec\":{\"usersWithInPlaceSecretRotation\":[\"zalando\",\"standby\",\"postgres\"]}}");
    awaitSecret("standby", secret -> secret.getData().containsKey(NEXT));
    awaitSecret("postgres", secret -> secret.getData().containsKey(NEXT));
    Secret old = cluster.secret("postgres").get();
    Map<String, String> pods = cluster.incarnations();

    write("postgres", NEXT, Instant.now().truncatedTo(ChronoUnit.DAYS).toString());

    awaitSecret("postgres", secret -> !text(secret, "password").equals(text(old, "password")));
    cluster
        .waiting()
        .until(
            "the pod is another one",
            Duration.ofMinutes(2),
            () -> !cluster.pods().isEmpty() && !cluster.incarnations().equals(pods));
    cluster.awaitAnswer("postgres", "postgres", "SELECT 1", "1", Duration.ofMinutes(2));
  }

  @Test
  @Order(7)
  void replicasComeBackWithThePasswordOfReplicationThatWasRenewedOrEditedByHand() {
    cluster.edit("{\"spec\":{\"numberOfInstances\":2}}");
    awaitStreaming();

    Map<String, String> before = cluster.incarnations();
    write("standby", NEXT, Instant.now().truncatedTo(ChronoUnit.DAYS).toString());
    awaitAllReplaced(before);
    awaitStreaming();

    Map<String, String> renewed = cluster.incarnations();
    write("standby", "password", "replication-edited-by-hand");
    awaitAllReplaced(renewed);
    awaitStreaming();
  }

  private void awaitAllReplaced(Map<String, String> before) {
    cluster
        .waiting()
        .until(
            "both pods are others",
            Duration.ofMinutes(3),
            () -> {
              Map<String, String> now = cluster.incarnations();
              return now.size() == 2
                  && now.entrySet().stream()
                      .noneMatch(pod -> pod.getValue().equals(before.get(pod.getKey())));
            });
  }

  private void awaitStreaming() {
    cluster.awaitAnswer(
        "postgres",
        "postgres",
        "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'",
        "1",
        Duration.ofMinutes(2));
  }

  @Test
  @Order(8)
  void switchedOffTheRoleItselfIsInTheSecretAgain() {
    OwnOperator.configure(
        scene,
        "enable_password_rotation",
        "false",
        "password_rotation_interval",
        "15",
        "password_rotation_user_retention",
        "30");

    awaitSecret("foo_user", secret -> text(secret, "username").equals("foo_user"));
    assertThat(text(cluster.secret("foo_user").get(), NEXT)).isEmpty();
    assertThat(cluster.query(cluster.login("foo_user", "postgres"), "SELECT 1"))
        .containsExactly("1");
    assertThat(
            cluster.query(
                cluster.login("postgres", "postgres"),
                "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'foo_user2%'"))
        .containsExactly("1");
  }

  private void awaitSecret(String role, java.util.function.Predicate<Secret> wanted) {
    cluster
        .waiting()
        .forObject(
            "the secret of " + role,
            SOON,
            cluster.secret(role),
            secret -> secret != null && wanted.test(secret));
  }

  private void write(String role, String key, String value) {
    String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    cluster
        .secret(role)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"data\":{\"" + key + "\":\"" + encoded + "\"}}");
  }

  private static String text(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().getOrDefault(key, "")), StandardCharsets.UTF_8);
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  private static String inDays(int days) {
    return today().plusDays(days).toString();
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
