package dev.pgoperator.model;

import dev.pgoperator.api.PostgresTeam;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What all {@code PostgresTeam} objects say together. Relations are followed from team to team;
 * those of superusers and the ordinary ones are apart (api.md §1.7).
 */
public final class TeamRelations {
  private final Map<String, Set<String>> superuserTeams;
  private final Map<String, Set<String>> additionalTeams;
  private final Map<String, Set<String>> members;

  private TeamRelations(List<PostgresTeam> teams) {
    this.superuserTeams = merged(teams, PostgresTeam::superuserTeams);
    this.additionalTeams = merged(teams, PostgresTeam::additionalTeams);
    this.members = merged(teams, PostgresTeam::members);
  }

  public static TeamRelations of(List<PostgresTeam> teams) {
    return new TeamRelations(teams);
  }

  private static Map<String, Set<String>> merged(
      List<PostgresTeam> teams, Function<PostgresTeam, Map<String, List<String>>> part) {
    Map<String, Set<String>> all = new HashMap<>();
    for (PostgresTeam one : teams) {
      part.apply(one)
          .forEach((team, names) -> all.computeIfAbsent(team, t -> new TreeSet<>()).addAll(names));
    }
    return all;
  }

  /** Teams whose members are superusers in clusters of this one. */
  Set<String> superuserTeams(String team) {
    return reached(superuserTeams, team);
  }

  /** Teams whose members get ordinary roles in clusters of this one. */
  Set<String> additionalTeams(String team) {
    return reached(additionalTeams, team);
  }

  /** People who belong to this team besides those that the Teams API knows. */
  Set<String> members(String team) {
    return members.getOrDefault(team, Set.of());
  }

  /** A circle ends where it began, and does not lead back to the team itself. */
  private static Set<String> reached(Map<String, Set<String>> relation, String team) {
    Set<String> reached = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(relation.getOrDefault(team, Set.of()));
    while (!next.isEmpty()) {
      String other = next.remove();
      if (!other.equals(team) && reached.add(other)) {
        next.addAll(relation.getOrDefault(other, Set.of()));
      }
    }
    return reached;
  }
}
