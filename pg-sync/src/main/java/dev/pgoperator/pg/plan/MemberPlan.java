package dev.pgoperator.pg.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Plans the marks of people's roles, as soon as these exist. */
public final class MemberPlan {
  private MemberPlan() {}

  /** The changes, for after those of {@link RolePlan}. */
  public static Plan of(ObservedServer server, Desired desired) {
    Members members = desired.departures().members();
    if (members.mark().isEmpty()) {
      return Plan.EMPTY;
    }
    Set<RoleName> wanted =
        desired.roles().stream().map(DesiredRole::name).collect(Collectors.toSet());
    List<Change> changes = new ArrayList<>();
    for (RoleName role : new TreeSet<>(members.present())) {
      ObservedRole have = server.roles().get(role);
      String comment = have == null ? "" : have.comment();
      boolean possible = have != null || role.objection().isEmpty();
      if (wanted.contains(role) && possible && !members.marked(comment)) {
        changes.add(new MarkRole(role, members.onto(comment)));
      }
    }
    return new Plan(changes, List.of());
  }
}
