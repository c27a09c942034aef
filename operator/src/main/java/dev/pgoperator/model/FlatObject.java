package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * An object as paths with texts, in the one form that equal objects have in common whether we built
 * them or the API server stored them: quantities by value, list items by their key, documents
 * inside variables taken apart, empty parts left out.
 */
final class FlatObject {

  private static final Set<String> METADATA = Set.of("labels", "annotations", "ownerReferences");
  private static final Set<String> NOT_OURS = Set.of("apiVersion", "kind", "metadata", "status");
  private static final Set<String> QUANTITIES = Set.of("requests", "limits", "capacity");
  private static final Set<String> QUANTITY_FIELDS = Set.of("sizeLimit", "divisor");

  private final Leaves leaves;

  private FlatObject(Leaves leaves) {
    this.leaves = leaves;
  }

  /** By path, sorted. */
  static SortedMap<String, String> of(HasMetadata object) {
    return of(Json.tree(object), object.getKind());
  }

  static SortedMap<String, String> of(JsonNode object, String kind) {
    Leaves.ByText leaves = new Leaves.ByText();
    walk(object, kind, leaves);
    return leaves.values();
  }

  static void walk(JsonNode object, String kind, Leaves leaves) {
    FlatObject flat = new FlatObject(leaves);
    JsonNode metadata = object.path("metadata");
    for (String part : METADATA) {
      flat.add(FieldPath.root("metadata." + part), part, metadata.path(part));
    }
    for (var part : object.properties()) {
      if (kind.equals("Secret") && part.getKey().equals("data")) {
        flat.secrets(part.getValue());
      } else if (!NOT_OURS.contains(part.getKey())) {
        flat.add(FieldPath.root(part.getKey()), part.getKey(), part.getValue());
      }
    }
  }

  private void secrets(JsonNode data) {
    for (var entry : data.properties()) {
      FieldPath path = FieldPath.root("data." + entry.getKey());
      leaves.put(path, Fingerprint.of(entry.getValue().asText()));
    }
  }

  /** Flattens a part of an object, such as a pod's {@code spec}. */
  static SortedMap<String, String> part(String path, JsonNode node) {
    Leaves.ByText leaves = new Leaves.ByText();
    walkPart(FieldPath.root(path), node, leaves);
    return leaves.values();
  }

  static void walkPart(FieldPath path, JsonNode node, Leaves leaves) {
    new FlatObject(leaves).add(path, path.last(), node);
  }

  private void add(FieldPath path, String name, JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(path, name, node);
      case ARRAY -> list(path, name, node);
      case STRING, NUMBER, BOOLEAN -> scalar(path, name, node.asText());
      case NULL, MISSING, BINARY, POJO -> {}
    }
  }

  private void object(FieldPath path, String name, JsonNode node) {
    if (path.isBracketed() && name.equals("env")) {
      Variables.walk(path, node, leaves);
      return;
    }
    boolean isClaim = name.equals("volumeClaimTemplates");
    boolean holdsQuantities = QUANTITIES.contains(name);
    for (var field : node.properties()) {
      String key = field.getKey();
      if (key.equals("creationTimestamp")
          || (isClaim && NOT_OURS.contains(key) && !key.equals("metadata"))) {
        continue;
      }
      JsonNode value = field.getValue();
      if (value.isValueNode() && (holdsQuantities || QUANTITY_FIELDS.contains(key))) {
        leaves.put(path.field(key), Amount.canonical(value.asText()));
      } else {
        add(path.field(key), key, value);
      }
    }
  }

  /** From its end, because of two items with one key the last one counts. */
  private void list(FieldPath path, String name, JsonNode list) {
    Set<String> seen = new HashSet<>();
    for (int i = list.size() - 1; i >= 0; i--) {
      JsonNode item = list.get(i);
      String key = ListShape.key(name, item);
      if (!key.isEmpty()) {
        if (seen.add(key)) {
          add(path.item(key), name, item);
        }
      } else if (ListShape.isOrdered(name)) {
        ordered(path.item(Integer.toString(i)), item);
      } else {
        String canonical = canonical(item);
        if (seen.add(canonical)) {
          leaves.put(path.item(canonical), "present");
        }
      }
    }
  }

  private void ordered(FieldPath path, JsonNode item) {
    if (item.isValueNode()) {
      leaves.put(path, item.asText());
    } else {
      add(path, "", item);
    }
  }

  /** A set's item is its own key: its flat form as text. */
  private static String canonical(JsonNode item) {
    if (item.isValueNode()) {
      return item.asText();
    }
    Map<String, String> inner = part("", item);
    List<String> parts =
        inner.entrySet().stream().map(e -> e.getKey().substring(1) + "=" + e.getValue()).toList();
    return String.join(",", parts);
  }

  private void scalar(FieldPath path, String name, String text) {
    boolean matters =
        !text.isEmpty()
            || path.isBracketed()
            || path.isIn("metadata.")
            || name.equals("storageClassName");
    if (matters) {
      leaves.put(path, text);
    }
  }

  static String child(String path, String key) {
    return FieldPath.isPlain(key) ? path + "." + key : path + "[" + key + "]";
  }
}
