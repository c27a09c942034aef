package dev.pgoperator.cluster.step;

import dev.pgoperator.model.StatefulSets;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

/**
 * The StatefulSet that makes the pods. It never replaces pods by itself (update strategy OnDelete).
 */
public final class SyncStatefulSet implements Step {
  /** Under which it is remembered. */
  static final String NAME = "StatefulSet";

  @Override
  public Outcome run(SyncContext context) {
    if (new OwnedObjects(context)
            .make(StatefulSet.class, NAME, () -> StatefulSets.desired(context.blueprint()))
        instanceof OwnedObjects.Made.Created) {
      context.journal().tell("StatefulSet", "created the StatefulSet " + context.id().name());
    }
    return Outcome.done();
  }
}
