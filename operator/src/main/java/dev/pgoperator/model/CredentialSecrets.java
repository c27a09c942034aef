package dev.pgoperator.model;

import dev.pgoperator.api.Postgresql;
import dev.pgoperator.api.SecretText;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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

  /** The secret of a role, to be created. */
  public static Secret desired(Blueprint b, RoleCredential role, RoleSecret content) {
    ObjectMeta metadata =
        Metadata.unnamed(role.namespace(), labels(b, role), Annotations.inherited(b));
    metadata.setName(role.secretName());
    metadata.setOwnerReferences(owners(b, role));
    Map<String, String> data = new TreeMap<>();
    data.put(USERNAME, encoded(content.username()));
    data.put(PASSWORD, encoded(content.password().reveal()));
    content.nextRotation().ifPresent(next -> data.put(NEXT_ROTATION, encoded(next)));
    Secret secret = new Secret();
    secret.setMetadata(metadata);
    secret.setType("Opaque");
    secret.setData(data);
    return secret;
  }

  /** Secrets that shall outlive their cluster must not be collected with it. */
  private static List<OwnerReference> owners(Blueprint b, RoleCredential role) {
    boolean isForeign = !role.namespace().equals(b.namespace());
    boolean isOwned = !isForeign && b.config().operator().deletion().secrets();
    return isOwned ? Owners.of(b) : List.of();
  }

  /**
   * The live secret with the annotations that it inherits and its owners; empty when it has them.
   * Its labels are not ours to change, nor are annotations and owners of others (behaviour.md
   * §1.14).
   */
  public static Optional<Secret> marked(Blueprint b, RoleCredential role, Secret live) {
    var meta = live.getMetadata();
    Map<String, String> has = Objects.requireNonNullElse(meta.getAnnotations(), Map.of());
    Map<String, String> annotations = Annotations.inherited(b);
    List<OwnerReference> before = Objects.requireNonNullElse(meta.getOwnerReferences(), List.of());
    List<OwnerReference> owners = new ArrayList<>(before);
    owners.removeIf(owner -> isCluster(b, owner));
    List<OwnerReference> wanted = owners(b, role);
    owners.removeIf(owner -> wanted.stream().anyMatch(o -> o.getUid().equals(owner.getUid())));
    owners.addAll(wanted);
    boolean same =
        has.entrySet().containsAll(annotations.entrySet())
            && Set.copyOf(owners).equals(Set.copyOf(before));
    return same
        ? Optional.empty()
        : Optional.of(
            new SecretBuilder(live)
                .editMetadata()
                .addToAnnotations(annotations)
                .withOwnerReferences(owners)
                .endMetadata()
                .build());
  }

  private static boolean isCluster(Blueprint b, OwnerReference owner) {
    return Postgresql.KIND.equals(owner.getKind()) && b.name().equals(owner.getName());
  }

  /** Stands for what {@link #marked} wants of the secrets of this cluster. */
  public static String marks(Blueprint b) {
    return Annotations.inherited(b)
        + " "
        + b.config().operator().deletion().secrets()
        + Owners.of(b);
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
