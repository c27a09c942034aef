package dev.pgoperator.cluster.step;

import dev.pgoperator.model.LogicalBackups;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.List;

/**
 * The CronJob that dumps the cluster, for a manifest that asks for one. Any other of this cluster
 * goes: the backup was switched off, also while no operator ran, or its CronJob has another name
 * now.
 */
public final class SyncLogicalBackup implements Step {

  @Override
  public Outcome run(SyncContext context) {
    if (!context.cluster().spec().server().logicalBackup().enabled()) {
      removeExcept(context, "");
      return new Outcome.Skipped("enableLogicalBackup is off");
    }
    List<String> keys = Environment.ofLogicalBackup(context);
    String derived = "CronJob of the logical backup with " + keys;
    var made =
        new OwnedObjects(context)
            .make(CronJob.class, derived, () -> LogicalBackups.desired(context.blueprint(), keys));
    String name = context.memory().derived(derived).map(one -> one.key().name()).orElse("");
    if (made instanceof OwnedObjects.Made.Created) {
      context.journal().tell("LogicalBackup", "created the CronJob " + name);
    }
    removeExcept(context, name);
    return Outcome.done();
  }

  private static void removeExcept(SyncContext context, String wanted) {
    var objects = new OwnedObjects(context);
    context.ports().inventory().names(CronJob.class, context.id()).stream()
        .filter(name -> !name.equals(wanted))
        .forEach(name -> objects.remove(CronJob.class, name));
  }
}
