package dev.pgoperator.pg.plan;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A role that must exist. What is not named here is left as it is: attributes and memberships are
 * only added, except that a {@code NO…} flag takes its attribute away.
 *
 * @param flags attributes in either form; an attribute in neither form is not looked at (a new role
 *     gets the server's default)
 * @param memberOf roles that this one is to be a member of
 * @param admins roles that become members of this one with the admin option; only when it is
 *     created
 * @param parameters session defaults ({@code ALTER ROLE … SET}); when not empty they are the whole
 *     list and others are reset, as the reference does; {@code search_path} and its like hold a
 *     comma-separated list of names
 */
public record DesiredRole(
    RoleName name,
    Set<RoleFlag> flags,
    Credential credential,
    Set<RoleName> memberOf,
    Set<RoleName> admins,
    Map<String, String> parameters) {

  /** Copies and sorts, so that equal wishes give equal plans. */
  public DesiredRole {
    flags = sorted(flags);
    memberOf = sorted(memberOf);
    admins = sorted(admins);
    SortedMap<String, String> ordered = new TreeMap<>(parameters);
    parameters = Collections.unmodifiableSortedMap(ordered);
  }

  /** A role with a password and flags, in no group and without parameters. */
  public static DesiredRole of(RoleName name, Set<RoleFlag> flags, Credential credential) {
    return new DesiredRole(name, flags, credential, Set.of(), Set.of(), Map.of());
  }

  /** The same role in other groups. */
  public DesiredRole withMemberOf(Set<RoleName> groups) {
    return new DesiredRole(name, flags, credential, groups, admins, parameters);
  }

  private static <T extends Comparable<T>> SortedSet<T> sorted(Set<T> items) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(items));
  }
}
