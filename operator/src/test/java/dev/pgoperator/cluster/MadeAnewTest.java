package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.Manifest;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A StatefulSet with a field that Kubernetes never lets change is made anew around its pods; for a
 * moment the former one stays, until the garbage collector has freed them.
 */
class MadeAnewTest {
  private final World world =
      new World(Map.of("enable_database_access", "false", "storage_resize_mode", "off"));
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void twoPodsRun() {
    world.sync(ofSize(1, "1Gi"));
    pods.pairRuns("orders-0", "orders-1");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Manifest ofSize(int generation, String size) {
    return Manifests.decoded(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata: {name: orders, namespace: shop, uid: a, generation: %d, resourceVersion: "1"}
        spec:
          teamId: shop
          numberOfInstances: 2
          volume: {size: %s}
          postgresql: {version: "17"}
        """
            .formatted(generation, size));
  }

  private List<String> writesOfPodsAndSets() {
    return world.kube.writes().stream()
        .filter(write -> write.endsWith("StatefulSet orders") || write.contains("Pod orders-"))
        .toList();
  }

  @Test
  void theNextIsMadeWhenTheFormerIsGoneAndNoPodIsReplacedMeanwhile() {
    world.sync(ofSize(2, "2Gi"));
    assertThat(writesOfPodsAndSets()).containsExactly("delete StatefulSet orders");
    assertThat(world.kube.phases().getLast()).isNotEqualTo("UpdateFailed");
    assertThat(world.kube.condition("Progressing").getMessage()).contains("is made anew");

    world.watchesDeliver(StatefulSet.class);
    world.retry();
    assertThat(writesOfPodsAndSets()).as("nothing twice").hasSize(1);

    world.garbageIsCollected();
    assertThat(writesOfPodsAndSets())
        .containsExactly("delete StatefulSet orders", "apply StatefulSet orders");
    assertThat(world.kube.events()).noneMatch(event -> event.getType().equals("Warning"));
  }
}
