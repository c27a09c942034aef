package dev.pgoperator.watch;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the inventory of owned objects, and triggers the cluster when one was changed or deleted by
 * somebody else.
 */
public final class ObjectWatch<T extends HasMetadata> implements Consumer<Change<T>> {
  private final Fleet fleet;
  private final Inventory inventory;
  private final String nameLabel;

  /**
   * @param nameLabel label that holds the cluster's name; objects without it concern all clusters
   *     of their namespace
   */
  public ObjectWatch(Fleet fleet, Inventory inventory, String nameLabel) {
    this.fleet = fleet;
    this.inventory = inventory;
    this.nameLabel = nameLabel;
  }

  @Override
  public void accept(Change<T> change) {
    switch (change) {
      case Change.Present<T>(var live) -> {
        if (note(live)) {
          tell(live);
        }
      }
      case Change.Gone<T>(var last) -> {
        if (forget(last)) {
          tell(last);
        }
      }
    }
  }

  private boolean note(HasMetadata live) {
    return clusterOf(live)
        .map(id -> inventory.note(live, id))
        .orElseGet(() -> inventory.note(live));
  }

  private boolean forget(HasMetadata last) {
    return clusterOf(last)
        .map(id -> inventory.forget(ObjectKey.of(last), id))
        .orElseGet(() -> inventory.forget(last));
  }

  private void tell(HasMetadata object) {
    var trigger = new Trigger.ObjectChanged(ObjectKey.of(object).toString());
    clusterOf(object)
        .ifPresentOrElse(
            id -> fleet.tellOwner(id, trigger),
            () -> fleet.tellNamespace(object.getMetadata().getNamespace(), trigger));
  }

  private Optional<ClusterId> clusterOf(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .map(labels -> labels.get(nameLabel))
        .map(name -> new ClusterId(object.getMetadata().getNamespace(), name));
  }
}
