package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Replicas;
import dev.pgoperator.model.RoleNote;
import dev.pgoperator.model.RoleSet;
import dev.pgoperator.model.Roles;
import dev.pgoperator.pg.PgEndpoint;
import dev.pgoperator.pg.PgFailure;
import dev.pgoperator.pg.SyncReport;
import dev.pgoperator.pg.plan.Secret;
import io.vertx.core.Future;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Roles, databases, schemas and extensions, as soon as there is a primary that accepts writes.
 * Nothing is asked while neither the wishes, nor a secret, nor the primary has changed since they
 * were last compared.
 */
public final class SyncDatabase implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(SyncDatabase.class);
  private static final int PORT = 5432;

  /** Remembered with what was wished for, as long as the database has it. */
  static final String IN_SYNC = "database";

  @Override
  public Outcome run(SyncContext context) {
    if (!context.blueprint().config().operator().scope().databaseAccess()) {
      return new Outcome.Skipped("enable_database_access is off");
    }
    if (context.cluster().spec().isStandby()) {
      return new Outcome.Skipped("a standby cluster takes its roles from its source");
    }
    if (Replicas.count(context.blueprint()) == 0) {
      return new Outcome.Skipped("the cluster is scaled to zero");
    }
    return switch (Primary.find(context)) {
      case Primary.NotYet(var why) -> Waiting.until(context, "WaitingForPrimary", why);
      case Primary.Found(var pod) -> compare(context, pod);
    };
  }

  private static Outcome compare(SyncContext context, PodState primary) {
    RoleSet roles = Roles.of(context.blueprint());
    String wishes = fingerprint(context, roles, primary);
    if (!context.thorough() && context.memory().knows(IN_SYNC, wishes)) {
      return Outcome.done();
    }
    Credentials credentials = Credentials.observe(context, roles.credentials());
    String superuser = context.blueprint().config().roles().system().superuser();
    PgEndpoint endpoint = endpoint(primary, superuser, credentials);
    Future<SyncReport> synced =
        context.ports().postgres().sync(endpoint, Wishes.of(context, roles, credentials));
    return switch (Await.await("sync the database", synced.map(Answer::of).otherwise(Answer::of))) {
      case Answer.NotNow(var why) -> Waiting.until(context, "DatabaseUnreachable", why);
      case Answer.Report(var report) -> {
        tell(roles, report);
        context.memory().remember(IN_SYNC, wishes);
        yield Outcome.done();
      }
    };
  }

  static PgEndpoint endpoint(PodState server, String superuser, Credentials credentials) {
    return new PgEndpoint(
        server.address(), PORT, superuser, new Secret(credentials.of(superuser).reveal()));
  }

  /** How the server took it; a failure that will not pass by itself stays a failure. */
  private sealed interface Answer {
    record Report(SyncReport report) implements Answer {}

    record NotNow(String why) implements Answer {}

    static Answer of(SyncReport report) {
      return new Report(report);
    }

    static Answer of(Throwable failure) {
      if (failure instanceof PgFailure.Unreachable
          || failure instanceof PgFailure.TimedOut
          || failure instanceof PgFailure.ReadOnly) {
        return new NotNow(String.valueOf(failure.getMessage()));
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
    report
        .skipped()
        .forEach(skipped -> LOG.warn("{} is left out: {}", skipped.subject(), skipped.reason()));
    if (!report.failed().isEmpty()) {
      throw new StepFailed(
          report.failed().stream()
              .map(failed -> failed.subject() + ": " + failed.failure().getMessage())
              .collect(Collectors.joining("; ")));
    }
  }

  /**
   * Changes whenever a comparison could find something; versions of secrets stand for the passwords
   * in them.
   */
  private static String fingerprint(SyncContext context, RoleSet roles, PodState primary) {
    Inventory inventory = context.ports().inventory();
    String secrets =
        roles.credentials().stream()
            .map(
                role ->
                    inventory
                        .find(
                            io.fabric8.kubernetes.api.model.Secret.class,
                            role.namespace(),
                            role.secretName())
                        .map(Inventory.Seen::version)
                        .orElse("unknown"))
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
