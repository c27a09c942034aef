package dev.pgoperator.patroni;

/** How Patroni answered an order to restart. */
public enum RestartResult {
  /** PostgreSQL was restarted and accepts connections. */
  RESTARTED,
  /** A condition of the order did not hold (nothing pending, or another role); nothing happened. */
  NOT_NEEDED
}
