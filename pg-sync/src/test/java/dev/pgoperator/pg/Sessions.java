package dev.pgoperator.pg;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
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
    var options =
        new PgConnectOptions()
            .setHost(endpoint.host())
            .setPort(endpoint.port())
            .setUser(endpoint.user())
            .setPassword(endpoint.password().reveal())
            .setDatabase(database);
    var rows =
        PgConnection.connect(vertx, options)
            .compose(connection -> connection.query(sql).execute().eventually(connection::close));
    try {
      return StreamSupport.stream(rows.await(20, TimeUnit.SECONDS).spliterator(), false).toList();
    } catch (java.util.concurrent.TimeoutException late) {
      throw new IllegalStateException("no answer to: " + sql, late);
    }
  }
}
