package dev.pgoperator.pg.plan;

import java.util.List;

/** Ends a membership that stands in the way of the opposite one. */
public record RevokeMembership(RoleName role, RoleName group) implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public String reason() {
    return group.quoted() + " is to be a member of it, not the other way round";
  }

  @Override
  public List<Statement> statements() {
    return List.of(Statement.of("REVOKE " + group.quoted() + " FROM " + role.quoted()));
  }
}
