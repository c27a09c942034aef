package dev.pgoperator.pg;

import dev.pgoperator.pg.plan.Change;
import dev.pgoperator.pg.plan.CreateDatabase;
import dev.pgoperator.pg.plan.Plan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Makes new databases side by side: each is a copy of a template, for which its session waits, most
 * of the time for the server's disk.
 */
final class NewDatabases {
  /**
   * Copying the template database is written to the log page by page; pglz makes that five times
   * slower than lz4 does. For this session only, and not where somebody chose another way.
   */
  private static final String COPY_FASTER =
      """
      SELECT pg_catalog.set_config(name, 'lz4', false) FROM pg_catalog.pg_settings
       WHERE name OPERATOR(pg_catalog.=) 'wal_compression'
         AND setting OPERATOR(pg_catalog.=) 'pglz' AND 'lz4' OPERATOR(pg_catalog.=) ANY (enumvals)
         AND (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname OPERATOR(pg_catalog.=) current_user)
      """;

  private final Session own;
  private final Connector sessions;
  private final Tally tally;

  /**
   * @param own the session that is there already; others are opened where there are more databases
   */
  NewDatabases(Session own, Connector sessions, Tally tally) {
    this.own = own;
    this.sessions = sessions;
    this.tally = tally;
  }

  /** What is new of a plan, in as many sessions as a sync may have. */
  Future<Executor.Result> make(Plan plan) {
    List<Change> all = plan.changes().stream().filter(CreateDatabase.class::isInstance).toList();
    int lanes = Math.min(ServerSync.LANES, all.size());
    List<Future<Executor.Result>> running = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int first = lane;
      List<Change> some =
          IntStream.range(0, all.size())
              .filter(index -> index % lanes == first)
              .mapToObj(all::get)
              .toList();
      running.add(lane == 0 ? make(own, some) : inAnother(some));
    }
    return Future.join(running)
        .map(
            done ->
                running.stream()
                    .map(Future::result)
                    .reduce(Executor.Result.NONE, Executor.Result::then));
  }

  /**
   * Those that a server with no place for another session has to make in the first one. What went
   * wrong in a session that was there is not tried again.
   */
  private Future<Executor.Result> inAnother(List<Change> some) {
    var opened = new AtomicBoolean();
    return sessions
        .with(
            Session.MAINTENANCE,
            session -> {
              opened.set(true);
              return make(session, some);
            })
        .recover(cause -> opened.get() ? Future.failedFuture(cause) : make(own, some));
  }

  private Future<Executor.Result> make(Session session, List<Change> some) {
    tally.statements(1);
    return session
        .send(COPY_FASTER, "choose how the log is compressed")
        .compose(chosen -> new Executor(session, tally).oneByOne(some));
  }
}
