package dev.pgoperator.cluster.step;

import dev.pgoperator.cloud.Disks;
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

  PatroniClient patroni() {
    return servers.patroni();
  }

  PgSync postgres() {
    return servers.postgres();
  }
}
