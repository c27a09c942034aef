package dev.pgoperator.cluster.step;

import dev.pgoperator.cloud.Disks;
import dev.pgoperator.kube.Fence;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.Kube;
import dev.pgoperator.patroni.PatroniClient;
import dev.pgoperator.pg.PgSync;
import java.time.InstantSource;

/** The outside systems that steps speak to, what the watches know, and who is told what happens. */
public record Ports(
    Kube kube,
    Inventory inventory,
    Servers servers,
    Disks disks,
    InstantSource clock,
    Chronicle chronicle) {

  /** What runs in the pods. */
  public record Servers(PatroniClient patroni, PgSync postgres) {}

  /**
   * The same, for one cluster: nothing outside is changed while the fence is closed. Sessions with
   * databases ask their {@link Turn}. A fence that is always open, as that of a pod which is alone,
   * is none.
   */
  public Ports behind(Fence fence) {
    if (fence.equals(Fence.OPEN)) {
      return this;
    }
    return new Ports(
        kube.behind(fence),
        inventory,
        new Servers(new FencedPatroni(servers.patroni(), fence), servers.postgres()),
        new FencedDisks(disks, fence),
        clock,
        chronicle);
  }

  PatroniClient patroni() {
    return servers.patroni();
  }

  PgSync postgres() {
    return servers.postgres();
  }
}
