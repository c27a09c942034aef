package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.patroni.MemberAddress;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Which pod is the primary, as far as can be known now. */
sealed interface Primary {

  /** Patroni says of this pod that it holds the leader lock. */
  record Found(PodState pod) implements Primary {}

  /** None is known. */
  record NotYet(String why) implements Primary {}

  /** Value of the role label on the primary's pod; Patroni is told to use it (systems.md §8.3). */
  String LABEL = "master";

  /** How long a member may think about whether it is the primary. */
  Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * The pod with the primary's label; without one, each running pod is asked, because after a
   * bootstrap Patroni sets the label only with its next loop.
   */
  static Primary find(SyncContext context) {
    List<PodState> pods = context.pods();
    Optional<PodState> labelled = labelled(pods);
    if (labelled.isPresent()) {
      return new Found(labelled.get());
    }
    Primary none = new NotYet(pods.isEmpty() ? "no pod exists yet" : "no pod is the primary yet");
    List<Future<Found>> asked =
        pods.stream().filter(PodState::reachable).map(pod -> saysPrimary(context, pod)).toList();
    return asked.isEmpty() ? none : context.turn().look("ask for the primary", first(asked, none));
  }

  /** The one pod with the primary's label, without asking anybody. */
  static Optional<PodState> labelled(List<PodState> pods) {
    List<PodState> labelled =
        pods.stream().filter(pod -> pod.role().equals(LABEL) && pod.reachable()).toList();
    return labelled.size() == 1 ? Optional.of(labelled.getFirst()) : Optional.empty();
  }

  /**
   * All are asked at the same time, and the first who says yes is believed: one that hangs, or only
   * begins to listen, must not hide the one that has just become the primary.
   */
  private static Future<Primary> first(List<Future<Found>> asked, Primary none) {
    return Future.any(asked)
        .<Primary>map(any -> asked.stream().filter(Future::succeeded).findFirst().get().result())
        .otherwise(none);
  }

  /** A member that does not answer soon is not a primary yet. */
  private static Future<Found> saysPrimary(SyncContext context, PodState pod) {
    return context
        .ports()
        .patroni()
        .primary(MemberAddress.of(pod.address()))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            yes ->
                yes ? Future.succeededFuture(new Found(pod)) : Future.failedFuture("not primary"));
  }
}
