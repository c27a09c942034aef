package dev.pgoperator.teams;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.RoleSettings;
import io.vertx.core.Future;

/** Where the token for the Teams API comes from; asked before each request, because tokens age. */
@FunctionalInterface
public interface TokenSource {

  /** The token as it is now; fails with a {@link TeamsFailure}. */
  Future<SecretText> token(RoleSettings.TeamsApi settings);
}
