package dev.pgoperator.shard;

import io.vertx.core.Future;
import java.time.Duration;

/** A shard in the hands of this pod, until nothing of it runs here any more. */
final class Hold {
  final Tenure tenure;
  final Trouble trouble;
  private Duration due;
  private Phase phase = new Phase.Working();

  /** How it goes with it. */
  sealed interface Phase {
    record Working() implements Phase {}

    /**
     * Its syncs give way; then it is released.
     *
     * @param stopped done when none runs any more
     */
    record Leaving(Duration since, Future<Void> stopped) implements Phase {}

    /** Another pod may work for it already; it is over when nothing runs any more. */
    record Lost(Future<Void> stopped) implements Phase {}

    /** The request that says so is under way. */
    record Releasing() implements Phase {}
  }

  Hold(Tenure tenure, Duration due) {
    this.tenure = tenure;
    this.trouble = new Trouble("renewing the lease of shard " + tenure.shard());
    this.due = due;
  }

  int shard() {
    return tenure.shard();
  }

  Phase phase() {
    return phase;
  }

  void turn(Phase next) {
    phase = next;
  }

  boolean works() {
    return phase instanceof Phase.Working;
  }

  /** Whether it is time to renew the lease. */
  boolean due(Duration now) {
    boolean renewed =
        switch (phase) {
          case Phase.Working _, Phase.Leaving _ -> true;
          case Phase.Lost _, Phase.Releasing _ -> false;
        };
    return renewed && tenure.open() && now.compareTo(due) >= 0;
  }

  void renewAt(Duration when) {
    due = when;
  }

  boolean over(Future<Void> stopped) {
    return stopped.isComplete() && tenure.quiet();
  }
}
