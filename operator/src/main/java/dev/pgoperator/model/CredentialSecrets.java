package dev.pgoperator.model;

import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets with name and password of a role (behaviour.md §1.10). What a secret already says is not
 * ours to change.
 */
public final class CredentialSecrets {

  public static final String USERNAME = "username";
  public static final String PASSWORD = "password";

  /** When the password is renewed, as RFC 3339; empty after rotation was switched off. */
  public static final String NEXT_ROTATION = "nextRotation";

  /** Clients of the pooler select its secret by these labels, which depend on this very name. */
  private static final String POOLER_USER = "pooler";

  private CredentialSecrets() {}

  public static Secret desired(Blueprint b, RoleCredential role, SecretText password) {
    boolean isForeign = !role.namespace().equals(b.namespace());
    // Secrets that shall outlive their cluster must not be collected with it.
    boolean isOwned = !isForeign && b.config().operator().deletion().secrets();
    return new SecretBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withNamespace(role.namespace())
                .withName(role.secretName())
                .withLabels(labels(b, role))
                .withAnnotations(Annotations.inherited(b))
                .withOwnerReferences(isOwned ? Owners.of(b) : List.of())
                .build())
        .withType("Opaque")
        .addToData(USERNAME, encoded(role.role()))
        .addToData(PASSWORD, encoded(password.reveal()))
        .build();
  }

  /** The live secret with another user and password; everything else in it stays. */
  public static Secret renewed(
      Secret live, String username, SecretText password, Optional<Instant> next) {
    return new SecretBuilder(live)
        .addToData(USERNAME, encoded(username))
        .addToData(PASSWORD, encoded(password.reveal()))
        .addToData(NEXT_ROTATION, encoded(next.map(Instant::toString).orElse("")))
        .build();
  }

  /** The live secret with the day of its next rotation. */
  public static Secret scheduled(Secret live, Instant next) {
    return new SecretBuilder(live).addToData(NEXT_ROTATION, encoded(next.toString())).build();
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
