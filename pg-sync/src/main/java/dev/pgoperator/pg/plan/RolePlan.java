package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Plans roles: missing ones first, groups before their members; then attributes, memberships and
 * session defaults.
 */
public final class RolePlan {
  private final ObservedServer server;
  private final Map<RoleName, PasswordVerdict> passwords;
  private final Set<RoleName> yielding;
  private final SequencedMap<RoleName, DesiredRole> desired = new LinkedHashMap<>();
  private final Memberships memberships;
  private final List<Change> changes = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  private RolePlan(
      ObservedServer server, Map<RoleName, PasswordVerdict> passwords, Set<RoleName> yielding) {
    this.server = server;
    this.passwords = passwords;
    this.yielding = yielding;
    this.memberships = new Memberships(server);
  }

  /**
   * The changes that make the server's roles fit.
   *
   * @param passwords verdict for each desired role; a role without one keeps its password
   */
  public static Plan of(
      ObservedServer server, Desired desired, Map<RoleName, PasswordVerdict> passwords) {
    var plan = new RolePlan(server, passwords, desired.departures().yielding());
    desired.roles().forEach(plan::admit);
    plan.desired.values().forEach(plan::makeWay);
    Set<RoleName> visited = new TreeSet<>();
    plan.desired.values().forEach(role -> plan.createAfterGroups(role, visited));
    plan.desired.values().forEach(plan::fit);
    return new Plan(plan.changes, plan.skipped);
  }

  private void admit(DesiredRole role) {
    Optional<String> objection = role.name().objection();
    if (objection.isPresent() && !server.roles().containsKey(role.name())) {
      skipped.add(new Skipped("role " + role.name().quoted(), objection.get()));
    } else {
      desired.put(role.name(), role);
    }
  }

  private void createAfterGroups(DesiredRole role, Set<RoleName> visited) {
    if (server.roles().containsKey(role.name()) || !visited.add(role.name())) {
      return;
    }
    for (Set<RoleName> others : List.of(role.memberOf(), role.admins())) {
      for (RoleName other : others) {
        DesiredRole first = desired.get(other);
        if (first != null) {
          createAfterGroups(first, visited);
        }
      }
    }
    memberships.add(role.name());
    Set<RoleName> groups = new TreeSet<>();
    for (RoleName group : role.memberOf()) {
      if (memberships.objection(role.name(), group).isEmpty()) {
        memberships.join(role.name(), group);
        groups.add(group);
      }
    }
    changes.add(new CreateRole(role.name(), role.flags(), groups, admins(role), passwordOf(role)));
  }

  private Set<RoleName> admins(DesiredRole role) {
    Set<RoleName> admins = new TreeSet<>();
    for (RoleName admin : role.admins()) {
      Optional<String> objection = memberships.objection(admin, role.name());
      if (objection.isPresent()) {
        skipped.add(
            new Skipped(
                "admin " + admin.quoted() + " of role " + role.name().quoted(), objection.get()));
      } else {
        memberships.join(admin, role.name());
        admins.add(admin);
      }
    }
    return admins;
  }

  private void fit(DesiredRole role) {
    ObservedRole have = server.roles().get(role.name());
    if (have != null) {
      alter(role, have);
    }
    Set<RoleName> groups = new TreeSet<>();
    for (RoleName group : role.memberOf()) {
      if (memberships.has(role.name(), group)) {
        continue;
      }
      Optional<String> objection = memberships.objection(role.name(), group);
      if (objection.isPresent()) {
        skipped.add(
            new Skipped(
                "membership of role " + role.name().quoted() + " in " + group.quoted(),
                objection.get()));
      } else {
        memberships.join(role.name(), group);
        groups.add(group);
      }
    }
    if (!groups.isEmpty()) {
      changes.add(new GrantMembership(role.name(), groups));
    }
    RoleParameters.change(role.name(), wanted(role), have == null ? Map.of() : have.parameters())
        .ifPresent(changes::add);
  }

  /**
   * A user that a rotation made has the session defaults of its role, also those that somebody set
   * there by hand.
   */
  private Map<String, String> wanted(DesiredRole role) {
    if (!role.parameters().isEmpty()) {
      return role.parameters();
    }
    return role.memberOf().stream()
        .filter(group -> DatedUser.isNamed(role.name(), group))
        .findFirst()
        .map(this::parametersOf)
        .orElse(Map.of());
  }

  private Map<String, String> parametersOf(RoleName group) {
    DesiredRole wish = desired.get(group);
    ObservedRole have = server.roles().get(group);
    if (wish != null && !wish.parameters().isEmpty()) {
      return wish.parameters();
    }
    return have == null ? Map.of() : have.parameters();
  }

  /**
   * PostgreSQL refuses circles, so opposite memberships have to end first: all of them, because one
   * may lead round through another role.
   */
  private void makeWay(DesiredRole owner) {
    for (RoleName additional : owner.memberOf()) {
      DesiredRole other = desired.get(additional);
      boolean isWanted = other != null && other.memberOf().contains(owner.name());
      if (yielding.contains(additional) && memberships.has(additional, owner.name()) && !isWanted) {
        memberships.leave(additional, owner.name());
        changes.add(new RevokeMembership(additional, owner.name()));
      }
    }
  }

  private void alter(DesiredRole role, ObservedRole have) {
    Set<RoleFlag> flags = new TreeSet<>();
    for (RoleFlag flag : role.flags()) {
      if (have.attributes().contains(flag.attribute()) != flag.positive()) {
        flags.add(flag);
      }
    }
    PasswordVerdict password = passwordOf(role);
    List<String> reasons = new ArrayList<>();
    if (password instanceof PasswordVerdict.Replace) {
      reasons.add("the password differs");
    }
    if (!flags.isEmpty()) {
      reasons.add("missing" + CreateRole.flagText(flags));
    }
    if (!reasons.isEmpty()) {
      changes.add(new AlterRole(role.name(), flags, password, String.join(", ", reasons)));
    }
  }

  private PasswordVerdict passwordOf(DesiredRole role) {
    return passwords.getOrDefault(role.name(), new PasswordVerdict.Keep());
  }
}
