package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Desired;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Makes a server's roles and databases fit. Every failed future carries a {@link PgFailure}.
 * Nothing is dropped or revoked. Safe for use by many callers at once; one server should be synced
 * by one at a time.
 */
public final class PgSync {
  private final Vertx vertx;
  private final PgTimeouts timeouts;
  private final Passwords passwords;

  /** Opens nothing yet. */
  public PgSync(Vertx vertx, PgTimeouts timeouts) {
    this.vertx = vertx;
    this.timeouts = timeouts;
    this.passwords = new Passwords(vertx);
  }

  /**
   * Reads what the server has, sends what is missing, closes its connections. One connection to
   * {@code postgres} and one to each prepared database, at most three catalog queries on each;
   * nothing else is sent to a server that already fits.
   *
   * @param primary the server that accepts writes, with a superuser
   */
  public Future<SyncReport> sync(PgEndpoint primary, Desired desired) {
    var tally = new Tally();
    var sessions =
        new ServerSync.Sessions() {
          @Override
          public <T> Future<T> with(String database, Function<Session, Future<T>> work) {
            tally.connection();
            return Session.with(vertx, primary, database, timeouts, work);
          }
        };
    return new ServerSync(desired, passwords, sessions, tally)
        .run()
        .timeout(timeouts.sync().toMillis(), TimeUnit.MILLISECONDS)
        .recover(cause -> Future.failedFuture(Failures.of(cause, "sync " + primary.address())));
  }

  /** Asks a server what it is: one connection, one query. */
  public Future<PrimaryState> probe(PgEndpoint endpoint) {
    return Session.with(
        vertx,
        endpoint,
        Session.MAINTENANCE,
        timeouts,
        session -> new Catalog(session, new Tally()).state());
  }

  /**
   * Logs in and out again; {@link PgFailure.LoginRejected} means that the server holds another
   * password.
   */
  public Future<Void> verifyLogin(PgEndpoint endpoint) {
    return Session.with(
        vertx, endpoint, Session.MAINTENANCE, timeouts, session -> Future.<Void>succeededFuture());
  }
}
