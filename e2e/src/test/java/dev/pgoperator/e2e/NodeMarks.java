package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Labels, taints and cordons of nodes as a person edits them; what was there can be had back. */
final class NodeMarks {
  private final KubernetesClient client;
  private final Map<String, Node> before = new TreeMap<>();
  private final Set<String> labels = new TreeSet<>();

  private NodeMarks(KubernetesClient client) {
    this.client = client;
  }

  /** Remembers the nodes as they are now. */
  static NodeMarks of(KubernetesClient client) {
    var marks = new NodeMarks(client);
    client
        .nodes()
        .list()
        .getItems()
        .forEach(node -> marks.before.put(node.getMetadata().getName(), node));
    return marks;
  }

  List<String> names() {
    return List.copyOf(before.keySet());
  }

  /** Another node than this one. */
  String other(String name) {
    return before.keySet().stream()
        .filter(node -> !node.equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no node but " + name));
  }

  void label(String node, String key, String value) {
    labels.add(key);
    patch(node, "{\"metadata\":{\"labels\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  void unlabel(String node, String key) {
    labels.add(key);
    patch(node, "{\"metadata\":{\"labels\":{\"%s\":null}}}".formatted(key));
  }

  void cordon(String node, boolean cordoned) {
    patch(node, "{\"spec\":{\"unschedulable\":" + cordoned + "}}");
  }

  void taint(String node, Taint taint) {
    List<Taint> taints = new ArrayList<>(taints(node));
    taints.add(taint);
    patchTaints(node, taints);
  }

  void untaint(String node, String key) {
    patchTaints(node, taints(node).stream().filter(taint -> !key.equals(taint.getKey())).toList());
  }

  /** Gives all nodes back their labels and taints, and takes cordons back. */
  void restore() {
    before.forEach(
        (name, node) -> {
          Map<String, String> had =
              Optional.ofNullable(node.getMetadata().getLabels()).orElse(Map.of());
          Set.copyOf(labels)
              .forEach(
                  key ->
                      Optional.ofNullable(had.get(key))
                          .ifPresentOrElse(
                              value -> label(name, key, value), () -> unlabel(name, key)));
          patch(
              name,
              "{\"spec\":{\"unschedulable\":%s,\"taints\":%s}}"
                  .formatted(
                      Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
                      Serialization.asJson(lasting(node))));
        });
  }

  /** Without those by which Kubernetes itself says how a node is at the moment. */
  private static List<Taint> lasting(Node node) {
    return node.getSpec().getTaints().stream()
        .filter(taint -> !taint.getKey().startsWith("node.kubernetes.io/"))
        .toList();
  }

  private List<Taint> taints(String node) {
    return client.nodes().withName(node).get().getSpec().getTaints();
  }

  private void patchTaints(String node, List<Taint> taints) {
    patch(node, "{\"spec\":{\"taints\":%s}}".formatted(Serialization.asJson(taints)));
  }

  private void patch(String node, String patch) {
    client.nodes().withName(node).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
