package dev.pgoperator.cluster;

import dev.pgoperator.cluster.step.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How one step of a sync went. */
sealed interface StepResult {

  /** The step's name in the list of steps. */
  String step();

  /** How it went, in one lower-case word. */
  default String kind() {
    return switch (this) {
      case Failed _ -> "failed";
      case Ended(var _, Outcome outcome) ->
          outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  /** What could not be made for reasons outside. */
  static List<Outcome.Hindered> hindered(List<StepResult> results) {
    return results.stream()
        .flatMap(
            result ->
                result instanceof Ended(var _, Outcome.Hindered part)
                    ? Stream.of(part)
                    : Stream.empty())
        .toList();
  }

  /** What a cluster that works does not have: a reason and a sentence each. */
  static List<Outcome.LeftOut> missing(List<StepResult> results) {
    return results.stream()
        .flatMap(
            result ->
                switch (result) {
                  case Ended(var _, Outcome.Hindered part) ->
                      Stream.of(new Outcome.LeftOut(part.reason(), part.why()));
                  case Ended(var _, Outcome.LeftOut part) -> Stream.of(part);
                  case Ended _, Failed _ -> Stream.<Outcome.LeftOut>empty();
                })
        .toList();
  }

  /** The step ended without a failure. */
  record Ended(String step, Outcome outcome) implements StepResult {}

  /**
   * The step failed.
   *
   * @param stops whether the steps after it were left out
   */
  record Failed(String step, boolean stops, String why) implements StepResult {}
}
