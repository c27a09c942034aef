package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * An application appends rows to a cluster with synchronous replication, whatever is done to the
 * cluster and whatever goes wrong there; none of its rows is ever lost.
 */
@EndToEnd("e2e-writer")
@Order(12)
class WriterE2E {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration WHILE = Duration.ofSeconds(4);

  private final Scene scene;
  private final PostgresCluster cluster;
  private final Started started = new Started();

  /** What each test begins with. */
  private static final class Started {
    private Optional<Appender> rows = Optional.empty();
    private Map<String, String> uids = Map.of();
  }

  WriterE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("written");
  }

  @BeforeAll
  void create() {
    scene.create(Manifests.synchronous("written", 3));
    cluster.awaitRunning();
    cluster.awaitRoles(3, LONG);
    cluster.awaitRunning();
  }

  @BeforeEach
  void startWriting() {
    cluster.awaitAnswer(
        "postgres",
        "app",
        "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'",
        "1",
        SOON);
    started.uids = cluster.uids();
    started.rows = Optional.of(cluster.startWriting());
  }

  @AfterEach
  void stopWriting() {
    started.rows.ifPresent(Appender::close);
  }

  private void noRowIsLost(String during) {
    Appender rows = started.rows.orElseThrow();
    int before = rows.count();
    cluster.waiting().until("rows are written again", SOON, () -> rows.count() > before + 3);
    Figures.tell(during + ", longest wait of a writer", rows.longestGap());
    assertThat(rows.lost()).as("acknowledged rows that are gone").isEmpty();
  }

  private Pod replica() {
    return cluster.pods().stream()
        .filter(pod -> PostgresCluster.role(pod).equals("replica"))
        .findFirst()
        .orElseThrow();
  }

  private long untouched() {
    return cluster.uids().entrySet().stream()
        .filter(pod -> pod.getValue().equals(started.uids.get(pod.getKey())))
        .count();
  }

  private void superuser(String statement) {
    cluster.query(cluster.login("postgres", "postgres"), statement);
  }

  @Test
  @Order(1)
  void throughARestartForAParameter() {
    cluster.editParameter("max_connections", "90");
    cluster.awaitEverywhere("max_connections", "90", SOON);
    cluster.awaitPhase("Running", LONG);
    noRowIsLost("restart for a parameter");
    assertThat(cluster.uids()).isEqualTo(started.uids);
  }

  @Test
  @Order(2)
  void throughAnotherImageOfTheSameMajorVersion() {
    Assumptions.assumeTrue(
        System.getenv("PGOPERATOR_NEXT_POSTGRES_IMAGE") != null || Run.auditLog().isPresent(),
        "not the bed, and PGOPERATOR_NEXT_POSTGRES_IMAGE names no other image");
    try (var census = PodCensus.of(scene, cluster.labels())) {
      cluster.edit("{\"spec\":{\"dockerImage\":\"%s\"}}".formatted(Manifests.NEXT_IMAGE));
      cluster.awaitPhase("Running", LONG);
      assertThat(census.replaced()).hasSize(3).doesNotHaveDuplicates();
      assertThat(census.fewestWorking()).isEqualTo(2);
    }
    assertThat(cluster.pods())
        .allMatch(
            pod ->
                pod.getSpec().getContainers().getFirst().getImage().equals(Manifests.NEXT_IMAGE));
    noRowIsLost("another image");
  }

  @Test
  @Order(3)
  void throughTheDeathOfThePrimary() {
    Pod primary = cluster.primary();
    String name = primary.getMetadata().getName();
    new InPod(scene, primary).attempt("kill -9 -1");
    scene.client().resource(primary).withGracePeriod(0).delete();
    cluster
        .waiting()
        .until(
            "it is another pod",
            LONG,
            () -> {
              String uid = cluster.uids().get(name);
              return uid != null && !Objects.equals(uid, started.uids.get(name));
            });
    cluster.awaitRoles(3, LONG);
    noRowIsLost("death of the primary");
    cluster.awaitPhase("Running", LONG);
    assertThat(untouched()).isEqualTo(2);
  }

  @Test
  @Order(4)
  void throughAHungPatroniOfAReplicaWhichHoldsUpRestartsAndNothingElse() {
    Pod hung = replica();
    var inside = new InPod(scene, hung);
    inside.run("pkill -STOP -f '[p]atroni /'");
    try {
      cluster.editParameter("max_connections", "95");
      cluster.awaitCondition(
          "Progressing", hung.getMetadata().getName() + " is not a working member yet", SOON);
      cluster
          .waiting()
          .holds(
              "no server is restarted",
              WHILE,
              () ->
                  cluster.pods().stream()
                      .map(pod -> cluster.shows(pod, "max_connections"))
                      .allMatch("90"::equals));
    } finally {
      inside.run("pkill -CONT -f '[p]atroni /'");
    }
    cluster.awaitEverywhere("max_connections", "95", SOON);
    cluster.awaitPhase("Running", LONG);
    noRowIsLost("hung Patroni of a replica");
    assertThat(cluster.uids()).isEqualTo(started.uids);
  }

  @Test
  @Order(5)
  void throughARollThatStopsBecauseTheFirstNewReplicaNeverStreams() {
    superuser("ALTER ROLE standby VALID UNTIL '2000-01-01'"); // who streams goes on
    try {
      cluster.editParameter("shared_buffers", "40MB");
      cluster.awaitCondition("Progressing", "does not stream within the lag limit", LONG);
      cluster.waiting().holds("only one pod was touched", WHILE, () -> untouched() == 2);
    } finally {
      superuser("ALTER ROLE standby VALID UNTIL 'infinity'");
    }
    cluster.awaitPhase("Running", LONG);
    cluster.awaitEverywhere("shared_buffers", "40MB", SOON);
    noRowIsLost("replica that never streams");
  }

  @Test
  @Order(6)
  void throughTwoContradictingEditsInARow() {
    String primary = cluster.primary().getMetadata().getName();
    try (var census = PodCensus.of(scene, cluster.labels())) {
      cluster.editParameter("shared_buffers", "44MB");
      cluster.waiting().until("the first pod goes", LONG, () -> !census.replaced().isEmpty());
      cluster.editParameter("shared_buffers", "48MB");
      cluster.awaitPhase("Running", LONG);
      cluster.awaitEverywhere("shared_buffers", "48MB", SOON);
      assertThat(census.fewestWorking()).as("pods that worked at every moment").isEqualTo(2);
      assertThat(census.replaced())
          .as("only what the first edit had begun is done twice")
          .hasSizeBetween(3, 4);
      assertThat(census.replaced()).containsOnlyOnce(primary).endsWith(primary);
    }
    noRowIsLost("two contradicting edits");
  }
}
