package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Instance;
import dev.pgoperator.model.OutdatedPods;
import dev.pgoperator.model.Replicas;
import dev.pgoperator.model.Roll;
import dev.pgoperator.model.RollingUpdate;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replaces pods that have to be, one at a time and the primary last (decided by {@link
 * RollingUpdate}). Each run does one thing and ends; the pod's own events bring the next run. A pod
 * that does not come back well stops everything until it does or the change is taken back.
 */
public final class RollPods implements Step {
  private static final String REASON = "RollingUpdate";
  private static final String TOLD = "rolling update";
  private static final String STUCK = "rolling update is stuck";

  /** Pods tell of themselves through the watch; this is for an event that was lost. */
  private static final Duration EVENT = Duration.ofSeconds(15);

  @Override
  public Outcome run(SyncContext context) {
    if (context.memory().underway().isBusy()) {
      return new Outcome.Skipped(Underway.BUSY);
    }
    OutdatedPods outdated = ComparePods.look(context);
    Set<PodState> old = old(context, outdated);
    if (old.isEmpty() || Replicas.count(context.blueprint()) == 0) {
      finish(context);
      return Outcome.done();
    }
    if (revision(context).isEmpty()) {
      return new Outcome.RetryAfter(EVENT, REASON, "Kubernetes has not seen the new template yet");
    }
    return act(context, outdated, old);
  }

  /** Whether any pod has to be replaced. */
  static boolean isDue(SyncContext context) {
    return !old(context, ComparePods.look(context)).isEmpty();
  }

  private static Set<PodState> old(SyncContext context, OutdatedPods outdated) {
    Set<String> replaceable = outdated.replaceable();
    return context.pods().stream()
        .filter(pod -> replaceable.contains(pod.name()) || pod.condemned())
        .collect(Collectors.toSet());
  }

  /**
   * Of the newest template, once Kubernetes has seen it: a pod that is deleted before that would be
   * made from the former one again, or by nobody while the StatefulSet itself is made anew.
   */
  private static Optional<String> revision(SyncContext context) {
    var id = context.id();
    return context
        .ports()
        .inventory()
        .find(StatefulSet.class, id.namespace(), id.name())
        .filter(seen -> !seen.deleting())
        .map(Inventory.Seen::revision)
        .filter(revision -> !revision.isEmpty());
  }

  private static Outcome act(SyncContext context, OutdatedPods outdated, Set<PodState> old) {
    Members members = Members.ask(context);
    Roll next =
        new RollingUpdate(
                context.id().name(),
                Replicas.count(context.blueprint()),
                members.instances(old::contains),
                members.successor(pod -> !old.contains(pod)),
                members.paused())
            .next();
    if (next.interrupts()) {
      Optional<Outcome> postponed = Interruption.postponed(context, "replacing " + names(old));
      if (postponed.isPresent() && old.stream().noneMatch(pod -> pod.condemned())) {
        return postponed.get();
      }
    }
    if (!(next instanceof Roll.Stuck)) {
      context.memory().forget(STUCK);
    }
    return switch (next) {
      case Roll.Nothing() -> Outcome.done();
      case Roll.Replace(var name, var _) -> {
        PodState pod = members.pod(name).orElseThrow();
        announce(context, outdated, old);
        yield Appointment.first(context, members, pod, REASON)
            .orElseGet(() -> replace(context, pod));
      }
      case Roll.HandOver(var leader, var successor) -> {
        announce(context, outdated, old);
        yield HandingOver.begin(
            context, members.pod(leader).orElseThrow(), members.pod(successor).orElseThrow());
      }
      case Roll.Await(var why) -> {
        overdue(context, members)
            .ifPresent(
                late -> {
                  throw new StepFailed("the rolling update has stopped: " + late);
                });
        yield new Outcome.RetryAfter(pause(context, members), REASON, why);
      }
      case Roll.Stuck(var why) -> stuck(context, members, why);
    };
  }

  private static String names(Set<PodState> pods) {
    return pods.stream().map(PodState::name).sorted().collect(Collectors.joining(", "));
  }

  /** Once for each template: a change in the middle of a rolling update has reasons of its own. */
  private static void announce(SyncContext context, OutdatedPods outdated, Set<PodState> old) {
    String reasons = outdated.isEmpty() ? "asked for by an annotation" : outdated.text();
    String towards = revision(context).orElse("");
    if (!context.memory().knows(TOLD, towards)) {
      context.memory().remember(TOLD, towards);
      context.journal().tell("Update", "rolling update of " + names(old) + " begins; " + reasons);
    }
  }

  /** No pod is old any more; the last new one may be on its way, and its events bring a sync. */
  private static void finish(SyncContext context) {
    context.memory().forget(STUCK);
    if (context.memory().knows(TOLD) && AwaitPods.allWork(context)) {
      context.memory().forget(TOLD);
      context.journal().tell("Update", "rolling update is done");
    }
  }

  private static Outcome replace(SyncContext context, PodState pod) {
    Replacement.begin(context, pod, "");
    return new Outcome.RetryAfter(EVENT, REASON, pod.name() + " is being replaced");
  }

  private static Outcome stuck(SyncContext context, Members members, String why) {
    String full = why + trouble(members);
    if (!context.memory().knows(STUCK, full)) {
      context.memory().remember(STUCK, full);
      context
          .journal()
          .warn("Update", "the rolling update does not go on, nothing more is replaced: " + full);
    }
    Optional<String> late = overdue(context, members);
    if (late.isPresent()) {
      throw new StepFailed("the rolling update has stopped: " + full);
    }
    return new Outcome.RetryAfter(EVENT, "RollingUpdateStuck", full);
  }

  private static String trouble(Members members) {
    return members.pods().stream()
        .filter(pod -> !pod.trouble().isEmpty())
        .map(pod -> "; " + pod.name() + ": " + pod.trouble())
        .collect(Collectors.joining());
  }

  /** A pod that had its time and is still no working member; a copy of much data takes longer. */
  private static Optional<String> overdue(SyncContext context, Members members) {
    Duration limit = context.blueprint().config().operator().waits().podLabel();
    Instant now = context.ports().clock().instant();
    return members.pods().stream()
        .filter(pod -> isUnwell(members.state(pod)))
        .filter(pod -> pod.place().since().plus(limit).isBefore(now))
        .map(pod -> pod.name() + " is not well " + limit.toSeconds() + " s after it was made")
        .findFirst();
  }

  private static boolean isUnwell(Instance.State state) {
    return switch (state) {
      case BROKEN, STARTING -> true;
      case LEAVING, COPYING, BEHIND, STREAMING, LEADING -> false;
    };
  }

  /** That a replica streams is told by no event. */
  private static Duration pause(SyncContext context, Members members) {
    boolean patroniTells =
        members.pods().stream()
            .filter(PodState::reachable)
            .anyMatch(pod -> !members.state(pod).works());
    if (!patroniTells) {
      return EVENT;
    }
    Instant youngest =
        members.pods().stream()
            .map(pod -> pod.place().since())
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return Waiting.forPatroni(Duration.between(youngest, context.ports().clock().instant()));
  }
}
