package dev.pgoperator.pg;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections to {@code postgres} that are opened a moment before they are needed, one for each
 * server. Whoever takes one may find it still connecting, or connects anew where that has failed,
 * so a failure is told where the connection is used. Thread-safe.
 */
final class ConnectionsAhead {
  /** More at once would be a burst, in which nobody is served by yet more connections. */
  private static final int MOST = 16;

  /** Long enough for a few requests to Kubernetes; what nobody takes is closed after that. */
  private static final Duration KEPT = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final PgTimeouts timeouts;

  /** Of nobody's verticle: its timers run also when a caller's is undeployed. */
  private final Context context;

  private final Map<PgEndpoint, Pool> open = new ConcurrentHashMap<>();

  ConnectionsAhead(Vertx vertx, PgTimeouts timeouts) {
    this.vertx = vertx;
    this.timeouts = timeouts;
    this.context = vertx.getOrCreateContext();
  }

  void open(PgEndpoint endpoint) {
    if (open.size() >= MOST) {
      return;
    }
    Pool pool = Session.pool(vertx, endpoint, Session.MAINTENANCE, timeouts);
    if (open.putIfAbsent(endpoint, pool) != null) {
      pool.close();
      return;
    }
    context.runOnContext(
        now -> {
          vertx.setTimer(KEPT.toMillis(), late -> close(endpoint, pool));
          pool.getConnection().compose(SqlConnection::close).otherwiseEmpty();
        });
  }

  /** A pool of one, for the caller to close. */
  Optional<Pool> take(PgEndpoint endpoint) {
    return Optional.ofNullable(open.remove(endpoint));
  }

  private void close(PgEndpoint endpoint, Pool pool) {
    if (open.remove(endpoint, pool)) {
      pool.close();
    }
  }
}
