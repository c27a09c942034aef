package dev.pgoperator.patroni;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Measures for how long nobody accepts writes while a leader hands over: both members are asked
 * again and again until the candidate says that it does.
 */
final class WriteGap {
  private static final long PAUSE_MILLIS = 25;

  /** How long the candidate is asked after Patroni said that it leads. */
  private static final long GRACE_MILLIS = 5_000;

  private final Poll poll;
  private final PatroniClient client;
  private final MemberAddress leader;
  private final MemberAddress candidate;
  private final AtomicLong lastBefore = new AtomicLong();
  private final AtomicLong firstAfter = new AtomicLong();
  private final AtomicLong end = new AtomicLong(Long.MAX_VALUE);

  WriteGap(Vertx vertx, PatroniClient client, MemberAddress leader, MemberAddress candidate) {
    this.poll = new Poll(vertx, PAUSE_MILLIS);
    this.client = client;
    this.leader = leader;
    this.candidate = candidate;
  }

  Future<HandOver> during(Supplier<Future<SwitchoverResult>> switchover) {
    Future<Void> watched =
        Future.join(poll.until(this::watchLeader), poll.until(this::watchCandidate)).mapEmpty();
    return switchover
        .get()
        .onComplete(
            done -> end.set(System.nanoTime() + (done.succeeded() ? GRACE_MILLIS * 1_000_000 : 0)))
        .compose(result -> watched.map(seen -> new HandOver(result.message(), gap())));
  }

  private Duration gap() {
    long from = lastBefore.get();
    long to = firstAfter.get();
    return from == 0 || to == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, to - from));
  }

  private Future<Boolean> watchLeader() {
    long asked = System.nanoTime();
    return writable(leader)
        .map(
            yes -> {
              if (yes && firstAfter.get() == 0) {
                lastBefore.set(asked);
              }
              return over();
            });
  }

  private Future<Boolean> watchCandidate() {
    return writable(candidate)
        .map(
            yes -> {
              if (yes) {
                firstAfter.compareAndSet(0, System.nanoTime());
              }
              return over();
            });
  }

  private boolean over() {
    return firstAfter.get() != 0 || System.nanoTime() > end.get();
  }

  /** A member that does not answer accepts no writes. */
  private Future<Boolean> writable(MemberAddress member) {
    return client
        .status(member)
        .map(
            status ->
                status.role() == MemberRole.Known.PRIMARY
                    && status.state().runs()
                    && status.server() instanceof Server.Running)
        .otherwise(false);
  }
}
