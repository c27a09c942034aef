package dev.pgoperator.pg.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates a role with its attributes, groups and admins in one statement, so that an interruption
 * cannot lose the admins, which are granted at creation only.
 */
public record CreateRole(
    RoleName role,
    Set<RoleFlag> flags,
    Set<RoleName> memberOf,
    Set<RoleName> admins,
    PasswordVerdict password)
    implements Change {

  @Override
  public String subject() {
    return "role " + role.quoted();
  }

  @Override
  public String reason() {
    return "the role is missing";
  }

  @Override
  public List<Statement> statements() {
    String head = "CREATE ROLE " + role.quoted() + flagText(flags);
    if (!memberOf.isEmpty()) {
      head += " IN ROLE " + Sql.roles(memberOf);
    }
    if (!admins.isEmpty()) {
      head += " ADMIN " + Sql.roles(admins);
    }
    return List.of(
        switch (password) {
          case PasswordVerdict.Keep() -> Statement.of(head + " PASSWORD NULL");
          case PasswordVerdict.Replace(Verifier verifier) -> withPassword(head, verifier);
        });
  }

  static String flagText(Set<RoleFlag> flags) {
    return flags.stream().map(flag -> " " + flag.name()).collect(Collectors.joining());
  }

  static Statement withPassword(String head, Verifier verifier) {
    String clause = head + " ENCRYPTED PASSWORD ";
    return new Statement(
        clause + Sql.literal(verifier.text()), clause + Sql.literal(verifier.toString()));
  }
}
