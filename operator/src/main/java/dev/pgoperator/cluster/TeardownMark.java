package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Origin;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a StatefulSet carries while its cluster is being deleted, so that an operator that was
 * killed in the middle finds what it began, and no other operator takes that for its own.
 *
 * @param uid of the manifest, which is gone
 * @param controller id of the operator whose manifest it was; empty for the one without an id
 */
public record TeardownMark(String uid, String controller) {
  /** Its value is the uid, and behind a space the id of the operator where there is one. */
  public static final String ANNOTATION = "acid.zalan.do/deleting-manifest";

  static TeardownMark of(Origin origin) {
    return new TeardownMark(origin.uid(), origin.controller());
  }

  /** The mark that this StatefulSet carries. */
  public static Optional<TeardownMark> on(StatefulSet set) {
    return Optional.ofNullable(set.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(ANNOTATION))
        .map(value -> value.split(" ", 2))
        .map(parts -> new TeardownMark(parts[0], parts.length > 1 ? parts[1] : ""));
  }

  /** What makes a StatefulSet carry it, and run no pods any more. */
  String patch() {
    String value = controller.isEmpty() ? uid : uid + " " + controller;
    return new JsonObject()
        .put(
            "metadata",
            new JsonObject().put("annotations", new JsonObject().put(ANNOTATION, value)))
        .put("spec", new JsonObject().put("replicas", 0))
        .encode();
  }

  /** What is still known of the manifest. */
  public Origin origin() {
    return new Origin(
        new Origin.Version(uid, "", 0),
        controller.isEmpty() ? Map.of() : Map.of(Origin.CONTROLLER, controller),
        Map.of(),
        List.of(),
        new Origin.Deletion(List.of(), Optional.empty()),
        ClusterStatus.NONE);
  }
}
