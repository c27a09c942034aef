package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.kube.KubeFailure;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.RoleCredential;
import dev.pgoperator.model.RoleDefinition;
import dev.pgoperator.model.RoleOrigin;
import dev.pgoperator.model.RoleSet;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * All pods have to be replaced if one of these passwords is another than they have read: a
   * replica with another one than the server's does not come back after its next lost connection.
   * What was edited while no operator ran is not found out.
   */
  static void followEdits(SyncContext context, RoleSet roles, Credentials credentials) {
    Map<RoleCredential, SecretText> now = new HashMap<>();
    for (RoleDefinition role : roles.roles()) {
      SecretText password = credentials.of(role.name());
      if (role.origin() == RoleOrigin.SYSTEM && !password.isEmpty()) {
        role.credential().ifPresent(credential -> now.put(credential, password));
      }
    }
    boolean edited =
        now.entrySet().stream()
            .anyMatch(
                role ->
                    context
                        .memory()
                        .readByPods(role.getKey())
                        .filter(before -> !before.equals(role.getValue()))
                        .isPresent());
    if (edited) {
      demandReplacement(context);
    }
    now.forEach(context.memory()::podsHaveRead);
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
