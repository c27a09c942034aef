package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.Manifest;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fewer pods, another version, a node that is emptied: sync by sync. */
class LifeTest {
  private final World world = new World(Map.of("enable_database_access", "false"));
  private final LivePods pods = new LivePods(world);

  @BeforeEach
  void aClusterWhosePrimaryHasTheHigherNumber() {
    world.sync(Manifests.with(1, ""));
    pods.pairRuns("orders-1", "orders-0");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private int replicas() {
    return world.kube.named(StatefulSet.class, "orders").getSpec().getReplicas();
  }

  @Test
  void aPrimaryThatWouldGoHandsOverBeforeThereAreFewerPods() {
    world.configure(Map.of("enable_database_access", "false", "max_instances", "1"));
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-0");
    assertThat(replicas()).isEqualTo(2);
    pods.leads("orders-0", "r1");
    pods.streams("orders-1", "r1");
    world.podEvent();
    assertThat(replicas()).isEqualTo(1);
    assertThat(world.patroni.orders()).hasSize(1);
  }

  @Test
  void zeroPodsAreMadeWithoutASwitchover() {
    world.configure(Map.of("enable_database_access", "false", "max_instances", "0"));
    assertThat(replicas()).isZero();
    assertThat(world.patroni.orders()).isEmpty();
  }

  @Test
  void aPrimaryLeavesANodeThatIsEmptied() {
    world.nodeIs(new NodeBuilder().withNewMetadata().withName("n0").endMetadata().build());
    var emptied =
        new NodeBuilder()
            .withNewMetadata()
            .withName("n1")
            .endMetadata()
            .withNewSpec()
            .withUnschedulable(true)
            .endSpec()
            .build();
    world.nodeIs(emptied);
    pods.moveTo("orders-0", "n0");
    pods.moveTo("orders-1", "n1");
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-0");
  }

  private static Node node(String name, Map<String, String> labels, List<Taint> taints) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withTaints(taints)
        .endSpec()
        .build();
  }

  private static Taint taint(String key, String effect) {
    return new TaintBuilder().withKey(key).withEffect(effect).build();
  }

  @Test
  void aTaintThatAnnouncesTheEndOfANodeIsOneToo() {
    world.nodeIs(node("n0", Map.of(), List.of()));
    world.nodeIs(node("n1", Map.of(), List.of(taint("dedicated", "NoSchedule"))));
    pods.moveTo("orders-0", "n0");
    pods.moveTo("orders-1", "n1");
    world.podEvent();
    assertThat(world.patroni.orders()).as("nobody says that it goes").isEmpty();
    world.nodeIs(
        node("n1", Map.of(), List.of(taint("ToBeDeletedByClusterAutoscaler", "NoSchedule"))));
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-0");
  }

  private void nodesAreReadyByALabel() {
    world.configure(
        Map.of("enable_database_access", "false", "node_readiness_label", "lifecycle:ready"));
    world.templateBecomes("r2");
    pods.leads("orders-1", "r2");
    pods.streams("orders-0", "r2");
    world.podEvent();
  }

  @Test
  void aReplicaOnANodeNearItsEndIsMadeAnewBeforeItTakesOver() {
    nodesAreReadyByALabel();
    world.kube.writes().clear();
    world.nodeIs(node("n0", Map.of("lifecycle", "old"), List.of()));
    world.nodeIs(node("n1", Map.of(), List.of(taint("karpenter.sh/disrupted", "NoSchedule"))));
    world.nodeIs(node("n2", Map.of("lifecycle", "ready"), List.of()));
    pods.moveTo("orders-0", "n0");
    pods.moveTo("orders-1", "n1");
    world.podEvent();
    assertThat(world.kube.writes()).contains("delete Pod orders-0");
    assertThat(world.patroni.orders()).isEmpty();

    pods.goes("orders-0");
    pods.streams("orders-0", "r2");
    pods.moveTo("orders-0", "n2");
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-0");
  }

  @Test
  void whereNoNodeLastsAnyThatIsNotEmptiedWillDo() {
    nodesAreReadyByALabel();
    world.nodeIs(node("n0", Map.of("lifecycle", "old"), List.of()));
    world.nodeIs(node("n1", Map.of(), List.of(taint("karpenter.sh/disrupted", "NoSchedule"))));
    pods.moveTo("orders-0", "n0");
    pods.moveTo("orders-1", "n1");
    world.podEvent();
    assertThat(world.patroni.orders()).containsExactly("switchover orders-1 to orders-0");
  }

