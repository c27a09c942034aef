package dev.pgoperator.model;

import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.List;
import java.util.Optional;

/** A member of a team that may log in to a cluster. */
public record Person(String name, boolean superuser) {

  /**
   * The role of a person (behaviour.md §3.9): no password, because people log in with a token that
   * PAM checks.
   */
  RoleDefinition in(Blueprint b) {
    var roles = b.config().roles();
    String admin = superuser ? "" : roles.admin().role();
    return new RoleDefinition(
        name,
        RoleOrigin.TEAM,
        superuser ? List.of("LOGIN", "SUPERUSER") : List.of("LOGIN"),
        new Standing(
            admin.isEmpty()
                ? List.of(roles.pam().roleName())
                : List.of(roles.pam().roleName(), admin),
            "",
            false),
        roles.teams().humans().parameters(),
        Optional.empty());
  }
}
