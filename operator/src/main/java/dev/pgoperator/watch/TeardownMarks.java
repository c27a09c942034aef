package dev.pgoperator.watch;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.TeardownMark;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds teardowns that this operator began and did not finish: StatefulSets that carry the mark of
 * a manifest that is gone.
 */
public final class TeardownMarks implements Consumer<Change<StatefulSet>> {
  private final Consumer<Change<StatefulSet>> next;
  private final Consumer<ClusterId> gone;
  private final String controllerId;
  private final Map<ClusterId, TeardownMark> marks = new ConcurrentHashMap<>();

  /**
   * @param next hears of every change, too
   * @param gone hears of clusters whose StatefulSet, the last object of a teardown, has gone
   * @param controllerId our own id; what another operator has begun is left to it
   */
  public TeardownMarks(
      Consumer<Change<StatefulSet>> next, Consumer<ClusterId> gone, String controllerId) {
    this.controllerId = controllerId;
    this.next = next;
    this.gone = gone;
  }

  @Override
  public void accept(Change<StatefulSet> change) {
    switch (change) {
      case Change.Present<StatefulSet>(var set) ->
          TeardownMark.on(set)
              .filter(mark -> mark.controller().equals(controllerId))
              .ifPresentOrElse(mark -> marks.put(id(set), mark), () -> marks.remove(id(set)));
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
        (id, mark) -> {
          if (ours.test(id)) {
            fleet.tell(id, new Trigger.Deleted(mark.origin()));
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
            id -> fleet.takeUp(id, Optional.ofNullable(marks.get(id)).map(TeardownMark::origin)));
  }
}
