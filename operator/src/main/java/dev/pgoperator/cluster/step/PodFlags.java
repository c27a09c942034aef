package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.KubeFailure;
import dev.pgoperator.kube.PodState;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.util.List;

/** Marks on pods that outlive the operator's process. */
final class PodFlags {
  private static final String REPLACE =
      "{\"metadata\":{\"annotations\":{\"%s\":\"true\"}}}".formatted(PodState.REPLACE);

  private PodFlags() {}

  /**
   * All pods of the cluster have to be replaced: they read a password when they started. Marked
   * before the secret tells the new one, so that an interruption costs a replacement too many and
   * never leaves one out.
   */
  static void demandReplacement(SyncContext context) {
    List<Future<Void>> marked = context.pods().stream().map(pod -> mark(context, pod)).toList();
    Await.await("mark the pods", Future.all(marked));
  }

  private static Future<Void> mark(SyncContext context, PodState pod) {
    return context
        .ports()
        .kube()
        .mergePatch(Pod.class, context.id().namespace(), pod.name(), REPLACE)
        .recover(
            failure ->
                failure instanceof KubeFailure.NotFound
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }
}
