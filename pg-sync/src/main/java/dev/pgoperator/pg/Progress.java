package dev.pgoperator.pg;

import dev.pgoperator.pg.SyncReport.Failed;
import dev.pgoperator.pg.plan.Change;
import dev.pgoperator.pg.plan.CreateDatabase;
import dev.pgoperator.pg.plan.CreateRole;
import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.ObservedServer;
import dev.pgoperator.pg.plan.ObservedServer.ListedDatabase;
import dev.pgoperator.pg.plan.RestoreRole;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.Skipped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a sync found and has done so far. */
record Progress(ObservedServer server, Executor.Result result, List<Skipped> skipped) {

  Progress(ObservedServer server) {
    this(server, Executor.Result.NONE, List.of());
  }

  static Progress failed(ObservedServer server, DatabaseName database, PgFailure failure) {
    var failed = new Failed("database " + database.quoted(), failure);
    return new Progress(server, new Executor.Result(List.of(), List.of(failed)), List.of());
  }

  Progress then(Executor.Result more) {
    return new Progress(server, result.then(more), skipped);
  }

  Progress then(Progress more) {
    List<Skipped> all = new ArrayList<>(skipped);
    all.addAll(more.skipped);
    return new Progress(server, result.then(more.result), all);
  }

  /** Observed and created ones. */
  Set<RoleName> roles() {
    Set<RoleName> roles = new HashSet<>(server.roles().keySet());
    for (Change change : result.applied()) {
      if (change instanceof CreateRole created) {
        roles.add(created.role());
      } else if (change instanceof RestoreRole restored) {
        roles.add(restored.role());
      }
    }
    return roles;
  }

  /** Observed and created ones. */
  Set<DatabaseName> databases() {
    Set<DatabaseName> databases = new HashSet<>(server.databases().keySet());
    for (Change change : result.applied()) {
      if (change instanceof CreateDatabase created) {
        databases.add(created.database());
      }
    }
    return databases;
  }

  /** Whether users may connect to it; a database made a moment ago lets them. */
  boolean open(DatabaseName name) {
    ListedDatabase listed = server.databases().get(name);
    return listed == null || listed.open();
  }

  SyncReport report(Traffic traffic) {
    return new SyncReport(result.applied(), result.failed(), skipped, traffic);
  }
}
