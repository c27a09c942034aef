package dev.pgoperator.cluster.step;

import dev.pgoperator.model.Budgets;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

/**
 * The disruption budgets: one keeps the primary's pod from eviction, one all pods during a critical
 * operation.
 */
public final class SyncBudgets implements Step {

  @Override
  public Outcome run(SyncContext context) {
    var objects = new OwnedObjects(context);
    objects.make(
        PodDisruptionBudget.class,
        "budget of the primary",
        () -> Budgets.primary(context.blueprint()));
    objects.make(
        PodDisruptionBudget.class,
        "budget of critical operations",
        () -> Budgets.criticalOperation(context.blueprint()));
    return Outcome.done();
  }
}
