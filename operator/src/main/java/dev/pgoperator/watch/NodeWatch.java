package dev.pgoperator.watch;

import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.Nodes;
import io.fabric8.kubernetes.api.model.Node;
import java.util.function.Consumer;

/** Keeps what is known of nodes, and triggers the clusters that have pods on one that changed. */
public final class NodeWatch implements Consumer<Change<Node>> {
  private final Fleet fleet;
  private final Inventory inventory;

  public NodeWatch(Fleet fleet, Inventory inventory) {
    this.fleet = fleet;
    this.inventory = inventory;
  }

  @Override
  public void accept(Change<Node> change) {
    Nodes nodes = inventory.nodes();
    switch (change) {
      case Change.Present<Node>(var node) -> {
        if (nodes.note(node)) {
          String name = node.getMetadata().getName();
          inventory
              .clustersOn(name)
              .forEach(id -> fleet.tellIfKnown(id, new Trigger.NodeChanged(name)));
        }
      }
      case Change.Gone<Node>(var last) -> nodes.forget(last);
    }
  }
}
