package dev.pgoperator.watch;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
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
        if (inventory.note(live)) {
          tell(live);
        }
      }
      case Change.Gone<T>(var last) -> {
        if (inventory.forget(last)) {
          tell(last);
        }
      }
    }
  }

  private void tell(HasMetadata object) {
    var trigger = new Trigger.ObjectChanged(ObjectKey.of(object).toString());
    String namespace = object.getMetadata().getNamespace();
    clusterOf(object)
        .ifPresentOrElse(
            name -> fleet.tellIfKnown(new ClusterId(namespace, name), trigger),
            () -> fleet.tellNamespace(namespace, trigger));
  }

  private Optional<String> clusterOf(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(nameLabel));
  }
}
