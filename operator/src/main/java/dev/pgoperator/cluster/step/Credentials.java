package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.RoleCredential;
import dev.pgoperator.model.RoleSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the secrets of a cluster's roles say now. */
final class Credentials {
  /** Above this many a single list is cheaper than a read for each. */
  private static final int FEW = 3;

  /** No secret is known. */
  static final Credentials NONE = new Credentials(Map.of());

  private final Map<String, RoleSecret> byRole;

  private Credentials(Map<String, RoleSecret> byRole) {
    this.byRole = byRole;
  }

  /** Empty text for a role whose secret has no password. */
  SecretText of(String role) {
    return secret(role).map(RoleSecret::password).orElse(SecretText.EMPTY);
  }

  /** Empty for a role that has no secret, or one without a password. */
  Optional<RoleSecret> secret(String role) {
    return Optional.ofNullable(byRole.get(role)).filter(secret -> !secret.password().isEmpty());
  }

  /**
   * Asks only for secrets that changed since they were last read or written: each by its name, or
   * all at once when there are many.
   */
  static Credentials observe(SyncContext context, List<RoleCredential> wanted) {
    Map<String, RoleSecret> byRole = new HashMap<>();
    List<RoleCredential> unknown = new ArrayList<>();
    for (RoleCredential role : wanted) {
      remembered(context, role)
          .ifPresentOrElse(secret -> byRole.put(role.role(), secret), () -> unknown.add(role));
    }
    read(context, unknown)
        .forEach((role, secret) -> byRole.put(role.role(), RoleSecret.of(secret)));
    return new Credentials(byRole);
  }

  /**
   * What the secret says, as far as that is known without asking. A secret of which no watch has
   * told is read again in a thorough sync only.
   */
  static Optional<RoleSecret> remembered(SyncContext context, RoleCredential role) {
    String version = version(context, role);
    if (version.isEmpty() && !context.thorough() && context.memory().adopted().contains(role)) {
      return context.memory().secret(role);
    }
    return context.memory().secret(role, version);
  }

  /** Version of a role's secret as a watch has told it, or empty text. */
  static String version(SyncContext context, RoleCredential role) {
    Inventory inventory = context.ports().inventory();
    return inventory
        .find(key(role))
        .map(Inventory.Seen::version)
        .orElseGet(() -> inventory.followed().version(key(role)));
  }

  static ObjectKey key(RoleCredential role) {
    return ObjectKey.of(Secret.class, role.namespace(), role.secretName());
  }

  /** The live secrets of these roles, as far as there are any; what they say is remembered. */
  static Map<RoleCredential, Secret> read(SyncContext context, List<RoleCredential> roles) {
    Map<String, Secret> here = roles.size() > FEW ? listed(context) : Map.of();
    Map<RoleCredential, Future<Optional<Secret>>> asked = new LinkedHashMap<>();
    for (RoleCredential role : roles) {
      boolean near = role.namespace().equals(context.id().namespace());
      asked.put(
          role,
          near && here.containsKey(role.secretName())
              ? Future.succeededFuture(Optional.ofNullable(here.get(role.secretName())))
              : context.ports().kube().find(Secret.class, role.namespace(), role.secretName()));
    }
    Await.await("read the secrets", Future.all(List.copyOf(asked.values())));
    Map<RoleCredential, Secret> found = new LinkedHashMap<>();
    asked.forEach(
        (role, answer) ->
            answer
                .result()
                .ifPresent(
                    secret -> {
                      found.put(role, secret);
                      remember(context, role, secret);
                    }));
    return found;
  }

  /** Takes note of a secret as it is stored now. */
  static void remember(SyncContext context, RoleCredential role, Secret stored) {
    String version = stored.getMetadata().getResourceVersion();
    context.memory().rememberSecret(role, RoleSecret.of(stored), version);
  }

  private static Map<String, Secret> listed(SyncContext context) {
    Map<String, String> labels = Labels.selector(context.blueprint().config(), context.id());
    return Await.await(
            "read the secrets",
            context.ports().kube().list(Secret.class, context.id().namespace(), labels))
        .stream()
        .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), secret -> secret));
  }
}
