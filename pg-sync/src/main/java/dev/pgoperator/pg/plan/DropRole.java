package dev.pgoperator.pg.plan;

import java.util.List;

/** Drops a login user of a rotation long past. The server refuses while it owns anything. */
public record DropRole(RoleName role, RoleName group) implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public String reason() {
    return "an expired login user of " + group.quoted();
  }

  @Override
  public List<Statement> statements() {
    return List.of(Statement.of("DROP ROLE " + role.quoted()));
  }
}
