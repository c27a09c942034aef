package dev.pgoperator.cluster.step;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.CredentialSecrets;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.RoleCredential;
import io.fabric8.kubernetes.api.model.Secret;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The passwords of a cluster's roles, as their secrets say now. */
final class Credentials {
  /** Above this many a single list is cheaper than a read for each. */
  private static final int FEW = 3;

  private final Map<String, SecretText> byRole;

  private Credentials(Map<String, SecretText> byRole) {
    this.byRole = byRole;
  }

  /** Empty text for a role whose secret has no password. */
  SecretText of(String role) {
    return byRole.getOrDefault(role, SecretText.EMPTY);
  }

  /**
   * Asks only for secrets that changed since they were last read or written: each by its name, or
   * all at once when there are many.
   */
  static Credentials observe(SyncContext context, List<RoleCredential> wanted) {
    Map<String, SecretText> byRole = new HashMap<>();
    List<RoleCredential> unknown = new ArrayList<>();
    for (RoleCredential role : wanted) {
      remembered(context, role)
          .ifPresentOrElse(password -> byRole.put(role.role(), password), () -> unknown.add(role));
    }
    byRole.putAll(read(context, unknown));
    return new Credentials(byRole);
  }

  private static Optional<SecretText> remembered(SyncContext context, RoleCredential role) {
    return context
        .ports()
        .inventory()
        .find(Secret.class, role.namespace(), role.secretName())
        .flatMap(seen -> context.memory().password(role, seen.version()));
  }

  private static Map<String, SecretText> read(SyncContext context, List<RoleCredential> roles) {
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
    Map<String, SecretText> byRole = new HashMap<>();
    asked.forEach(
        (role, answer) ->
            answer
                .result()
                .ifPresent(
                    secret ->
                        password(secret)
                            .ifPresent(
                                password -> {
                                  byRole.put(role.role(), password);
                                  context
                                      .memory()
                                      .rememberPassword(
                                          role,
                                          password,
                                          secret.getMetadata().getResourceVersion());
                                })));
    return byRole;
  }

  private static Map<String, Secret> listed(SyncContext context) {
    Map<String, String> labels = Labels.selector(context.blueprint().config(), context.id());
    return Await.await(
            "read the secrets",
            context.ports().kube().list(Secret.class, context.id().namespace(), labels))
        .stream()
        .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), secret -> secret));
  }

  private static Optional<SecretText> password(Secret secret) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(CredentialSecrets.PASSWORD))
        .map(encoded -> new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8))
        .filter(text -> !text.isEmpty())
        .map(SecretText::new);
  }
}
