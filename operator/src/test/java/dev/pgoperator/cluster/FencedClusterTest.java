package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.kube.Fence;
import dev.pgoperator.shard.Tenure;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster's work while another operator pod may have taken the cluster over. */
class FencedClusterTest {
  private static final Duration VALID = Duration.ofSeconds(10);

  private final World world = new World(Map.of("enable_database_access", "false"));
  private Duration monotonic = Duration.ofHours(5);

  @AfterEach
  void close() {
    world.close();
  }

  /** Lets so many writes through, then no more. */
  private static Fence afterWrites(int most) {
    AtomicInteger left = new AtomicInteger(most);
    return new Fence() {
      @Override
      public boolean enter() {
        return left.getAndDecrement() > 0;
      }

      @Override
      public void leave() {}
    };
  }

  private List<Integer> written() {
    return List.of(world.kube.writes().size(), world.kube.events().size());
  }

  /** What SIGSTOP does: the clock goes on, nothing else does. */
  @Test
  void aProcessThatWasFrozenAndWokenWritesNothing() {
    world.beginsBehind(new Tenure(3, () -> monotonic, monotonic.plus(VALID)));
    world.sync(Manifests.with(1, ""));
    assertThat(world.kube.names(StatefulSet.class)).isNotEmpty();

    List<Integer> before = written();
    monotonic = monotonic.plus(Duration.ofMinutes(1));
    world.sync(Manifests.with(2, "  enableMasterLoadBalancer: true\n"));
    world.thoroughSync();
    world.delete("a");
    assertThat(written()).isEqualTo(before);
    assertThat(world.patroni.orders()).isEmpty();
  }

  @Test
  void whereverItIsStoppedNothingMoreIsWrittenAndTheNextPodGoesOn() {
    World whole = new World(Map.of("enable_database_access", "false"));
    whole.sync(Manifests.with(1, ""));
    int all = whole.kube.writes().size();
    List<String> names = whole.kube.names(Service.class);
    whole.close();
    for (int most = 0; most <= all; most++) {
      try (World part = new World(Map.of("enable_database_access", "false"))) {
        part.beginsBehind(afterWrites(most));
        part.sync(Manifests.with(1, ""));
        assertThat(part.kube.writes().size() + part.kube.events().size()).isLessThanOrEqualTo(most);
        List<String> secrets = part.kube.names(Secret.class);

        part.forget();
        part.beginsBehind(Fence.OPEN);
        part.sync(Manifests.with(1, ""));
        assertThat(part.kube.names(Service.class)).isEqualTo(names);
        assertThat(part.kube.names(Secret.class)).containsAll(secrets);
        assertThat(part.kube.names(StatefulSet.class)).containsExactly("orders");
      }
    }
  }

  @Test
  void whatIsLeftIsNoFailureThatAnybodyIsToldOf() {
    world.beginsBehind(Fence.CLOSED);
    assertThat(world.sync(Manifests.with(1, ""))).isInstanceOf(ClusterVerticle.Next.Settled.class);
    assertThat(world.kube.events()).isEmpty();
    assertThat(world.kube.phases()).isEmpty();
  }
}
