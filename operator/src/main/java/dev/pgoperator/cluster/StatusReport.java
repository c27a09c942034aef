package dev.pgoperator.cluster;

import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Deprecation;
import dev.pgoperator.api.Phase;
import dev.pgoperator.api.Problem;
import dev.pgoperator.cluster.step.AwaitPods;
import dev.pgoperator.cluster.step.Outcome;
import dev.pgoperator.model.OutdatedPods;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the status of a manifest should say. Pure. The phase keeps the reference's words (api.md
 * §1.4); the conditions {@code Ready} and {@code Progressing} say the same in Kubernetes' own way,
 * with a reason; {@code PodsUpToDate} names pods of an older template, {@code Deprecated} fields
 * with a successor, {@code Complete} is false while a part is missing that the cluster works
 * without, and {@code Postponed} says what waits for a maintenance window.
 */
final class StatusReport {
  static final String PODS = "PodsUpToDate";
  static final String DEPRECATED = "Deprecated";
  static final String POSTPONED = "Postponed";
  private static final String COMPLETE = "Complete";

  /** Between what is missing. */
  private static final String AND = "; ";

  private final Conditions conditions;
  private final List<Deprecation> deprecated;

  /**
   * @param deprecated fields of the manifest that have a successor
   */
  StatusReport(Conditions conditions, List<Deprecation> deprecated) {
    this.conditions = conditions;
    this.deprecated = List.copyOf(deprecated);
  }

  /** At the start of a creation or an edit. */
  ClusterStatus underWay(Occasion occasion) {
    Condition ready =
        conditions
            .kept("Ready")
            .orElseGet(
                () -> conditions.make("Ready", false, AwaitPods.NOT_READY, "no pod was seen yet"));
    return status(
        occasion.underWay(),
        ready,
        conditions.make(
            "Progressing", true, occasion.underWay().text(), "the manifest is being applied"),
        conditions.kept(PODS),
        Stream.of(conditions.kept(COMPLETE), conditions.kept(POSTPONED)));
  }

  /** In the middle of a sync: pods that may be replaced are named before anything is done. */
  ClusterStatus before(OutdatedPods outdated) {
    List<Condition> all = new ArrayList<>();
    conditions.before().conditions().stream()
        .filter(known -> !PODS.equals(known.getType()))
        .forEach(all::add);
    all.add(pods(outdated));
    return new ClusterStatus(
        conditions.before().phase(), conditions.before().observedGeneration(), all);
  }

  /** The manifest cannot be acted on; what runs is left as it is. */
  ClusterStatus invalid(List<Problem> problems) {
    String text = problems.stream().map(Problem::text).collect(Collectors.joining("; "));
    Condition ready =
        conditions
            .kept("Ready")
            .orElseGet(() -> conditions.make("Ready", false, "InvalidManifest", text));
    return status(
        Phase.INVALID,
        ready,
        conditions.make("Progressing", false, "InvalidManifest", text),
        conditions.kept(PODS),
        Stream.of(conditions.kept(COMPLETE), conditions.kept(POSTPONED)));
  }

  /** After a sync. */
  ClusterStatus after(Occasion occasion, List<StepResult> results) {
    Optional<StepResult.Failed> failed = first(results, StepResult.Failed.class);
    Optional<Outcome.RetryAfter> waiting =
        results.stream()
            .flatMap(
                result ->
                    result instanceof StepResult.Ended(var _, Outcome.RetryAfter wait)
                        ? Stream.of(wait)
                        : Stream.empty())
            .findFirst();
    return status(
        phase(occasion, failed, waiting.isPresent()),
        ready(failed, waiting),
        progressing(occasion, failed, waiting),
        seen(results).map(this::pods).or(() -> conditions.kept(PODS)),
        Stream.of(complete(results), postponed(results)));
  }

