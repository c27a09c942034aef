package dev.pgoperator.pg.plan;

import java.util.List;

/** Takes a role's login away where it cannot be put aside under another name. */
public record TakeLogin(RoleName role) implements Change {

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
    return List.of(Statement.of("ALTER ROLE " + role.quoted() + " NOLOGIN"));
  }
}
