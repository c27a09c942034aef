package dev.pgoperator.cluster;

import dev.pgoperator.cluster.step.Outcome;

/** How one step of a sync went. */
sealed interface StepResult {

  /** The step's name in the list of steps. */
  String step();

  /** The step ended without a failure. */
  record Ended(String step, Outcome outcome) implements StepResult {}

  /**
   * The step failed.
   *
   * @param stops whether the steps after it were left out
   */
  record Failed(String step, boolean stops, String why) implements StepResult {}
}