  private static Optional<OutdatedPods> seen(List<StepResult> results) {
    return results.stream()
        .flatMap(
            result ->
                result instanceof StepResult.Ended(var _, Outcome.PodsSeen(var outdated))
                    ? Stream.of(outdated)
                    : Stream.empty())
        .findFirst();
  }

  private Condition pods(OutdatedPods outdated) {
    if (outdated.isEmpty()) {
      return conditions.make(PODS, true, "NewestTemplate", "no pod is of an older template");
    }
    String reason = outdated.needReplacement() ? "ReplacementNeeded" : "TakenAtNextStart";
    return conditions.make(PODS, false, reason, outdated.text());
  }

  private Optional<Condition> deprecated() {
    return deprecated.isEmpty()
        ? Optional.empty()
        : Optional.of(conditions.make(DEPRECATED, true, "DeprecatedFields", text(deprecated)));
  }

  static String text(List<Deprecation> deprecated) {
    return deprecated.stream().map(Deprecation::text).collect(Collectors.joining("; "));
  }

  /** Says what is missing of a cluster that works; there is no such condition when nothing is. */
  private Optional<Condition> complete(List<StepResult> results) {
    List<Outcome.LeftOut> missing = StepResult.missing(results);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            conditions.make(
                COMPLETE,
                false,
                missing.getFirst().reason(),
                missing.stream().map(Outcome.LeftOut::why).collect(Collectors.joining(AND))));
  }

  /** Whether a status says already, in these words, that a part is missing. */
  static boolean saysMissing(ClusterStatus status, String why) {
    return status.conditions().stream()
        .filter(known -> COMPLETE.equals(known.getType()))
        .anyMatch(known -> (AND + known.getMessage() + AND).contains(AND + why + AND));
  }

  /** Says what would disturb users and waits; there is no such condition when nothing does. */
  private Optional<Condition> postponed(List<StepResult> results) {
    String waiting =
        results.stream()
            .flatMap(
                result ->
                    result instanceof StepResult.Ended(var _, Outcome.Postponed(var _, var why))
                        ? Stream.of(why)
                        : Stream.empty())
            .distinct()
            .collect(Collectors.joining("; "));
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(conditions.make(POSTPONED, true, "MaintenanceWindow", waiting));
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
      return conditions.make("Ready", false, waiting.get().reason(), waiting.get().why());
    }
    if (failed.isPresent() && failed.get().stops()) {
      // The steps that look at pods were not reached, so nothing new is known of them.
      return conditions
          .kept("Ready")
          .orElseGet(() -> conditions.make("Ready", false, "StepFailed", text(failed.get())));
    }
    return conditions.make(
        "Ready", true, "AllPodsReady", "a primary accepts writes and all pods are ready");
  }

  private Condition progressing(
      Occasion occasion, Optional<StepResult.Failed> failed, Optional<Outcome.RetryAfter> waiting) {
    if (failed.isPresent()) {
      return conditions.make("Progressing", false, "StepFailed", text(failed.get()));
    }
    return waiting
        .map(
            wait ->
                conditions.make(
                    "Progressing",
                    true,
                    occasion == Occasion.ROUTINE ? wait.reason() : occasion.underWay().text(),
                    wait.why()))
        .orElseGet(
            () -> conditions.make("Progressing", false, "Settled", "the manifest is in effect"));
  }

  private static String text(StepResult.Failed failed) {
    return failed.step() + ": " + failed.why();
  }

  private ClusterStatus status(
      Phase phase,
      Condition ready,
      Condition progressing,
      Optional<Condition> pods,
      Stream<Optional<Condition>> more) {
    List<Condition> all =
        Stream.concat(
                Stream.of(Optional.of(ready), Optional.of(progressing), deprecated(), pods), more)
            .flatMap(Optional::stream)
            .toList();
    return new ClusterStatus(phase.text(), conditions.generation(), all);
  }

  private static <R extends StepResult> Optional<R> first(List<StepResult> results, Class<R> kind) {
    return results.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
