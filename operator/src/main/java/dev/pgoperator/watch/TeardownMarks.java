package dev.pgoperator.watch;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Origin;
import dev.pgoperator.cluster.Teardown;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Finds teardowns that an operator began and did not finish: StatefulSets that carry the mark of a
 * manifest that is gone.
 */
public final class TeardownMarks implements Consumer<Change<StatefulSet>> {
  private final Consumer<Change<StatefulSet>> next;
  private final Map<ClusterId, String> marks = new ConcurrentHashMap<>();

  /**
   * @param next hears of every change, too
   */
  public TeardownMarks(Consumer<Change<StatefulSet>> next) {
    this.next = next;
  }

  @Override
  public void accept(Change<StatefulSet> change) {
    if (change instanceof Change.Present<StatefulSet>(var set)) {
      Optional.ofNullable(set.getMetadata().getAnnotations())
          .map(annotations -> annotations.get(Teardown.MARK))
          .ifPresent(
              uid ->
                  marks.put(
                      new ClusterId(set.getMetadata().getNamespace(), set.getMetadata().getName()),
                      uid));
    }
    next.accept(change);
  }

  /** Takes up what is unfinished; to be called when the manifests are known. */
  public void resume(Fleet fleet) {
    marks.forEach((id, uid) -> fleet.tell(id, new Trigger.Deleted(origin(uid))));
    marks.clear();
  }

  private static Origin origin(String uid) {
    return new Origin(
        new Origin.Version(uid, "", 0),
        Map.of(),
        Map.of(),
        List.of(),
        new Origin.Deletion(List.of(), Optional.empty()),
        ClusterStatus.NONE);
  }
}
