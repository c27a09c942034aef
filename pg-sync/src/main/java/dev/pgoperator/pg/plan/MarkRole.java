package dev.pgoperator.pg.plan;

import java.util.List;

/** Writes the comment by which a person's role is found after the person has left. */
public record MarkRole(RoleName role, String comment) implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public String reason() {
    return "not yet marked as a member's";
  }

  @Override
  public List<Statement> statements() {
    return List.of(
        Statement.of("COMMENT ON ROLE " + role.quoted() + " IS " + Sql.literal(comment)));
  }
}
