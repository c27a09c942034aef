package dev.pgoperator.patroni;

import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * The way of a former leader to a replica: it stops its PostgreSQL and starts it again behind the
 * new leader, which Patroni's answer to a switchover does not wait for.
 *
 * @param patience for how long the member is asked
 */
record Demotion(PatroniClient client, MemberAddress formerLeader, Duration patience) {
  private static final long PAUSE_MILLIS = 100;

  /**
   * Ends when the member says that it runs as a replica, or after the patience. Never fails: a
   * member that does not answer is no replica yet.
   */
  Future<Void> end(Vertx vertx) {
    Timer limit = vertx.timer(patience.toMillis());
    Future<Void> followed =
        new Poll(vertx, PAUSE_MILLIS).until(() -> follows().map(yes -> yes || limit.isComplete()));
    return Future.any(followed, limit)
        .onComplete(end -> limit.cancel())
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private Future<Boolean> follows() {
    return client.status(formerLeader).map(MemberStatus::follows).otherwise(false);
  }
}
