package dev.pgoperator.pg;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One connection to one database. Everything that a tenant could have set for sessions in its
 * database and that would change the meaning of our statements is pinned in the startup packet,
 * which outranks role and database settings.
 */
final class Session {
  /** The database that always exists and that no tenant owns. */
  static final String MAINTENANCE = "postgres";

  private final SqlConnection connection;
  private final String address;

  private Session(SqlConnection connection, String address) {
    this.connection = connection;
    this.address = address;
  }

  /**
   * Sends one simple query, which may hold several statements; several calls in a row are
   * pipelined.
   */
  Future<RowSet<Row>> send(String sql, String doing) {
    return connection
        .query(sql)
        .execute()
        .recover(cause -> Future.failedFuture(Failures.of(cause, doing + " at " + address)));
  }

  /** Notices go nowhere: they may quote names, and the driver would log them. */
  static Session on(SqlConnection connection, PgEndpoint endpoint) {
    PgConnection.cast(connection).noticeHandler(notice -> {});
    return new Session(connection, endpoint.address());
  }

  /** A pool of one: unlike a bare connection it can be closed while it is still connecting. */
  static Pool pool(Vertx vertx, PgEndpoint endpoint, String database, PgTimeouts timeouts) {
    return PgBuilder.pool()
        .with(new PoolOptions().setMaxSize(1))
        .with(transport(timeouts))
        .connectingTo(options(endpoint, database, timeouts))
        .using(vertx)
        .build();
  }

  private static NetClientOptions transport(PgTimeouts timeouts) {
    return new NetClientOptions()
        .setConnectTimeout((int) timeouts.connect().toMillis())
        .setReadIdleTimeout((int) timeouts.silence().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  private static PgConnectOptions options(
      PgEndpoint endpoint, String database, PgTimeouts timeouts) {
    var options =
        new PgConnectOptions()
            .setHost(endpoint.host())
            .setPort(endpoint.port())
            .setUser(endpoint.user())
            .setPassword(endpoint.password().reveal())
            .setDatabase(database)
            .setProperties(settings(timeouts));
    return switch (endpoint.tls()) {
      case Tls.Off() -> options.setSslMode(SslMode.DISABLE);
      case Tls.Required() ->
          options
              .setSslMode(SslMode.REQUIRE)
              .setSslOptions(new ClientSSLOptions().setTrustAll(true));
      case Tls.Verified(String authority) ->
          options
              .setSslMode(SslMode.VERIFY_FULL)
              .setSslOptions(
                  new ClientSSLOptions()
                      .setHostnameVerificationAlgorithm("HTTPS")
                      .setTrustOptions(
                          new PemTrustOptions().addCertValue(Buffer.buffer(authority))));
    };
  }

  private static Map<String, String> settings(PgTimeouts timeouts) {
    Map<String, String> settings = new HashMap<>(PgConnectOptions.DEFAULT_PROPERTIES);
    settings.put("application_name", "pg-sync");
    settings.put("search_path", "pg_catalog, pg_temp");
    settings.put("role", "none");
    settings.put("standard_conforming_strings", "on");
    settings.put("statement_timeout", Long.toString(timeouts.statement().toMillis()));
    settings.put("lock_timeout", "0");
    // As the reference: a role change does not wait for a synchronous replica that may be gone.
    settings.put("synchronous_commit", "local");
    return settings;
  }
}
