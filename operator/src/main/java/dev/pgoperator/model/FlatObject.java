package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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

  private final SortedMap<String, String> values = new TreeMap<>();

  private FlatObject() {}

  static SortedMap<String, String> of(HasMetadata object) {
    return of(Json.MAPPER.valueToTree(object), object.getKind());
  }

  static SortedMap<String, String> of(JsonNode object, String kind) {
    FlatObject flat = new FlatObject();
    METADATA.forEach(
        part -> flat.add("metadata." + part, part, object.path("metadata").path(part)));
    object
        .properties()
        .forEach(
            part -> {
              if (kind.equals("Secret") && part.getKey().equals("data")) {
                part.getValue()
                    .properties()
                    .forEach(e -> flat.secret(e.getKey(), e.getValue().asText()));
              } else if (!NOT_OURS.contains(part.getKey())) {
                flat.add(part.getKey(), part.getKey(), part.getValue());
              }
            });
    return flat.values;
  }

  /** Flattens a part of an object, such as a pod's {@code spec}. */
  static SortedMap<String, String> part(String path, JsonNode node) {
    FlatObject flat = new FlatObject();
    flat.add(path, path, node);
    return flat.values;
  }

  private void secret(String key, String encoded) {
    values.put("data." + key, Fingerprint.of(encoded));
  }

  private void add(String path, String name, JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(path, name, node);
      case ARRAY -> list(path, name, node);
      case STRING, NUMBER, BOOLEAN -> scalar(path, name, node.asText());
      case NULL, MISSING, BINARY, POJO -> {}
    }
  }

  private void object(String path, String name, JsonNode node) {
    if (path.endsWith("]") && name.equals("env")) {
      Variables.flatten(path, node, values);
      return;
    }
    boolean isClaim = name.equals("volumeClaimTemplates");
    node.properties()
        .forEach(
            e -> {
              String key = e.getKey();
              if (key.equals("creationTimestamp")
                  || (isClaim && NOT_OURS.contains(key) && !key.equals("metadata"))) {
                return;
              }
              boolean isQuantity = QUANTITIES.contains(name) || QUANTITY_FIELDS.contains(key);
              if (isQuantity && e.getValue().isValueNode()) {
                values.put(child(path, key), Amount.canonical(e.getValue().asText()));
              } else {
                add(child(path, key), key, e.getValue());
              }
            });
  }

  private void list(String path, String name, JsonNode list) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      String key = ListShape.key(name, item);
      if (!key.isEmpty()) {
        String at = path + "[" + key + "]";
        if (!seen.add(key)) {
          // Of two items with one key the last one counts.
          values.keySet().removeIf(p -> p.startsWith(at + "."));
        }
        add(at, name, item);
      } else if (ListShape.isOrdered(name)) {
        ordered(path + "[" + i + "]", item);
      } else {
        values.put(path + "[" + canonical(item) + "]", "present");
      }
    }
  }

  private void ordered(String path, JsonNode item) {
    if (item.isValueNode()) {
      values.put(path, item.asText());
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

  private void scalar(String path, String name, String text) {
    boolean matters =
        !text.isEmpty()
            || path.endsWith("]")
            || path.startsWith("metadata.")
            || name.equals("storageClassName");
    if (matters) {
      values.put(path, text);
    }
  }

  static String child(String path, String key) {
    return isPlain(key) ? path + "." + key : path + "[" + key + "]";
  }

  private static boolean isPlain(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c >= 128 || !(Character.isLetterOrDigit(c) || c == '_')) {
        return false;
      }
    }
    return true;
  }
}
