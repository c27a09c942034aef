package dev.pgoperator.cluster.step;

import dev.pgoperator.model.PodAccounts;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;

/** The ServiceAccount of all database pods of a namespace, and what binds it to its rights. */
public final class SyncPodAccount implements Step {

  @Override
  public Outcome run(SyncContext context) {
    var objects = new OwnedObjects(context);
    objects.make(
        ServiceAccount.class,
        "account of the pods",
        () -> PodAccounts.serviceAccount(context.blueprint().config(), context.id().namespace()));
    objects.make(
        RoleBinding.class,
        "rights of the pods",
        () -> PodAccounts.roleBinding(context.blueprint().config(), context.id().namespace()));
    return Outcome.done();
  }
}
