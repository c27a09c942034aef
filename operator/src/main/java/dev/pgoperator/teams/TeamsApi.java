package dev.pgoperator.teams;

import dev.pgoperator.config.RoleSettings;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/** The service that knows who belongs to a team. */
public interface TeamsApi {

  /**
   * The user names of a team's members; empty when the service knows no such team. Fails with a
   * {@link TeamsFailure}, after a few seconds at the latest.
   */
  Future<Optional<Set<String>>> members(RoleSettings.TeamsApi settings, String team);
}
