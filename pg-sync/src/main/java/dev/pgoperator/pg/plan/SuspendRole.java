package dev.pgoperator.pg.plan;

import java.util.List;

/** Takes a role's login away and renames it, so that it can come back with all that it owns. */
public record SuspendRole(RoleName role, RoleName aside) implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public String reason() {
    return "its member has left";
  }

  @Override
  public List<Statement> statements() {
    return List.of(
        Statement.of("ALTER ROLE " + role.quoted() + " NOLOGIN"),
        Statement.of("ALTER ROLE " + role.quoted() + " RENAME TO " + aside.quoted()));
  }
}
