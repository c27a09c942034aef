package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.patroni.MemberAddress;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    List<PodState> labelled =
        pods.stream().filter(pod -> pod.role().equals(LABEL) && pod.reachable()).toList();
    if (labelled.size() == 1) {
      return new Found(labelled.getFirst());
    }
    // All at the same time: one that hangs must not hide the one that has just become the primary.
    Map<PodState, Future<Boolean>> asked = new LinkedHashMap<>();
    pods.stream()
        .filter(PodState::reachable)
        .forEach(pod -> asked.put(pod, saysPrimary(context, pod)));
    context.turn().look("ask for the primary", Future.join(List.copyOf(asked.values())));
    for (var answer : asked.entrySet()) {
      if (answer.getValue().result()) {
        return new Found(answer.getKey());
      }
    }
    return new NotYet(pods.isEmpty() ? "no pod exists yet" : "no pod is the primary yet");
  }

  /** A member that does not answer soon is not a primary yet. */
  private static Future<Boolean> saysPrimary(SyncContext context, PodState pod) {
    return context
        .ports()
        .patroni()
        .primary(MemberAddress.of(pod.address()))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(false);
  }
}
