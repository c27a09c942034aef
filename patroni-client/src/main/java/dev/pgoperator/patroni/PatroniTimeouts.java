package dev.pgoperator.patroni;

import java.time.Duration;

/**
 * Deadlines of the calls, each from the call to the complete answer.
 *
 * @param connect for reaching the member at all; part of every other deadline
 * @param query for questions
 * @param change for orders that Patroni only notes: configuration, reload, reinitialize, a
 *     scheduled switchover
 * @param switchover for a switchover at once; Patroni answers after the new leader runs
 * @param restart for a restart; Patroni answers after PostgreSQL accepts connections again
 * @param demotion for how long a former leader is watched until it runs as a replica
 */
public record PatroniTimeouts(
    Duration connect,
    Duration query,
    Duration change,
    Duration switchover,
    Duration restart,
    Duration demotion) {

  /**
   * Checks the deadlines.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public PatroniTimeouts {
    for (Duration deadline :
        new Duration[] {connect, query, change, switchover, restart, demotion}) {
      if (!deadline.isPositive()) {
        throw new IllegalArgumentException("a deadline must be positive: " + deadline);
      }
    }
  }

  /**
   * Two seconds to connect, five for a question, fifteen for a noted order. Patroni watches a
   * switchover for at least 20 s, and waits 300 s for PostgreSQL to start ({@code
   * primary_start_timeout}), before it answers. A former leader is a replica after one to three
   * seconds where nothing is wrong; one that has to be rewound or copied takes longer than anybody
   * should wait for, so ten seconds.
   */
  public static PatroniTimeouts defaults() {
    return new PatroniTimeouts(
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(330),
        Duration.ofSeconds(10));
  }
}
