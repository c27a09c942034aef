package dev.pgoperator.cluster.step;

import static java.util.stream.Collectors.toSet;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Replicas;
import dev.pgoperator.model.RoleDefinition;
import dev.pgoperator.model.RoleNote;
import dev.pgoperator.model.RoleSecret;
import dev.pgoperator.model.RoleSet;
import dev.pgoperator.model.Roles;
import dev.pgoperator.pg.PgEndpoint;
import dev.pgoperator.pg.PgFailure;
import dev.pgoperator.pg.PgSync;
import dev.pgoperator.pg.SyncReport;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.Secret;
import dev.pgoperator.pg.plan.Skipped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Roles, databases, schemas and extensions, as soon as there is a primary that accepts writes.
 * Nothing is asked while neither the wishes, nor a secret, nor the primary has changed since they
 * were last compared.
 */
public final class SyncDatabase implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(SyncDatabase.class);
  static final int PORT = 5432;

  /** Remembered with what was wished for, as long as the database has it. */
  static final String IN_SYNC = "database";

  /** What is remembered to be left out begins so. */
  private static final String LEFT_OUT = "left out of the database: ";

  /**
   * Of PostgreSQL's error codes: a role that owns objects, or has rights on some, is not dropped.
   */
  private static final String DEPENDENT_OBJECTS = "2BP01";

  private static final Duration LOOK_AGAIN = Duration.ofHours(1);

  @Override
  public Outcome run(SyncContext context) {
    Optional<Outcome> skipped = leftAlone(context);
    if (skipped.isPresent()) {
      return skipped.get();
    }
    return switch (Primary.find(context)) {
      case Primary.NotYet(var why) -> Waiting.until(context, "WaitingForPrimary", why);
      case Primary.Found(var pod) -> compare(context, pod);
    };
  }

  /** Why the database is none of our business, if it is not. */
  private static Optional<Outcome> leftAlone(SyncContext context) {
    if (!context.blueprint().config().operator().scope().databaseAccess()) {
      return Optional.of(new Outcome.Skipped("enable_database_access is off"));
    }
    if (context.cluster().spec().isStandby()) {
      return Optional.of(new Outcome.Skipped("a standby cluster takes its roles from its source"));
    }
    return Replicas.count(context.blueprint()) == 0
        ? Optional.of(new Outcome.Skipped("the cluster is scaled to zero"))
        : Optional.empty();
  }

  /**
   * The server to which this sync will have to connect, as far as that is known without asking
   * anybody; empty also when nothing has changed that concerns it.
   */
  static Optional<PgEndpoint> expected(SyncContext context) {
    Optional<PodState> primary = Primary.labelled(context.pods());
    if (primary.isEmpty() || leftAlone(context).isPresent()) {
      return Optional.empty();
    }
    RoleSet roles = Roles.of(context.blueprint());
    if (context.memory().knows(IN_SYNC, fingerprint(context, roles, primary.get()))) {
      return Optional.empty();
    }
    String superuser = context.blueprint().config().roles().system().superuser();
    return roles
        .named(superuser)
        .flatMap(RoleDefinition::credential)
        .flatMap(role -> Credentials.remembered(context, role))
        .map(RoleSecret::password)
        .filter(password -> !password.isEmpty())
        .map(password -> endpoint(primary.get(), superuser, new Secret(password.reveal())));
  }

  private static Outcome compare(SyncContext context, PodState primary) {
    RoleSet roles = Roles.of(context.blueprint());
    String wishes = fingerprint(context, roles, primary);
    if (!context.thorough() && context.memory().knows(IN_SYNC, wishes)) {
      return leftOut(context.memory().remembered(LEFT_OUT));
    }
    Credentials credentials = Credentials.observe(context, roles.credentials());
    PodFlags.followEdits(context, roles, credentials);
    Answer answer = ask(context, primary, roles, credentials);
    if (answer instanceof Answer.Locked) {
      Superuser.repair(context, primary, credentials);
      answer = ask(context, primary, roles, credentials);
    }
    return switch (answer) {
      case Answer.NotNow(var why) -> Waiting.until(context, "DatabaseUnreachable", why);
      case Answer.Locked(var failure) -> throw failure;
      case Answer.Report(var report) -> {
        tell(roles, report);
        Optional<Outcome> kept = kept(report);
        Set<String> left = report.skipped().stream().map(SyncDatabase::text).collect(toSet());
        context.memory().retain(LEFT_OUT, prefixed(left));
        if (kept.isEmpty()) {
          context.memory().remember(IN_SYNC, wishes);
        }
        yield kept.orElseGet(() -> leftOut(left));
      }
    };
  }

  /** Remembered, because the next sync does not ask the server and has to say the same. */
  private static Outcome leftOut(Set<String> parts) {
    return parts.isEmpty()
        ? Outcome.done()
        : new Outcome.LeftOut(
            "DatabaseNotAsWritten", parts.stream().sorted().collect(Collectors.joining("; ")));
  }

  private static Set<String> prefixed(Set<String> parts) {
    return parts.stream().map(part -> LEFT_OUT + part).collect(toSet());
  }

  private static String text(Skipped skipped) {
    return skipped.subject() + " is left out: " + skipped.reason();
  }

  private static Answer ask(
      SyncContext context, PodState primary, RoleSet roles, Credentials credentials) {
    String superuser = context.blueprint().config().roles().system().superuser();
    PgEndpoint endpoint = endpoint(primary, superuser, credentials);
    Desired wishes = Wishes.of(context, roles, credentials);
    PgSync postgres = context.ports().postgres();
    return context
        .turn()
        .session(
            "sync the database",
            cancellation ->
                postgres
                    .sync(endpoint, wishes, cancellation)
                    .map(Answer::of)
                    .otherwise(Answer::of));
  }

  static PgEndpoint endpoint(PodState server, String superuser, Credentials credentials) {
    return endpoint(server, superuser, new Secret(credentials.of(superuser).reveal()));
  }

  private static PgEndpoint endpoint(PodState server, String superuser, Secret password) {
    return new PgEndpoint(server.address(), PORT, superuser, password);
  }

  /** How the server took it; a failure that will not pass by itself stays a failure. */
  private sealed interface Answer {
    record Report(SyncReport report) implements Answer {}

    record NotNow(String why) implements Answer {}

    /** The server does not know the password in the superuser's secret. */
    record Locked(PgFailure.LoginRejected failure) implements Answer {}

    static Answer of(SyncReport report) {
      return new Report(report);
    }

    static Answer of(Throwable failure) {
      if (failure instanceof PgFailure.Unreachable
          || failure instanceof PgFailure.TimedOut
          || failure instanceof PgFailure.ReadOnly) {
        return new NotNow(String.valueOf(failure.getMessage()));
      }
      if (failure instanceof PgFailure.LoginRejected rejected) {
        return new Locked(rejected);
      }
      throw failure instanceof PgFailure known
          ? known
          : new StepFailed("sync the database", failure);
    }
  }

  private static void tell(RoleSet roles, SyncReport report) {
    roles.notes().stream().map(RoleNote::text).forEach(note -> LOG.info("{}", note));
    report
        .applied()
        .forEach(change -> LOG.info("changed {}, because {}", change.subject(), change.reason()));
    report.skipped().forEach(skipped -> LOG.warn("{}", text(skipped)));
    String failures = text(report.failed().stream().filter(failed -> !isInUse(failed)));
    if (!failures.isEmpty()) {
      throw new StepFailed(failures);
    }
  }

  /** Users of old rotations that own something stay until somebody has given it away. */
  private static Optional<Outcome> kept(SyncReport report) {
    String inUse = text(report.failed().stream().filter(SyncDatabase::isInUse));
    return inUse.isEmpty()
        ? Optional.empty()
        : Optional.of(new Outcome.Hindered(LOOK_AGAIN, "ExpiredUsersInUse", inUse));
  }

  private static boolean isInUse(SyncReport.Failed failed) {
    return failed.failure() instanceof PgFailure.StatementFailed refused
        && refused.sqlState().equals(DEPENDENT_OBJECTS);
  }

  private static String text(Stream<SyncReport.Failed> failed) {
    return failed
        .map(one -> one.subject() + ": " + one.failure().getMessage())
        .collect(Collectors.joining("; "));
  }

  /**
   * Changes whenever a comparison could find something; versions of secrets stand for the passwords
   * in them.
   */
  private static String fingerprint(SyncContext context, RoleSet roles, PodState primary) {
    String secrets =
        roles.credentials().stream()
            .map(role -> Credentials.version(context, role))
            .collect(Collectors.joining(","));
    var access = context.cluster().spec().access();
    return String.join(
        " ",
        roles.roles().toString(),
        access.databases().toString(),
        access.preparedDatabases().toString(),
        Wishes.lookup(context).toString(),
        departures(context),
        secrets,
        primary.uid());
  }

  /** Beside the roles themselves, what decides who goes and which membership gives way. */
  private static String departures(SyncContext context) {
    var settings = context.blueprint().config().roles();
    var humans = settings.teams().humans();
    boolean known = context.blueprint().sources().people().complete();
    return (humans.deprecation() ? humans.deletionSuffix() + known : "-")
        + settings.system().additionalOwnerRoles();
  }
}
