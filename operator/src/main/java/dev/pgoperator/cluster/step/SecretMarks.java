package dev.pgoperator.cluster.step;

import dev.pgoperator.model.CredentialSecrets;
import dev.pgoperator.model.RoleCredential;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings annotations and owner references to the secrets of roles. A secret is looked at once for
 * each version of it and of the wish.
 */
final class SecretMarks {
  private final SyncContext context;
  private final String wish;

  SecretMarks(SyncContext context) {
    this.context = context;
    this.wish = CredentialSecrets.marks(context.blueprint());
  }

  void bring(List<RoleCredential> roles) {
    List<RoleCredential> unsure = roles.stream().filter(role -> !isSure(role)).toList();
    if (unsure.isEmpty()) {
      return;
    }
    List<RoleCredential> wrong = new ArrayList<>();
    Credentials.read(context, unsure)
        .forEach(
            (role, live) -> {
              if (CredentialSecrets.marked(context.blueprint(), role, live).isPresent()) {
                wrong.add(role);
              } else {
                remember(role, live.getMetadata().getResourceVersion());
              }
            });
    if (!wrong.isEmpty()) {
      new SecretWrites(context)
          .edit(
              wrong,
              (role, live) ->
                  CredentialSecrets.marked(context.blueprint(), role, live).orElse(live));
    }
  }

  private boolean isSure(RoleCredential role) {
    String version = Credentials.version(context, role);
    String known = fact(role);
    return version.isEmpty()
        ? !context.thorough() && context.memory().knows(known, wish)
        : context.memory().knows(known, version + " " + wish);
  }

  /** This version of the secret is as it should be. */
  void remember(RoleCredential role, String version) {
    boolean watched =
        !context.memory().adopted().contains(role) || !Credentials.version(context, role).isEmpty();
    context.memory().remember(fact(role), watched ? version + " " + wish : wish);
  }

  private static String fact(RoleCredential role) {
    return "marks of " + role.namespace() + "/" + role.secretName();
  }
}
