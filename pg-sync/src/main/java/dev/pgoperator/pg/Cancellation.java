package dev.pgoperator.pg;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stops a sync in the middle: its connections are closed at once, also that to a server which
 * hangs, and its future fails with {@link PgFailure.Cancelled}. What was committed stays; the next
 * sync goes on from there. Thread-safe; cancelling twice is cancelling once.
 */
public final class Cancellation {
  private final Set<Runnable> actions = ConcurrentHashMap.newKeySet();
  private volatile boolean requested;

  /** Stops the syncs that this was given to, now and later. */
  public void cancel() {
    requested = true;
    actions.forEach(Runnable::run);
  }

  /** Whether it was cancelled. */
  public boolean requested() {
    return requested;
  }

  /**
   * Runs the action on cancelling, at once if that has been; the action must bear to be run twice.
   */
  void onCancel(Runnable action) {
    actions.add(action);
    if (requested) {
      action.run();
    }
  }

  void forget(Runnable action) {
    actions.remove(action);
  }
}
