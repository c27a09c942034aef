package dev.pgoperator.watch;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.api.Origin;
import dev.pgoperator.cluster.Teardown;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds teardowns that an operator began and did not finish: StatefulSets that carry the mark of a
 * manifest that is gone.
 */
public final class TeardownMarks implements Consumer<Change<StatefulSet>> {
  private final Consumer<Change<StatefulSet>> next;
  private final Consumer<ClusterId> gone;
  private final Map<ClusterId, String> marks = new ConcurrentHashMap<>();

  /**
   * @param next hears of every change, too
   * @param gone hears of clusters whose StatefulSet, the last object of a teardown, has gone
   */
  public TeardownMarks(Consumer<Change<StatefulSet>> next, Consumer<ClusterId> gone) {
    this.next = next;
    this.gone = gone;
  }

  @Override
  public void accept(Change<StatefulSet> change) {
    switch (change) {
      case Change.Present<StatefulSet>(var set) ->
          Optional.ofNullable(set.getMetadata().getAnnotations())
              .map(annotations -> annotations.get(Teardown.MARK))
              .ifPresentOrElse(uid -> marks.put(id(set), uid), () -> marks.remove(id(set)));
      case Change.Gone<StatefulSet>(var last) -> {
        marks.remove(id(last));
        gone.accept(id(last));
      }
    }
    next.accept(change);
  }

  private static ClusterId id(StatefulSet set) {
    return new ClusterId(set.getMetadata().getNamespace(), set.getMetadata().getName());
  }

  /**
   * Takes up what is unfinished; to be called when the manifests are known.
   *
   * @param ours the clusters that this pod works for
   */
  public void resume(Fleet fleet, Predicate<ClusterId> ours) {
    marks.forEach(
        (id, uid) -> {
          if (ours.test(id)) {
            fleet.tell(id, new Trigger.Deleted(origin(uid)));
          }
        });
  }

  /** The same for clusters that another pod has worked for until now, with all that they need. */
  public void takeUp(Fleet fleet, Predicate<ClusterId> ours) {
    Set<ClusterId> all = new HashSet<>(fleet.known());
    all.addAll(marks.keySet());
    all.stream()
        .filter(ours)
        .forEach(
            id -> fleet.takeUp(id, Optional.ofNullable(marks.get(id)).map(TeardownMarks::origin)));
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
