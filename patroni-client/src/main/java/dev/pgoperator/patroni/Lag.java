package dev.pgoperator.patroni;

/**
 * How far a replica is behind its leader. Patroni writes a number, or the word {@code unknown}
 * while it cannot tell. The order puts the smallest lag first and the unknown one last.
 */
public sealed interface Lag extends Comparable<Lag> {
  /**
   * So much is missing.
   *
   * @param bytes of WAL, never negative
   */
  record Known(long bytes) implements Lag {
    public Known {
      bytes = Math.max(0, bytes);
    }
  }

  /** Patroni does not know; to be taken as infinite by anyone who chooses a new primary. */
  record Unknown() implements Lag {}

  /** A known lag. */
  static Lag of(long bytes) {
    return new Known(bytes);
  }

  @Override
  default int compareTo(Lag other) {
    return Long.compare(sortable(), other.sortable());
  }

  private long sortable() {
    return switch (this) {
      case Known(long bytes) -> bytes;
      case Unknown _ -> Long.MAX_VALUE;
    };
  }
}
