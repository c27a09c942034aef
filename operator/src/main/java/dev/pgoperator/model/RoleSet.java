package dev.pgoperator.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The roles of a cluster.
 *
 * @param roles each name once, system roles first, then sorted by name
 */
public record RoleSet(List<RoleDefinition> roles, List<RoleNote> notes) {
  public RoleSet {
    roles = List.copyOf(roles);
    notes = List.copyOf(notes);
  }

  public Optional<RoleDefinition> named(String name) {
    return roles.stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /** Those that administrators keep in secrets of their own, sorted by name. */
  List<RoleDefinition> infrastructure() {
    return roles.stream()
        .filter(role -> role.origin() == RoleOrigin.INFRASTRUCTURE)
        .sorted(Comparator.comparing(RoleDefinition::name))
        .toList();
  }

  public List<RoleCredential> credentials() {
    return roles.stream().flatMap(r -> r.credential().stream()).toList();
  }
}
