package dev.pgoperator.cluster.step;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.pg.Cancellation;
import java.util.List;

/**
 * All that a step may look at.
 *
 * @param cancellation breaks off what runs in the database
 * @param thorough whether to compare also what is remembered to be in sync
 */
public record SyncContext(
    Blueprint blueprint,
    Ports ports,
    Memory memory,
    Journal journal,
    Cancellation cancellation,
    boolean thorough) {

  public Postgresql cluster() {
    return blueprint.cluster();
  }

  public ClusterId id() {
    return blueprint.cluster().id();
  }

  /** The pods of the cluster as the watch knows them now. */
  List<PodState> pods() {
    return ports.inventory().pods(id());
  }
}
