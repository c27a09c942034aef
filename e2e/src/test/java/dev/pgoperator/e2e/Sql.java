package dev.pgoperator.e2e;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * SQL over TLS with a password, as any user of the cluster would do it; a connection for each call.
 */
final class Sql {
  private static final int SECONDS = 10;

  private final Vertx vertx;

  Sql(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * The first column of all rows, as text.
   *
   * @throws AssertionError when the server cannot be reached, refuses the login, or the statement
   *     fails
   */
  List<String> column(InetSocketAddress server, Login login, String statement) {
    return settled("as " + login + ": " + statement, run(server, login, statement));
  }

  /** As {@link #column}, but empty instead of a failure: for what is waited for. */
  Optional<List<String>> tried(InetSocketAddress server, Login login, String statement) {
    try {
      return Optional.of(column(server, login, statement));
    } catch (AssertionError notYet) {
      return Optional.empty();
    }
  }

  /** A connection that stays open: for looking often without disturbing what is measured. */
  Look look(InetSocketAddress server, Login login) {
    return new Look(
        settled("connect as " + login, PgConnection.connect(vertx, options(server, login))));
  }

  /** As {@link #look}, but empty while the server does not let us in. */
  Optional<Look> triedLook(InetSocketAddress server, Login login) {
    try {
      return Optional.of(look(server, login));
    } catch (AssertionError notYet) {
      return Optional.empty();
    }
  }

  /** An open connection. */
  record Look(PgConnection connection) implements AutoCloseable {

    List<String> column(String statement) {
      return settled(statement, connection.query(statement).execute().map(Sql::texts));
    }

    @Override
    public void close() {
      settled("disconnect", connection.close());
    }
  }

  private Future<List<String>> run(InetSocketAddress server, Login login, String statement) {
    return PgConnection.connect(vertx, options(server, login))
        .compose(
            connection ->
                connection
                    .query(statement)
                    .execute()
                    .map(Sql::texts)
                    .eventually(connection::close));
  }

  private static <T> T settled(String what, Future<T> future) {
    try {
      return future.await(SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) { // await() throws any kind
      throw new AssertionError(what + ": " + failure.getMessage(), failure);
    }
  }

  private static PgConnectOptions options(InetSocketAddress server, Login login) {
    return new PgConnectOptions()
        .setHost(server.getHostString())
        .setPort(server.getPort())
        .setUser(login.user())
        .setPassword(login.password())
        .setDatabase(login.database())
        .setSslMode(SslMode.REQUIRE)
        .setSslOptions(new ClientSSLOptions().setTrustAll(true));
  }

  private static List<String> texts(RowSet<Row> rows) {
    List<String> texts = new ArrayList<>();
    StreamSupport.stream(rows.spliterator(), false)
        .map(row -> String.valueOf(row.getValue(0)))
        .forEach(texts::add);
    return texts;
  }
}
