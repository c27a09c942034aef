package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * Environment variables taken apart for comparison: their defaults filled in, documents in their
 * values parsed.
 */
final class Variables {

  private Variables() {}

  /** Adds one variable; a variable without a value is one with an empty value. */
  static void flatten(String path, JsonNode variable, Map<String, String> values) {
    values.put(path + ".name", variable.path("name").asText());
    String text = variable.path("value").asText("");
    Optional<JsonNode> document =
        text.startsWith("{") ? Json.read(text).filter(JsonNode::isObject) : Optional.empty();
    if (document.isPresent()) {
      values.put(path + ".value", "a document");
      document(path + ".value", document.get(), values);
    } else if (!text.isEmpty()) {
      values.put(path + ".value", text);
    }
    JsonNode from = variable.path("valueFrom");
    values.putAll(FlatObject.part(path + ".valueFrom", from));
    if (from.has("fieldRef")) {
      values.putIfAbsent(path + ".valueFrom.fieldRef.apiVersion", "v1");
    }
    if (from.has("resourceFieldRef")) {
      values.putIfAbsent(path + ".valueFrom.resourceFieldRef.divisor", "0");
    }
  }

  /** Unlike Kubernetes objects, documents keep empty texts, and their lists are ordered. */
  private static void document(String path, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      node.properties()
          .forEach(e -> document(FlatObject.child(path, e.getKey()), e.getValue(), values));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        document(path + "[" + i + "]", node.get(i), values);
      }
    } else {
      values.put(path, node.asText());
    }
  }
}
