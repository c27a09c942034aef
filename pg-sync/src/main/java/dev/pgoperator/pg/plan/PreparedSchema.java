package dev.pgoperator.pg.plan;

/**
 * A schema of a prepared database.
 *
 * @param defaultRoles whether the schema has its own owner, reader and writer; without them it
 *     belongs to the database's owner
 * @param defaultUsers whether each of those has a login user
 */
public record PreparedSchema(boolean defaultRoles, boolean defaultUsers) {
  /** What an empty entry in the manifest means: own roles, no login users. */
  public static final PreparedSchema DEFAULT = new PreparedSchema(true, false);

  boolean hasUsers() {
    return defaultRoles && defaultUsers;
  }
}
