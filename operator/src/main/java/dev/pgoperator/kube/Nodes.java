package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the watch knows of the nodes. Thread-safe. Empty where nodes may not be watched. */
public final class Nodes {
  /**
   * Taints by which programs say that they are going to empty a node and take it away: the cluster
   * autoscaler and Karpenter, in its newer and its older form. Neither cordons.
   */
  private static final Set<String> DOOM =
      Set.of("ToBeDeletedByClusterAutoscaler", "karpenter.sh/disrupted", "karpenter.sh/disruption");

  private static final Set<String> KEEP_PODS_AWAY = Set.of("NoSchedule", "NoExecute");

  private final Map<String, State> byName = new ConcurrentHashMap<>();

  /**
   * What decisions read of a node.
   *
   * @param cordoned whether new pods are kept away from it, as at the beginning of a drain, or by a
   *     taint that announces one
   */
  public record State(boolean cordoned, Map<String, String> labels) {
    public State {
      labels = Map.copyOf(labels);
    }

    /**
     * Whether its pods should go elsewhere: it is cordoned, and carries none of the signs that it
     * stays all the same (behaviour.md §4.11).
     *
     * @param readiness labels of a node that is ready although it is cordoned; none by default
     */
    public boolean leaving(Map<String, String> readiness) {
      return cordoned && !excepted(readiness);
    }

    /**
     * Whether no primary should come to it: its pods should go elsewhere, or it is near its end,
     * because it lacks the labels of a node that is ready (behaviour.md §4.11).
     */
    boolean ending(Map<String, String> readiness) {
      return (cordoned || !readiness.isEmpty()) && !excepted(readiness);
    }

    private boolean excepted(Map<String, String> readiness) {
      boolean ready = !readiness.isEmpty() && labels.entrySet().containsAll(readiness.entrySet());
      return ready || "true".equals(labels.get("master"));
    }
  }

  /**
   * Takes note of a node.
   *
   * @return whether anything that decisions read has changed
   */
  public boolean note(Node node) {
    State now =
        new State(
            Optional.ofNullable(node.getSpec()).filter(Nodes::keepsPodsAway).isPresent(),
            Optional.ofNullable(node.getMetadata().getLabels()).orElse(Map.of()));
    return !now.equals(byName.put(node.getMetadata().getName(), now));
  }

  private static boolean keepsPodsAway(NodeSpec spec) {
    return Boolean.TRUE.equals(spec.getUnschedulable())
        || spec.getTaints().stream().anyMatch(Nodes::announcesDrain);
  }

  private static boolean announcesDrain(Taint taint) {
    return DOOM.contains(taint.getKey()) && KEEP_PODS_AWAY.contains(taint.getEffect());
  }

  public void forget(Node node) {
    byName.remove(node.getMetadata().getName());
  }

  public boolean leaves(String node, Map<String, String> readiness) {
    return Optional.ofNullable(byName.get(node))
        .filter(state -> state.leaving(readiness))
        .isPresent();
  }

  /** Whether no primary should come to this node. */
  public boolean ends(String node, Map<String, String> readiness) {
    return Optional.ofNullable(byName.get(node))
        .filter(state -> state.ending(readiness))
        .isPresent();
  }

  /** Whether any node takes pods for good. */
  public boolean anyStays(Map<String, String> readiness) {
    return byName.values().stream().anyMatch(state -> !state.ending(readiness));
  }
}
