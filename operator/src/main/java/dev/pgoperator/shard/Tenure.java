package dev.pgoperator.shard;

import dev.pgoperator.kube.Fence;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The time for which this pod holds a shard, from taking it to losing it or giving it up. It ends
 * by itself when it is not extended, and once it has ended it never begins again: whoever takes the
 * shard once more begins another one. Thread-safe.
 */
public final class Tenure implements Fence {
  private final int shard;
  private final Supplier<Duration> clock;
  private Duration until; // guarded by this
  private boolean leaving; // guarded by this
  private boolean ended; // guarded by this
  private int underWay; // guarded by this

  /**
   * @param clock goes on while the process is stopped
   * @param until when it ends, by that clock
   */
  public Tenure(int shard, Supplier<Duration> clock, Duration until) {
    this.shard = shard;
    this.clock = clock;
    this.until = until;
  }

  public int shard() {
    return shard;
  }

  /** Whether this pod may write at this moment. */
  public synchronized boolean open() {
    ended = ended || clock.get().compareTo(until) >= 0;
    return !ended;
  }

  /** Whether syncs may begin and go on at this moment. */
  public synchronized boolean lasts() {
    return open() && !leaving;
  }

  @Override
  public synchronized boolean enter() {
    if (!open()) {
      return false;
    }
    underWay++;
    return true;
  }

  @Override
  public synchronized void leave() {
    underWay--;
  }

  /** Whether no write is under way. */
  synchronized boolean quiet() {
    return underWay == 0;
  }

  /**
   * The lease was renewed.
   *
   * @return false when it was too late
   */
  synchronized boolean extend(Duration longer) {
    if (open() && longer.compareTo(until) > 0) {
      until = longer;
    }
    return !ended;
  }

  /** What runs may finish what it has begun, nothing else begins. */
  synchronized void prepareToLeave() {
    leaving = true;
  }

  /** Nothing is written any more. */
  synchronized void end() {
    ended = true;
  }
}
