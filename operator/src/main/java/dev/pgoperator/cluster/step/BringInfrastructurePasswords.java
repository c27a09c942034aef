package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.CredentialSecrets;
import dev.pgoperator.model.InfrastructureRoles;
import dev.pgoperator.model.RoleCredential;
import dev.pgoperator.model.Roles;
import io.fabric8.kubernetes.api.model.Secret;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings the passwords of infrastructure roles from where administrators keep them to the secrets
 * of this cluster (behaviour.md §3.10 no. 5). Of a secret that somebody made beforehand only name
 * and password are written.
 */
public final class BringInfrastructurePasswords implements Step {

  @Override
  public Outcome run(SyncContext context) {
    Map<RoleCredential, SecretText> given =
        InfrastructureRoles.passwords(context.blueprint(), Roles.of(context.blueprint()));
    if (given.isEmpty()) {
      return Outcome.done();
    }
    Credentials present = Credentials.observe(context, List.copyOf(given.keySet()));
    List<Future<Void>> brought = new ArrayList<>();
    given.forEach(
        (role, password) -> {
          if (!present.of(role.role()).equals(password)) {
            brought.add(bring(context, role, password));
          }
        });
    Await.await("bring the passwords of infrastructure roles", Future.all(brought));
    if (!brought.isEmpty()) {
      // The watch of a secret that is not ours tells nobody.
      context.memory().forget(SyncDatabase.IN_SYNC);
    }
    return Outcome.done();
  }

  private static Future<Void> bring(SyncContext context, RoleCredential role, SecretText password) {
    var kube = context.ports().kube();
    String patch = CredentialSecrets.patch(role.role(), password);
    return kube.mergePatch(Secret.class, role.namespace(), role.secretName(), patch)
        .compose(done -> kube.find(Secret.class, role.namespace(), role.secretName()))
        .compose(
            found -> {
              found.ifPresent(stored -> new SecretWrites(context).note(role, stored));
              return Future.succeededFuture();
            });
  }
}
