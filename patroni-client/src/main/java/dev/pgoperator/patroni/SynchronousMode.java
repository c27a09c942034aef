package dev.pgoperator.patroni;

/** Whether a commit waits for replicas: Patroni's {@code synchronous_mode}. */
public enum SynchronousMode {
  /** No commit waits. */
  OFF,
  /** Commits wait for named standbys; only they may take over. */
  ON,
  /** Commits wait for any quorum of standbys (Patroni 4.0 and later). */
  QUORUM;

  /** The value as the configuration writes it. */
  Object json() {
    return switch (this) {
      case OFF -> false;
      case ON -> true;
      case QUORUM -> "quorum";
    };
  }
}
