package dev.pgoperator.api;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * {@code status} of a manifest as it was read.
 *
 * @param phase text of {@code PostgresClusterStatus}; also read from the bare string that very old
 *     objects carry
 * @param observedGeneration generation of the manifest this status speaks of, 0 when it does not
 *     say
 */
public record ClusterStatus(String phase, long observedGeneration, List<Condition> conditions) {

  public static final ClusterStatus NONE = new ClusterStatus("", 0, List.of());

  public ClusterStatus {
    conditions = List.copyOf(conditions);
  }

  public Phase knownPhase() {
    return Phase.of(phase);
  }
}
