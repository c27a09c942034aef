package dev.pgoperator.cluster.step;

import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.CredentialSecrets;
import dev.pgoperator.model.Replicas;
import dev.pgoperator.model.RoleCredential;
import dev.pgoperator.model.RoleDefinition;
import dev.pgoperator.model.RoleSecret;
import dev.pgoperator.model.RoleSet;
import dev.pgoperator.model.Roles;
import dev.pgoperator.model.RotationDecision;
import dev.pgoperator.model.RotationRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Renews passwords when they are due, and says in each secret when that will be. Follows the
 * database step, so that roles are as their secrets say before one is renewed, and a rotation that
 * was interrupted has been taken back.
 */
public final class RotatePasswords implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  /** What is renewed is compared with the database at once, and what expired is dropped. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /** The fact that is remembered begins so: by which lists and options it was decided. */
  private static final String RULES = "rotation: ";

  /** What is to be done with the secrets of a cluster. */
  private static final class Agenda {
    private final List<PasswordRenewal.Due> renewals = new ArrayList<>();
    private final Map<RoleCredential, Instant> schedules = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private Optional<Instant> next = Optional.empty();

    private void add(RoleDefinition role, RoleCredential credential, RotationDecision decision) {
      switch (decision) {
        case RotationDecision.Rest(var due) -> due.ifPresent(this::remember);
        case RotationDecision.Schedule(var due) -> {
          schedules.put(credential, due);
          remember(due);
        }
        case RotationDecision.Renew(var username, var due) ->
            renewals.add(new PasswordRenewal.Due(role, credential, username, due));
        case RotationDecision.Shared(var other) ->
            problems.add(
                "roles %s and %s have one secret, because - and _ are the same in its name"
                    .formatted(role.name(), other));
      }
    }

    private void remember(Instant due) {
      next = Optional.of(next.filter(known -> known.isBefore(due)).orElse(due));
    }
  }

  @Override
  public Outcome run(SyncContext context) {
    Blueprint b = context.blueprint();
    if (!b.config().operator().scope().databaseAccess()
        || context.cluster().spec().isStandby()
        || Replicas.count(b) == 0) {
      return new Outcome.Skipped("there is no primary that the operator may change");
    }
    RoleSet roles = Roles.of(b);
    Credentials credentials = Credentials.observe(context, roles.credentials());
    Instant now = context.ports().clock().instant();
    String wanted = RULES + b.config().roles().rotation() + b.spec().access().rotation();
    var moment = new RotationDecision.Moment(now, cause(context, wanted));
    Agenda agenda = agenda(b, roles, credentials, moment);
    schedule(context, agenda.schedules);
    context.memory().retain(RULES, Set.of(wanted));
    if (!agenda.renewals.isEmpty() && Primary.find(context) instanceof Primary.Found(var primary)) {
      agenda.problems.addAll(
          new PasswordRenewal(context, primary, credentials).renew(agenda.renewals));
    }
    if (!agenda.problems.isEmpty()) {
      return new Outcome.Hindered(
          LOOK_AGAIN, "PasswordRotation", String.join("; ", agenda.problems));
    }
    if (!agenda.renewals.isEmpty()) {
      return new Outcome.LookAgain(AT_ONCE);
    }
    return agenda
        .next
        .<Outcome>map(due -> new Outcome.LookAgain(until(due, now)))
        .orElseGet(Outcome::done);
  }

  /** What people have done about rotation since the last sync. */
  private static RotationDecision.Cause cause(SyncContext context, String wanted) {
    Set<String> before = context.memory().remembered(RULES);
    boolean changed = !before.isEmpty() && !before.contains(wanted.substring(RULES.length()));
    if (changed) {
      return RotationDecision.Cause.CHANGE;
    }
    return switch (context.demand()) {
      case CREATION -> RotationDecision.Cause.CREATION;
      case EDIT -> RotationDecision.Cause.CHANGE;
      case NONE -> RotationDecision.Cause.NONE;
    };
  }

  /** A moment after it: what falls due at that instant is due later than it. */
  private static Duration until(Instant due, Instant now) {
    Duration wait = Duration.between(now, due).plusMillis(10);
    return wait.isNegative() ? AT_ONCE : wait;
  }

  private static Agenda agenda(
      Blueprint b, RoleSet roles, Credentials known, RotationDecision.Moment moment) {
    var agenda = new Agenda();
    for (RoleDefinition role : roles.roles()) {
      Optional<RoleCredential> credential = role.credential();
      Optional<RoleSecret> secret = known.secret(role.name());
      if (credential.isPresent() && secret.isPresent()) {
        RotationRule rule = RotationRule.of(b, role);
        agenda.add(
            role, credential.get(), RotationDecision.of(rule, role.name(), secret.get(), moment));
      }
    }
    return agenda;
  }

  private static void schedule(SyncContext context, Map<RoleCredential, Instant> schedules) {
    if (schedules.isEmpty()) {
      return;
    }
    new SecretWrites(context)
        .edit(
            schedules.keySet(),
            (role, live) ->
                CredentialSecrets.scheduled(live, schedules.getOrDefault(role, Instant.MAX)));
  }
}
