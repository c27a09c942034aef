package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A cluster whose Patroni and PostgreSQL are frozen: the kernel accepts connections and nobody
 * answers. It holds up neither its own edits and deletion nor other clusters.
 */
@EndToEnd("e2e-hung")
@Isolated("it asserts how fast the operator is")
@Order(45)
class HungServersE2E {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(2);

  private final Scene scene;
  private final PostgresCluster hung;
  private final PostgresCluster well;
  private Optional<PodProcesses> frozen = Optional.empty();

  HungServersE2E(Scene scene) {
    this.scene = scene;
    this.hung = scene.cluster("hung");
    this.well = scene.cluster("well");
  }

  @BeforeAll
  void freezeOne() {
    scene.create(Manifests.small("hung", 1));
    scene.create(Manifests.small("well", 1));
    hung.awaitRunning();
    well.awaitRunning();
    var processes = PodProcesses.of(hung.primary());
    processes.freeze();
    frozen = Optional.of(processes);
  }

  @AfterAll
  void thaw() {
    frozen.ifPresent(PodProcesses::thaw);
  }

  @Test
  @Order(1)
  void itsEditsAreTakenUpAlthoughItsDatabaseIsWaitedFor() {
    Duration longest = Duration.ZERO;
    for (int edit = 1; edit <= 5; edit++) {
      Duration took = add(hung, "edit_" + edit);
      longest = took.compareTo(longest) > 0 ? took : longest;
      // Meanwhile the sync has come to the database, which it waits for.
      scene.waiting().holds("the edit is not done", Duration.ofMillis(600), () -> !isDone());
    }
    Figures.tell("edit of a cluster whose servers hang, until its secret exists, longest", longest);
    assertThat(longest).isLessThan(SECOND);
  }

  @Test
  @Order(2)
  void anotherClusterIsServedAsEver() {
    add(hung, "before"); // so that a sync is waiting for the hung database
    String user = "neighbour";
    long edited = System.nanoTime();
    well.edit("{\"spec\":{\"users\":{\"" + user + "\":[]}}}");
    well.awaitAnswer(user, "postgres", "SELECT current_user", user, Duration.ofSeconds(10));
    assertThat(Duration.ofNanos(System.nanoTime() - edited)).isLessThan(SECOND);
  }

  @Test
  @Order(3)
  void itsDeletionBeginsAtOnce() {
    add(hung, "last");
    hung.resource().delete();
    long deleted = System.nanoTime();
    hung.waiting()
        .forAnswer(
            "the StatefulSet shrinks",
            Duration.ofSeconds(10),
            LOOK,
            () ->
                Optional.ofNullable(scene.object(StatefulSet.class, "hung").get())
                    .map(set -> set.getSpec().getReplicas())
                    .filter(replicas -> replicas == 0));
    Duration took = Duration.ofNanos(System.nanoTime() - deleted);
    Figures.tell("deletion of a cluster whose servers hang, until its StatefulSet shrinks", took);
    assertThat(took).isLessThan(SECOND);
    thaw();
    hung.waiting().until("the StatefulSet is gone", Duration.ofMinutes(1), () -> isGone("hung"));
  }

  /** Whether the status says that the newest edit is applied in full. */
  private boolean isDone() {
    var now = hung.resource().get();
    return Status.isCurrent(now) && Status.of(now).phase().equals("Running");
  }

  private boolean isGone(String name) {
    return scene.object(StatefulSet.class, name).get() == null;
  }

  /** Adds a user, and tells how long it took until the secret was there. */
  private static Duration add(PostgresCluster cluster, String user) {
    cluster.edit("{\"spec\":{\"users\":{\"" + user + "\":[]}}}");
    long accepted = System.nanoTime();
    cluster
        .waiting()
        .forAnswer(
            "secret of " + user,
            Duration.ofSeconds(20),
            LOOK,
            () -> Optional.ofNullable(cluster.secret(user).get()));
    return Duration.ofNanos(System.nanoTime() - accepted);
  }
}
