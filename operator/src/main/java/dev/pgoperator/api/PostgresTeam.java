package dev.pgoperator.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one {@code PostgresTeam} says; each map leads from a team to a list (api.md §1.7).
 *
 * @param superuserTeams teams whose members are superusers in clusters of the team
 * @param additionalTeams teams whose members get ordinary roles there
 * @param members people who belong to the team too
 */
public record PostgresTeam(
    Map<String, List<String>> superuserTeams,
    Map<String, List<String>> additionalTeams,
    Map<String, List<String>> members) {

  public PostgresTeam {
    superuserTeams = Sorted.copyOf(superuserTeams);
    additionalTeams = Sorted.copyOf(additionalTeams);
    members = Sorted.copyOf(members);
  }

  /** Such an object as it was read. */
  public sealed interface Reading {

    /** It can be followed. */
    record Valid(PostgresTeam team) implements Reading {}

    /** It cannot, because of these problems. */
    record Malformed(List<Problem> problems) implements Reading {
      public Malformed {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Reads what the API server delivered; a broken object is an answer, not an exception. */
  public static Reading read(GenericKubernetesResource raw) {
    Findings findings = new Findings();
    if (!(raw.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec)) {
      findings.problem("spec", "nothing", "an object");
      return new Reading.Malformed(findings.problems);
    }
    PostgresTeam team =
        new PostgresTeam(
            lists(spec, "additionalSuperuserTeams", findings),
            lists(spec, "additionalTeams", findings),
            lists(spec, "additionalMembers", findings));
    return findings.problems.isEmpty()
        ? new Reading.Valid(team)
        : new Reading.Malformed(findings.problems);
  }

  /** A team without a value is one without relations. */
  private static Map<String, List<String>> lists(Map<?, ?> spec, String field, Findings findings) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    Object value = spec.get(field);
    if (value instanceof Map<?, ?> teams) {
      teams.forEach(
          (team, names) -> {
            String path = "spec." + field + "." + team;
            if (names instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
              lists.put(team.toString(), list.stream().map(String.class::cast).toList());
            } else if (names != null) {
              findings.problem(path, Shown.value(names), "a list of texts");
            }
          });
    } else if (value != null) {
      findings.problem("spec." + field, Shown.value(value), "a map of lists");
    }
    return lists;
  }
}
