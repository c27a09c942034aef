package dev.pgoperator.patroni;

import java.time.Duration;

/**
 * A switchover that took place.
 *
 * @param message Patroni's own sentence
 * @param gap from the last moment at which the former leader accepted writes to the first at which
 *     the new one did, by their own words; zero when the members were never seen in these states
 */
public record HandOver(String message, Duration gap) {}
