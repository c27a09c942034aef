package dev.pgoperator.cluster.step;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Optional;

/**
 * The StatefulSet that makes the pods. It never replaces pods by itself (update strategy OnDelete).
 */
public final class SyncStatefulSet implements Step {

  @Override
  public Outcome run(SyncContext context) {
    Optional<Outcome> first = LeaveForScaleDown.first(context);
    if (first.isPresent()) {
      return first.get();
    }
    var hold = new VersionHold(context);
    var choice = hold.choice();
    var made =
        new OwnedObjects(context)
            .make(StatefulSet.class, VersionHold.name(choice), () -> hold.desired(choice));
    switch (made) {
      case OwnedObjects.Made.Unchanged() -> {}
      case OwnedObjects.Made.Changed _ -> context.answers().forget(); // pods may go by that
      case OwnedObjects.Made.Created() ->
          context.journal().tell("StatefulSet", "created the StatefulSet " + context.id().name());
    }
    return Outcome.done();
  }
}
