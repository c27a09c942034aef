package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.Names;
import dev.pgoperator.model.PoolerDeployments;
import dev.pgoperator.model.PoolerServices;
import dev.pgoperator.model.PoolerSettings;
import dev.pgoperator.model.Role;
import dev.pgoperator.model.RoleCredential;
import dev.pgoperator.model.RoleSet;
import dev.pgoperator.model.Roles;
import dev.pgoperator.model.SystemRoles;
import dev.pgoperator.model.UserLists;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The connection poolers, one before the primary and one before the replicas: a list of users, a
 * service and pods for each that is on, and nothing of one that is off. What they need inside the
 * databases is made by {@link SyncDatabase}.
 */
public final class SyncPooler implements Step {

  @Override
  public Outcome run(SyncContext context) {
    boolean anyOn = context.cluster().spec().access().pooler().isOn();
    RoleSet roles = Roles.of(context.blueprint());
    Map<String, SecretText> passwords = anyOn ? passwords(context, roles) : Map.of();
    for (Role role : Role.values()) {
      if (PoolerSettings.isOn(context.blueprint(), role)) {
        make(context, role, roles, passwords);
      } else {
        remove(context, role);
      }
    }
    if (anyOn) {
      return Outcome.done();
    }
    removeCredentials(context, roles);
    return new Outcome.Skipped("no connection pooler is on");
  }

  private static void make(
      SyncContext context, Role role, RoleSet roles, Map<String, SecretText> passwords) {
    Blueprint b = context.blueprint();
    var objects = new OwnedObjects(context);
    new PoolerUsers(context, role).make(UserLists.desired(b, role, passwords));
    objects.make(
        Service.class, "Service of the pooler " + role, () -> PoolerServices.desired(b, role));
    if (objects.make(
            Deployment.class,
            "Deployment of the pooler " + role,
            () -> PoolerDeployments.desired(b, role, roles))
        instanceof OwnedObjects.Made.Created) {
      context.journal().tell("Pooler", "created the Deployment " + Names.pooler(b.id(), role));
    }
  }

  /** Whether it was switched off now or while no operator ran. */
  private static void remove(SyncContext context, Role role) {
    var objects = new OwnedObjects(context);
    objects.remove(Deployment.class, Names.pooler(context.id(), role));
    objects.remove(Service.class, Names.pooler(context.id(), role));
    objects.remove(Secret.class, Names.userList(context.id(), role));
  }

  /** The role stays in the database; its password is of no use any more. */
  private static void removeCredentials(SyncContext context, RoleSet roles) {
    Blueprint b = context.blueprint();
    var objects = new OwnedObjects(context);
    Stream.of(SystemRoles.poolerUser(b), b.config().addOns().pooler().session().user())
        .distinct()
        .filter(user -> roles.named(user).isEmpty())
        .forEach(
            user -> objects.remove(Secret.class, Names.secret(b.config(), b.id().name(), user)));
  }

  private static Map<String, SecretText> passwords(SyncContext context, RoleSet roles) {
    List<RoleCredential> members =
        UserLists.members(context.blueprint(), roles).stream()
            .flatMap(role -> role.credential().stream())
            .toList();
    Credentials known = Credentials.observe(context, members);
    Map<String, SecretText> passwords = new TreeMap<>();
    for (RoleCredential member : members) {
      if (!known.of(member.role()).isEmpty()) {
        passwords.put(member.role(), known.of(member.role()));
      }
    }
    return passwords;
  }
}
