package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.Kube;
import dev.pgoperator.patroni.PatroniClient;
import dev.pgoperator.pg.PgSync;
import java.time.InstantSource;

/** The outside systems that steps speak to, what the watches know, and who is told what happens. */
public record Ports(
    Kube kube,
    Inventory inventory,
    PatroniClient patroni,
    PgSync postgres,
    InstantSource clock,
    Chronicle chronicle) {}
