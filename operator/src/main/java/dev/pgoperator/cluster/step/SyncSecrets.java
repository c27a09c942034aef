package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.CredentialSecrets;
import dev.pgoperator.model.RoleCredential;
import dev.pgoperator.model.Roles;
import io.fabric8.kubernetes.api.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A secret for each role with a password. One that exists is never rewritten: what it says is the
 * password, also when a person made it beforehand. One that was deleted comes back with the
 * password that it had, if that is still remembered.
 */
public final class SyncSecrets implements Step {

  @Override
  public Outcome run(SyncContext context) {
    List<RoleCredential> missing =
        Roles.of(context.blueprint()).credentials().stream()
            .filter(role -> !exists(context, role))
            .toList();
    if (missing.isEmpty()) {
      return Outcome.done();
    }
    // All at the same time: a manifest with hundreds of users should not wait for each.
    Await.await(
        "create the secrets",
        Future.all(missing.stream().map(role -> create(context, role)).toList()));
    context.journal().tell("Secrets", "created the secrets of " + names(missing));
    return Outcome.done();
  }

  private static String names(List<RoleCredential> roles) {
    String first =
        roles.stream().limit(5).map(RoleCredential::role).collect(Collectors.joining(", "));
    return roles.size() > 5 ? first + " and " + (roles.size() - 5) + " more roles" : first;
  }

  private static boolean exists(SyncContext context, RoleCredential role) {
    return context
        .ports()
        .inventory()
        .find(Secret.class, role.namespace(), role.secretName())
        .isPresent();
  }

  private static Future<Void> create(SyncContext context, RoleCredential role) {
    SecretText password = context.memory().password(role).orElseGet(Passwords::random);
    Secret desired = CredentialSecrets.desired(context.blueprint(), role, password);
    return context
        .ports()
        .kube()
        .createIfAbsent(desired)
        .compose(
            made ->
                made.map(stored -> noted(context, role, password, stored))
                    .orElseGet(() -> label(context, desired)));
  }

  private static Future<Void> noted(
      SyncContext context, RoleCredential role, SecretText password, Secret stored) {
    context.ports().inventory().note(stored);
    context.memory().rememberPassword(role, password, stored.getMetadata().getResourceVersion());
    return Future.succeededFuture();
  }

  /** Somebody made it without our labels: with them it is watched like the others. */
  private static Future<Void> label(SyncContext context, Secret desired) {
    var meta = desired.getMetadata();
    JsonObject labels = new JsonObject();
    meta.getLabels().forEach(labels::put);
    String patch =
        new JsonObject().put("metadata", new JsonObject().put("labels", labels)).encode();
    return context
        .ports()
        .kube()
        .mergePatch(Secret.class, meta.getNamespace(), meta.getName(), patch);
  }
}
