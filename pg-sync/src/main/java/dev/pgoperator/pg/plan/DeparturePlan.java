package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Plans the roles that go: put aside after their member left, or dropped when a rotation is long
 * past.
 */
public final class DeparturePlan {
  private DeparturePlan() {}

  /** The changes; a role that any wish names is never among them. */
  public static Plan of(ObservedServer server, Desired desired) {
    Set<RoleName> wanted = named(desired);
    Set<RoleName> kept = new TreeSet<>(wanted);
    List<Change> changes = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    Departures departures = desired.departures();
    for (RoleName role : new TreeSet<>(departures.suspended())) {
      RoleName aside = departures.aside(role);
      if (departures.suffix().isEmpty()
          || wanted.contains(role)
          || !server.roles().containsKey(role)) {
        continue;
      }
      if (server.roles().containsKey(aside) || wanted.contains(aside)) {
        skipped.add(
            new Skipped("role " + role.quoted(), "role " + aside.quoted() + " already exists"));
      } else {
        changes.add(new SuspendRole(role, aside));
        kept.add(role);
      }
    }
    for (RoleName group : new TreeSet<>(departures.rotated())) {
      expired(server.roles(), group, departures)
          .filter(name -> !kept.contains(name))
          .forEach(name -> changes.add(new DropRole(name, group)));
    }
    return new Plan(changes, skipped);
  }

  private static Set<RoleName> named(Desired desired) {
    Set<RoleName> named = new TreeSet<>();
    for (DesiredRole role : desired.roles()) {
      named.add(role.name());
      named.addAll(role.memberOf());
      named.addAll(role.admins());
    }
    return named;
  }

  private static Stream<RoleName> expired(
      Map<RoleName, ObservedRole> roles, RoleName group, Departures departures) {
    return roles.values().stream()
        .flatMap(role -> DatedUser.of(group, role).stream())
        .filter(user -> user.day().isBefore(departures.before()))
        .map(DatedUser::name)
        .sorted();
  }
}