  /** A version that is raised for all clusters. */
  @Test
  void anUpgradeWaitsItsTurnBehindFiveOthers() {
    for (int i = 0; i < 5; i++) {
      world.podAppears(criticalPodOf("other" + i));
    }
    pods.ofVersion(15);
    pods.podsSay("none");
    world.thoroughSync();
    assertThat(world.kube.pods.sent()).noneMatch(command -> command.contains("inplace_upgrade"));
    assertThat(world.kube.condition("Postponed").getMessage()).contains("until others have ended");
    world.podDisappears(criticalPodOf("other3"));
    world.thoroughSync();
    assertThat(world.kube.pods.sent()).anyMatch(command -> command.contains("inplace_upgrade"));
  }

  private static Pod criticalPodOf(String cluster) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(cluster + "-0")
        .withUid(cluster)
        .addToLabels("application", "spilo")
        .addToLabels("cluster-name", cluster)
        .addToLabels("critical-operation", "true")
        .endMetadata()
        .build();
  }

  @Test
  void anUpgradeIsBegunFollowedAndNoted() {
    pods.ofVersion(15);
    pods.podsSay("none");
    world.thoroughSync();
    assertThat(world.kube.pods.sent().getLast()).contains("inplace_upgrade.py 2 >", "setsid");
    assertThat(criticalPods()).isEqualTo(2);

    pods.critical(true);
    pods.podsSay("running\nupgrading from 15 to 17");
    world.timePasses(Duration.ofSeconds(5));
    world.podEvent();
    assertThat(world.kube.condition("Progressing").getMessage()).contains("upgrading from 15");
    assertThat(world.kube.writes()).noneMatch(write -> write.startsWith("annotate"));

    pods.podsSay("ended 0 17\nall done");
    pods.ofVersion(17);
    world.podEvent();
    assertThat(annotations()).singleElement().asString().contains("last-major-upgrade-success=");
    assertThat(criticalPods()).isZero();
  }

  @Test
  void anOperatorThatStartsDuringAnUpgradeFindsItAndNotesItsFailure() {
    pods.ofVersion(15);
    pods.critical(true);
    pods.podsSay("ended 1 17\nupgrade failed: incompatible extension");
    pods.operatorStartsAnew("r1");
    world.sync(Manifests.with(1, ""));
    assertThat(annotations()).singleElement().asString().contains("last-major-upgrade-failure=");
    assertThat(world.kube.events())
        .extracting(event -> event.getMessage())
        .anyMatch(text -> text.contains("incompatible extension"));

    pods.critical(false);
    pods.podsSay("none");
    world.kube.pods.sent().clear();
    world.thoroughSync();
    assertThat(world.kube.pods.sent()).as("it is not repeated").isEmpty();
    assertThat(world.kube.condition("Complete").getReason()).isEqualTo("UpgradeFailed");

    world.sync(annotated("last-major-upgrade-failure: \"2026-03-04T12:00:00Z\""));
    assertThat(world.kube.pods.sent()).as("the mark has come back from the watch").isEmpty();
    world.sync(annotated(""));
    assertThat(world.kube.pods.sent())
        .as("somebody took the mark away")
        .anyMatch(command -> command.contains("inplace_upgrade"));
  }

  private static Manifest annotated(String annotation) {
    return Manifests.decoded(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata:
          {name: orders, namespace: shop, uid: a, generation: 1, resourceVersion: "1", annotations: {%s}}
        spec:
          teamId: shop
          numberOfInstances: 2
          volume: {size: 1Gi}
          postgresql: {version: "17"}
        """
            .formatted(annotation));
  }

  private List<String> annotations() {
    return world.kube.writes().stream().filter(write -> write.startsWith("annotate")).toList();
  }

  private long criticalPods() {
    return List.of("orders-0", "orders-1").stream()
        .map(name -> world.kube.named(Pod.class, name))
        .filter(
            pod ->
                Optional.ofNullable(pod.getMetadata().getLabels().get("critical-operation"))
                    .isPresent())
        .count();
  }
}
