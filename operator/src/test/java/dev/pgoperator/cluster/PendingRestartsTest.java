package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restarts that an operator did not ask for that has just started: Patroni tells of them late. */
class PendingRestartsTest {
  private final World world = new World(Map.of("enable_database_access", "false"));
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void anOperatorThatStartsBesideAClusterThatRuns() {
    world.sync(Manifests.with(1, ""));
    pods.pairRuns("orders-0", "orders-1");
    world.sync(Manifests.withConnections(2, "200"));
    pods.operatorStartsAnew("r1");
    world.sync(Manifests.withConnections(2, "200"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void timePasses(int seconds) {
    world.timePasses(Duration.ofSeconds(seconds));
    world.retry();
  }

  @Test
  void areSeenAlsoWhenAnEventComesBeforePatronisNextLoop() {
    world.podEvent();
    timePasses(9);
    world.patroni.waitForRestart("max_connections", "100", "200");
    timePasses(1);
    assertThat(world.patroni.orders()).containsExactly("restart orders-1");
  }

  @Test
  void areLookedForUntilEachMemberHasHadALoop() {
    timePasses(16);
    int asked = world.patroni.requests();
    world.podEvent();
    assertThat(world.patroni.requests()).as("nobody is asked any more").isEqualTo(asked);
  }
}
