package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.Kube.Dependents;
import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.model.Difference;
import dev.pgoperator.model.Drift;
import dev.pgoperator.model.Effect;
import dev.pgoperator.model.Projection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
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
    Made needed = compare(type, desired);
    switch (needed) {
      case Made.Unchanged() -> {}
      case Made.Created() -> apply(desired);
      case Made.Changed(var differences) -> {
        if (differences.stream().anyMatch(one -> one.effect() == Effect.RECREATE_OBJECT)) {
          replace(type, desired);
        } else {
          apply(desired);
        }
      }
    }
    return needed;
  }

  /** What {@link #make} would do, without doing it. */
  <T extends HasMetadata> Made compare(Class<T> type, T desired) {
    String namespace = desired.getMetadata().getNamespace();
    String name = desired.getMetadata().getName();
    Optional<Inventory.Seen> seen = context.ports().inventory().find(type, namespace, name);
    if (seen.isPresent() && inSync(desired, seen.get())) {
      return new Made.Unchanged();
    }
    Optional<T> live =
        Await.await("read " + what(desired), context.ports().kube().find(type, namespace, name));
    if (live.isEmpty()) {
      return new Made.Created();
    }
    List<Difference> differences = Drift.compare(desired, live.get());
    differences.forEach(difference -> LOG.info("{}: {}", what(desired), difference));
    return new Made.Changed(differences);
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

  private <T extends HasMetadata> boolean inSync(T desired, Inventory.Seen seen) {
    String want = Projection.hash(desired);
    // The second form covers what the API server stores in a way that the hash does not foresee.
    return seen.owned().equals(want)
        || context.memory().knows(fact(desired), want + " as " + seen.owned());
  }

  /** Applies the object and takes note of it as stored, which is returned. */
  <T extends HasMetadata> T apply(T desired) {
    T stored = Await.await("apply " + what(desired), context.ports().kube().apply(desired));
    context.ports().inventory().note(stored, context.id());
    context
        .memory()
        .remember(
            fact(desired), Projection.hash(desired) + " as " + Projection.hashOfOwned(stored));
    return stored;
  }

  /**
   * For fields that cannot be changed: the object is made anew. What a StatefulSet controlled, the
   * database's pods, is left alone and found again by the new one; a Deployment would not find its
   * own.
   */
  private <T extends HasMetadata> void replace(Class<T> type, T desired) {
    var meta = desired.getMetadata();
    Dependents dependents = type.equals(Deployment.class) ? Dependents.DELETE : Dependents.ORPHAN;
    Await.await(
        "replace " + what(desired),
        context.ports().kube().delete(type, meta.getNamespace(), meta.getName(), dependents));
    apply(desired);
  }

  private static String what(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }

  private static String fact(HasMetadata object) {
    return "stored " + ObjectKey.of(object);
  }
}
