package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Kubernetes Events of this operator. */
public final class Events {
  /** Characters that a message may have; the API server refuses more than 1024. */
  public static final int LONGEST = 1000;

  /** Source component of all Events, as existing tools filter for it (behaviour.md). */
  private static final String COMPONENT = "postgres-operator";

  private Events() {}

  /**
   * One Event about an object, in the object's namespace.
   *
   * @param type {@code Normal} or {@code Warning}
   */
  public static Event about(
      ObjectReference object, String type, String reason, String message, Instant now) {
    return named(UUID.randomUUID(), object, type, reason, message, now);
  }

  /**
   * The same for what every operator pod sees by itself: of one version of the object it has one
   * name, so that Kubernetes keeps it once, whoever records it first.
   */
  public static Event once(
      ObjectReference object, String type, String reason, String message, Instant now) {
    String all =
        String.join("\n", object.getUid(), object.getResourceVersion(), type, reason, message);
    UUID name = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
    return named(name, object, type, reason, message, now);
  }

  private static Event named(
      UUID name, ObjectReference object, String type, String reason, String message, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(object.getNamespace())
        .withName(object.getName() + "." + name.toString().substring(0, 13))
        .endMetadata()
        .withInvolvedObject(object)
        .withType(type)
        .withReason(reason)
        .withMessage(message.length() > LONGEST ? message.substring(0, LONGEST) : message)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }
}
