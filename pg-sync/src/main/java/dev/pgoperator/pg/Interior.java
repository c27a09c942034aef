package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.DatabasePlan;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.InteriorPlan;
import dev.pgoperator.pg.plan.Lookup;
import dev.pgoperator.pg.plan.LookupPlan;
import dev.pgoperator.pg.plan.ObservedDatabase;
import dev.pgoperator.pg.plan.Plan;
import dev.pgoperator.pg.plan.PreparedDatabase;
import dev.pgoperator.pg.plan.RoleName;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is inside databases: schemas, privileges and extensions of the prepared ones, the pooler's
 * function in all.
 */
final class Interior {
  private final Desired desired;
  private final Tally tally;
  private final Map<DatabaseName, PreparedDatabase> prepared = new HashMap<>();

  Interior(Desired desired, Tally tally) {
    this.desired = desired;
    this.tally = tally;
    desired.prepared().forEach(database -> prepared.put(database.name(), database));
  }

  /** Whether there may be something to do, given that the database is there. */
  boolean concerns(DatabaseName name, Progress progress) {
    return prepared.containsKey(name)
        || (desired.lookup() instanceof Lookup.Installed && progress.open(name));
  }

  Future<Progress> sync(Session session, DatabaseName name, Progress before) {
    return new Catalog(session, tally)
        .database(desired.lookup())
        .compose(
            have -> {
              Plan plan = plan(name, have, before);
              return new Executor(session, tally)
                  .oneByOne(plan.changes())
                  .map(result -> new Progress(before.server(), result, plan.skipped()));
            });
  }

  private Plan plan(DatabaseName name, ObservedDatabase have, Progress before) {
    RoleName login = before.server().login();
    Plan lookup =
        before.open(name)
            ? LookupPlan.of(name, have, desired.lookup(), before.roles())
            : Plan.EMPTY;
    return Optional.ofNullable(prepared.get(name))
        .map(
            wanted ->
                InteriorPlan.of(
                    have,
                    wanted,
                    login,
                    DatabasePlan.ownerOf(wanted, desired, login),
                    before.roles()))
        .orElse(Plan.EMPTY)
        .then(lookup);
  }
}
