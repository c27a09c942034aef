package dev.pgoperator.pg;

import dev.pgoperator.pg.SyncReport.Failed;
import dev.pgoperator.pg.plan.Change;
import dev.pgoperator.pg.plan.Statement;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs changes on one session, each whole or not at all. */
final class Executor {
  private final Session session;
  private final Tally tally;

  Executor(Session session, Tally tally) {
    this.session = session;
    this.tally = tally;
  }

  /** What became of a list of changes. */
  record Result(List<Change> applied, List<Failed> failed) {
    static final Result NONE = new Result(List.of(), List.of());

    Result then(Result next) {
      var applied = new ArrayList<>(this.applied);
      applied.addAll(next.applied);
      var failed = new ArrayList<>(this.failed);
      failed.addAll(next.failed);
      return new Result(applied, failed);
    }
  }

  /**
   * All in one pipelined transaction, which costs one round trip. When the server refuses one of
   * them, each on its own, so that one bad wish does not hold up the others.
   */
  Future<Result> together(List<Change> changes) {
    return quietly(changes, () -> transaction(changes));
  }

  /** No verifier may come into the server's log, whatever is set there. */
  private Future<Result> quietly(List<Change> changes, Supplier<Future<Result>> work) {
    if (changes.stream()
        .flatMap(change -> change.statements().stream())
        .noneMatch(Statement::hides)) {
      return work.get();
    }
    return settings(Quiet.SETTINGS)
        .compose(_ -> work.get())
        .compose(result -> settings(Quiet.BACK).map(result));
  }

  private Future<RowSet<Row>> settings(List<String> statements) {
    tally.statements(statements.size());
    return session.send(String.join("; ", statements), "choose what is logged");
  }

  private Future<Result> transaction(List<Change> changes) {
    if (changes.size() < 2) {
      return oneByOne(changes);
    }
    List<Future<RowSet<Row>>> sent = new ArrayList<>();
    sent.add(session.send("BEGIN", "begin"));
    changes.forEach(change -> sent.add(send(change)));
    sent.add(session.send("COMMIT", "commit"));
    return Future.join(sent)
        .map(all -> new Result(changes, List.of()))
        .recover(
            _ ->
                sent.stream()
                    .filter(
                        each ->
                            each.failed() && !(each.cause() instanceof PgFailure.StatementFailed))
                    .findFirst()
                    .map(broken -> Future.<Result>failedFuture(broken.cause()))
                    .orElseGet(() -> oneByOne(changes)));
  }

  /**
   * Each in its own transaction, pipelined; then the refused ones again as long as that helps: one
   * may have needed another.
   */
  Future<Result> oneByOne(List<Change> changes) {
    List<Future<RowSet<Row>>> sent = changes.stream().map(this::send).toList();
    return Future.join(sent)
        .transform(
            _ -> {
              List<Change> applied = new ArrayList<>();
              List<Change> refused = new ArrayList<>();
              List<Failed> failed = new ArrayList<>();
              for (int i = 0; i < sent.size(); i++) {
                Change change = changes.get(i);
                if (sent.get(i).succeeded()) {
                  applied.add(change);
                } else if (sent.get(i).cause() instanceof PgFailure.StatementFailed failure) {
                  refused.add(change);
                  failed.add(new Failed(change.subject(), failure));
                } else {
                  return Future.failedFuture(sent.get(i).cause());
                }
              }
              boolean hope = !refused.isEmpty() && !applied.isEmpty();
              return hope
                  ? oneByOne(refused).map(again -> new Result(applied, List.of()).then(again))
                  : Future.succeededFuture(new Result(applied, failed));
            });
  }

  /** The statements of a change in one simple query, which the server runs as one transaction. */
  private Future<RowSet<Row>> send(Change change) {
    tally.statements(change.statements().size());
    String sql =
        change.statements().stream().map(Statement::text).collect(Collectors.joining("; "));
    return session.send(sql, "change " + change.subject() + " because " + change.reason());
  }
}
