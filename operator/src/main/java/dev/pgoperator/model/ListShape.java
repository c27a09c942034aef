package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tells the items of a list apart, so that lists are compared as Kubernetes merges them and
 * not by position. The keys are those of the Kubernetes API types; lists without any are sets,
 * except where order has a meaning.
 */
final class ListShape {

  private static final List<String> BY_NAME = List.of("name");
  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("containers", BY_NAME),
          Map.entry("initContainers", BY_NAME),
          Map.entry("volumes", BY_NAME),
          Map.entry("env", BY_NAME),
          Map.entry("imagePullSecrets", BY_NAME),
          Map.entry("ports", List.of("containerPort", "port", "protocol")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("ownerReferences", List.of("uid")),
          Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));
  private static final Set<String> ORDERED =
      Set.of("command", "args", "envFrom", "pg_hba", "initdb");
  private static final String CLAIMS = "volumeClaimTemplates";

  private ListShape() {}

  static boolean isOrdered(String list) {
    return ORDERED.contains(list);
  }

  /**
   * The key of an item, such as {@code postgres} or {@code 5432/TCP}; empty when the list is a set
   * or ordered.
   */
  static String key(String list, JsonNode item) {
    if (list.equals(CLAIMS)) {
      return item.path("metadata").path("name").asText("");
    }
    List<String> fields = KEYS.getOrDefault(list, List.of());
    if (fields.size() == 1) {
      return item.path(fields.getFirst()).asText("");
    }
    if (fields.isEmpty()) {
      return "";
    }
    StringBuilder key = new StringBuilder();
    for (String field : fields) {
      String part = item.path(field).asText(field.equals("protocol") ? "TCP" : "");
      if (!part.isEmpty()) {
        key.append(key.isEmpty() ? "" : "/").append(part);
      }
    }
    return key.toString();
  }
}
