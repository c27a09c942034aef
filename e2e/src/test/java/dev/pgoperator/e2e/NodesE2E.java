package dev.pgoperator.e2e;

import static dev.pgoperator.e2e.PlacedPods.ROLL;
import static dev.pgoperator.e2e.PlacedPods.affinity;
import static dev.pgoperator.e2e.PlacedPods.in;
import static dev.pgoperator.e2e.PlacedPods.node;
import static dev.pgoperator.e2e.PlacedPods.required;
import static dev.pgoperator.e2e.PlacedPods.tolerates;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Manifest and options say on which of two nodes pods run, and pods follow. */
@EndToEnd(value = "e2e-nodes", ownOperator = true)
@Isolated("it labels and taints nodes that all use")
@Order(73)
class NodesE2E {
  private static final String SECOND = "bed.pgoperator.dev/second";
  private static final String HOSTNAME = "kubernetes.io/hostname";
  private static final Duration WHILE = Duration.ofSeconds(5);

  private static final NodeSelectorRequirement PLACE = in("node-affinity-test", "postgres");
  private static final NodeSelectorRequirement READY = in("lifecycle-status", "ready");
  private static final NodeSelectorRequirement LINUX = in("kubernetes.io/os", "linux");

  private static final Taint EVICTING =
      new TaintBuilder().withKey("postgres").withEffect("NoExecute").build();
  private static final Toleration STAYS =
      new TolerationBuilder()
          .withKey("postgres")
          .withOperator("Exists")
          .withEffect("NoExecute")
          .build();
  private static final Toleration ENTERS =
      new TolerationBuilder().withKey(SECOND).withOperator("Exists").build();

  private final Scene scene;
  private final PostgresCluster cluster;
  private final PlacedPods pods;
  private final NodeMarks nodes;

