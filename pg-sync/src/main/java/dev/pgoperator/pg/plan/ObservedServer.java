package dev.pgoperator.pg.plan;

import java.util.Map;

/**
 * The server-wide part of the catalog.
 *
 * @param login the superuser that we are logged in as
 * @param roles those asked for, by name
 * @param owners every database and its owner
 */
public record ObservedServer(
    RoleName login, Map<RoleName, ObservedRole> roles, Map<DatabaseName, RoleName> owners) {

  /** Copies. */
  public ObservedServer {
    roles = Map.copyOf(roles);
    owners = Map.copyOf(owners);
  }
}
