package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.patroni.MemberAddress;
import java.util.List;

/** Which pod is the primary, as far as can be known now. */
sealed interface Primary {

  /** Patroni says of this pod that it holds the leader lock. */
  record Found(PodState pod) implements Primary {}

  /** None is known. */
  record NotYet(String why) implements Primary {}

  /** Value of the role label on the primary's pod; Patroni is told to use it (systems.md §8.3). */
  String LABEL = "master";

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
    for (PodState pod : pods) {
      if (pod.reachable() && saysPrimary(context, pod)) {
        return new Found(pod);
      }
    }
    return new NotYet(pods.isEmpty() ? "no pod exists yet" : "no pod is the primary yet");
  }

  private static boolean saysPrimary(SyncContext context, PodState pod) {
    var asked = context.ports().patroni().primary(MemberAddress.of(pod.address()));
    // A member that does not answer is not a primary yet.
    return Await.await("ask " + pod.name(), asked.otherwise(false));
  }
}
