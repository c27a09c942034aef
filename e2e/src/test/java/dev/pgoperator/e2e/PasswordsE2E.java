package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What stands in a secret is the password, whoever wrote it there and whatever the server holds.
 */
@EndToEnd("e2e-passwords")
@Isolated("it asserts how fast the operator is")
@Order(55)
class PasswordsE2E {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration REPAIR = Duration.ofSeconds(20);
  private static final int EDITS = 10;

  private final Scene scene;
  private final PostgresCluster cluster;

  PasswordsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("orders");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.small(cluster.name(), 1));
    cluster.awaitRunning();
  }

  @Test
  @Order(1)
  void anEditedPasswordLogsInWithinASecondTheFirstTimeAndTheTenth() {
    // The first login of this process loads classes for a second.
    cluster.awaitAnswer("app", "app", "SELECT 1", "1", Duration.ofSeconds(10));
    List<Duration> times = new ArrayList<>();
    for (int edit = 0; edit < EDITS; edit++) {
      long began = System.nanoTime();
      write("app", "edited-by-hand-" + edit);
      cluster.awaitAnswer("app", "app", "SELECT 1", "1", Duration.ofSeconds(10));
      times.add(Duration.ofNanos(System.nanoTime() - began));
    }
    Figures.tell(
        "a password is edited, until it logs in, median of 10", Figures.percentile(times, 50));
    Figures.tell(
        "a password is edited, until it logs in, slowest of 10", Figures.percentile(times, 100));
    assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(LIMIT));
  }

  @Test
  @Order(2)
  void theSuperusersOwnPasswordIsRepairedWhenItsSecretIsEditedAndItsPodReadsItAgain() {
    Map<String, String> pods = cluster.incarnations();
    long began = System.nanoTime();
    write("postgres", "edited-by-hand-too");

    cluster.awaitAnswer("postgres", "postgres", "SELECT 1", "1", REPAIR);
    Figures.tell(
        "the superuser's password is edited, until it logs in",
        Duration.ofNanos(System.nanoTime() - began));
    cluster
        .waiting()
        .until(
            "the pod is another one",
            Duration.ofMinutes(1),
            () -> !cluster.pods().isEmpty() && !cluster.incarnations().equals(pods));
    cluster.awaitAnswer("app", "app", "SELECT 1", "1", Duration.ofMinutes(1));
    cluster.awaitRunning();
  }

  @Test
  @Order(3)
  void aDatabaseWithOtherPasswordsIsRepaired() {
    Login superuser = cluster.login("postgres", "postgres");
    cluster.query(superuser, "ALTER ROLE app PASSWORD 'as in an old backup'");
    cluster.query(superuser, "ALTER ROLE postgres PASSWORD 'as in an old backup'");

    cluster.edit("{\"spec\":{\"users\":{\"late\":[]}}}");

    cluster.awaitAnswer("late", "postgres", "SELECT 1", "1", REPAIR);
    cluster.awaitAnswer("postgres", "postgres", "SELECT 1", "1", REPAIR);
    cluster.awaitAnswer("app", "app", "SELECT 1", "1", REPAIR);
    cluster.awaitRunning();
  }

  @Test
  @Order(4)
  void anEditOfASecretThatSomebodyBroughtWithoutOurLabelsIsHeardOfToo() {
    scene.secret(
        "brought.orders.credentials.postgresql.acid.zalan.do",
        Map.of("username", "brought", "password", "as-it-was-brought"));
    cluster.edit("{\"spec\":{\"users\":{\"brought\":[]}}}");
    cluster.awaitAnswer("brought", "postgres", "SELECT 1", "1", Duration.ofSeconds(10));

    long began = System.nanoTime();
    write("brought", "edited-by-hand");
    cluster.awaitAnswer("brought", "postgres", "SELECT 1", "1", Duration.ofSeconds(10));
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    Figures.tell("the password of a secret without labels is edited, until it logs in", took);
    assertThat(took).isLessThan(LIMIT);
  }

  @Test
  @Order(5)
  void theTableOfStatementsShowsNoVerifierAlthoughItShowsWhatOthersSend() {
    Login superuser = cluster.login("postgres", "postgres");
    cluster.query(superuser, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    cluster.query(superuser, "SELECT pg_stat_statements_reset()");
    cluster.query(superuser, "ALTER ROLE app CONNECTION LIMIT 77");

    write("app", "edited-under-observation");
    cluster.awaitAnswer("app", "app", "SELECT 1", "1", Duration.ofSeconds(10));

    assertThat(statements(superuser, "%CONNECTION LIMIT 77%")).isEqualTo("1");
    assertThat(statements(superuser, "%SCRAM-SHA%")).isEqualTo("0");
    assertThat(statements(superuser, "%PASSWORD%")).isEqualTo("0");
  }

  private String statements(Login superuser, String pattern) {
    return cluster
        .query(
            superuser, "SELECT count(*) FROM pg_stat_statements WHERE query LIKE '" + pattern + "'")
        .getFirst();
  }

  private void write(String role, String password) {
    String encoded = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
    cluster
        .secret(role)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"password\":\"" + encoded + "\"}}");
  }
}
