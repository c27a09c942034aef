package dev.pgoperator.teams;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.RoleSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A token that something else puts into a file and renews there, such as a mounted secret. */
public final class TokenFile implements TokenSource {
  private final Vertx vertx;
  private final String path;

  public TokenFile(Vertx vertx, String path) {
    this.vertx = vertx;
    this.path = path;
  }

  @Override
  public Future<SecretText> token(RoleSettings.TeamsApi settings) {
    return vertx
        .fileSystem()
        .readFile(path)
        .recover(cause -> Future.failedFuture(new TeamsFailure(path + " cannot be read")))
        .map(content -> new SecretText(content.toString().strip()))
        .compose(
            token ->
                token.isEmpty()
                    ? Future.failedFuture(new TeamsFailure(path + " holds no token"))
                    : Future.succeededFuture(token));
  }
}
