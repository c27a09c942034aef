package dev.pgoperator.pg;

/**
 * What a sync cost.
 *
 * @param connections opened
 * @param queries that read catalogs
 * @param statements that change something, repetitions included; 0 when everything fitted
 */
public record Traffic(int connections, int queries, int statements) {}
