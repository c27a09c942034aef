package dev.pgoperator.e2e;

import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that appends rows one by one, each committed by itself, and connects anew whenever
 * something goes wrong. Remembers which rows were acknowledged and how long it had to wait.
 */
final class Appender implements AutoCloseable {
  private static final long ANSWER_MILLIS = 1_000;

  private final Vertx vertx;
  private final InetSocketAddress server;
  private final Login login;
  private final List<Integer> acknowledged = new ArrayList<>(); // guarded by this
  private Duration longestGap = Duration.ZERO; // guarded by this
  private Duration gapOfLate = Duration.ZERO; // guarded by this
  private volatile boolean stopped;
  private final Thread thread;

  private Appender(Vertx vertx, InetSocketAddress server, Login login) {
    this.vertx = vertx;
    this.server = server;
    this.login = login;
    this.thread = Thread.ofVirtual().unstarted(this::run);
  }

  /** Makes the table and starts. */
  static Appender start(Vertx vertx, InetSocketAddress server, Login login) {
    new Sql(vertx).column(server, login, "CREATE TABLE IF NOT EXISTS appended (n int PRIMARY KEY)");
    new Sql(vertx).column(server, login, "TRUNCATE appended");
    var appender = new Appender(vertx, server, login);
    appender.thread.start();
    return appender;
  }

  private void run() {
    int next = 0;
    long last = System.nanoTime();
    while (!stopped) {
      try (Open open = connect()) {
        while (!stopped) {
          int row = next++;
          open.execute("INSERT INTO appended VALUES (" + row + ")");
          long now = System.nanoTime();
          acknowledge(row, Duration.ofNanos(now - last));
          last = now;
          LockSupport.parkNanos(5_000_000); // as an application that also does something else
        }
      } catch (Exception disturbed) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private synchronized void acknowledge(int row, Duration since) {
    acknowledged.add(row);
    longestGap = since.compareTo(longestGap) > 0 ? since : longestGap;
    gapOfLate = since.compareTo(gapOfLate) > 0 ? since : gapOfLate;
  }

  private record Open(PgConnection connection) implements AutoCloseable {
    void execute(String statement) throws Exception {
      connection.query(statement).execute().await(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private Open connect() throws Exception {
    var options =
        new PgConnectOptions()
            .setHost(server.getHostString())
            .setPort(server.getPort())
            .setUser(login.user())
            .setPassword(login.password())
            .setDatabase(login.database())
            .setSslMode(SslMode.REQUIRE)
            .setSslOptions(new ClientSSLOptions().setTrustAll(true));
    options.setReconnectAttempts(0);
    return new Open(
        PgConnection.connect(vertx, options).await(ANSWER_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** The longest time between two acknowledged rows. */
  synchronized Duration longestGap() {
    return longestGap;
  }

  /** The longest time since the last call of this, or the start. */
  synchronized Duration longestGapOfLate() {
    Duration gap = gapOfLate;
    gapOfLate = Duration.ZERO;
    return gap;
  }

  synchronized int count() {
    return acknowledged.size();
  }

  /** Ends it and gives the acknowledged rows that the database has lost. */
  Set<Integer> lost() {
    close();
    Set<Integer> missing;
    synchronized (this) {
      missing = new HashSet<>(acknowledged);
    }
    new Sql(vertx)
        .column(server, login, "SELECT n FROM appended")
        .forEach(row -> missing.remove(Integer.valueOf(row)));
    return missing;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
