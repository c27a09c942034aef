package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.List;
import java.util.Optional;

/**
 * Taking over an object that the reference operator has written. It wrote by create and update, so
 * the API server keeps its fields apart from those that we apply, although both go by one name: an
 * apply that leaves such a field out would not remove it. So its entry is made one of ours first
 * (Kubernetes documentation, "Server-Side Apply", upgrading from client-side apply).
 */
public final class TakeOver {

  private TakeOver() {}

  /**
   * A JSON merge patch that only the version of the object that was looked at accepts; empty when
   * there is nothing to take over.
   */
  public static Optional<String> patch(HasMetadata live) {
    List<ManagedFieldsEntry> all = live.getMetadata().getManagedFields();
    if (all.stream().noneMatch(one -> FieldManager.wrote(one) && !FieldManager.applied(one))) {
      return Optional.empty();
    }
    ObjectNode metadata = Json.MAPPER.createObjectNode();
    metadata.put("resourceVersion", live.getMetadata().getResourceVersion());
    var kept = metadata.putArray("managedFields");
    all.stream()
        .filter(entry -> !FieldManager.wrote(entry))
        .forEach(entry -> kept.add(Json.MAPPER.<JsonNode>valueToTree(entry)));
    kept.add(united(all.stream().filter(FieldManager::wrote).toList()));
    return Optional.of(Json.write(Json.MAPPER.createObjectNode().set("metadata", metadata)));
  }

  private static ObjectNode united(List<ManagedFieldsEntry> entries) {
    ObjectNode result = Json.MAPPER.valueToTree(entries.getFirst());
    ObjectNode fields = result.putObject("fieldsV1");
    entries.forEach(entry -> unite(fields, Json.MAPPER.valueToTree(entry.getFieldsV1())));
    return result.put("operation", "Apply");
  }

  /** A node without children owns everything below it, also when united with one that has some. */
  private static void unite(ObjectNode into, JsonNode more) {
    more.properties()
        .forEach(
            field -> {
              if (into.get(field.getKey()) instanceof ObjectNode known
                  && !known.isEmpty()
                  && !field.getValue().isEmpty()) {
                unite(known, field.getValue());
              } else if (!(into.get(field.getKey()) instanceof ObjectNode known)
                  || !known.isEmpty()) {
                into.set(field.getKey(), field.getValue().deepCopy());
              }
            });
  }
}
