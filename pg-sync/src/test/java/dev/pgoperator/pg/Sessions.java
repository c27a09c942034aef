package dev.pgoperator.pg;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Runs SQL as a test wants it, on the driver without our session. */
final class Sessions {
  private final Vertx vertx;

  Sessions(Vertx vertx) {
    this.vertx = vertx;
  }

  List<Row> sql(PgEndpoint endpoint, String database, String sql) {
    var rows =
        PgConnection.connect(vertx, options(endpoint, database))
            .compose(connection -> connection.query(sql).execute().eventually(connection::close));
    return StreamSupport.stream(awaited(rows, sql).spliterator(), false).toList();
  }

  /** One statement after the other, on one connection to {@code postgres}. */
  void inOneSession(PgEndpoint endpoint, List<String> statements) {
    awaited(
        PgConnection.connect(vertx, options(endpoint, "postgres"))
            .compose(
                connection -> {
                  Future<?> done = Future.succeededFuture();
                  for (String statement : statements) {
                    done = done.compose(_ -> connection.query(statement).execute());
                  }
                  return done.eventually(connection::close);
                }),
        "a list of statements");
  }

  /** A connection to {@code postgres} that the caller closes. */
  PgConnection open(PgEndpoint endpoint) {
    return awaited(PgConnection.connect(vertx, options(endpoint, "postgres")), "a connection");
  }

  /** Takes every place that the server has for this user. */
  List<PgConnection> allPlaces(PgEndpoint endpoint) {
    List<PgConnection> taken = new ArrayList<>();
    while (true) {
      try {
        taken.add(open(endpoint));
      } catch (PgException full) {
        return taken;
      }
    }
  }

  private static PgConnectOptions options(PgEndpoint endpoint, String database) {
    return new PgConnectOptions()
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setUser(endpoint.user())
        .setPassword(endpoint.password().reveal())
        .setDatabase(database);
  }

  private static <T> T awaited(Future<T> answer, String what) {
    try {
      return answer.await(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new IllegalStateException("no answer to: " + what, late);
    }
  }
}
