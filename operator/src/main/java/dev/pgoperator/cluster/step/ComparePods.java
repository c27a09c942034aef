package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Difference;
import dev.pgoperator.model.DriftRules;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.MajorVersions.Choice;
import dev.pgoperator.model.OutdatedPods;
import dev.pgoperator.model.PodAnnotations;
import dev.pgoperator.model.PodDrift;
import dev.pgoperator.model.Projection;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
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
  private static final String ONLY = "the only template";

  @Override
  public Outcome run(SyncContext context) {
    return new Outcome.PodsSeen(look(context));
  }

  /** The same as the result of a step; what was found once is not looked up again. */
  static OutdatedPods look(SyncContext context) {
    List<PodState> pods = context.pods().stream().filter(pod -> !pod.health().deleting()).toList();
    if (pods.isEmpty()) {
      return OutdatedPods.NONE;
    }
    var hold = new VersionHold(context);
    Choice choice = hold.choice();
    Derived wanted = wanted(context, hold, choice);
    var id = context.id();
    Optional<Inventory.Seen> inSync =
        context
            .ports()
            .inventory()
            .find(StatefulSet.class, id.namespace(), id.name())
            .filter(set -> new OwnedObjects(context).inSync(wanted, set));
    String newest = inSync.map(Inventory.Seen::revision).orElse("");
    if (!newest.isEmpty()) {
      context.memory().forget(ONLY);
    } else if (inSync.filter(set -> isOnly(context, set, hold, choice)).isPresent()) {
      return OutdatedPods.NONE;
    }
    List<PodState> doubtful =
        pods.stream()
            .filter(pod -> newest.isEmpty() || !newest.equals(pod.place().revision()))
            .toList();
    return doubtful.isEmpty()
        ? OutdatedPods.NONE
        : outdated(context, hold.desired(choice), doubtful, !newest.isEmpty());
  }

  /**
   * Takes note that the StatefulSet was made when there was no pod: for as long as it keeps this
   * template there is no other that a pod could be of, before Kubernetes tells its revision.
   */
  static void madeWithoutPods(SyncContext context, StatefulSet made) {
    var id = context.id();
    context
        .ports()
        .inventory()
        .find(StatefulSet.class, id.namespace(), id.name())
        .ifPresent(set -> context.memory().remember(ONLY, set.uid() + " " + key(context, made)));
  }

  private static boolean isOnly(
      SyncContext context, Inventory.Seen set, VersionHold hold, Choice choice) {
    return context.memory().knows(ONLY, set.uid() + " " + key(context, hold.desired(choice)));
  }

  private static Derived wanted(SyncContext context, VersionHold hold, Choice choice) {
    return context
        .memory()
        .derived(VersionHold.name(choice))
        .orElseGet(
            () -> {
              Derived derived = Derived.of(hold.desired(choice));
              context.memory().rememberDerived(VersionHold.name(choice), derived);
              return derived;
            });
  }

  /**
   * @param older whether the pods are known to be of an older template, whatever is found
   */
  private static OutdatedPods outdated(
      SyncContext context, StatefulSet desired, List<PodState> doubtful, boolean older) {
    String template = key(context, desired);
    Map<String, List<Difference>> ofUnknownTemplates =
        compareNew(context, desired, template, doubtful);
    Map<String, List<Difference>> outdated = new HashMap<>();
    for (PodState pod : doubtful) {
      List<Difference> known =
          afterAnnotation(
              OutdatedPods.relevant(
                  context.memory().podDrift(template, pod.uid()).orElse(List.of())));
      Optional<List<Difference>> guessed =
          Optional.ofNullable(ofUnknownTemplates.get(pod.uid())).map(OutdatedPods::relevant);
      if (!known.isEmpty() || guessed.filter(some -> older || !some.isEmpty()).isPresent()) {
        outdated.put(pod.name(), guessed.orElse(known));
      }
    }
    return new OutdatedPods(outdated);
  }

  /**
   * Under which is remembered how pods differ: by the template, and by how strictly it is taken.
   */
  static String key(SyncContext context, StatefulSet desired) {
    return Projection.hash(desired.getSpec().getTemplate())
        + " "
        + DriftRules.of(context.blueprint().config());
  }

  /** Annotations that {@link AnnotatePods} is about to bring do not make a pod an old one. */
  private static List<Difference> afterAnnotation(List<Difference> differences) {
    return PodAnnotations.patch(differences).isEmpty()
        ? differences
        : differences.stream().filter(one -> !PodAnnotations.isOne(one)).toList();
  }

  /**
   * Reads those pods that were never compared with this template, and remembers what was found.
   *
   * @return by uid, what those pods lack whose own template is not known any more; they may have
   *     more than is wanted
   */
  private static Map<String, List<Difference>> compareNew(
      SyncContext context, StatefulSet desired, String template, List<PodState> doubtful) {
    Map<String, List<Difference>> ofUnknownTemplates = new HashMap<>();
    boolean known =
        doubtful.stream()
            .allMatch(pod -> context.memory().podDrift(template, pod.uid()).isPresent());
    if (known) {
      return ofUnknownTemplates;
    }
    DriftRules rules = DriftRules.of(context.blueprint().config());
    PodTemplateSpec wanted = desired.getSpec().getTemplate();
    Map<String, Optional<ControllerRevision>> revisions = revisions(context, doubtful);
    Optional<PodTemplateSpec> newest = newest(context);
    for (Pod live : read(context)) {
      String uid = live.getMetadata().getUid();
      String revision = live.getMetadata().getLabels().getOrDefault(PodState.REVISION, "");
      revisions
          .getOrDefault(revision, Optional.empty())
          .ifPresentOrElse(
              madeFrom ->
                  context
                      .memory()
                      .rememberPodDrift(
                          template, uid, PodDrift.compare(wanted, madeFrom, newest, live, rules)),
              () -> ofUnknownTemplates.put(uid, PodDrift.compare(wanted, live, rules)));
    }
    return ofUnknownTemplates;
  }

  private static Optional<PodTemplateSpec> newest(SyncContext context) {
    var id = context.id();
    return Await.await(
            "read the StatefulSet",
            context.ports().kube().find(StatefulSet.class, id.namespace(), id.name()))
        .map(set -> set.getSpec().getTemplate());
  }

  /** The templates that the pods were made from, as Kubernetes keeps them, by their names. */
  private static Map<String, Optional<ControllerRevision>> revisions(
      SyncContext context, List<PodState> pods) {
    Map<String, Optional<ControllerRevision>> found = new HashMap<>();
    for (PodState pod : pods) {
      String name = pod.place().revision();
      if (!name.isEmpty() && !found.containsKey(name)) {
        var asked =
            context.ports().kube().find(ControllerRevision.class, context.id().namespace(), name);
        found.put(name, Await.await("read the template of " + pod.name(), asked));
      }
    }
    return found;
  }

  private static List<Pod> read(SyncContext context) {
    var id = context.id();
    Map<String, String> labels = Labels.selector(context.blueprint().config(), id);
    return Await.await(
        "read the pods", context.ports().kube().list(Pod.class, id.namespace(), labels));
  }
}
