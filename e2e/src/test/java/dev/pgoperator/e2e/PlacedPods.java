package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeAffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The pods of one cluster, looked at for where they may be and are. */
final class PlacedPods {
  static final Duration ROLL = Duration.ofMinutes(3);

  private final Scene scene;
  private final PostgresCluster cluster;

  PlacedPods(Scene scene, PostgresCluster cluster) {
    this.scene = scene;
    this.cluster = cluster;
  }

  /** Waits until so many are such, work, and are all of the newest template. */
  void await(int count, String what, Predicate<Pod> wanted) {
    cluster
        .waiting()
        .until(
            count + " pods " + what,
            ROLL,
            () -> {
              List<Pod> pods = cluster.pods();
              return pods.size() == count
                  && pods.stream().allMatch(pod -> works(pod) && wanted.test(pod));
            });
    cluster
        .waiting()
        .until(
            "all pods are of the newest template",
            ROLL,
            () -> cluster.status().condition("PodsUpToDate").equals("True"));
    cluster.awaitPhase("Running", ROLL);
    awaitStreaming(count - 1);
  }

  private static boolean works(Pod pod) {
    return PostgresCluster.isUp(pod) && !PostgresCluster.role(pod).isEmpty();
  }

  /** Waits until so many replicas receive what the primary writes. */
  void awaitStreaming(int replicas) {
    cluster.awaitAnswer(
        "postgres",
        "postgres",
        "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'",
        String.valueOf(replicas),
        ROLL);
  }

  /**
   * Does what brings a rolling update of two pods, awaits its end, and asserts that it was one: the
   * replica first, each pod once, never both, and no row of a writer is lost.
   */
  void assertRolled(Runnable change, Runnable end) {
    Map<String, String> before = cluster.uids();
    String primary = cluster.primary().getMetadata().getName();
    try (var census = PodCensus.of(scene, cluster.labels());
        var rows = cluster.startWriting()) {
      change.run();
      end.run();
      assertThat(cluster.uids().values()).hasSize(2).doesNotContainAnyElementsOf(before.values());
      assertThat(census.replaced())
          .as("each once, the primary last")
          .hasSize(2)
          .doesNotHaveDuplicates()
          .endsWith(primary);
      assertThat(census.fewestWorking()).as("pods that worked at every moment").isEqualTo(1);
      assertThat(rows.count()).isPositive();
      assertThat(rows.lost()).isEmpty();
    }
  }

  /** A pod that tolerates nothing; it is put on the node past the scheduler, and runs. */
  Pod createWitness(String node) {
    Pod witness =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(scene.namespace())
            .withName("witness")
            .endMetadata()
            .withNewSpec()
            .withNodeName(node)
            .withTerminationGracePeriodSeconds(1L)
            .addNewContainer()
            .withName("pause")
            .withImage(RecordedCase.image("PGOPERATOR_PAUSE_IMAGE", "pause:bed"))
            .withImagePullPolicy("IfNotPresent")
            .endContainer()
            .endSpec()
            .build();
    scene.client().resource(witness).create();
    scene
        .waiting()
        .until(
            "the witness runs",
            Duration.ofMinutes(1),
            () -> "Running".equals(cluster.pod("witness").getStatus().getPhase()));
    return witness;
  }

  static String node(Pod pod) {
    return String.valueOf(pod.getSpec().getNodeName());
  }

  static Optional<NodeAffinity> affinity(Pod pod) {
    return Optional.ofNullable(pod.getSpec().getAffinity()).map(Affinity::getNodeAffinity);
  }

  static boolean tolerates(Pod pod, Toleration toleration) {
    return pod.getSpec().getTolerations().contains(toleration);
  }

  /** A node with one of these values, as a term has it. */
  static NodeSelectorRequirement in(String key, String value) {
    return new NodeSelectorRequirement(key, "In", List.of(value));
  }

  /** One term with all of these. */
  static NodeAffinity required(NodeSelectorRequirement... all) {
    return new NodeAffinityBuilder()
        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
        .addNewNodeSelectorTerm()
        .withMatchExpressions(all)
        .endNodeSelectorTerm()
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .build();
  }
}
