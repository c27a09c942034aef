package dev.pgoperator.pg.plan;

/**
 * An attribute of a role as {@code CREATE ROLE} spells it, in its positive and its negative form.
 */
public enum RoleFlag {
  SUPERUSER,
  NOSUPERUSER,
  INHERIT,
  NOINHERIT,
  CREATEROLE,
  NOCREATEROLE,
  CREATEDB,
  NOCREATEDB,
  LOGIN,
  NOLOGIN,
  REPLICATION,
  NOREPLICATION,
  BYPASSRLS,
  NOBYPASSRLS;

  /** Whether this grants the attribute; the {@code NO…} forms take it away. */
  public boolean positive() {
    return !name().startsWith("NO");
  }

  /** The positive form of the same attribute. */
  public RoleFlag attribute() {
    return positive() ? this : valueOf(name().substring("NO".length()));
  }
}
