package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.cluster.ClusterVerticle.Next;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often the status is written of a cluster in which much happens within seconds. */
class StatusInTimeTest {
  private static final String USERS = "  users: {buyer: []}\n";

  private final World world = new World(Map.of("enable_database_access", "false"));
  private final LivePods pods = new LivePods(world);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aQuickCreationWritesItsBeginningAndItsEnd() {
    world.sync(Manifests.with(1, USERS));
    world.templateBecomes("r1");
    pods.leads("orders-0", "r1");
    world.podEvent();
    pods.streams("orders-1", "r1");
    world.podEvent();

    assertThat(world.kube.phases()).containsExactly("Creating", "Running");
  }

  @Test
  void whatIsSaidInOtherWordsIsWrittenFiveSecondsLaterWithoutAnEvent() {
    world.sync(Manifests.with(1, USERS));
    world.templateBecomes("r1");
    world.timePasses(Duration.ofSeconds(2));
    pods.leads("orders-0", "r1");

    Next next = world.podEvent();
    assertThat(next)
        .isInstanceOfSatisfying(
            Next.Again.class, again -> assertThat(again.pause()).isEqualTo(Duration.ofSeconds(3)));
    assertThat(world.kube.condition("Ready").getMessage()).isEqualTo("no pod was seen yet");

    world.timePasses(Duration.ofSeconds(3));
    world.retry();
    assertThat(world.kube.condition("Ready").getMessage()).isEqualTo("1 of 2 pods are ready");
  }

  @Test
  void aClockThatIsSetBackDelaysNothing() {
    world.sync(Manifests.with(1, USERS));
    world.templateBecomes("r1");
    world.timePasses(Duration.ofHours(-1));
    pods.leads("orders-0", "r1");
    world.podEvent();

    assertThat(world.kube.condition("Ready").getMessage()).isEqualTo("1 of 2 pods are ready");
  }

  @Test
  void newsOfWaitingThatWereLostAreWrittenByTheNextSync() {
    try (var waiting = new World()) {
      AtomicInteger writes = new AtomicInteger();
      waiting.kube.failWhen(request -> request.equals("status") && writes.incrementAndGet() == 2);
      waiting.sync(Manifests.valid("orders", "a", 1));
      assertThat(waiting.kube.condition("Ready").getMessage()).isEqualTo("no pod was seen yet");

      waiting.retry();
      assertThat(waiting.kube.condition("Ready").getReason()).isEqualTo("WaitingForPrimary");
    }
  }

  @Test
  void whatFailsOtherwiseThanBeforeIsWrittenAtOnce() {
    world.sync(Manifests.with(1, USERS));
    world.kube.failWhen(request -> request.startsWith("apply Service"));
    world.deletedByHand(Service.class, "orders");
    world.retry();
    assertThat(world.kube.condition("Progressing").getMessage()).contains("Service orders");

    world.kube.failWhen(request -> request.startsWith("apply PodDisruptionBudget"));
    world.deletedByHand(
        PodDisruptionBudget.class, world.kube.names(PodDisruptionBudget.class).getFirst());
    world.retry();
    assertThat(world.kube.condition("Progressing").getMessage()).contains("PodDisruptionBudget");
  }
}
