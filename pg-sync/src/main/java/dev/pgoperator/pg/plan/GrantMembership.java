package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.Set;

/** Makes a role a member of groups. */
public record GrantMembership(RoleName role, Set<RoleName> groups) implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public String reason() {
    return "not yet a member of " + Sql.roles(groups);
  }

  @Override
  public List<Statement> statements() {
    return List.of(Statement.of("GRANT " + Sql.roles(groups) + " TO " + role.quoted()));
  }
}
