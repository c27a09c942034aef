package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Difference;
import dev.pgoperator.model.Drift;
import dev.pgoperator.model.DriftRules;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.OutdatedPods;
import dev.pgoperator.model.PodDrift;
import dev.pgoperator.model.Projection;
import dev.pgoperator.model.StatefulSets;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the pods that do not run the template which is wanted now, and in what they differ. Comes
 * before the StatefulSet is written, so that people are told before anything can restart a pod.
 * Asks for nothing while every pod is of the StatefulSet's newest revision.
 */
public final class ComparePods implements Step {

  private static final String TEMPLATE = "spec.template.";

  @Override
  public Outcome run(SyncContext context) {
    List<PodState> pods = context.pods().stream().filter(pod -> !pod.health().deleting()).toList();
    if (pods.isEmpty()) {
      return new Outcome.PodsSeen(OutdatedPods.NONE);
    }
    StatefulSet desired = StatefulSets.desired(context.blueprint());
    var id = context.id();
    Optional<Inventory.Seen> seen =
        context.ports().inventory().find(StatefulSet.class, id.namespace(), id.name());
    String newest =
        seen.filter(set -> new OwnedObjects(context).inSync(desired, set))
            .map(Inventory.Seen::revision)
            .orElse("");
    List<PodState> doubtful =
        pods.stream()
            .filter(pod -> newest.isEmpty() || !newest.equals(pod.place().revision()))
            .toList();
    return new Outcome.PodsSeen(
        doubtful.isEmpty()
            ? OutdatedPods.NONE
            : outdated(context, desired, doubtful, !newest.isEmpty()));
  }

  /**
   * @param older whether the pods are known to be of an older template, whatever is found
   */
  private static OutdatedPods outdated(
      SyncContext context, StatefulSet desired, List<PodState> doubtful, boolean older) {
    String template = Projection.hash(desired.getSpec().getTemplate());
    compareNew(context, desired, template, doubtful);
    Map<String, List<Difference>> outdated = new HashMap<>();
    for (PodState pod : doubtful) {
      context
          .memory()
          .podDrift(template, pod.uid())
          .ifPresent(
              all -> {
                List<Difference> relevant = OutdatedPods.relevant(all);
                if (!relevant.isEmpty() || (older && all.isEmpty())) {
                  outdated.put(pod.name(), relevant);
                }
              });
    }
    return new OutdatedPods(outdated);
  }

  /** Reads those pods that were never compared with this template. */
  private static void compareNew(
      SyncContext context, StatefulSet desired, String template, List<PodState> doubtful) {
    boolean known =
        doubtful.stream()
            .allMatch(pod -> context.memory().podDrift(template, pod.uid()).isPresent());
    if (known) {
      return;
    }
    DriftRules rules = DriftRules.of(context.blueprint().config());
    List<Difference> removals = removals(context, desired, rules);
    for (Pod live : read(context)) {
      String uid = live.getMetadata().getUid();
      if (context.memory().podDrift(template, uid).isEmpty()) {
        List<Difference> all =
            new ArrayList<>(PodDrift.compare(desired.getSpec().getTemplate(), live, rules));
        all.addAll(removals);
        context.memory().rememberPodDrift(template, uid, all);
      }
    }
  }

  /** A pod alone does not tell what of it is no longer wanted; the StatefulSet of its time does. */
  private static List<Difference> removals(
      SyncContext context, StatefulSet desired, DriftRules rules) {
    var id = context.id();
    return Await.await(
            "read the StatefulSet",
            context.ports().kube().find(StatefulSet.class, id.namespace(), id.name()))
        .map(live -> Drift.compare(desired, live, rules))
        .orElse(List.of())
        .stream()
        .filter(one -> one.field().startsWith(TEMPLATE) && one.to().isEmpty())
        .toList();
  }

  private static List<Pod> read(SyncContext context) {
    var id = context.id();
    Map<String, String> labels = Labels.selector(context.blueprint().config(), id);
    return Await.await(
        "read the pods", context.ports().kube().list(Pod.class, id.namespace(), labels));
  }
}
