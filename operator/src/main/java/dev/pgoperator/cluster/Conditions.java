package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Makes conditions of a status in the usual form of Kubernetes. Pure.
 *
 * @param before the status written last; its transition times are kept where nothing changed
 * @param generation of the manifest that the conditions speak of
 */
record Conditions(ClusterStatus before, long generation, Instant now) {
  private static final int LONGEST = 2000;

  Condition make(String type, boolean value, String reason, String message) {
    String status = value ? "True" : "False";
    String since =
        kept(type)
            .filter(known -> known.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message.length() > LONGEST ? message.substring(0, LONGEST - 1) + "…" : message)
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }

  /** As it was written last. */
  Optional<Condition> kept(String type) {
    return before.conditions().stream().filter(known -> type.equals(known.getType())).findFirst();
  }
}
