package dev.pgoperator.cluster;

import dev.pgoperator.cluster.step.Outcome;
import dev.pgoperator.cluster.step.Preempted;
import dev.pgoperator.cluster.step.Step;
import dev.pgoperator.cluster.step.StepFailed;
import dev.pgoperator.cluster.step.SyncContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a list of named steps in order; what a failure means for the steps after it is part of the
 * list.
 */
final class StepRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  private StepRunner() {}

  /**
   * One line of the list.
   *
   * @param required whether the steps after it make no sense when it fails
   */
  record Entry(String name, boolean required, Step step) {}

  static Entry required(String name, Step step) {
    return new Entry(name, true, step);
  }

  static Entry bestEffort(String name, Step step) {
    return new Entry(name, false, step);
  }

  /**
   * How the steps went, as far as they were reached: a preempted run and a failed required step end
   * it early.
   *
   * @param over tells whether to give way
   * @param heard is told how each step went, before the next one begins
   */
  static List<StepResult> run(
      List<Entry> steps, SyncContext context, BooleanSupplier over, Consumer<StepResult> heard) {
    List<StepResult> results = new ArrayList<>();
    for (Entry entry : steps) {
      if (over.getAsBoolean()) {
        return results;
      }
      StepResult result;
      try {
        result = runOne(entry, context);
      } catch (Preempted early) {
        LOG.info("{} gives way: {}", entry.name(), early.getMessage());
        return results;
      }
      results.add(result);
      heard.accept(result);
      if (result instanceof StepResult.Failed(var _, var stops, var _) && stops) {
        return results;
      }
    }
    return results;
  }

  /** An interrupt is no RuntimeException and passes through: the verticle is being stopped. */
  private static StepResult runOne(Entry entry, SyncContext context) {
    var chronicle = context.ports().chronicle();
    Instant begun = context.ports().clock().instant();
    chronicle.began(context.id(), entry.name());
    String how = "gave way";
    try {
      StepResult result = attempt(entry, context);
      how = result.kind();
      return result;
    } finally {
      Duration took = Duration.between(begun, context.ports().clock().instant());
      chronicle.ended(context.id(), entry.name(), how, took);
    }
  }

  private static StepResult attempt(Entry entry, SyncContext context) {
    try {
      Outcome outcome = entry.step().run(context);
      LOG.debug("{}: {}", entry.name(), outcome);
      return new StepResult.Ended(entry.name(), outcome);
    } catch (Preempted early) {
      throw early;
    } catch (StepFailed failure) {
      LOG.warn("{} failed: {}", entry.name(), failure.getMessage());
      return new StepResult.Failed(
          entry.name(), entry.required(), String.valueOf(failure.getMessage()));
    } catch (RuntimeException bug) {
      LOG.error("{} failed unexpectedly", entry.name(), bug);
      return new StepResult.Failed(
          entry.name(), entry.required(), "unexpected " + bug.getClass().getSimpleName());
    }
  }
}
