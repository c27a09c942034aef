package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.model.Difference;
import dev.pgoperator.model.Drift;
import dev.pgoperator.model.DriftRules;
import dev.pgoperator.model.Effect;
import dev.pgoperator.model.Possible;
import dev.pgoperator.model.Projection;
import dev.pgoperator.model.TakeOver;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one object what it should be. Nothing is asked or written while the watch's hash of the
 * live object equals the hash of the desired one; only when they differ is the object read, the
 * difference explained, and written.
 */
final class OwnedObjects {
  private static final Logger LOG = LoggerFactory.getLogger(OwnedObjects.class);

  private final SyncContext context;

  OwnedObjects(SyncContext context) {
    this.context = context;
  }

  /** What was done to an object. */
  sealed interface Made {
    record Unchanged() implements Made {}

    record Created() implements Made {}

    record Changed(List<Difference> differences) implements Made {}
  }

  /** Applies the desired object unless the live one has no drift. */
  <T extends HasMetadata> Made make(Class<T> type, T desired) {
    String namespace = desired.getMetadata().getNamespace();
    String name = desired.getMetadata().getName();
    Optional<Inventory.Seen> seen = context.ports().inventory().find(type, namespace, name);
    if (seen.isPresent() && inSync(desired, seen.get())) {
      return new Made.Unchanged();
    }
    String what = type.getSimpleName() + " " + name;
    Optional<T> live =
        Await.await("read " + what, context.ports().kube().find(type, namespace, name));
    if (live.isEmpty()) {
      apply(what, desired);
      return new Made.Created();
    }
    return bring(type, what, desired, live.get());
  }

  private <T extends HasMetadata> Made bring(Class<T> type, String what, T desired, T live) {
    DriftRules rules = DriftRules.of(context.blueprint().config());
    List<Difference> differences = Drift.compare(desired, live, rules);
    warnOfRefused(what, differences);
    List<Difference> due = differences.stream().filter(this::isDue).toList();
    Optional<String> takeOver = TakeOver.patch(live);
    if (due.isEmpty() && takeOver.isEmpty() && Possible.isOurs(live)) {
      rememberStored(desired, live);
      return new Made.Unchanged();
    }
    due.forEach(difference -> LOG.info("{}: {}", what, difference.shown()));
    takeOver.ifPresent(patch -> takeOver(type, what, desired, patch));
    T possible = Possible.of(desired, live, differences);
    if (due.stream().anyMatch(difference -> difference.effect() == Effect.RECREATE_OBJECT)) {
      rememberStored(desired, replace(type, what, possible));
    } else {
      rememberStored(desired, apply(what, possible));
    }
    if (!due.isEmpty()) {
      String changes = due.stream().map(Difference::shown).collect(Collectors.joining("; "));
      context.journal().tell(type.getSimpleName(), "changed the " + what + ": " + changes);
    }
    return new Made.Changed(due);
  }

  /**
   * What only a database that is still to be initialised would read is written as long as none is.
   */
  private boolean isDue(Difference difference) {
    return switch (difference.effect()) {
      case FORBIDDEN -> false;
      case NONE, PATRONI_CONFIG, RELOAD, POSTGRES_RESTART ->
          context.pods().stream().allMatch(pod -> pod.role().isEmpty());
      case IN_PLACE, POD_RECREATION, RECREATE_OBJECT -> true;
    };
  }

  private <T extends HasMetadata> void takeOver(
      Class<T> type, String what, T desired, String patch) {
    var meta = desired.getMetadata();
    Await.await(
        "take over " + what,
        context.ports().kube().mergePatch(type, meta.getNamespace(), meta.getName(), patch));
  }

  private void warnOfRefused(String what, List<Difference> differences) {
    String refused =
        differences.stream()
            .filter(difference -> difference.effect() == Effect.FORBIDDEN)
            .map(Difference::shown)
            .collect(Collectors.joining("; "));
    if (refused.isEmpty()) {
      context.memory().forget("refused " + what);
    } else if (!context.memory().knows("refused " + what, refused)) {
      context.memory().remember("refused " + what, refused);
      context
          .journal()
          .warn("Refused", what + " keeps what cannot be changed in a living cluster: " + refused);
    }
  }

  /** Whether the live object, as the watch has seen it, is as it should be. */
  <T extends HasMetadata> boolean inSync(T desired, Inventory.Seen seen) {
    String want = Projection.hash(desired);
    // The second form covers what the API server stores in a way that the hash does not foresee.
    return seen.owned().equals(want)
        || context.memory().knows(fact(desired), want + " as " + seen.owned());
  }

  private <T extends HasMetadata> T apply(String what, T desired) {
    T stored = Await.await("apply " + what, context.ports().kube().apply(desired));
    context.ports().inventory().note(stored);
    rememberStored(desired, stored);
    return stored;
  }

  private void rememberStored(HasMetadata desired, HasMetadata stored) {
    context
        .memory()
        .remember(
            fact(desired), Projection.hash(desired) + " as " + Projection.hashOfOwned(stored));
  }

  /**
   * For fields that cannot be changed: the object is made anew, and what it controlled (pods) is
   * left alone.
   */
  private <T extends HasMetadata> T replace(Class<T> type, String what, T desired) {
    var meta = desired.getMetadata();
    Await.await(
        "replace " + what,
        context
            .ports()
            .kube()
            .delete(
                type,
                meta.getNamespace(),
                meta.getName(),
                dev.pgoperator.kube.Kube.Dependents.ORPHAN));
    return apply(what, desired);
  }

  private static String fact(HasMetadata object) {
    return "stored " + dev.pgoperator.kube.ObjectKey.of(object);
  }
}
