package dev.pgoperator.model;

import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Secrets with name and password of a role (behaviour.md §1.10). What a secret already says is not
 * ours to change.
 */
public final class CredentialSecrets {

  public static final String USERNAME = "username";
  public static final String PASSWORD = "password";

  /** Clients of the pooler select its secret by these labels, which depend on this very name. */
  private static final String POOLER_USER = "pooler";

  private CredentialSecrets() {}

  public static Secret desired(Blueprint b, RoleCredential role, SecretText password) {
    boolean isForeign = !role.namespace().equals(b.namespace());
    // Secrets that shall outlive their cluster must not be collected with it.
    boolean isOwned = !isForeign && b.config().operator().deletion().secrets();
    ObjectMeta metadata =
        Metadata.unnamed(role.namespace(), labels(b, role), Annotations.inherited(b));
    metadata.setName(role.secretName());
    metadata.setOwnerReferences(isOwned ? Owners.of(b) : List.of());
    Secret secret = new Secret();
    secret.setMetadata(metadata);
    secret.setType("Opaque");
    secret.setData(Map.of(USERNAME, encoded(role.role()), PASSWORD, encoded(password.reveal())));
    return secret;
  }

  /** JSON merge patch that changes nothing but name and password. */
  public static String patch(String username, SecretText password) {
    return Json.write(
        Map.of("data", Map.of(USERNAME, encoded(username), PASSWORD, encoded(password.reveal()))));
  }

  private static Map<String, String> labels(Blueprint b, RoleCredential role) {
    return role.role().equals(POOLER_USER)
        ? Labels.poolerSelector(b, Role.PRIMARY)
        : Labels.object(b);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
