package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.CredentialSecrets;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.RoleCredential;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The passwords of a cluster's roles, as their secrets say now. */
final class Credentials {
  private final Map<String, SecretText> byRole;

  private Credentials(Map<String, SecretText> byRole) {
    this.byRole = byRole;
  }

  /** Empty text for a role whose secret has no password. */
  SecretText of(String role) {
    return byRole.getOrDefault(role, SecretText.EMPTY);
  }

  /** One list for the secrets in the cluster's own namespace, one read for each elsewhere. */
  static Credentials observe(SyncContext context, List<RoleCredential> wanted) {
    var kube = context.ports().kube();
    Map<String, String> labels = Labels.selector(context.blueprint().config(), context.id());
    Map<String, Secret> here = new HashMap<>();
    for (Secret secret :
        Await.await(
            "read the secrets", kube.list(Secret.class, context.id().namespace(), labels))) {
      here.put(secret.getMetadata().getName(), secret);
    }
    Map<String, SecretText> byRole = new HashMap<>();
    for (RoleCredential role : wanted) {
      Optional<Secret> secret = Optional.ofNullable(here.get(role.secretName()));
      if (secret.isEmpty() || !role.namespace().equals(context.id().namespace())) {
        secret =
            Await.await(
                "read the secret of " + role.role(),
                kube.find(Secret.class, role.namespace(), role.secretName()));
      }
      secret
          .flatMap(Credentials::password)
          .ifPresent(password -> remember(context, byRole, role, password));
    }
    return new Credentials(byRole);
  }

  private static void remember(
      SyncContext context,
      Map<String, SecretText> byRole,
      RoleCredential role,
      SecretText password) {
    byRole.put(role.role(), password);
    context.memory().rememberPassword(role, password);
  }

  private static Optional<SecretText> password(Secret secret) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(CredentialSecrets.PASSWORD))
        .map(encoded -> new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8))
        .filter(text -> !text.isEmpty())
        .map(SecretText::new);
  }
}
