package dev.pgoperator.teams;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.RoleSettings;
import dev.pgoperator.kube.Kube;
import io.fabric8.kubernetes.api.model.Secret;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A token in the Secret that {@code oauth_token_secret_name} names (api.md §4.3). */
public final class TokenSecret implements TokenSource {
  private static final String TYPE = "read-only-token-type";
  private static final String TOKEN = "read-only-token-secret";

  /** The default of the option, and the one that newer definitions of it carry (api.md §6.2). */
  private static final String DEFAULT = "postgresql-operator";

  private static final String OTHER_DEFAULT = "postgres-operator";

  private final Kube kube;
  private final String home;

  /**
   * @param home namespace of a Secret whose option does not name one
   */
  public TokenSecret(Kube kube, String home) {
    this.kube = kube;
    this.home = home;
  }

  @Override
  public Future<SecretText> token(RoleSettings.TeamsApi settings) {
    NamespacedName named = settings.tokenSecret();
    String namespace = named.namespaceOr(home);
    return kube.find(Secret.class, namespace, named.name())
        .compose(
            found ->
                found.isEmpty() && named.name().equals(DEFAULT)
                    ? kube.find(Secret.class, namespace, OTHER_DEFAULT)
                    : Future.succeededFuture(found))
        .recover(cause -> Future.failedFuture(new TeamsFailure("the token cannot be read")))
        .compose(found -> token("Secret " + namespace + "/" + named.name(), found));
  }

  private static Future<SecretText> token(String where, Optional<Secret> found) {
    if (found.isEmpty()) {
      return Future.failedFuture(new TeamsFailure(where + " does not exist"));
    }
    Map<String, String> data =
        Optional.ofNullable(found.get().getData()).map(Map::copyOf).orElse(Map.of());
    if (!text(data, TYPE).equals("Bearer")) {
      return Future.failedFuture(new TeamsFailure(where + ": expected Bearer at " + TYPE));
    }
    SecretText token = new SecretText(text(data, TOKEN));
    return token.isEmpty()
        ? Future.failedFuture(new TeamsFailure(where + ": expected a token at " + TOKEN))
        : Future.succeededFuture(token);
  }

  private static String text(Map<String, String> data, String key) {
    byte[] bytes = Base64.getMimeDecoder().decode(data.getOrDefault(key, ""));
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }
}
