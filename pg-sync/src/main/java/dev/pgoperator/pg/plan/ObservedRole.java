package dev.pgoperator.pg.plan;

import java.util.Map;
import java.util.Set;

/**
 * A role as the catalog has it.
 *
 * @param attributes positive flags that are set
 * @param password {@code rolpassword}, empty for none
 * @param memberOf direct memberships
 * @param parameters session defaults for all databases
 * @param comment empty for none
 */
public record ObservedRole(
    RoleName name,
    Set<RoleFlag> attributes,
    Secret password,
    Set<RoleName> memberOf,
    Map<String, String> parameters,
    String comment) {

  /** A role without a comment. */
  public ObservedRole(
      RoleName name,
      Set<RoleFlag> attributes,
      Secret password,
      Set<RoleName> memberOf,
      Map<String, String> parameters) {
    this(name, attributes, password, memberOf, parameters, "");
  }

  /** Copies. */
  public ObservedRole {
    attributes = Set.copyOf(attributes);
    memberOf = Set.copyOf(memberOf);
    parameters = Map.copyOf(parameters);
  }
}
