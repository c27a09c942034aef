package dev.pgoperator.cluster.step;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Postgresql;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Blueprint;
import java.util.List;

/**
 * All that a step may look at.
 *
 * @param answers what Patroni has said in this sync
 */
public record SyncContext(
    Blueprint blueprint,
    Ports ports,
    Memory memory,
    Journal journal,
    Errand errand,
    PatroniAnswers answers) {

  /** At the begin of a sync: nobody has been asked. */
  public SyncContext(
      Blueprint blueprint, Ports ports, Memory memory, Journal journal, Errand errand) {
    this(
        blueprint,
        ports,
        memory,
        journal,
        errand,
        new PatroniAnswers(ports.patroni(), ports.clock()));
  }

  /**
   * What kind of sync it is.
   *
   * @param thorough whether to compare also what is remembered to be in sync
   * @param demand who waits for it
   * @param turn what the sync may take, and what ends it early
   * @param told the status that was written before it, maybe by an earlier process
   */
  public record Errand(boolean thorough, Demand demand, Turn turn, ClusterStatus told) {}

  /** Who waits for what comes of a sync. */
  public enum Demand {
    /** The person who has made the cluster. */
    CREATION,
    /** The person who has just edited the manifest. */
    EDIT,
    /** Nobody. */
    NONE
  }

  boolean thorough() {
    return errand.thorough();
  }

  /** Whether a person has just written the manifest and waits for what comes of it. */
  boolean asked() {
    return errand.demand() != Demand.NONE;
  }

  Demand demand() {
    return errand.demand();
  }

  Turn turn() {
    return errand.turn();
  }

  /** What people have been told before this sync. */
  ClusterStatus told() {
    return errand.told();
  }

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

  /** Whether Patroni has given a role to any pod that can be reached; its label is an event. */
  boolean anyRole() {
    return pods().stream().anyMatch(pod -> pod.reachable() && !pod.role().isEmpty());
  }
}
