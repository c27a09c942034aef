package dev.pgoperator.watch;

import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.PodState;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Consumer;

/**
 * Keeps the inventory of database pods, and triggers their cluster when something that decisions
 * read has changed.
 */
public final class PodWatch implements Consumer<Change<Pod>> {
  private final Fleet fleet;
  private final Inventory inventory;
  private final String nameLabel;
  private final String roleLabel;

  /**
   * @param nameLabel label that holds the cluster's name
   * @param roleLabel label that holds the pod's role
   */
  public PodWatch(Fleet fleet, Inventory inventory, String nameLabel, String roleLabel) {
    this.fleet = fleet;
    this.inventory = inventory;
    this.nameLabel = nameLabel;
    this.roleLabel = roleLabel;
  }

  @Override
  public void accept(Change<Pod> change) {
    switch (change) {
      case Change.Present<Pod>(var live) -> {
        PodState pod = PodState.of(live, nameLabel, roleLabel);
        if (pod.ofDatabase() && inventory.note(pod)) {
          fleet.tellIfKnown(pod.cluster(), new Trigger.PodChanged(pod.name()));
        }
      }
      case Change.Gone<Pod>(var last) -> {
        PodState pod = PodState.of(last, nameLabel, roleLabel);
        if (!pod.ofDatabase()) {
          return;
        }
        inventory.forget(pod);
        fleet.tellIfKnown(pod.cluster(), new Trigger.PodChanged(pod.name()));
      }
    }
  }
}
