package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a live object that {@link FieldManager#NAME} wrote, according to {@code
 * metadata.managedFields}: a tree in which {@code f:} is a field, {@code k:} the keys of a list
 * item, {@code v:} an item of a set, and a node without children owns everything below it.
 */
final class Ownership {

  private Ownership() {}

  /** Paths of the owned part. */
  static Set<String> paths(HasMetadata live) {
    Leaves.ByText leaves = new Leaves.ByText();
    walk(live, leaves);
    return leaves.values().keySet();
  }

  /**
   * Walks the owned part. What an update wrote (the reference worked by updates) includes the
   * defaults that the API server added to it; these are nobody's wish and are left out.
   */
  static void walk(HasMetadata live, Leaves leaves) {
    JsonNode tree = Json.tree(live);
    List<ManagedFieldsEntry> entries = entries(live);
    if (entries.size() == 1 && FieldManager.applied(entries.getFirst())) {
      walk(tree, live.getKind(), entries.getFirst(), leaves);
    } else {
      united(tree, live.getKind(), entries).forEach(leaves::put);
    }
  }

  /** A field may be in several entries. */
  private static Map<FieldPath, String> united(
      JsonNode tree, String kind, List<ManagedFieldsEntry> entries) {
    Map<FieldPath, String> united = new HashMap<>();
    for (ManagedFieldsEntry entry : entries) {
      boolean applied = FieldManager.applied(entry);
      walk(
          tree,
          kind,
          entry,
          (path, value) -> {
            if (applied || !ServerDefaults.isOne(path.text())) {
              united.put(path, value);
            }
          });
    }
    return united;
  }

  private static void walk(JsonNode tree, String kind, ManagedFieldsEntry entry, Leaves leaves) {
    FlatObject.walk(pruned(tree, Json.tree(entry.getFieldsV1())), kind, leaves);
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
    for (Selector selector : Selector.of(fields)) {
      for (JsonNode item : list) {
        if (selector.matches(item)) {
          result.add(pruned(item, selector.fields()));
        }
      }
    }
    return result;
  }

  /**
   * Which items of a list are ours.
   *
   * @param keys an item of a set, or the keys of an item of a list with keys
   * @param fields which of its fields
   */
  private record Selector(boolean ofSet, JsonNode keys, JsonNode fields) {

    static List<Selector> of(JsonNode fields) {
      List<Selector> selectors = new ArrayList<>();
      fields
          .properties()
          .forEach(
              field -> {
                boolean ofSet = field.getKey().startsWith("v:");
                if (ofSet || field.getKey().startsWith("k:")) {
                  Json.read(field.getKey().substring(2))
                      .ifPresent(
                          keys -> selectors.add(new Selector(ofSet, keys, field.getValue())));
                }
              });
      return selectors;
    }

    boolean matches(JsonNode item) {
      return ofSet
          ? keys.equals(item)
          : keys.properties().stream().allMatch(e -> e.getValue().equals(item.path(e.getKey())));
    }
  }
}
