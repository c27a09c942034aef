package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    for (RoleName role : departed(server, departures)) {
      if (departures.suffix().isEmpty()
          || wanted.contains(role)
          || !server.roles().containsKey(role)) {
        continue;
      }
      kept.add(role);
      RoleName aside = departures.aside(role);
      Optional<String> obstacle =
          server.roles().containsKey(aside) || wanted.contains(aside)
              ? Optional.of("role " + aside.quoted() + " already exists")
              : aside.objection();
      obstacle.ifPresentOrElse(
          why -> {
            skipped.add(new Skipped("renaming of role " + role.quoted(), why));
            if (canLogIn(server, role)) {
              changes.add(new TakeLogin(role));
            }
          },
          () -> changes.add(new SuspendRole(role, aside)));
    }
    for (RoleName group : new TreeSet<>(departures.rotated())) {
      expired(server.roles(), group, departures)
          .filter(name -> !kept.contains(name))
          .forEach(name -> changes.add(new DropRole(name, group)));
    }
    return new Plan(changes, skipped);
  }

  /** Those that are named, and everybody with the mark who is not there any more. */
  private static Set<RoleName> departed(ObservedServer server, Departures departures) {
    Set<RoleName> departed = new TreeSet<>(departures.suspended());
    Members members = departures.members();
    if (members.complete()) {
      server.roles().values().stream()
          .filter(role -> members.marked(role.comment()))
          .map(ObservedRole::name)
          .filter(name -> !members.present().contains(name))
          .filter(name -> !name.equals(server.login()))
          .filter(name -> !name.value().endsWith(departures.suffix()))
          .forEach(departed::add);
    }
    return departed;
  }

  private static boolean canLogIn(ObservedServer server, RoleName role) {
    ObservedRole have = server.roles().get(role);
    return have != null && have.attributes().contains(RoleFlag.LOGIN);
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
