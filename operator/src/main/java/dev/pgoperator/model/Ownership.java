package dev.pgoperator.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of a live object that {@link FieldManager#NAME} wrote, according to {@code
 * metadata.managedFields}: a tree in which {@code f:} is a field, {@code k:} the keys of a list
 * item, {@code v:} an item of a set, and a node without children owns everything below it.
 */
final class Ownership {

  private Ownership() {}

  /**
   * Flat form of the owned part. What an update wrote (the reference worked by updates) includes
   * the defaults that the API server added to it; these are nobody's wish and are left out.
   */
  static SortedMap<String, String> of(HasMetadata live) {
    JsonNode tree = Json.MAPPER.valueToTree(live);
    SortedMap<String, String> owned = new TreeMap<>();
    for (ManagedFieldsEntry entry : entries(live)) {
      JsonNode fields = Json.MAPPER.valueToTree(entry.getFieldsV1());
      Map<String, String> part = FlatObject.of(pruned(tree, fields), live.getKind());
      if (!FieldManager.applied(entry)) {
        part.keySet().removeIf(ServerDefaults::isOne);
      }
      owned.putAll(part);
    }
    return owned;
  }

  private static List<ManagedFieldsEntry> entries(HasMetadata live) {
    return live.getMetadata().getManagedFields().stream().filter(FieldManager::wrote).toList();
  }

  private static JsonNode pruned(JsonNode node, JsonNode fields) {
    if (fields.isEmpty()) {
      return node;
    }
    return node.isArray() ? prunedList(node, fields) : prunedObject(node, fields);
  }

  private static JsonNode prunedObject(JsonNode node, JsonNode fields) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    fields
        .properties()
        .forEach(
            field -> {
              String name = field.getKey().startsWith("f:") ? field.getKey().substring(2) : "";
              if (node.has(name)) {
                result.set(name, pruned(node.path(name), field.getValue()));
              }
            });
    return result;
  }

  private static JsonNode prunedList(JsonNode list, JsonNode fields) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    for (JsonNode item : list) {
      fields
          .properties()
          .forEach(
              field -> {
                if (isFor(item, field.getKey())) {
                  result.add(pruned(item, field.getValue()));
                }
              });
    }
    return result;
  }

  private static boolean isFor(JsonNode item, String selector) {
    if (selector.startsWith("v:")) {
      return read(selector).equals(item);
    }
    if (!selector.startsWith("k:")) {
      return false;
    }
    return read(selector).properties().stream()
        .allMatch(e -> e.getValue().equals(item.path(e.getKey())));
  }

  private static JsonNode read(String selector) {
    try {
      return Json.MAPPER.readTree(selector.substring(2));
    } catch (JacksonException _) {
      return JsonNodeFactory.instance.missingNode();
    }
  }
}
