package dev.pgoperator.model;

import dev.pgoperator.api.Server.Synchronous;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import java.util.List;
import java.util.Map;

/** What Kubernetes must not evict (behaviour.md §1.11). */
public final class Budgets {

  private Budgets() {}

  /**
   * Guards the primary, or enough pods for synchronous replication where the configuration says so.
   */
  public static PodDisruptionBudget primary(Blueprint b) {
    boolean primaryOnly = b.config().objects().budgets().primaryOnly();
    Map<String, String> selector =
        primaryOnly ? Labels.selector(b, Role.PRIMARY) : Labels.selector(b);
    PodDisruptionBudgetSpec spec = new PodDisruptionBudgetSpec();
    spec.setSelector(new LabelSelector(List.of(), selector));
    spec.setMinAvailable(new IntOrString(isRelaxed(b) ? 0 : guarded(b, primaryOnly)));
    return budget(b, Names.primaryBudget(b.config(), b.id()), spec);
  }

  /** Guards every pod that is in the middle of something. */
  public static PodDisruptionBudget criticalOperation(Blueprint b) {
    Map<String, String> selector = Labels.selector(b);
    selector.put(Labels.CRITICAL_OPERATION, "true");
    PodDisruptionBudgetSpec spec = new PodDisruptionBudgetSpec();
    spec.setSelector(new LabelSelector(List.of(), selector));
    spec.setMaxUnavailable(isRelaxed(b) ? new IntOrString("100%") : new IntOrString(0));
    return budget(b, Names.criticalOperationBudget(b.id()), spec);
  }

  private static PodDisruptionBudget budget(
      Blueprint b, String name, PodDisruptionBudgetSpec spec) {
    PodDisruptionBudget budget = new PodDisruptionBudget();
    budget.setMetadata(Metadata.of(b, name, Labels.object(b), Annotations.inherited(b)));
    budget.setSpec(spec);
    return budget;
  }

  private static boolean isRelaxed(Blueprint b) {
    return !b.config().objects().budgets().enabled() || b.spec().numberOfInstances() <= 0;
  }

  private static int guarded(Blueprint b, boolean primaryOnly) {
    Synchronous synchronous = b.spec().server().patroni().synchronous();
    return !primaryOnly && synchronous.strict() ? Math.toIntExact(synchronous.nodeCount()) + 1 : 1;
  }
}
