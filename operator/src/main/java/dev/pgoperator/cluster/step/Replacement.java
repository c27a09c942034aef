package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import io.fabric8.kubernetes.api.model.Pod;

/** Takes a pod away, so that its StatefulSet makes another one of that name. */
final class Replacement {
  private Replacement() {}

  /**
   * Deletes this very pod, and nothing that was made after it.
   *
   * @param why follows the pod's name in the Event that announces it, such as {@code to leave node
   *     a}; may be empty
   */
  static void begin(SyncContext context, PodState pod, String why) {
    context.journal().tell("Update", "replacing pod " + pod.name() + why);
    Await.await(
        "replace pod " + pod.name(),
        context
            .ports()
            .kube()
            .deleteExactly(Pod.class, context.id().namespace(), pod.name(), pod.uid()));
    context.ports().inventory().leaves(pod);
    context.answers().forget();
  }
}
