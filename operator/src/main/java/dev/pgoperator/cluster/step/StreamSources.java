package dev.pgoperator.cluster.step;

import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.Streams;
import dev.pgoperator.patroni.ConfigPatch;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.MemberStatus;
import dev.pgoperator.patroni.PendingRestart;
import dev.pgoperator.pg.Cancellation;
import dev.pgoperator.pg.PgFailure;
import dev.pgoperator.pg.SyncReport;
import dev.pgoperator.pg.plan.DatabaseName;
import dev.pgoperator.pg.plan.DesiredPublications;
import dev.pgoperator.pg.plan.Sql;
import dev.pgoperator.pg.plan.TableName;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publications by SQL and replication slots through Patroni, for the streams of one cluster. */
final class StreamSources {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSources.class);

  /** "There is no database of that name." */
  private static final String NO_DATABASE = "3D000";

  private static final String WAL_LEVEL = "wal_level";

  private static final String RESTART =
      "wal_level becomes logical only with a restart of PostgreSQL";

  private final Blueprint blueprint;
  private final PatroniAnswers answers;
  private final MemberAddress member;
  private final Databases databases;
  private final Turn turn;
  private final Set<String> ready = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private Optional<Duration> restarts = Optional.empty();

  /** Makes the publications of one database, unless it is cancelled. */
  @FunctionalInterface
  interface Databases {
    Future<SyncReport> make(DesiredPublications desired, Cancellation cancellation);
  }

  /**
   * @param databases makes the publications of one database at the primary
   */
  StreamSources(
      Blueprint blueprint,
      PatroniAnswers answers,
      MemberAddress primary,
      Databases databases,
      Turn turn) {
    this.blueprint = blueprint;
    this.answers = answers;
    this.member = primary;
    this.databases = databases;
    this.turn = turn;
  }

  /** Slots whose publication is there and which Patroni keeps from now on. */
  Set<String> ready() {
    return ready;
  }

  /** What could not be made, one sentence each. */
  List<String> problems() {
    return problems;
  }

  /** Until when members may begin to say that they wait for a restart, if it made them wait. */
  Optional<Duration> restarts() {
    return restarts;
  }

  /** Makes what is wanted and takes away what is not. */
  void make() {
    DynamicConfig live = turn.look("read Patroni's configuration", answers.config(member));
    if (!live.initialised()) {
      problems.add("Patroni has no configuration yet");
      return;
    }
    Map<String, String> stale = Streams.stale(blueprint, live.slots());
    Map<String, Map<String, Set<String>>> wanted = Streams.publications(blueprint);
    Set<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(stale.values());
    for (String database : names) {
      if (!publications(database, wanted.getOrDefault(database, Map.of()))) {
        // A slot is what tells that there may be a publication left.
        stale.values().removeIf(database::equals);
      }
    }
    configure(live, stale.keySet());
    restart();
  }

  /** Whether nothing is left in the database that is not wanted. */
  private boolean publications(String database, Map<String, Set<String>> wanted) {
    Map<String, Set<TableName>> tables = new HashMap<>();
    wanted.forEach(
        (name, list) ->
            tables.put(name, list.stream().map(TableName::of).collect(Collectors.toSet())));
    var desired = new DesiredPublications(new DatabaseName(database), Streams.PREFIX, tables);
    try {
      SyncReport report =
          turn.session(
              "publications of database " + database,
              cancellation -> databases.make(desired, cancellation));
      report.applied().forEach(change -> LOG.info("{}: {}", change.subject(), change.reason()));
      report.failed().forEach(one -> problems.add(String.valueOf(one.failure().getMessage())));
      wanted.keySet().stream().filter(name -> isThere(name, report)).forEach(ready::add);
      return report.failed().isEmpty();
    } catch (StepFailed closed) {
      boolean absent =
          closed.getCause() instanceof PgFailure.StatementFailed refused
              && refused.sqlState().equals(NO_DATABASE);
      if (!absent || !wanted.isEmpty()) {
        problems.add(String.valueOf(closed.getMessage()));
      }
      return absent;
    }
  }

  private static boolean isThere(String publication, SyncReport report) {
    String subject = "publication " + Sql.ident(publication) + " ";
    return report.failed().stream().noneMatch(one -> one.subject().startsWith(subject))
        && report.skipped().stream().noneMatch(one -> (one.subject() + " ").startsWith(subject));
  }

  /** A slot keeps WAL on the server's disk until it is read: none is made before it is needed. */
  private void configure(DynamicConfig live, Set<String> stale) {
    ConfigPatch.Builder patch = ConfigPatch.against(live);
    Streams.slots(blueprint)
        .forEach(
            (name, settings) -> {
              if (!Streams.isPossible(name)) {
                ready.remove(name);
                problems.add(
                    "slot %s cannot be: its name may have 63 small letters, digits and underscores"
                        .formatted(name));
              } else if (ready.contains(name)) {
                patch.slot(name, settings).parameter(WAL_LEVEL, "logical");
              }
            });
    stale.forEach(patch::removeSlot);
    ConfigPatch changes = patch.build();
    if (!changes.isEmpty()) {
      LOG.info("Patroni's configuration: {}", changes.changes());
      Await.await(
          "change the slots", answers.order(patroni -> patroni.patchConfig(member, changes)));
    }
    if (changes.changes().stream().anyMatch(change -> change.path().contains(WAL_LEVEL))) {
      problems.add(RESTART);
      restarts = Optional.of(SyncPatroni.takenUp(live));
    }
  }

  /** Patroni says so with its next loop after the change, and until it has been done. */
  private void restart() {
    if (ready.isEmpty() || problems.contains(RESTART)) {
      return;
    }
    MemberStatus status = turn.look("ask for a pending restart", answers.status(member));
    if (status.pendingRestart() instanceof PendingRestart.Needed(var reasons)
        && (reasons.isEmpty() || reasons.containsKey(WAL_LEVEL))) {
      problems.add(RESTART);
    }
  }
}
