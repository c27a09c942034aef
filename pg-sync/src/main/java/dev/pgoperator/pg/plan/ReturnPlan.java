package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans the roles that come back: wanted, missing, and there under the name they were put aside
 * with.
 *
 * @param plan the renamings
 * @param server what the server will look like after them, for the plans that follow
 */
public record ReturnPlan(Plan plan, ObservedServer server) {

  /** The renamings and their outcome. */
  public static ReturnPlan of(ObservedServer server, Desired desired) {
    List<Change> changes = new ArrayList<>();
    Map<RoleName, RoleName> renamed = new HashMap<>();
    if (!desired.departures().suffix().isEmpty()) {
      for (DesiredRole role : desired.roles()) {
        RoleName aside = desired.departures().aside(role.name());
        ObservedRole asleep = server.roles().get(aside);
        boolean back = asleep != null && !asleep.attributes().contains(RoleFlag.LOGIN);
        if (back
            && !server.roles().containsKey(role.name())
            && renamed.put(aside, role.name()) == null) {
          changes.add(new RestoreRole(role.name(), aside));
        }
      }
    }
    return new ReturnPlan(new Plan(changes, List.of()), renamed(server, renamed));
  }

  private static ObservedServer renamed(ObservedServer server, Map<RoleName, RoleName> names) {
    if (names.isEmpty()) {
      return server;
    }
    Map<RoleName, ObservedRole> roles = new HashMap<>();
    for (ObservedRole role : server.roles().values()) {
      RoleName name = names.getOrDefault(role.name(), role.name());
      Set<RoleFlag> attributes = EnumSet.noneOf(RoleFlag.class);
      attributes.addAll(role.attributes());
      if (!name.equals(role.name())) {
        attributes.add(RoleFlag.LOGIN);
      }
      Set<RoleName> groups =
          role.memberOf().stream()
              .map(group -> names.getOrDefault(group, group))
              .collect(Collectors.toSet());
      roles.put(
          name,
          new ObservedRole(
              name, attributes, role.password(), groups, role.parameters(), role.comment()));
    }
    return new ObservedServer(server.login(), roles, server.databases());
  }
}
