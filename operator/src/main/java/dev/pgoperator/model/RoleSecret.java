package dev.pgoperator.model;

import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the secret of a role says.
 *
 * @param username whom to log in as: the role itself, or the user that a rotation made for it;
 *     empty when the secret does not say
 * @param password empty when the secret has none
 * @param nextRotation the text as it stands there, empty after rotation was switched off; absent
 *     where nobody has written a date yet
 * @param made when the API server stored the secret first; empty for one that is not stored
 */
public record RoleSecret(
    String username, SecretText password, Optional<String> nextRotation, Optional<Instant> made) {

  /** As it is when the role is new. */
  public static RoleSecret fresh(String role, SecretText password) {
    return new RoleSecret(role, password, Optional.empty(), Optional.empty());
  }

  /** Of a secret that somebody made by hand, anything may be missing. */
  public static RoleSecret of(Secret secret) {
    Map<String, String> data = Objects.requireNonNullElse(secret.getData(), Map.of());
    return new RoleSecret(
        text(data, CredentialSecrets.USERNAME).orElse(""),
        new SecretText(text(data, CredentialSecrets.PASSWORD).orElse("")),
        text(data, CredentialSecrets.NEXT_ROTATION),
        Optional.ofNullable(secret.getMetadata().getCreationTimestamp()).map(Instant::parse));
  }

  private static Optional<String> text(Map<String, String> data, String key) {
    return Optional.ofNullable(data.get(key))
        .map(
            encoded -> new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8));
  }

  /** Whether applications log in as a user that a rotation made, not as the role. */
  public boolean isDated(String role) {
    return DatedName.isOne(username, role);
  }
}
