package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.Kube.Dependents;
import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.model.Difference;
import dev.pgoperator.model.Drift;
import dev.pgoperator.model.DriftRules;
import dev.pgoperator.model.Effect;
import dev.pgoperator.model.FieldManager;
import dev.pgoperator.model.Possible;
import dev.pgoperator.model.Projection;
import dev.pgoperator.model.TakeOver;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one object what it should be. Nothing is asked or written while the watch's hash of the
 * live object equals the hash of the desired one; only when they differ is the object read, the
 * difference explained, and what is due and possible written.
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

    /** It is on its way out; the next one is made when Kubernetes has let it go. */
    record Leaving() implements Made {}
  }

  /** A live object, and in what it is not as it should be. */
  private record Found<T>(T live, List<Difference> differences) {}

  /**
   * The same as {@link #make(Class, HasMetadata)} for an object that depends on nothing but the
   * blueprint: as long as that is the same, the object is not even derived again.
   *
   * @param name for this object among those of the cluster
   */
  <T extends HasMetadata> Made make(Class<T> type, String name, Supplier<T> derivation) {
    Memory memory = context.memory();
    if (memory.derived(name).filter(this::isInSync).isPresent()) {
      return new Made.Unchanged();
    }
    T desired = derivation.get();
    Derived known = Derived.of(desired);
    memory.rememberDerived(name, known);
    return isInSync(known) ? new Made.Unchanged() : write(type, desired);
  }

  private boolean isInSync(Derived known) {
    return context
        .ports()
        .inventory()
        .find(known.key())
        .filter(seen -> inSync(known, seen))
        .isPresent();
  }

  /** Applies the desired object unless the live one has no drift. */
  <T extends HasMetadata> Made make(Class<T> type, T desired) {
    return isInSync(Derived.of(desired)) ? new Made.Unchanged() : write(type, desired);
  }

  /** What no watch knows of is most likely not there, and needs no look beforehand. */
  private <T extends HasMetadata> Made write(Class<T> type, T desired) {
    boolean known = context.ports().inventory().find(ObjectKey.of(desired)).isPresent();
    if (!known && makeNew(desired)) {
      return new Made.Created();
    }
    Optional<Found<T>> found = find(type, desired);
    if (found.isEmpty()) {
      apply(desired);
      return new Made.Created();
    }
    return bring(type, desired, found.get());
  }

  private <T extends HasMetadata> boolean makeNew(T desired) {
    Optional<T> made =
        Await.await("apply " + what(desired), context.ports().kube().applyNew(desired));
    made.ifPresent(
        stored -> {
          context.ports().inventory().note(stored, context.id());
          rememberStored(desired, stored);
        });
    return made.isPresent();
  }

  /** What {@link #make} would do, without doing it. */
  <T extends HasMetadata> Made compare(Class<T> type, T desired) {
    if (isInSync(Derived.of(desired))) {
      return new Made.Unchanged();
    }
    return find(type, desired)
        .<Made>map(found -> new Made.Changed(found.differences()))
        .orElseGet(Made.Created::new);
  }

  private <T extends HasMetadata> Optional<Found<T>> find(Class<T> type, T desired) {
    var meta = desired.getMetadata();
    DriftRules rules = DriftRules.of(context.blueprint().config());
    return Await.await(
            "read " + what(desired),
            context.ports().kube().find(type, meta.getNamespace(), meta.getName()))
        .map(live -> new Found<>(live, Drift.compare(desired, live, rules)));
  }

  private <T extends HasMetadata> Made bring(Class<T> type, T desired, Found<T> found) {
    if (found.live().getMetadata().getDeletionTimestamp() != null) {
      return new Made.Leaving(); // what is written to it now would go with it
    }
    warnOfRefused(desired, found.differences());
    List<Difference> due = found.differences().stream().filter(this::isDue).toList();
    Optional<String> takeOver = TakeOver.patch(found.live());
    if (due.isEmpty() && takeOver.isEmpty() && FieldManager.hasApplied(found.live())) {
      rememberStored(desired, found.live());
      return new Made.Unchanged();
    }
    due.forEach(difference -> LOG.info("{}: {}", what(desired), difference.shown()));
    takeOver.ifPresent(patch -> takeOver(type, desired, patch));
    T possible = Possible.of(desired, found.live(), found.differences());
    boolean anew = due.stream().anyMatch(one -> one.effect() == Effect.RECREATE_OBJECT);
    if (anew && mustLeave(type, desired)) {
      tell(desired, due);
      return new Made.Leaving();
    }
    rememberStored(desired, store(possible));
    tell(desired, due);
    return new Made.Changed(due);
  }

  private void tell(HasMetadata desired, List<Difference> due) {
    if (!due.isEmpty()) {
      String changes = due.stream().map(Difference::shown).collect(Collectors.joining("; "));
      context.journal().tell(desired.getKind(), "changed the " + what(desired) + ": " + changes);
    }
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

  private <T extends HasMetadata> void takeOver(Class<T> type, T desired, String patch) {
    var meta = desired.getMetadata();
    Await.await(
        "take over " + what(desired),
        context.ports().kube().mergePatch(type, meta.getNamespace(), meta.getName(), patch));
  }

  private void warnOfRefused(HasMetadata desired, List<Difference> differences) {
    String fact = "refused " + what(desired);
    String refused =
        differences.stream()
            .filter(difference -> difference.effect() == Effect.FORBIDDEN)
            .map(Difference::shown)
            .collect(Collectors.joining("; "));
    if (refused.isEmpty()) {
      context.memory().forget(fact);
    } else if (!context.memory().knows(fact, refused)) {
      context.memory().remember(fact, refused);
      String message = " keeps what cannot be changed in a living cluster: " + refused;
      context.journal().warn("Refused", what(desired) + message);
    }
  }

  /**
   * Deletes an object that is not wanted any more, and what it made. Asks nothing when the watch
   * knows of none, or of one that carries our labels and was made by somebody else.
   */
  void remove(Class<? extends HasMetadata> type, String name) {
    ObjectKey key = ObjectKey.of(type, context.id().namespace(), name);
    Inventory inventory = context.ports().inventory();
    boolean ours =
        inventory
            .find(type, key.namespace(), name)
            .filter(seen -> !seen.deleting() && !Projection.isForeign(seen.owned()))
            .isPresent();
    if (!ours) {
      return;
    }
    LOG.info("{}: deleted, because the manifest does not ask for it", key);
    Await.await(
        "delete " + key,
        context.ports().kube().delete(type, key.namespace(), name, Dependents.DELETE));
    inventory.forget(key, context.id());
  }

  /** Whether the live object, as the watch has seen it, is as it should be. */
  boolean inSync(Derived desired, Inventory.Seen seen) {
    // The second form covers what the API server stores in a way that the hash does not foresee.
    return seen.owned().equals(desired.hash())
        || context.memory().knows(fact(desired.key()), desired.hash() + " as " + seen.owned());
  }

  /** Applies the object and takes note of it as stored, which is returned. */
  <T extends HasMetadata> T apply(T desired) {
    T stored = store(desired);
    rememberStored(desired, stored);
    return stored;
  }

  private <T extends HasMetadata> T store(T possible) {
    T stored = Await.await("apply " + what(possible), context.ports().kube().apply(possible));
    context.ports().inventory().note(stored, context.id());
    return stored;
  }

  private void rememberStored(HasMetadata desired, HasMetadata stored) {
    Derived known = Derived.of(desired);
    String as = " as " + Projection.hashOfOwned(stored);
    context.memory().remember(fact(known.key()), known.hash() + as);
  }

  /**
   * Deletes an object that has fields which cannot be changed, so that it is made anew. What a
   * StatefulSet controlled, the database's pods, is left alone and found again by the next one; a
   * Deployment would not find its own.
   *
   * @return whether Kubernetes keeps the object until its garbage collector has freed what stays
   */
  private <T extends HasMetadata> boolean mustLeave(Class<T> type, T desired) {
    var meta = desired.getMetadata();
    boolean podsStay = type.equals(StatefulSet.class);
    Await.await(
        "delete what cannot be changed, " + what(desired),
        context
            .ports()
            .kube()
            .delete(
                type,
                meta.getNamespace(),
                meta.getName(),
                podsStay ? Dependents.ORPHAN : Dependents.DELETE));
    if (podsStay) {
      context.ports().inventory().forget(ObjectKey.of(desired), context.id());
    }
    return podsStay;
  }

  private static String what(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }

  private static String fact(ObjectKey object) {
    return "stored " + object;
  }
}
