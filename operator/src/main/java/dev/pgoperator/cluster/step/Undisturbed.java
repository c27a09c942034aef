package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;

/**
 * A step that is left out while the cluster's pods carry the label of a critical operation: in the
 * middle of a major upgrade nothing else may touch them or their servers.
 */
public record Undisturbed(Step step) implements Step {

  @Override
  public Outcome run(SyncContext context) {
    return isCritical(context)
        ? new Outcome.Skipped("a critical operation is under way")
        : step.run(context);
  }

  static boolean isCritical(SyncContext context) {
    return context.pods().stream().anyMatch(PodState::critical);
  }
}
