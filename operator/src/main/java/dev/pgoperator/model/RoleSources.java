package dev.pgoperator.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Who else than the manifest defines roles of a cluster, as it is known now.
 *
 * @param infrastructure roles that administrators keep in secrets, each name once
 * @param people members of the teams that may log in
 */
public record RoleSources(List<InfrastructureRole> infrastructure, People people) {

  /** Nobody else. */
  public static final RoleSources NONE = new RoleSources(List.of(), People.NOBODY);

  public RoleSources {
    infrastructure = List.copyOf(infrastructure);
  }

  List<RoleDefinition> definitions(Blueprint b) {
    List<RoleDefinition> roles = new ArrayList<>();
    infrastructure.forEach(role -> roles.add(role.in(b)));
    people.persons().forEach(person -> roles.add(person.in(b)));
    return roles;
  }
}
