package dev.pgoperator.cluster.step;

import dev.pgoperator.model.StatefulSets;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

/**
 * The StatefulSet that makes the pods. It never replaces pods by itself (update strategy OnDelete).
 */
public final class SyncStatefulSet implements Step {

  @Override
  public Outcome run(SyncContext context) {
    StatefulSet desired = StatefulSets.desired(context.blueprint());
    if (new OwnedObjects(context).make(StatefulSet.class, desired)
        instanceof OwnedObjects.Made.Created) {
      context
          .journal()
          .tell("StatefulSet", "created the StatefulSet " + desired.getMetadata().getName());
    }
    return Outcome.done();
  }
}
