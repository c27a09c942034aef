package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Change;
import dev.pgoperator.pg.plan.CreateDatabase;
import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.DatabasePlan;
import dev.pgoperator.pg.plan.DeparturePlan;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.MemberPlan;
import dev.pgoperator.pg.plan.ObservedServer;
import dev.pgoperator.pg.plan.Plan;
import dev.pgoperator.pg.plan.ReturnPlan;
import dev.pgoperator.pg.plan.RolePlan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * One sync of one server: first what is server-wide, then the inside of each database that needs
 * it.
 */
final class ServerSync {
  /** Databases worked on at once; each is a backend on the user's server. */
  static final int LANES = 4;

  private static final DatabaseName MAINTENANCE = new DatabaseName(Session.MAINTENANCE);

  private final Desired desired;
  private final Passwords passwords;
  private final Connector sessions;
  private final ConnectionsAhead ahead;
  private final Tally tally;
  private final Interior interior;

  ServerSync(
      Desired desired,
      Passwords passwords,
      Connector sessions,
      ConnectionsAhead ahead,
      Tally tally) {
    this.desired = desired;
    this.passwords = passwords;
    this.sessions = sessions;
    this.ahead = ahead;
    this.tally = tally;
    this.interior = new Interior(desired, tally);
  }

  Future<SyncReport> run() {
    return sessions
        .withMaintenance(ahead, this::serverWide)
        .compose(this::otherDatabases)
        .map(progress -> progress.report(tally.traffic()));
  }

  private Future<Progress> serverWide(Session session) {
    return new Catalog(session, tally)
        .server(desired)
        .compose(server -> change(session, ReturnPlan.of(server, desired)))
        .compose(
            progress ->
                interior.concerns(MAINTENANCE, progress)
                    ? interior.sync(session, MAINTENANCE, progress).map(progress::then)
                    : Future.succeededFuture(progress));
  }

  private Future<Progress> change(Session session, ReturnPlan returns) {
    var executor = new Executor(session, tally);
    ObservedServer server = returns.server();
    return passwords
        .judge(desired, server)
        .compose(
            verdicts -> {
              Plan roles =
                  returns
                      .plan()
                      .then(RolePlan.of(server, desired, verdicts))
                      .then(MemberPlan.of(server, desired))
                      .then(DeparturePlan.of(server, desired));
              Plan databases = DatabasePlan.of(server, desired);
              var start =
                  new Progress(server, Executor.Result.NONE, roles.then(databases).skipped());
              return executor
                  .together(roles.changes())
                  .map(start::then)
                  .compose(after -> databases(session, databases).map(after::then));
            });
  }

  private Future<Executor.Result> databases(Session session, Plan plan) {
    List<Change> others =
        plan.changes().stream().filter(change -> !(change instanceof CreateDatabase)).toList();
    return new NewDatabases(session, sessions, tally)
        .make(plan)
        .compose(made -> new Executor(session, tally).oneByOne(others).map(made::then));
  }

  private Future<Progress> otherDatabases(Progress progress) {
    List<DatabaseName> names =
        progress.databases().stream()
            .filter(name -> !name.equals(MAINTENANCE) && interior.concerns(name, progress))
            .sorted()
            .toList();
    List<Future<Progress>> lanes = new ArrayList<>();
    for (int lane = 0; lane < Math.min(LANES, names.size()); lane++) {
      lanes.add(lane(names, lane, progress, new Progress(progress.server())));
    }
    return Future.join(lanes)
        .map(
            all -> {
              Progress sum = progress;
              for (Future<Progress> lane : lanes) {
                sum = sum.then(lane.result());
              }
              return sum;
            });
  }

  private Future<Progress> lane(
      List<DatabaseName> names, int index, Progress before, Progress done) {
    if (index >= names.size()) {
      return Future.succeededFuture(done);
    }
    DatabaseName name = names.get(index);
    return sessions
        .with(name.value(), session -> interior.sync(session, name, before))
        .recover(cause -> closed(name, before.server(), cause))
        .compose(more -> lane(names, index + LANES, before, done.then(more)));
  }

  /** A database that lets nobody in is its own trouble; a server that is gone ends the sync. */
  private static Future<Progress> closed(
      DatabaseName name, ObservedServer server, Throwable cause) {
    return switch (Failures.of(cause, "database " + name.quoted())) {
      case PgFailure.StatementFailed refused ->
          Future.succeededFuture(Progress.failed(server, name, refused));
      case PgFailure.LoginRejected refused ->
          Future.succeededFuture(Progress.failed(server, name, refused));
      case PgFailure.Unreachable fatal -> Future.failedFuture(fatal);
      case PgFailure.TimedOut fatal -> Future.failedFuture(fatal);
      case PgFailure.ReadOnly fatal -> Future.failedFuture(fatal);
      case PgFailure.Cancelled fatal -> Future.failedFuture(fatal);
    };
  }
}
