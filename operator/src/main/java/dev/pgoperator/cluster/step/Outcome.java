package dev.pgoperator.cluster.step;

import dev.pgoperator.model.OutdatedPods;
import java.time.Duration;

/** How a step ended when it did not fail; failures are exceptions. */
public sealed interface Outcome {

  /** The step's part of the cluster is as desired. */
  record Done() implements Outcome {}

  /** There was nothing to do, for this reason. */
  record Skipped(String why) implements Outcome {}

  /** The pods were compared with their template: these differ. */
  record PodsSeen(OutdatedPods outdated) implements Outcome {}

  /**
   * Something outside has to happen first; an event or this pause brings the sync back.
   *
   * @param reason one word in CamelCase, for the conditions of the status
   * @param why a sentence for people
   */
  record RetryAfter(Duration pause, String reason, String why) implements Outcome {}

  /**
   * This part cannot be made before somebody changes something outside; the cluster works without
   * it. It is tried again after the pause.
   *
   * @param reason one word in CamelCase, for a condition and an Event
   * @param why a sentence for people
   */
  record Hindered(Duration pause, String reason, String why) implements Outcome {}

  /**
   * This would disturb the users of the cluster and waits for a maintenance window.
   *
   * @param why what waits, and until when
   */
  record Postponed(Duration pause, String why) implements Outcome {}

  /** Nothing to do as far as can be seen, but that may change without an event; nobody is told. */
  record LookAgain(Duration pause) implements Outcome {}

  /**
   * The step did its part but for something that is left out for good, until somebody writes it
   * differently; that is announced elsewhere.
   *
   * @param reason one word in CamelCase, for a condition
   * @param why a sentence for people
   */
  record LeftOut(String reason, String why) implements Outcome {}

  static Outcome done() {
    return new Done();
  }
}
