package dev.pgoperator.pg;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param connect from the first packet to the end of the login
 * @param statement for one statement, enforced by the server; a server silent for longer than that,
 *     with a second's grace, is given up
 * @param sync for everything that one call does
 */
public record PgTimeouts(Duration connect, Duration statement, Duration sync) {
  /** 5 seconds, 60 seconds (an extension's script may take long) and 10 minutes. */
  public static final PgTimeouts DEFAULT =
      new PgTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10));

  Duration silence() {
    return statement.plusSeconds(1);
  }
}
