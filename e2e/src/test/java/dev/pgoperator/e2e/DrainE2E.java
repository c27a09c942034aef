package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A node is drained as {@code kubectl drain} does it, on a bed with two of them. */
@EndToEnd("e2e-drain")
@Isolated("it drains a node that all use")
@Order(72)
class DrainE2E {
  private static final String SECOND = "bed.pgoperator.dev/second";
  private static final Duration LONG = Duration.ofMinutes(3);

  private final Scene scene;
  private final PostgresCluster pair;
  private final PostgresCluster single;
  private final Started started = new Started();

  /** What there is only after the beginning. */
  private static final class Started {
    Optional<OwnOperator> operator = Optional.empty();
    Optional<String> drained = Optional.empty();
  }

  DrainE2E(Scene scene) {
    this.scene = scene;
    this.pair = scene.cluster("pair");
    this.single = scene.cluster("single");
  }

  @BeforeAll
  void create() {
    Assumptions.assumeTrue(
        scene.client().nodes().list().getItems().size() > 1, "a drain needs a second node");
    Kills.tellSeed();
    started.operator =
        Optional.of(OwnOperator.withOptions(scene, Map.of("enable_pod_antiaffinity", "true")));
    scene.create(manifest(pair.name(), 2, ""));
    pair.awaitRunning();
    scene.create(manifest(single.name(), 1, node(pair.primary())));
    single.awaitRunning();
  }

  /** Pods may go to either node; those of one cluster not to the same. */
  private GenericKubernetesResource manifest(String name, int instances, String preferredNode) {
    ObjectNode manifest =
        (ObjectNode) Manifests.tree(OwnOperator.addressed(scene, Manifests.roomy(name, instances)));
    ObjectNode spec = (ObjectNode) manifest.get("spec");
    spec.putArray("tolerations").addObject().put("key", SECOND).put("operator", "Exists");
    if (!preferredNode.isEmpty()) {
      ObjectNode preference =
          spec.putObject("nodeAffinity")
              .putArray("preferredDuringSchedulingIgnoredDuringExecution")
              .addObject()
              .put("weight", 100)
              .putObject("preference");
      preference
          .putArray("matchExpressions")
          .addObject()
          .put("key", "kubernetes.io/hostname")
          .put("operator", "In")
          .putArray("values")
          .add(preferredNode);
    }
    return Manifests.of(manifest);
  }

  @AfterAll
  void close() {
    started.drained.ifPresent(node -> cordon(node, false));
    started.operator.ifPresent(
        operator -> {
          pair.delete();
          single.delete();
          operator.close();
        });
  }

  @Test
  @Order(1)
  void primariesLeaveFirstNoRowIsLostAndTheDrainEnds() {
    String node = node(pair.primary());
    assertThat(pair.pods()).extracting(DrainE2E::node).doesNotHaveDuplicates();
    assertThat(node(single.primary())).as("the single pod's").isEqualTo(node);
    String former = pair.primary().getMetadata().getName();
    try (var census = PodCensus.of(scene, pair.labels());
        var rows = pair.startWriting();
        var rowsOfSingle = single.startWriting()) {
      started.drained = Optional.of(node);
      cordon(node, true);
      pair.waiting().until("nothing of ours is on " + node, LONG, () -> evicted(node));

      assertThat(node(pair.primary())).isNotEqualTo(node);
      assertThat(switchovers()).as("of the pair").hasSize(1);
      assertThat(census.replaced()).containsExactly(former);
      assertThat(census.fewestWorking()).isEqualTo(1);
      single.awaitRoles(1, LONG);
      assertThat(node(single.primary())).isNotEqualTo(node);
      single.awaitAnswer("app", "app", "SELECT 1", "1", LONG);
      Figures.tell("drain of a node, longest wait of a writer with two pods", rows.longestGap());
      Figures.tell("drain of a node, with a single pod", rowsOfSingle.longestGap());
      assertThat(rows.lost()).isEmpty();
      assertThat(rowsOfSingle.lost()).isEmpty();
    }
    cordon(node, false);
    started.drained = Optional.empty();
    pair.awaitRoles(2, LONG);
    pair.awaitPhase("Running", LONG);
    single.awaitPhase("Running", LONG);
  }

  /**
   * SIGKILL at a random moment ({@link Kills}): the next operator goes on, and nothing is twice.
   */
  @ParameterizedTest
  @MethodSource(Kills.ROUNDS)
  @Order(2)
  void anOperatorThatIsKilledMeanwhileEmptiesTheNodeAllTheSame(int round) throws Exception {
    String node = node(pair.primary());
    String former = pair.primary().getMetadata().getName();
    int timeline = pair.timeline();
    try (var census = PodCensus.of(scene, pair.labels());
        var rows = pair.startWriting();
        var drain = Executors.newVirtualThreadPerTaskExecutor()) {
      started.drained = Optional.of(node);
      cordon(node, true);
      Future<?> emptied =
          drain.submit(
              () -> pair.waiting().until("nothing is on " + node, LONG, () -> evicted(node)));
      Kills.within(Duration.ofSeconds(8), round, started.operator.orElseThrow().operator());
      emptied.get();
      cordon(node, false);
      started.drained = Optional.empty();
      pair.awaitRoles(2, LONG);
      pair.awaitPhase("Running", LONG);
      single.awaitRoles(1, LONG);
      single.awaitPhase("Running", LONG);

      assertThat(node(pair.primary())).isNotEqualTo(node);
      assertThat(census.replaced()).containsExactly(former);
      assertThat(census.fewestWorking()).isEqualTo(1);
      assertThat(pair.timeline()).as("it was handed over once").isEqualTo(timeline + 1);
      assertThat(rows.lost()).isEmpty();
    }
  }

  /** One round of a drain: whatever may go is evicted; what a budget keeps is asked again. */
  private boolean evicted(String node) {
    List<Pod> there =
        scene.client().pods().inNamespace(scene.namespace()).list().getItems().stream()
            .filter(pod -> node.equals(node(pod)))
            .filter(pod -> "spilo".equals(pod.getMetadata().getLabels().get("application")))
            .toList();
    there.stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .forEach(pod -> scene.client().pods().resource(pod).evict());
    return there.isEmpty();
  }

  private void cordon(String node, boolean cordoned) {
    scene
        .client()
        .nodes()
        .withName(node)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"unschedulable\":" + cordoned + "}}");
  }

  private List<String> switchovers() {
    return scene.client().v1().events().inNamespace(scene.namespace()).list().getItems().stream()
        .filter(event -> event.getReason().equals("Switchover"))
        .filter(event -> event.getInvolvedObject().getName().equals(pair.name()))
        .map(event -> event.getMessage())
        .filter(text -> text.contains("accepted writes"))
        .toList();
  }

  private static String node(Pod pod) {
    return String.valueOf(pod.getSpec().getNodeName());
  }
}
