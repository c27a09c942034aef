package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.CredentialSecrets;
import dev.pgoperator.model.RoleCredential;
import dev.pgoperator.model.RoleDefinition;
import dev.pgoperator.model.RoleOrigin;
import dev.pgoperator.pg.PgEndpoint;
import dev.pgoperator.pg.PgFailure;
import dev.pgoperator.pg.SyncReport;
import dev.pgoperator.pg.plan.Departures;
import dev.pgoperator.pg.plan.Desired;
import dev.pgoperator.pg.plan.Lookup;
import dev.pgoperator.pg.plan.RoleName;
import dev.pgoperator.pg.plan.Secret;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * New passwords for some roles: first in the database, then a login proves them, then the secrets
 * tell them. A secret so never names a login that does not work. Killed anywhere before the last
 * write, the next sync brings the database back to the old secret (a password in place) or finds a
 * user that nobody was told of, and begins again.
 */
final class PasswordRenewal {
  /** Logins at a time. */
  private static final int LANES = 4;

  /** Of PostgreSQL's error codes: let in, but not into this database. */
  private static final String NO_PRIVILEGE = "42501";

  private final SyncContext context;
  private final PodState primary;
  private final Credentials credentials;
  private final List<String> problems = new ArrayList<>();

  PasswordRenewal(SyncContext context, PodState primary, Credentials credentials) {
    this.context = context;
    this.primary = primary;
    this.credentials = credentials;
  }

  /**
   * One password to be renewed.
   *
   * @param username who gets it: the role, or a new user of the role
   * @param next for the secret
   */
  record Due(
      RoleDefinition role, RoleCredential credential, String username, Optional<Instant> next) {}

  /** The same with its new password. */
  private record Renewal(Due due, SecretText password) {
    RoleDefinition role() {
      return due.role();
    }

    String username() {
      return due.username();
    }

    String subject() {
      return "role " + new RoleName(username()).quoted();
    }
  }

  /** What went wrong, a sentence for each role; the others are done. */
  List<String> renew(List<Due> due) {
    List<Renewal> all = due.stream().map(one -> new Renewal(one, Passwords.random())).toList();
    List<Renewal> proven = proven(changed(all));
    if (proven.stream().anyMatch(one -> one.role().origin() == RoleOrigin.SYSTEM)) {
      PodFlags.demandReplacement(context);
    }
    publish(proven);
    return List.copyOf(problems);
  }

  private List<Renewal> changed(List<Renewal> all) {
    var wish =
        new Desired(
            all.stream()
                .flatMap(one -> Wishes.renewed(one.role(), one.username(), one.password()))
                .toList(),
            List.of(),
            List.of(),
            Wishes.encryption(context),
            Departures.NONE,
            new Lookup.None());
    String superuser = context.blueprint().config().roles().system().superuser();
    PgEndpoint endpoint = SyncDatabase.endpoint(primary, superuser, credentials);
    SyncReport report =
        context
            .turn()
            .lastingSession(
                "renew passwords",
                cancellation -> context.ports().postgres().sync(endpoint, wish, cancellation));
    Map<String, String> refused = new HashMap<>();
    report.skipped().forEach(skipped -> refused.put(skipped.subject(), skipped.reason()));
    report
        .failed()
        .forEach(one -> refused.put(one.subject(), String.valueOf(one.failure().getMessage())));
    return all.stream()
        .filter(one -> isFine(one, Optional.ofNullable(refused.get(one.subject()))))
        .toList();
  }

  private boolean isFine(Renewal one, Optional<String> problem) {
    problem.ifPresent(
        why ->
            problems.add(
                "the password of %s is not renewed: user %s: %s"
                    .formatted(one.role().name(), one.username(), why)));
    return problem.isEmpty();
  }

  private List<Renewal> proven(List<Renewal> changed) {
    List<Renewal> proven = new ArrayList<>();
    for (int first = 0; first < changed.size(); first += LANES) {
      Map<Renewal, Future<Void>> logins = new LinkedHashMap<>();
      changed.stream().skip(first).limit(LANES).forEach(one -> logins.put(one, login(one)));
      Await.await("log in", Future.join(List.copyOf(logins.values())).otherwiseEmpty());
      logins.forEach(
          (one, login) -> {
            if (isFine(one, Optional.ofNullable(login.cause()).map(Throwable::getMessage))) {
              proven.add(one);
            }
          });
    }
    return proven;
  }

  private Future<Void> login(Renewal one) {
    var password = new Secret(one.password().reveal());
    var endpoint = new PgEndpoint(primary.address(), SyncDatabase.PORT, one.username(), password);
    return context
        .ports()
        .postgres()
        .verifyLogin(endpoint)
        .recover(
            failure ->
                failure instanceof PgFailure.StatementFailed refused
                        && refused.sqlState().equals(NO_PRIVILEGE)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  private void publish(List<Renewal> proven) {
    Map<RoleCredential, Renewal> all = new LinkedHashMap<>();
    proven.forEach(one -> all.put(one.due().credential(), one));
    Set<RoleCredential> done =
        new SecretWrites(context)
            .edit(
                all.keySet(),
                (credential, live) ->
                    Optional.ofNullable(all.get(credential))
                        .map(
                            one ->
                                CredentialSecrets.renewed(
                                    live, one.username(), one.password(), one.due().next()))
                        .orElse(live));
    // Their pods are marked already.
    all.forEach(
        (role, one) -> {
          if (done.contains(role)) {
            context.memory().podsHaveRead(role, one.password());
          }
        });
    String names =
        done.stream().map(RoleCredential::role).sorted().collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      context.journal().tell("PasswordRotation", "renewed the passwords of " + names);
    }
  }
}
