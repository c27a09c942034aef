package dev.pgoperator.pg.plan;

import java.util.Map;

/**
 * The server-wide part of the catalog.
 *
 * @param login the superuser that we are logged in as
 * @param roles those asked for, by name
 * @param databases all of them
 */
public record ObservedServer(
    RoleName login,
    Map<RoleName, ObservedRole> roles,
    Map<DatabaseName, ListedDatabase> databases) {

  /**
   * A database as the server lists it.
   *
   * @param open whether it lets users in and is no template
   */
  public record ListedDatabase(RoleName owner, boolean open) {}

  /** Copies. */
  public ObservedServer {
    roles = Map.copyOf(roles);
    databases = Map.copyOf(databases);
  }
}
