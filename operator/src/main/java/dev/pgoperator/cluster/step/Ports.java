package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.Kube;
import dev.pgoperator.patroni.PatroniClient;
import dev.pgoperator.pg.PgSync;
import java.time.InstantSource;

/** The outside systems that steps speak to, and what the watches know. */
public record Ports(
    Kube kube, Inventory inventory, PatroniClient patroni, PgSync postgres, InstantSource clock) {}
