package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Environment variables taken apart for comparison: their defaults filled in, documents in their
 * values parsed.
 */
final class Variables {

  private Variables() {}

  /** Takes one variable apart; one without a value is one with an empty value. */
  static void walk(FieldPath path, JsonNode variable, Leaves leaves) {
    leaves.put(path.field("name"), variable.path("name").asText());
    String text = variable.path("value").asText("");
    Optional<JsonNode> document =
        text.startsWith("{") ? Json.read(text).filter(JsonNode::isObject) : Optional.empty();
    FieldPath value = path.field("value");
    if (document.isPresent()) {
      leaves.put(value, "a document");
      document(value, document.get(), leaves);
    } else if (!text.isEmpty()) {
      leaves.put(value, text);
    }
    JsonNode from = variable.path("valueFrom");
    if (!from.isMissingNode()) {
      source(path.field("valueFrom"), from, leaves);
    }
  }

  private static void source(FieldPath path, JsonNode from, Leaves leaves) {
    FlatObject.walkPart(path, from, leaves);
    orDefault(path.field("fieldRef"), from.path("fieldRef"), "apiVersion", "v1", leaves);
    orDefault(
        path.field("resourceFieldRef"), from.path("resourceFieldRef"), "divisor", "0", leaves);
  }

  private static void orDefault(
      FieldPath path, JsonNode reference, String field, String text, Leaves leaves) {
    if (reference.isObject() && reference.path(field).asText("").isEmpty()) {
      leaves.put(path.field(field), text);
    }
  }

  /** Unlike Kubernetes objects, documents keep empty texts, and their lists are ordered. */
  private static void document(FieldPath path, JsonNode node, Leaves leaves) {
    if (node.isObject()) {
      for (var field : node.properties()) {
        FieldPath part = path.field(field.getKey());
        if (leaves.wants(part)) {
          document(part, field.getValue(), leaves);
        }
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        document(path.item(Integer.toString(i)), node.get(i), leaves);
      }
    } else {
      leaves.put(path, node.asText());
    }
  }
}
