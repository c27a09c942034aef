package dev.pgoperator.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Annotations of the template that a running pod can get without being replaced (behaviour.md
 * §1.14).
 */
public final class PodAnnotations {

  private static final String FIELD = "spec.template.metadata.annotations";

  private PodAnnotations() {}

  public static boolean isOne(Difference difference) {
    return difference.field().startsWith(FIELD);
  }

  /**
   * A JSON merge patch for a pod with these differences; empty when there is nothing to annotate,
   * or when the pod has to be replaced anyway.
   */
  public static Optional<String> patch(List<Difference> ofThePod) {
    boolean replaced =
        ofThePod.stream().anyMatch(one -> one.effect().compareTo(Effect.POD_RECREATION) >= 0);
    List<Difference> annotations = ofThePod.stream().filter(PodAnnotations::isOne).toList();
    if (replaced || annotations.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode patch = Json.MAPPER.createObjectNode();
    ObjectNode values = patch.putObject("metadata").putObject("annotations");
    for (Difference one : annotations) {
      if (one.to().isEmpty()) {
        values.putNull(key(one));
      } else {
        values.put(key(one), one.to().equals("\"\"") ? "" : one.to());
      }
    }
    return Optional.of(Json.write(patch));
  }

  /** The field is {@code ….note} or, for a key with other signs, {@code …[example.org/note]}. */
  private static String key(Difference annotation) {
    String rest = annotation.field().substring(FIELD.length());
    return rest.startsWith("[") ? rest.substring(1, rest.length() - 1) : rest.substring(1);
  }
}
