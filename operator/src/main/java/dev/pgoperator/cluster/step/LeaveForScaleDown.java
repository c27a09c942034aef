package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Replicas;
import dev.pgoperator.model.Successor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Before fewer pods are wanted: a primary among those that go hands over first, so that nobody
 * loses more than a connection, and no pod goes while an order is being carried out.
 */
final class LeaveForScaleDown {
  private static final String REASON = "ScaleDown";

  /** After that the pods go anyway, and Patroni chooses by itself. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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
      return Optional.empty();
    }
    if (context.memory().underway().isBusy()) {
      return Optional.of(new Outcome.Skipped(Underway.BUSY));
    }
    Members members = Members.ask(context);
    return switch (members.successor(pod -> pod.ordinal() < wanted)) {
      case Successor.Found(var name) ->
          Optional.of(HandingOver.begin(context, primary.get(), members.pod(name).orElseThrow()));
      case Successor.Nobody(var why) -> withoutSuccessor(context, primary.get(), why);
    };
  }

  private static Optional<Outcome> withoutSuccessor(
      SyncContext context, PodState primary, String why) {
    Instant now = context.ports().clock().instant();
    Duration waited = Duration.between(context.memory().since(REASON, now), now);
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
