package dev.pgoperator.shard;

import java.time.Duration;

/** A clock that only goes forward, also while the process is stopped, and timers. */
public interface Time {

  /** The time since any fixed moment of this process. */
  Duration now();

  /** Does something after a pause, on the one thread that the keeper works on. */
  void later(Duration pause, Runnable action);
}
