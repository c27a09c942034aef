package dev.pgoperator.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The inherited annotations of a claim (behaviour.md §5): those keys of the option {@code
 * inherited_annotations} are the manifest's, all others are left alone.
 */
public final class ClaimAnnotations {

  private ClaimAnnotations() {}

  /** A JSON merge patch that makes them so; empty when they are. */
  public static Optional<String> patch(PersistentVolumeClaim claim, Blueprint b) {
    Map<String, String> wanted = Annotations.inherited(b);
    Map<String, String> has =
        Optional.ofNullable(claim.getMetadata().getAnnotations()).orElse(Map.of());
    ObjectNode patch = Json.MAPPER.createObjectNode();
    ObjectNode changes = patch.putObject("metadata").putObject("annotations");
    for (String key : b.config().objects().annotations().inherited()) {
      String value = wanted.get(key);
      if (!Objects.equals(value, has.get(key))) {
        changes.put(key, value); // null takes it off
      }
    }
    return changes.isEmpty() ? Optional.empty() : Optional.of(Json.write(patch));
  }
}
