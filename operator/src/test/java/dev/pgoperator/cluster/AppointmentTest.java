package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In synchronous mode, a server is not ended while Patroni is making it the standby. */
class AppointmentTest {
  private static final String WAITS = "orders-1 is just becoming the synchronous standby";

  private final World world = new World(Map.of("enable_database_access", "false"));
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void aClusterWithAPrimaryAndAReplica() {
    world.sync(Manifests.with(1, "  patroni: {synchronous_mode: true}\n"));
    pods.pairRuns("orders-0", "orders-1");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<String> deletions() {
    return world.kube.writes().stream().filter(write -> write.startsWith("delete Pod")).toList();
  }

  private String progress() {
    return world.kube.condition("Progressing").getMessage();
  }

  @Test
  void itsPodIsReplacedWhenPatroniHasWrittenItDown() {
    world.patroni.willBeWaitedFor("orders-1");
    pods.condemned("orders-1", "r1");
    world.podEvent();
    assertThat(deletions()).isEmpty();
    assertThat(progress()).contains(WAITS);

    world.patroni.isWaitedFor("orders-1");
    world.retry();
    assertThat(deletions()).containsExactly("delete Pod orders-1");
  }

  @Test
  void aReplicaForWhichNoCommitWaitsIsReplacedAtOnce() {
    world.patroni.willBeWaitedFor("orders-2");
    pods.condemned("orders-1", "r1");
    world.podEvent();
    assertThat(deletions()).containsExactly("delete Pod orders-1");
  }

  @Test
  void aPatroniThatNeverWritesItDownHoldsNothingUpForLong() {
    world.patroni.willBeWaitedFor("orders-1");
    pods.condemned("orders-1", "r1");
    world.podEvent();
    world.timePasses(Duration.ofSeconds(4));
    world.retry();
    assertThat(deletions()).isEmpty();

    world.timePasses(Duration.ofSeconds(1));
    world.retry();
    assertThat(deletions()).containsExactly("delete Pod orders-1");
  }

  @Test
  void itsServerIsRestartedAfterThatToo() {
    world.patroni.willBeWaitedFor("orders-1");
    world.patroni.waitForRestart("max_connections", "100", "200");
    world.thoroughSync();
    assertThat(world.patroni.orders()).isEmpty();
    assertThat(progress()).contains(WAITS);

    world.patroni.isWaitedFor("orders-1");
    world.retry();
    assertThat(world.patroni.orders()).containsExactly("restart orders-1");
  }
}
