package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredPublications;
import dev.pgoperator.pg.plan.Plan;
import dev.pgoperator.pg.plan.PublicationPlan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
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
  private final ConnectionsAhead ahead;

  /** Salts are random. Opens nothing yet. */
  public PgSync(Vertx vertx, PgTimeouts timeouts) {
    this(vertx, timeouts, Optional.empty());
  }

  /**
   * Opens nothing yet.
   *
   * @param saltKey with one, verifiers that an earlier process made are recognised without deriving
   *     them anew
   */
  public PgSync(Vertx vertx, PgTimeouts timeouts, Optional<SaltKey> saltKey) {
    this.vertx = vertx;
    this.timeouts = timeouts;
    this.passwords = new Passwords(vertx, saltKey);
    this.ahead = new ConnectionsAhead(vertx, timeouts);
  }

  /**
   * Connects to a server that is about to be synced, so that the sync finds itself logged in: that
   * takes as long as all the rest of a sync that changes one role. Does not wait. Closed again
   * after two seconds without a sync; a failure is the sync's to tell. Nothing is opened where one
   * is open already, or sixteen for other servers are.
   */
  public void connectAhead(PgEndpoint primary) {
    ahead.open(primary);
  }

  /**
   * Reads what the server has, sends what is missing, closes its connections. One connection to
   * {@code postgres} and one to each prepared database, at most three catalog queries on each;
   * nothing else is sent to a server that already fits. While several databases are created, up to
   * three more connections.
   *
   * @param primary the server that accepts writes, with a superuser
   */
  public Future<SyncReport> sync(PgEndpoint primary, Desired desired) {
    return sync(primary, desired, new Cancellation());
  }

  /** The same, to be stopped in the middle; it then fails with {@link PgFailure.Cancelled}. */
  public Future<SyncReport> sync(PgEndpoint primary, Desired desired, Cancellation cancellation) {
    var tally = new Tally();
    var connector = new Connector(vertx, primary, timeouts, tally);
    return bounded(
        "sync " + primary.address(),
        connector,
        cancellation,
        new ServerSync(desired, passwords, connector, ahead, tally).run());
  }

  /**
   * Makes the publications of one database fit: one connection, two catalog queries. Unlike roles
   * and schemas, publications of ours that are not wanted are dropped.
   */
  public Future<SyncReport> syncPublications(
      PgEndpoint primary, DesiredPublications desired, Cancellation cancellation) {
    var tally = new Tally();
    var connector = new Connector(vertx, primary, timeouts, tally);
    String doing =
        "sync publications of " + desired.database().quoted() + " at " + primary.address();
    return bounded(
        doing,
        connector,
        cancellation,
        connector.with(
            desired.database().value(), session -> publications(session, desired, tally)));
  }

  private static Future<SyncReport> publications(
      Session session, DesiredPublications desired, Tally tally) {
    return new Catalog(session, tally)
        .publications(desired.prefix())
        .compose(
            have -> {
              Plan plan = PublicationPlan.of(have, desired);
              return new Executor(session, tally)
                  .oneByOne(plan.changes())
                  .map(
                      result ->
                          new SyncReport(
                              result.applied(), result.failed(), plan.skipped(), tally.traffic()));
            });
  }

  private Future<SyncReport> bounded(
      String doing, Connector connector, Cancellation cancellation, Future<SyncReport> running) {
    Runnable stop = connector::closeAll;
    cancellation.onCancel(stop);
    return running
        .timeout(timeouts.sync().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            done -> {
              cancellation.forget(stop);
              connector.closeAll();
            })
        .recover(
            cause ->
                Future.failedFuture(
                    cancellation.requested()
                        ? new PgFailure.Cancelled(doing + ": cancelled")
                        : Failures.of(cause, doing)));
  }

  /** Asks a server what it is: one connection, one query. */
  public Future<PrimaryState> probe(PgEndpoint endpoint) {
    return session(endpoint, session -> new Catalog(session, new Tally()).state());
  }

  /**
   * Logs in and out again; {@link PgFailure.LoginRejected} means that the server holds another
   * password.
   */
  public Future<Void> verifyLogin(PgEndpoint endpoint) {
    return session(endpoint, session -> Future.succeededFuture());
  }

  /**
   * Lets the server write what it holds in memory only, so that its next stop is short. Given up
   * after the time for one statement.
   */
  public Future<Void> checkpoint(PgEndpoint primary) {
    return session(primary, session -> session.send("CHECKPOINT", "checkpoint").mapEmpty());
  }

  private <T> Future<T> session(PgEndpoint endpoint, Function<Session, Future<T>> work) {
    return new Connector(vertx, endpoint, timeouts, new Tally()).with(Session.MAINTENANCE, work);
  }
}
