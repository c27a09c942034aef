package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.DatabasePlan;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.DesiredRole;
import dev.pgoperator.pg.plan.InteriorPlan;
import dev.pgoperator.pg.plan.ObservedDatabase;
import dev.pgoperator.pg.plan.ObservedServer;
import dev.pgoperator.pg.plan.Plan;
import dev.pgoperator.pg.plan.PreparedDatabase;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.RolePlan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** One sync of one server: first what is server-wide, then the inside of each prepared database. */
final class ServerSync {
  /** Databases worked on at once; each is a backend on the user's server. */
  private static final int LANES = 4;

  private final Desired desired;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Tally tally;

  ServerSync(Desired desired, Passwords passwords, Sessions sessions, Tally tally) {
    this.desired = desired;
    this.passwords = passwords;
    this.sessions = sessions;
    this.tally = tally;
  }

  /** Opens a session on a database, lends it out, closes it. */
  interface Sessions {
    <T> Future<T> with(String database, Function<Session, Future<T>> work);
  }

  Future<SyncReport> run() {
    return sessions
        .with(Session.MAINTENANCE, this::serverWide)
        .compose(this::otherDatabases)
        .map(progress -> progress.report(tally.traffic()));
  }

  private Future<Progress> serverWide(Session session) {
    return new Catalog(session, tally)
        .server(names())
        .compose(server -> change(session, server))
        .compose(progress -> maintenanceDatabase(session, progress));
  }

  private Future<Progress> change(Session session, ObservedServer server) {
    var executor = new Executor(session, tally);
    return passwords
        .judge(desired, server)
        .compose(
            verdicts -> {
              Plan roles = RolePlan.of(server, desired.roles(), verdicts);
              Plan databases = DatabasePlan.of(server, desired);
              var start =
                  new Progress(server, Executor.Result.NONE, roles.then(databases).skipped());
              return executor
                  .together(roles.changes())
                  .map(start::then)
                  .compose(after -> executor.oneByOne(databases.changes()).map(after::then));
            });
  }

  /**
   * The inside of {@code postgres}, should it be a prepared database, on the connection that is
   * there already.
   */
  private Future<Progress> maintenanceDatabase(Session session, Progress progress) {
    return desired.prepared().stream()
        .filter(prepared -> prepared.name().value().equals(Session.MAINTENANCE))
        .findFirst()
        .map(prepared -> interior(session, prepared, progress).map(progress::then))
        .orElse(Future.succeededFuture(progress));
  }

  private Future<Progress> otherDatabases(Progress progress) {
    Set<DatabaseName> present = progress.databases();
    List<PreparedDatabase> reachable =
        desired.prepared().stream()
            .filter(prepared -> present.contains(prepared.name()))
            .filter(prepared -> !prepared.name().value().equals(Session.MAINTENANCE))
            .toList();
    List<Future<Progress>> lanes = new ArrayList<>();
    for (int lane = 0; lane < Math.min(LANES, reachable.size()); lane++) {
      lanes.add(lane(reachable, lane, progress, new Progress(progress.server())));
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
      List<PreparedDatabase> databases, int index, Progress before, Progress done) {
    if (index >= databases.size()) {
      return Future.succeededFuture(done);
    }
    PreparedDatabase database = databases.get(index);
    return sessions
        .with(database.name().value(), session -> interior(session, database, before))
        .recover(cause -> closed(database, before.server(), cause))
        .compose(more -> lane(databases, index + LANES, before, done.then(more)));
  }

  /** A database that lets nobody in is its own trouble; a server that is gone ends the sync. */
  private static Future<Progress> closed(
      PreparedDatabase database, ObservedServer server, Throwable cause) {
    return switch (Failures.of(cause, "database " + database.name().quoted())) {
      case PgFailure.StatementFailed refused ->
          Future.succeededFuture(Progress.failed(server, database, refused));
      case PgFailure.LoginRejected refused ->
          Future.succeededFuture(Progress.failed(server, database, refused));
      case PgFailure.Unreachable fatal -> Future.failedFuture(fatal);
      case PgFailure.TimedOut fatal -> Future.failedFuture(fatal);
      case PgFailure.ReadOnly fatal -> Future.failedFuture(fatal);
      case PgFailure.Cancelled fatal -> Future.failedFuture(fatal);
    };
  }

  private Future<Progress> interior(Session session, PreparedDatabase prepared, Progress before) {
    return new Catalog(session, tally)
        .database()
        .compose(
            have -> {
              Plan plan = plan(have, prepared, before);
              return new Executor(session, tally)
                  .oneByOne(plan.changes())
                  .map(result -> new Progress(before.server(), result, plan.skipped()));
            });
  }

  private Plan plan(ObservedDatabase have, PreparedDatabase prepared, Progress before) {
    RoleName login = before.server().login();
    return InteriorPlan.of(
        have, prepared, login, DatabasePlan.ownerOf(prepared, desired, login), before.roles());
  }

  /** All roles that a decision depends on. */
  private Set<RoleName> names() {
    Set<RoleName> names = new HashSet<>();
    for (DesiredRole role : desired.roles()) {
      names.add(role.name());
      names.addAll(role.memberOf());
      names.addAll(role.admins());
    }
    return names;
  }
}
