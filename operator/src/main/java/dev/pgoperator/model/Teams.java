package dev.pgoperator.model;

import dev.pgoperator.config.RoleSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Whose members may log in to the clusters of a team (behaviour.md §3.9). */
public final class Teams {
  private final RoleSettings.Teams settings;
  private final TeamRelations relations;
  private final Function<String, TeamMembers> api;
  private final Map<String, Person> persons = new TreeMap<>();
  private final List<String> troubles = new ArrayList<>();
  private boolean complete = true;

  /**
   * Members of a team as the Teams API says.
   *
   * @param names what was said last
   * @param complete whether that is all
   * @param trouble why it is not, as a sentence; may be empty
   */
  public record TeamMembers(Set<String> names, boolean complete, String trouble) {
    public TeamMembers {
      names = Set.copyOf(names);
    }
  }

  private Teams(
      RoleSettings.Teams settings, TeamRelations relations, Function<String, TeamMembers> api) {
    this.settings = settings;
    this.relations = relations;
    this.api = api;
  }

  /**
   * Everybody of the owning team and of the teams that belong to it. Who is in several of them is a
   * superuser as soon as one makes him one.
   *
   * @param owner the team of the manifest; may be empty
   * @param api asked for each team, where the Teams API is on
   */
  public static People people(
      String owner,
      RoleSettings.Teams settings,
      TeamRelations relations,
      Function<String, TeamMembers> api) {
    Teams teams = new Teams(settings, relations, api);
    Set<String> superusers = new TreeSet<>(settings.humans().superuserTeams());
    if (settings.objects().superusers()) {
      superusers.addAll(relations.superuserTeams(owner));
    }
    Set<String> others = new TreeSet<>(relations.additionalTeams(owner));
    others.remove(owner);
    others.removeAll(superusers);
    superusers.forEach(team -> teams.add(team, true));
    others.forEach(team -> teams.add(team, false));
    if (!owner.isEmpty() && !superusers.contains(owner)) {
      teams.add(owner, settings.humans().teamSuperuser());
    }
    return new People(
        List.copyOf(teams.persons.values()), teams.complete, List.copyOf(teams.troubles));
  }

  private void add(String team, boolean superuser) {
    relations.members(team).forEach(name -> add(new Person(name, superuser)));
    if (settings.api().enabled()) {
      TeamMembers said = api.apply(team);
      said.names().forEach(name -> add(new Person(name, superuser)));
      complete &= said.complete();
      if (!said.trouble().isEmpty()) {
        troubles.add(said.trouble());
      }
    }
  }

  private void add(Person person) {
    if (!person.name().isEmpty()) {
      persons.merge(
          person.name(),
          person,
          (one, other) -> new Person(one.name(), one.superuser() || other.superuser()));
    }
  }
}
