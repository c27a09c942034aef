package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.KubeFailure;
import dev.pgoperator.model.Names;
import dev.pgoperator.model.Role;
import dev.pgoperator.model.UserLists;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.vertx.core.Future;

/**
 * The list of a pooler's users. Its pods read it once, when they start: after a change they are
 * replaced, one after the other, as by {@code kubectl rollout restart}.
 */
final class PoolerUsers {
  private final SyncContext context;
  private final OwnedObjects objects;
  private final Role role;

  PoolerUsers(SyncContext context, Role role) {
    this.context = context;
    this.objects = new OwnedObjects(context);
    this.role = role;
  }

  void make(Secret desired) {
    boolean unread =
        objects.compare(Secret.class, desired) instanceof OwnedObjects.Made.Changed(var differences)
            && differences.stream().anyMatch(UserLists::concerns);
    if (!unread) {
      objects.make(Secret.class, desired);
      return;
    }
    Secret stored = objects.apply(UserLists.unread(desired));
    Await.await("restart the pooler", restart(stored.getMetadata().getResourceVersion()));
    objects.apply(desired);
  }

  /** Said twice of the same list it has no effect: the template is the same. */
  private Future<Void> restart(String version) {
    String patch =
        """
        {"spec":{"template":{"metadata":{"annotations":{"acid.zalan.do/user-list":"%s"}}}}}"""
            .formatted(version);
    return context
        .ports()
        .kube()
        .mergePatch(
            Deployment.class, context.id().namespace(), Names.pooler(context.id(), role), patch)
        .recover(
            failure ->
                failure instanceof KubeFailure.NotFound
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }
}
