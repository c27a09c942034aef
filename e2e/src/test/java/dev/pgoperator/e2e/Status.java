package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code status} of a manifest.
 *
 * @param phase {@code PostgresClusterStatus}; empty when there is none yet
 * @param observedGeneration 0 when there is none yet
 * @param conditions by their type
 */
record Status(String phase, long observedGeneration, Map<String, Condition> conditions) {

  record Condition(String status, String reason, String message) {}

  static Status of(GenericKubernetesResource manifest) {
    return manifest.getAdditionalProperties().get("status") instanceof Map<?, ?> status
        ? new Status(
            text(status, "PostgresClusterStatus"),
            number(status, "observedGeneration"),
            conditions(status))
        : new Status("", 0, Map.of());
  }

  /** Whether it speaks of the newest manifest. */
  static boolean isCurrent(GenericKubernetesResource manifest) {
    return of(manifest).observedGeneration == manifest.getMetadata().getGeneration();
  }

  /** True, False or Unknown; empty when there is no condition of this type. */
  String condition(String type) {
    Condition condition = conditions.get(type);
    return condition == null ? "" : condition.status();
  }

  private static Map<String, Condition> conditions(Map<?, ?> status) {
    Map<String, Condition> conditions = new TreeMap<>();
    if (status.get("conditions") instanceof List<?> list) {
      for (Object item : list) {
        Map<?, ?> condition = (Map<?, ?>) item;
        conditions.put(
            text(condition, "type"),
            new Condition(
                text(condition, "status"), text(condition, "reason"), text(condition, "message")));
      }
    }
    return conditions;
  }

  private static String text(Map<?, ?> from, String key) {
    return Optional.ofNullable(from.get(key)).map(String::valueOf).orElse("");
  }

  private static long number(Map<?, ?> from, String key) {
    return from.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
