package dev.pgoperator.cluster.step;

/** One piece of a sync, safe to be interrupted anywhere and to be run again. */
@FunctionalInterface
public interface Step {

  /**
   * Brings one part of the cluster to its desired state, or says what it waits for.
   *
   * @throws StepFailed when it cannot
   */
  Outcome run(SyncContext context);
}