  NodesE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("placed");
    this.pods = new PlacedPods(scene, cluster);
    this.nodes = NodeMarks.of(scene.client());
  }

  @BeforeAll
  void create() {
    Assumptions.assumeTrue(nodes.names().size() == 2, "these tests need two nodes");
    ObjectNode manifest = (ObjectNode) Manifests.tree(Manifests.roomy(cluster.name(), 2));
    ((ObjectNode) manifest.get("spec"))
        .putArray("tolerations")
        .addObject()
        .put("key", SECOND)
        .put("operator", "Exists");
    scene.create(Manifests.of(manifest));
    cluster.awaitRunning();
    cluster.awaitRoles(2, ROLL);
  }

  @AfterAll
  void close() {
    try {
      cluster.delete();
    } finally {
      nodes.restore();
    }
  }

  @Test
  @Order(1)
  void podsMoveToTheNodeThatTheManifestRequiresThePrimaryLast() {
    String goal = nodes.other(node(cluster.primary()));
    nodes.label(goal, PLACE.getKey(), PLACE.getValues().getFirst());
    pods.assertRolled(
        () -> require(required(PLACE)),
        () ->
            pods.await(
                2,
                "are on " + goal + ", as their affinity says",
                pod ->
                    node(pod).equals(goal) && affinity(pod).equals(Optional.of(required(PLACE)))));
  }

  @Test
  @Order(2)
  void withoutTheAffinityTheyAreReplacedAgainAndTheTermIsGone() {
    pods.assertRolled(
        () -> cluster.edit("{\"spec\":{\"nodeAffinity\":null}}"),
        () -> pods.await(2, "have no affinity", pod -> affinity(pod).isEmpty()));
    nodes.restore();
  }

  @Test
  @Order(3)
  void theLabelOfReadyNodesIsRequiredOfNodesAndJoinsTheTermsOfTheManifest() {
    nodes.names().forEach(this::ready);
    pods.assertRolled(
        () ->
            OwnOperator.configure(
                scene,
                "node_readiness_label",
                "lifecycle-status:ready",
                "node_readiness_label_merge",
                "AND"),
        () ->
            pods.await(
                2, "want ready nodes", pod -> affinity(pod).equals(Optional.of(required(READY)))));
    pods.assertRolled(
        () -> require(required(LINUX)),
        () ->
            pods.await(
                2,
                "want nodes that are both",
                pod -> affinity(pod).equals(Optional.of(required(LINUX, READY)))));
  }

  private void require(NodeAffinity affinity) {
    cluster.edit("{\"spec\":{\"nodeAffinity\":%s}}".formatted(Serialization.asJson(affinity)));
  }

  @Test
  @Order(4)
  void thePrimaryLeavesACordonedNodeWhenThatHasLostTheLabel() {
    String node = node(cluster.primary());
    String elsewhere = nodes.other(node);
    String former = cluster.primary().getMetadata().getName();
    int timeline = cluster.timeline();
    Map<String, String> before = cluster.incarnations();
    try (var rows = cluster.startWriting()) {
      nodes.cordon(node, true);
      cluster
          .waiting()
          .holds(
              "a cordoned node that has the label of ready ones keeps its primary",
              WHILE,
              () ->
                  cluster.incarnations().equals(before)
                      && cluster.primary().getMetadata().getName().equals(former));
      nodes.unlabel(node, READY.getKey());
      cluster
          .waiting()
          .until(
              "the primary is on " + elsewhere,
              ROLL,
              () -> node(cluster.primary()).equals(elsewhere));
      pods.await(2, "work", pod -> true);
      assertThat(cluster.primary().getMetadata().getName()).isNotEqualTo(former);
      assertThat(cluster.timeline()).as("it was handed over once").isEqualTo(timeline + 1);
      assertThat(rows.lost()).isEmpty();
    }
    nodes.cordon(node, false);
    ready(node);
    OwnOperator.configure(scene, "node_readiness_label", "");
    cluster.edit("{\"spec\":{\"nodeAffinity\":null}}");
    pods.await(2, "have no affinity", pod -> affinity(pod).isEmpty());
    nodes.restore();
  }

  private void ready(String node) {
    nodes.label(node, READY.getKey(), READY.getValues().getFirst());
  }

  /** Operators have to be on the other node, from which nothing is evicted. */
  @Test
  @Order(5)
  void podsWithTheConfiguredTolerationStayOnANodeFromWhichOthersAreEvicted() {
    String node = nodes.other(node(scene.operator().pod()));
    assertThat(node(scene.run().operator().pod())).as("the main operator's").isNotEqualTo(node);
    nodes.untaint(node, SECOND);
    OwnOperator.configure(scene, "toleration", "key:postgres,operator:Exists,effect:NoExecute");
    cluster.edit(
        "{\"spec\":{\"tolerations\":null,\"nodeAffinity\":%s}}"
            .formatted(Serialization.asJson(required(in(HOSTNAME, node)))));
    pods.await(
        2,
        "are on " + node + " and tolerate what the option says",
        pod -> node(pod).equals(node) && tolerates(pod, STAYS) && !tolerates(pod, ENTERS));
    Map<String, String> before = cluster.incarnations();
    Pod witness = pods.createWitness(node);

    nodes.taint(node, EVICTING);
    scene
        .waiting()
        .until(
            "the witness is evicted",
            ROLL,
            () -> cluster.pod(witness.getMetadata().getName()) == null);
    cluster
        .waiting()
        .holds("pods of PostgreSQL stay", WHILE, () -> cluster.incarnations().equals(before));
    pods.awaitStreaming(1);

    nodes.restore();
    cluster.edit(
        "{\"spec\":{\"tolerations\":[%s],\"nodeAffinity\":null}}"
            .formatted(Serialization.asJson(ENTERS)));
    pods.await(
        2,
        "tolerate what the manifest says, and not the option as well",
        pod -> affinity(pod).isEmpty() && tolerates(pod, ENTERS) && !tolerates(pod, STAYS));
    OwnOperator.configure(scene, "toleration", "");
  }

  @Test
  @Order(6)
  void podsSpreadEvenlyOverNodesWhenTheManifestWantsIt() {
    TopologySpreadConstraint even =
        new TopologySpreadConstraintBuilder()
            .withMaxSkew(1)
            .withTopologyKey(HOSTNAME)
            .withWhenUnsatisfiable("DoNotSchedule")
            .withNewLabelSelector()
            .withMatchLabels(cluster.labels())
            .endLabelSelector()
            .build();
    cluster.edit(
        "{\"spec\":{\"numberOfInstances\":4,\"topologySpreadConstraints\":[%s]}}"
            .formatted(Serialization.asJson(even)));
    pods.await(
        4,
        "have the constraint",
        pod -> pod.getSpec().getTopologySpreadConstraints().equals(List.of(even)));
    Map<String, Long> each =
        cluster.pods().stream()
            .collect(Collectors.groupingBy(PlacedPods::node, Collectors.counting()));
    assertThat(each.keySet()).containsExactlyInAnyOrderElementsOf(nodes.names());
    assertThat(each.values()).containsExactly(2L, 2L);

    cluster.edit("{\"spec\":{\"numberOfInstances\":2,\"topologySpreadConstraints\":[]}}");
    pods.await(
        2, "have no constraint", pod -> pod.getSpec().getTopologySpreadConstraints().isEmpty());
  }
}
