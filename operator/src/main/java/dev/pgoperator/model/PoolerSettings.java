package dev.pgoperator.model;

import dev.pgoperator.api.Access.Pooler;
import dev.pgoperator.config.AddOnSettings;

/**
 * What holds for both poolers of a cluster: the manifest's choices, the configuration's where it
 * made none, within bounds (behaviour.md §7.3).
 *
 * @param instances pods of each pooler
 * @param schema where the lookup function lives in each database
 * @param maxDbConnections connections to one database, of all pods of a pooler together
 */
public record PoolerSettings(
    int instances, String image, String schema, String user, String mode, int maxDbConnections) {

  private static final int CONNECTIONS = 60;

  public static PoolerSettings of(Blueprint b) {
    Pooler own = b.spec().access().pooler();
    AddOnSettings.Pooler configured = b.config().addOns().pooler();
    return new PoolerSettings(
        Math.max(1, either(own.pods().numberOfInstances(), configured.instances())),
        either(own.pods().dockerImage(), configured.image()),
        either(own.session().schema(), configured.session().schema()),
        SystemRoles.poolerUser(b),
        either(own.session().mode(), configured.session().mode()),
        either(
            own.session().maxDbConnections(),
            either(configured.session().maxDbConnections(), CONNECTIONS)));
  }

  public static boolean isOn(Blueprint b, Role role) {
    Pooler pooler = b.spec().access().pooler();
    return switch (role) {
      case PRIMARY -> pooler.isPrimaryOn();
      case REPLICA -> pooler.isReplicaOn();
    };
  }

  /** Connections of one pod to one database; PgBouncer takes 0 for "as many as you like". */
  int connectionsPerPod() {
    return Math.max(1, maxDbConnections / instances);
  }

  /** Of these for one pair of user and database; with none at all nobody would be served. */
  int defaultSize() {
    return Math.max(1, connectionsPerPod() / 2);
  }

  /** Kept open while nobody asks, and as many in reserve. */
  int minSize() {
    return defaultSize() / 2;
  }

  private static int either(int own, int otherwise) {
    return own > 0 ? own : otherwise;
  }

  private static String either(String own, String otherwise) {
    return own.isEmpty() ? otherwise : own;
  }
}
