package dev.pgoperator.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds how many clusters are worked on at the same time. Those that a person waits for go first.
 * Thread-safe; waiting blocks nobody.
 */
public final class Permits {
  private final Deque<Promise<Permit>> urgent = new ArrayDeque<>();
  private final Deque<Promise<Permit>> patient = new ArrayDeque<>();
  private int free;

  public Permits(int atOnce) {
    this.free = atOnce;
  }

  /** Places that nobody holds. */
  public synchronized int free() {
    return free;
  }

  /** How many wait for a place. */
  public synchronized int waiting() {
    return urgent.size() + patient.size();
  }

  /** A place; given back exactly once by its holder. */
  public final class Permit {
    private boolean released;

    private Permit() {}

    public void release() {
      handOn(this);
    }
  }

  /** A permit as soon as one is free. */
  public Future<Permit> acquire(boolean first) {
    Promise<Permit> waiting = Promise.promise();
    synchronized (this) {
      if (free == 0) {
        (first ? urgent : patient).add(waiting);
        return waiting.future();
      }
      free--;
    }
    waiting.complete(new Permit());
    return waiting.future();
  }

  private void handOn(Permit permit) {
    Promise<Permit> next;
    synchronized (this) {
      if (permit.released) {
        return;
      }
      permit.released = true;
      next = urgent.isEmpty() ? patient.poll() : urgent.poll();
      if (next == null) {
        free++;
        return;
      }
    }
    next.complete(new Permit());
  }
}
