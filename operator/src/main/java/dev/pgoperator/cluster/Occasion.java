package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Phase;
import dev.pgoperator.cluster.step.SyncContext.Demand;

/** What a sync means to the people who watch the status: it decides the words, not the work. */
enum Occasion {
  /** The cluster has never been running. */
  CREATION(Phase.CREATING, Phase.CREATE_FAILED),
  /** The manifest was edited since the status was last settled. */
  EDIT(Phase.UPDATING, Phase.UPDATE_FAILED),
  /** Everything else: a restart of the operator, a lost pod, a periodic look. */
  ROUTINE(Phase.RUNNING, Phase.SYNC_FAILED);

  private final Phase underWay;
  private final Phase failed;

  Occasion(Phase underWay, Phase failed) {
    this.underWay = underWay;
    this.failed = failed;
  }

  Phase underWay() {
    return underWay;
  }

  Phase failed() {
    return failed;
  }

  /** Who waits for it. */
  Demand demand() {
    return switch (this) {
      case CREATION -> Demand.CREATION;
      case EDIT -> Demand.EDIT;
      case ROUTINE -> Demand.NONE;
    };
  }

  /**
   * @param status the last status that was written
   * @param generation the manifest's generation now
   */
  static Occasion of(ClusterStatus status, long generation) {
    return switch (status.knownPhase()) {
      case UNKNOWN, CREATING, CREATE_FAILED -> CREATION;
      case UPDATING, UPDATE_FAILED, INVALID -> EDIT;
      case RUNNING, SYNC_FAILED -> status.observedGeneration() == generation ? ROUTINE : EDIT;
    };
  }
}
