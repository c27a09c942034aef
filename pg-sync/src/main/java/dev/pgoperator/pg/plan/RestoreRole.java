package dev.pgoperator.pg.plan;

import java.util.List;

/** Gives a role that was put aside its name and login back. */
public record RestoreRole(RoleName role, RoleName aside) implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public String reason() {
    return "its member is back";
  }

  @Override
  public List<Statement> statements() {
    return List.of(
        Statement.of("ALTER ROLE " + aside.quoted() + " RENAME TO " + role.quoted()),
        Statement.of("ALTER ROLE " + role.quoted() + " LOGIN"));
  }
}
