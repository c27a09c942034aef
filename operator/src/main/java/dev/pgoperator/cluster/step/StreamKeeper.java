package dev.pgoperator.cluster.step;

import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.FabricEventStream;
import dev.pgoperator.model.StreamObjects;
import dev.pgoperator.model.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of a cluster's streams: one for each application, and no others. */
final class StreamKeeper {
  private static final String PRUNED =
      "the definition of FabricEventStream drops what a stream says: it must preserve unknown fields";

  /** The API server's words, with a status that says no more than "internal error". */
  private static final String UNDECLARED = "field not declared in schema";

  private final SyncContext context;
  private final OwnedObjects objects;
  private final Map<String, FabricEventStream> live = new TreeMap<>();

  /**
   * @param live all that the cluster has now
   */
  StreamKeeper(SyncContext context, List<FabricEventStream> live) {
    this.context = context;
    this.objects = new OwnedObjects(context);
    for (FabricEventStream object : live) {
      context.ports().inventory().note(object, context.id());
      this.live.put(object.getMetadata().getName(), object);
    }
  }

  /**
   * Makes the objects of those applications whose slots are there, and deletes those of others that
   * the manifest does not name.
   *
   * @return what is missing, one sentence each
   */
  List<String> keep(StreamSources sources) {
    Blueprint b = context.blueprint();
    List<String> problems = new ArrayList<>(sources.problems());
    Map<String, String> applications = new TreeMap<>();
    live.forEach((name, object) -> applications.put(name, object.application()));
    Map<String, String> names = Streams.names(b, applications);
    names.forEach(
        (application, name) -> {
          if (sources.ready().containsAll(Streams.slots(b, application))
              && !tells(StreamObjects.desired(b, application, name))
              && !problems.contains(PRUNED)) {
            problems.add(PRUNED);
          }
        });
    live.keySet().stream()
        .filter(name -> !names.containsValue(name))
        .forEach(name -> objects.remove(FabricEventStream.class, name));
    return problems;
  }

  /** Whether the object, as it is stored, says what it is for. */
  private boolean tells(FabricEventStream desired) {
    String name = desired.getMetadata().getName();
    return switch (objects.compare(FabricEventStream.class, desired)) {
      case OwnedObjects.Made.Unchanged() ->
          !live.containsKey(name) || !live.get(name).application().isEmpty();
      case OwnedObjects.Made.Changed _, OwnedObjects.Made.Leaving() -> stored(desired);
      case OwnedObjects.Made.Created() -> {
        boolean tells = stored(desired);
        if (tells) {
          context.journal().tell("Streams", "created the FabricEventStream " + name);
        }
        yield tells;
      }
    };
  }

  private boolean stored(FabricEventStream desired) {
    try {
      return !objects.apply(desired).application().isEmpty();
    } catch (StepFailed refused) {
      if (String.valueOf(refused.getMessage()).contains(UNDECLARED)) {
        return false;
      }
      throw refused;
    }
  }
}
