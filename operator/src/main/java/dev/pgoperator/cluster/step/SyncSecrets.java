package dev.pgoperator.cluster.step;

import dev.pgoperator.model.CredentialSecrets;
import dev.pgoperator.model.InfrastructureRoles;
import dev.pgoperator.model.RoleCredential;
import dev.pgoperator.model.RoleSecret;
import dev.pgoperator.model.Roles;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A secret for each role with a password. The password of one that exists is not touched here: what
 * it says counts, also when a person made it beforehand. One that was deleted comes back with the
 * password that it had, if that is still remembered.
 */
public final class SyncSecrets implements Step {
  private static final String LOOKED = "looked for secrets without labels";

  @Override
  public Outcome run(SyncContext context) {
    List<RoleCredential> wanted = Roles.of(context.blueprint()).credentials();
    context
        .memory()
        .rememberAbroad(
            wanted.stream()
                .filter(role -> !role.namespace().equals(context.id().namespace()))
                .collect(Collectors.toSet()));
    List<RoleCredential> unknown = wanted.stream().filter(role -> !isKnown(context, role)).toList();
    List<RoleCredential> missing = without(found(context, unknown), unknown);
    createAll(context, missing);
    follow(context);
    new SecretMarks(context).bring(without(Set.copyOf(missing), wanted));
    return Outcome.done();
  }

  /** Those that no watch selects by their labels. */
  private static void follow(SyncContext context) {
    var followed = context.ports().inventory().followed();
    context
        .memory()
        .adopted()
        .forEach(role -> followed.follow(Credentials.key(role), context.id()));
  }

  private static void createAll(SyncContext context, List<RoleCredential> missing) {
    // All at the same time: a manifest with hundreds of users should not wait for each.
    var made = missing.stream().map(role -> create(context, role)).toList();
    Await.await("create the secrets", Future.all(made));
    List<RoleCredential> created = without(context.memory().adopted(), missing);
    if (!created.isEmpty()) {
      context.journal().tell("Secrets", "created the secrets of " + names(created));
    }
  }

  /**
   * Those that exist although no watch knows them. Asked where an earlier operator may have adopted
   * them, and again in a thorough sync; otherwise creating a secret finds out.
   */
  private static Set<RoleCredential> found(SyncContext context, List<RoleCredential> unknown) {
    boolean takenOver =
        !context.memory().knows(LOOKED, "")
            && context
                .ports()
                .inventory()
                .find(StatefulSet.class, context.id().namespace(), context.id().name())
                .isPresent();
    context.memory().remember(LOOKED, "");
    Map<RoleCredential, Future<Optional<Secret>>> asked = new LinkedHashMap<>();
    unknown.stream()
        .filter(role -> takenOver || context.memory().adopted().contains(role))
        .forEach(
            role ->
                asked.put(
                    role,
                    context
                        .ports()
                        .kube()
                        .find(Secret.class, role.namespace(), role.secretName())));
    Await.await("look for secrets", Future.all(List.copyOf(asked.values())));
    asked.forEach(
        (role, answer) -> {
          if (answer.result().isPresent()) {
            context.memory().adopt(role);
          } else {
            context.memory().abandon(role);
          }
        });
    return context.memory().adopted();
  }

  private static List<RoleCredential> without(
      Set<RoleCredential> some, List<RoleCredential> roles) {
    return roles.stream().filter(role -> !some.contains(role)).toList();
  }

  private static String names(List<RoleCredential> roles) {
    String first =
        roles.stream().limit(5).map(RoleCredential::role).collect(Collectors.joining(", "));
    return roles.size() > 5 ? first + " and " + (roles.size() - 5) + " more roles" : first;
  }

  private static boolean isKnown(SyncContext context, RoleCredential role) {
    return !Credentials.version(context, role).isEmpty()
        || (!context.thorough() && context.memory().adopted().contains(role));
  }

  private static Future<Void> create(SyncContext context, RoleCredential role) {
    RoleSecret content =
        given(context, role)
            .or(() -> context.memory().secret(role))
            .orElseGet(() -> RoleSecret.fresh(role.role(), Passwords.random()));
    Secret desired = CredentialSecrets.desired(context.blueprint(), role, content);
    return context
        .ports()
        .kube()
        .createIfAbsent(desired)
        .map(
            made -> {
              made.ifPresentOrElse(
                  stored -> {
                    context.ports().inventory().note(stored);
                    Credentials.remember(context, role, stored);
                    new SecretMarks(context)
                        .remember(role, stored.getMetadata().getResourceVersion());
                  },
                  () -> context.memory().adopt(role));
              return null;
            });
  }

  /** An infrastructure role's password is not ours to choose. */
  private static Optional<RoleSecret> given(SyncContext context, RoleCredential role) {
    var roles = Roles.of(context.blueprint());
    return Optional.ofNullable(InfrastructureRoles.passwords(context.blueprint(), roles).get(role))
        .map(password -> RoleSecret.fresh(role.role(), password));
  }
}
