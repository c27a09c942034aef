package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * Finishes a prepared database: sets the privileges on all future objects and hands the database to
 * its owner, in one transaction.
 *
 * <p>Why together: privileges are set for new databases only, and {@code CREATE DATABASE} is in no
 * transaction. So a new prepared database first belongs to the superuser that we log in as; that it
 * still does tells a later sync that the first one was cut short. Once handed over, what a user
 * revokes stays revoked.
 */
public record SetDefaultPrivileges(PreparedDatabase prepared, RoleName owner) implements Change {

  @Override
  public String subject() {
    return "database " + prepared.name().quoted();
  }

  @Override
  public String reason() {
    return "the new prepared database has no default privileges and no owner yet";
  }

  @Override
  public List<Statement> statements() {
    return Stream.concat(
            privileges().everywhere().stream(),
            Stream.of(
                Statement.of(
                    "ALTER DATABASE " + prepared.name().quoted() + " OWNER TO " + owner.quoted())))
        .toList();
  }

  Privileges privileges() {
    RoleTriple roles = prepared.databaseRoles();
    List<RoleName> creators =
        prepared.defaultUsers()
            ? List.of(roles.owner(), RoleTriple.userOf(roles.owner()))
            : List.of(roles.owner());
    return new Privileges(creators, roles);
  }
}
