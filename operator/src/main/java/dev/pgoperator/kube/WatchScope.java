package dev.pgoperator.kube;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which objects of a kind a watch delivers; the API server filters.
 *
 * @param namespace one namespace, or empty for all
 * @param labels labels that must have these values
 * @param labelPresent a label that must be there with any value; empty text for none
 * @param fields field selectors, such as {@code metadata.name}
 */
public record WatchScope(
    Optional<String> namespace,
    Map<String, String> labels,
    String labelPresent,
    Map<String, String> fields) {
  public WatchScope {
    labels = Map.copyOf(labels);
    fields = Map.copyOf(fields);
  }

  /**
   * Objects that belong to any cluster: they carry these labels and name their cluster in {@code
   * nameLabel}.
   */
  public static WatchScope ofClusters(
      Optional<String> namespace, Map<String, String> labels, String nameLabel) {
    return new WatchScope(namespace, labels, nameLabel, Map.of());
  }

  /** The same, with another value of one label. */
  public WatchScope with(String label, String value) {
    Map<String, String> others = new HashMap<>(labels);
    others.put(label, value);
    return new WatchScope(namespace, others, labelPresent, fields);
  }

  /** The object of this name in each namespace. */
  public static WatchScope named(Optional<String> namespace, String name) {
    return new WatchScope(namespace, Map.of(), "", Map.of("metadata.name", name));
  }

  /** Everything of the kind. */
  public static WatchScope all(Optional<String> namespace) {
    return new WatchScope(namespace, Map.of(), "", Map.of());
  }
}
