package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.Node;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the watch knows of the nodes. Thread-safe. Empty where nodes may not be watched. */
public final class Nodes {
  private final Map<String, State> byName = new ConcurrentHashMap<>();

  /**
   * What decisions read of a node.
   *
   * @param cordoned whether new pods are kept away from it, as at the beginning of a drain
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
      boolean ready = !readiness.isEmpty() && labels.entrySet().containsAll(readiness.entrySet());
      return cordoned && !ready && !"true".equals(labels.get("master"));
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
            node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
            Optional.ofNullable(node.getMetadata().getLabels()).orElse(Map.of()));
    return !now.equals(byName.put(node.getMetadata().getName(), now));
  }

  public void forget(Node node) {
    byName.remove(node.getMetadata().getName());
  }

  public boolean leaves(String node, Map<String, String> readiness) {
    return Optional.ofNullable(byName.get(node))
        .filter(state -> state.leaving(readiness))
        .isPresent();
  }

  /** Whether any node takes pods. */
  public boolean anyStays(Map<String, String> readiness) {
    return byName.values().stream().anyMatch(state -> !state.leaving(readiness));
  }
}
