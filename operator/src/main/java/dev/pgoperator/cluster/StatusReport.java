package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Phase;
import dev.pgoperator.api.Problem;
import dev.pgoperator.cluster.step.Outcome;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the status of a manifest should say. Pure. The phase keeps the reference's words (api.md
 * §1.4); the conditions {@code Ready} and {@code Progressing} say the same in Kubernetes' own way,
 * with a reason, and {@code Complete} is false while a part is missing that the cluster works
 * without.
 */
final class StatusReport {
  private static final String COMPLETE = "Complete";

  private final ClusterStatus before;
  private final long generation;
  private final Instant now;

  /**
   * @param before the status written last; its transition times are kept where nothing changed
   */
  StatusReport(ClusterStatus before, long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now;
  }

  /** At the start of a creation or an edit. */
  ClusterStatus underWay(Occasion occasion) {
    Condition ready =
        kept("Ready")
            .orElseGet(() -> condition("Ready", false, "NotStarted", "no pod was seen yet"));
    return status(
        occasion.underWay(),
        ready,
        condition("Progressing", true, occasion.underWay().text(), "the manifest is being applied"),
        kept(COMPLETE));
  }

  /** The manifest cannot be acted on; what runs is left as it is. */
  ClusterStatus invalid(List<Problem> problems) {
    String text = problems.stream().map(Problem::text).collect(Collectors.joining("; "));
    Condition ready =
        kept("Ready").orElseGet(() -> condition("Ready", false, "InvalidManifest", text));
    return status(
        Phase.INVALID,
        ready,
        condition("Progressing", false, "InvalidManifest", text),
        kept(COMPLETE));
  }

  /** After a sync. */
  ClusterStatus after(Occasion occasion, List<StepResult> results) {
    Optional<StepResult.Failed> failed = first(results, StepResult.Failed.class);
    Optional<Outcome.RetryAfter> waiting =
        results.stream()
            .flatMap(
                result ->
                    result instanceof StepResult.Ended(var _, Outcome.RetryAfter wait)
                        ? java.util.stream.Stream.of(wait)
                        : java.util.stream.Stream.empty())
            .findFirst();
    return status(
        phase(occasion, failed, waiting.isPresent()),
        ready(failed, waiting),
        progressing(occasion, failed, waiting),
        complete(results));
  }

  /** Says what is missing of a cluster that works; there is no such condition when nothing is. */
  private Optional<Condition> complete(List<StepResult> results) {
    List<Outcome.Hindered> hindered = StepResult.hindered(results);
    return hindered.isEmpty()
        ? Optional.empty()
        : Optional.of(
            condition(
                COMPLETE,
                false,
                hindered.getFirst().reason(),
                hindered.stream().map(Outcome.Hindered::why).collect(Collectors.joining("; "))));
  }

  private static Phase phase(
      Occasion occasion, Optional<StepResult.Failed> failed, boolean waiting) {
    if (failed.isPresent()) {
      // Routine work on the side that fails (a role that cannot be altered) leaves a running
      // cluster running.
      boolean minor = occasion == Occasion.ROUTINE && !failed.get().stops();
      return minor ? Phase.RUNNING : occasion.failed();
    }
    return waiting ? occasion.underWay() : Phase.RUNNING;
  }

  private Condition ready(
      Optional<StepResult.Failed> failed, Optional<Outcome.RetryAfter> waiting) {
    if (waiting.isPresent()) {
      return condition("Ready", false, waiting.get().reason(), waiting.get().why());
    }
    if (failed.isPresent() && failed.get().stops()) {
      // The steps that look at pods were not reached, so nothing new is known of them.
      return kept("Ready")
          .orElseGet(() -> condition("Ready", false, "StepFailed", text(failed.get())));
    }
    return condition(
        "Ready", true, "AllPodsReady", "a primary accepts writes and all pods are ready");
  }

  private Condition progressing(
      Occasion occasion, Optional<StepResult.Failed> failed, Optional<Outcome.RetryAfter> waiting) {
    if (failed.isPresent()) {
      return condition("Progressing", false, "StepFailed", text(failed.get()));
    }
    return waiting
        .map(
            wait ->
                condition(
                    "Progressing",
                    true,
                    occasion == Occasion.ROUTINE ? wait.reason() : occasion.underWay().text(),
                    wait.why()))
        .orElseGet(() -> condition("Progressing", false, "Settled", "the manifest is in effect"));
  }

  private static String text(StepResult.Failed failed) {
    return failed.step() + ": " + failed.why();
  }

  private ClusterStatus status(
      Phase phase, Condition ready, Condition progressing, Optional<Condition> complete) {
    List<Condition> conditions = new ArrayList<>(List.of(ready, progressing));
    complete.ifPresent(conditions::add);
    return new ClusterStatus(phase.text(), generation, conditions);
  }

  private Condition condition(String type, boolean value, String reason, String message) {
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
        .withMessage(message.length() > 2000 ? message.substring(0, 2000) : message)
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }

  private Optional<Condition> kept(String type) {
    return before.conditions().stream().filter(known -> type.equals(known.getType())).findFirst();
  }

  private static <R extends StepResult> Optional<R> first(List<StepResult> results, Class<R> kind) {
    return results.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
