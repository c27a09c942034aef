package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.Set;

/** Adds missing attributes to a role and replaces a password that differs. */
public record AlterRole(RoleName role, Set<RoleFlag> flags, PasswordVerdict password, String reason)
    implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public List<Statement> statements() {
    String head = "ALTER ROLE " + role.quoted() + CreateRole.flagText(flags);
    return List.of(
        switch (password) {
          case PasswordVerdict.Keep() -> Statement.of(head);
          case PasswordVerdict.Replace(Verifier verifier) ->
              CreateRole.withPassword(head, verifier);
        });
  }
}
