package dev.pgoperator.pg.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is a member of whom, now and after the changes planned so far. PostgreSQL refuses circles, so
 * we must see them coming.
 */
final class Memberships {
  private final Map<RoleName, Set<RoleName>> groupsOf = new HashMap<>();

  Memberships(ObservedServer server) {
    server.roles().forEach((name, role) -> groupsOf.put(name, new HashSet<>(role.memberOf())));
  }

  void add(RoleName role) {
    groupsOf.putIfAbsent(role, new HashSet<>());
  }

  boolean has(RoleName member, RoleName group) {
    return groupsOf.getOrDefault(member, Set.of()).contains(group);
  }

  void join(RoleName member, RoleName group) {
    groupsOf.computeIfAbsent(member, none -> new HashSet<>()).add(group);
  }

  void leave(RoleName member, RoleName group) {
    groupsOf.getOrDefault(member, new HashSet<>()).remove(group);
  }

  /** Why the server would refuse this membership; empty when it would not. */
  Optional<String> objection(RoleName member, RoleName group) {
    if (!groupsOf.containsKey(group)) {
      return Optional.of("role " + group.quoted() + " does not exist");
    }
    if (!groupsOf.containsKey(member)) {
      return Optional.of("role " + member.quoted() + " does not exist");
    }
    return reaches(group, member, new HashSet<>())
        ? Optional.of("role " + group.quoted() + " is itself a member of " + member.quoted())
        : Optional.empty();
  }

  private boolean reaches(RoleName from, RoleName target, Set<RoleName> seen) {
    if (from.equals(target)) {
      return true;
    }
    return seen.add(from)
        && groupsOf.getOrDefault(from, Set.of()).stream()
            .anyMatch(group -> reaches(group, target, seen));
  }
}
