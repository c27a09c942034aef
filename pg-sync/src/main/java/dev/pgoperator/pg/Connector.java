package dev.pgoperator.pg;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Opens the sessions of one call, counts them, and closes each, or all of them at once. */
final class Connector {
  private final Vertx vertx;
  private final PgEndpoint endpoint;
  private final PgTimeouts timeouts;
  private final Tally tally;
  private final Set<Pool> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Connector(Vertx vertx, PgEndpoint endpoint, PgTimeouts timeouts, Tally tally) {
    this.vertx = vertx;
    this.endpoint = endpoint;
    this.timeouts = timeouts;
    this.tally = tally;
  }

  /**
   * Connects, works, and closes whatever happened, also a connection that never came to its end.
   */
  <T> Future<T> with(String database, Function<Session, Future<T>> work) {
    return with(Session.pool(vertx, endpoint, database, timeouts), database, work);
  }

  /** The same on a connection to {@code postgres} that was perhaps opened ahead. */
  <T> Future<T> withMaintenance(ConnectionsAhead ahead, Function<Session, Future<T>> work) {
    return ahead
        .take(endpoint)
        .map(pool -> with(pool, Session.MAINTENANCE, work))
        .orElseGet(() -> with(Session.MAINTENANCE, work));
  }

  private <T> Future<T> with(Pool pool, String database, Function<Session, Future<T>> work) {
    tally.connection();
    open.add(pool);
    if (closed) {
      closeAll();
    }
    String doing = "connect to database \"" + database + "\" at " + endpoint.address();
    return pool.getConnection()
        .timeout(timeouts.connect().toMillis(), TimeUnit.MILLISECONDS)
        .recover(cause -> Future.failedFuture(Failures.of(cause, doing)))
        .compose(connection -> work.apply(Session.on(connection, endpoint)))
        .eventually(
            () -> {
              open.remove(pool);
              return pool.close().otherwiseEmpty();
            });
  }

  /** Breaks off all work; sessions opened later break off at once. */
  void closeAll() {
    closed = true;
    open.forEach(Pool::close);
  }
}
