package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Instance.State;
import dev.pgoperator.model.Replicas;
import dev.pgoperator.model.Successor;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Before fewer pods are wanted: a primary among those that go hands over first, so that nobody
 * loses more than a connection, and no pod goes while an order is being carried out. In synchronous
 * mode it can only hand over to Patroni's synchronous standby; where that goes too, its pod is
 * replaced, so that Patroni chooses another.
 */
final class LeaveForScaleDown {
  private static final String REASON = "ScaleDown";

  /** After that the pods go anyway, and Patroni chooses by itself. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Later none is replaced any more: Patroni needs the rest of the time to choose (loop_wait). */
  private static final Duration TIME_TO_REPLACE = Duration.ofMinutes(1);

  private static final String REPLACED = "standby replaced for a scale-down";

  private LeaveForScaleDown() {}

  /** Empty when nothing speaks against fewer pods. */
  static Optional<Outcome> first(SyncContext context) {
    int wanted = Replicas.count(context.blueprint());
    boolean anybodyGoes = context.pods().stream().anyMatch(pod -> pod.ordinal() >= wanted);
    Optional<Outcome> order = context.memory().underway().running();
    if (wanted > 0 && anybodyGoes && order.isPresent()) {
      return order;
    }
    Optional<PodState> primary =
        context.pods().stream()
            .filter(pod -> pod.role().equals(Primary.LABEL) && pod.reachable())
            .filter(pod -> pod.ordinal() >= wanted)
            .findFirst();
    boolean anybodyStays = context.pods().stream().anyMatch(pod -> pod.ordinal() < wanted);
    if (wanted == 0 || primary.isEmpty() || !anybodyStays) {
      context.memory().stopSince(REASON);
      context.memory().forget(REPLACED);
      return Optional.empty();
    }
    Optional<Outcome> untold = context.memory().underway().untold();
    if (untold.isPresent()) {
      return untold; // a later step of this sync looks at it, and after that comes another sync
    }
    Members members = Members.ask(context);
    return switch (members.successor(pod -> pod.ordinal() < wanted)) {
      case Successor.Found(var name) ->
          Optional.of(HandingOver.begin(context, primary.get(), members.pod(name).orElseThrow()));
      case Successor.Nobody(var why) ->
          standbyInTheWay(context, members, wanted)
              .map(standby -> Optional.of(replace(context, standby)))
              .orElseGet(() -> withoutSuccessor(context, primary.get(), why));
    };
  }

  /** A synchronous standby that goes too, if it can be replaced now: never are two pods down. */
  private static Optional<PodState> standbyInTheWay(
      SyncContext context, Members members, int wanted) {
    boolean somebodyCanFollow =
        members.pods().stream()
            .anyMatch(pod -> pod.ordinal() < wanted && members.state(pod) == State.STREAMING);
    boolean allWork = members.pods().stream().allMatch(pod -> members.state(pod).works());
    return members
        .synchronousStandby(pod -> pod.ordinal() >= wanted)
        .filter(standby -> somebodyCanFollow && allWork)
        .filter(standby -> waited(context).compareTo(TIME_TO_REPLACE) < 0)
        .filter(standby -> !context.memory().knows(REPLACED, standby.uid()))
        .filter(standby -> members.pods().size() == made(context));
  }

  /** How many pods Kubernetes makes now; one that is missing is on its way. */
  private static int made(SyncContext context) {
    var id = context.id();
    return Await.await(
            "read the StatefulSet",
            context.ports().kube().find(StatefulSet.class, id.namespace(), id.name()))
        .map(set -> set.getSpec().getReplicas())
        .orElse(0);
  }

  private static Outcome replace(SyncContext context, PodState standby) {
    Replacement.begin(
        context, standby, ", the synchronous standby, so that Patroni chooses one that stays");
    context.memory().remember(REPLACED, standby.uid());
    return new Outcome.RetryAfter(
        Waiting.forPatroni(Duration.ZERO), REASON, standby.name() + " is being replaced");
  }

  private static Duration waited(SyncContext context) {
    Instant now = context.ports().clock().instant();
    return Duration.between(context.memory().since(REASON, now), now);
  }

  private static Optional<Outcome> withoutSuccessor(
      SyncContext context, PodState primary, String why) {
    Duration waited = waited(context);
    if (waited.compareTo(PATIENCE) < 0) {
      return Optional.of(
          new Outcome.RetryAfter(
              Waiting.forPatroni(waited),
              REASON,
              primary.name() + " leads and would go; nobody can take over: " + why));
    }
    context.journal().warn("Switchover", primary.name() + " goes without a switchover: " + why);
    return Optional.empty();
  }
}
