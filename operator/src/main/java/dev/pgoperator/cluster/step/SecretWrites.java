package dev.pgoperator.cluster.step;

import dev.pgoperator.model.RoleCredential;
import io.fabric8.kubernetes.api.model.Secret;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Changes to secrets of roles that exist. Each is read, changed and written with the version that
 * was read: what somebody else wrote in between is never overwritten.
 */
final class SecretWrites {
  private final SyncContext context;

  SecretWrites(SyncContext context) {
    this.context = context;
  }

  /**
   * Reads the secrets and writes them changed.
   *
   * @param change of the live secret
   * @return the roles whose secrets are as wanted now; the others were changed meanwhile or are
   *     gone, which the watch tells
   */
  Set<RoleCredential> edit(
      Collection<RoleCredential> roles, BiFunction<RoleCredential, Secret, Secret> change) {
    List<Future<Optional<Secret>>> written = new ArrayList<>();
    Set<RoleCredential> done = new HashSet<>();
    Credentials.read(context, List.copyOf(roles))
        .forEach((role, live) -> written.add(replace(role, change.apply(role, live), done)));
    Await.await("write the secrets", Future.all(written));
    return done;
  }

  private Future<Optional<Secret>> replace(
      RoleCredential role, Secret changed, Set<RoleCredential> done) {
    return context
        .ports()
        .kube()
        .replace(changed)
        .onSuccess(
            stored ->
                stored.ifPresent(
                    now -> {
                      note(role, now);
                      done.add(role);
                    }));
  }

  /** The sync has seen its own write. */
  void note(RoleCredential role, Secret stored) {
    if (!context.memory().adopted().contains(role)) {
      context.ports().inventory().note(stored);
    }
    Credentials.remember(context, role, stored);
  }
}
