package dev.pgoperator.watch;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.Manifest;
import dev.pgoperator.api.Origin;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Turns each change of a manifest into a trigger. Manifests are decoded one by one, so that a
 * malformed one harms nobody else; one that carries another controller's id is not ours.
 */
public final class ManifestWatch implements Consumer<Change<GenericKubernetesResource>> {
  private final Fleet fleet;
  private final String controllerId;
  private final Map<ClusterId, Origin> seen = new ConcurrentHashMap<>();

  /**
   * @param controllerId our own id; empty for the operator of manifests without the annotation
   */
  public ManifestWatch(Fleet fleet, String controllerId) {
    this.fleet = fleet;
    this.controllerId = controllerId;
  }

  @Override
  public void accept(Change<GenericKubernetesResource> change) {
    switch (change) {
      case Change.Present<GenericKubernetesResource>(var raw) -> present(Manifest.decode(raw));
      case Change.Gone<GenericKubernetesResource>(var raw) -> gone(Manifest.decode(raw));
    }
  }

  private void present(Manifest manifest) {
    if (!manifest.origin().controller().equals(controllerId)) {
      return;
    }
    Origin before = seen.put(manifest.id(), manifest.origin());
    if (before != null && !before.uid().equals(manifest.origin().uid())) {
      fleet.tell(manifest.id(), new Trigger.Deleted(before));
    }
    if (manifest.origin().deletionTimestamp().isPresent()) {
      fleet.tell(manifest.id(), new Trigger.Deleted(manifest.origin()));
    } else if (before == null) {
      fleet.tell(manifest.id(), Trigger.firstSight(manifest));
    } else if (concernsUs(before, manifest.origin())) {
      fleet.tell(manifest.id(), new Trigger.SpecChanged(manifest));
    } else {
      fleet.note(manifest); // for the pod that takes the cluster over
    }
  }

  /** Our own writes of the status come back as changes; they are none to act on. */
  private static boolean concernsUs(Origin before, Origin now) {
    return !before.uid().equals(now.uid())
        || before.generation() != now.generation()
        || !before.annotations().equals(now.annotations())
        || !before.labels().equals(now.labels())
        || !before.ownerReferences().equals(now.ownerReferences());
  }

  private void gone(Manifest last) {
    Origin known = seen.remove(last.id());
    if (known == null) {
      return;
    }
    // A missed deletion is reported with metadata only, so what was known last counts.
    Trigger deleted = new Trigger.Deleted(known);
    if (known.deletionTimestamp().isPresent()) {
      fleet.tellIfKnown(last.id(), deleted); // its teardown began when the deletion was asked for
      fleet.wasTornDown(last.id(), true); // by the pod that has let the manifest go
    } else {
      fleet.tell(last.id(), deleted);
    }
  }
}
