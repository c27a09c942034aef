package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Origin;
import dev.pgoperator.config.OperatorSettings;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Whether a deleted manifest may take its cluster with it (api.md §3.13). Pure. Asked on both ways
 * a deletion arrives, with and without finalizers.
 */
final class DeleteProtection {
  private DeleteProtection() {}

  /**
   * Why nothing may be deleted, or empty when it may.
   *
   * @param today compared with the annotation that must name the day of the deletion
   */
  static Optional<String> refusal(
      OperatorSettings.Deletion rules, ClusterId id, Origin origin, LocalDate today) {
    if (rules.ownerReferences()) {
      return Optional.empty(); // Kubernetes itself deletes what the manifest owns
    }
    if (!rules.dateKey().isEmpty()
        && !origin.annotation(rules.dateKey()).equals(today.toString())) {
      return Optional.of("annotation " + rules.dateKey() + " is not today's date");
    }
    if (!rules.nameKey().isEmpty() && !origin.annotation(rules.nameKey()).equals(id.name())) {
      return Optional.of("annotation " + rules.nameKey() + " is not the name of the cluster");
    }
    return Optional.empty();
  }
}
