package dev.pgoperator.cluster.step;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.Optional;

/**
 * The StatefulSet that makes the pods. It never replaces pods by itself (update strategy OnDelete).
 */
public final class SyncStatefulSet implements Step {
  /** The watch tells that the former one is gone; this is for an event that was lost. */
  private static final Duration EVENT = Duration.ofSeconds(5);

  @Override
  public Outcome run(SyncContext context) {
    Optional<Outcome> first = LeaveForScaleDown.first(context);
    if (first.isPresent()) {
      return first.get();
    }
    var hold = new VersionHold(context);
    var choice = hold.choice();
    String name = context.id().name();
    return switch (new OwnedObjects(context)
        .make(StatefulSet.class, VersionHold.name(choice), () -> hold.desired(choice))) {
      case OwnedObjects.Made.Unchanged() -> Outcome.done();
      case OwnedObjects.Made.Changed _ -> {
        context.answers().forget(); // pods may go by that
        yield Outcome.done();
      }
      case OwnedObjects.Made.Created() -> {
        if (context.pods().isEmpty()) {
          ComparePods.madeWithoutPods(context, hold.desired(choice));
        }
        context.journal().tell("StatefulSet", "created the StatefulSet " + name);
        yield Outcome.done();
      }
      case OwnedObjects.Made.Leaving() ->
          new Outcome.RetryAfter(
              EVENT,
              "StatefulSetMadeAnew",
              "the StatefulSet "
                  + name
                  + " is made anew when Kubernetes has let go of the former one");
    };
  }
}
