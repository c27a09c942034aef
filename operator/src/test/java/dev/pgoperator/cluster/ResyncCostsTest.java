package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a periodic look at a cluster costs in which nothing has changed (docs/architecture.md). */
class ResyncCostsTest {
  private static final int PODS = 2;

  private final World world = new World(Map.of("enable_database_access", "false"));
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void settle() {
    world.sync(Manifests.with(1, "  users: {buyer: [], seller: []}\n"));
    pods.pairRuns("orders-0", "orders-1");
    world.thoroughSync();
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");
    world.kube.reads().clear();
    world.kube.writes().clear();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void kubernetesIsNeitherAskedNorTold() {
    for (int i = 0; i < 3; i++) {
      world.thoroughSync();
    }
    assertThat(world.kube.reads()).isEmpty();
    assertThat(world.kube.writes()).isEmpty();
  }

  @Test
  void patroniIsAskedForEachMemberOnceAndForItsConfigurationOnce() {
    int before = world.patroni.requests();
    world.thoroughSync();
    assertThat(world.patroni.requests() - before).isEqualTo(PODS + 1);
    assertThat(world.patroni.questions())
        .endsWith("config orders-0", "status orders-0", "status orders-1");
  }

  @Test
  void anEventThatChangesNothingAsksNobody() {
    int before = world.patroni.requests();
    world.podEvent();
    assertThat(world.patroni.requests()).isEqualTo(before);
    assertThat(world.kube.reads()).isEmpty();
  }
}
