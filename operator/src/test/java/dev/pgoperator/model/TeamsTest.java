package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.PostgresTeam;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.model.RoleDefinition.Standing;
import dev.pgoperator.model.Teams.TeamMembers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may log in to a cluster of the team {@code acid}. */
class TeamsTest {
  private final Map<String, String> options =
      new HashMap<>(Map.of("enable_postgres_team_crd", "true", "enable_teams_api", "true"));
  private final Map<String, Set<String>> api = new HashMap<>();
  private PostgresTeam team = new PostgresTeam(Map.of(), Map.of(), Map.of());

  private People people() {
    return Teams.people(
        "acid",
        OperatorConfigs.fromConfigMap(options).config().roles().teams(),
        TeamRelations.of(List.of(team)),
        name -> new TeamMembers(api.getOrDefault(name, Set.of()), true, ""));
  }

  @Test
  void theOwningTeamsMembersComeFromBothSources() {
    api.put("acid", Set.of("anna"));
    team = new PostgresTeam(Map.of(), Map.of(), Map.of("acid", List.of("bert")));
    assertThat(people().persons())
        .containsExactly(new Person("anna", false), new Person("bert", false));
  }

  @Test
  void additionalTeamsAreFollowedToTheEndAndNotInCircles() {
    team =
        new PostgresTeam(
            Map.of(),
            Map.of("acid", List.of("b"), "b", List.of("c"), "c", List.of("acid", "b")),
            Map.of("b", List.of("bert"), "c", List.of("carl"), "d", List.of("dora")));
    assertThat(people().persons())
        .containsExactly(new Person("bert", false), new Person("carl", false));
  }

  @Test
  void superuserTeamsNeedTheirOption() {
    api.put("root", Set.of("rita"));
    team = new PostgresTeam(Map.of("acid", List.of("root")), Map.of(), Map.of());
    assertThat(people().persons()).isEmpty();
    options.put("enable_postgres_team_crd_superusers", "true");
    assertThat(people().persons()).containsExactly(new Person("rita", true));
  }

  @Test
  void aTeamThatIsSuperuserEverywhereIsSoInItsOwnClusters() {
    api.put("acid", Set.of("anna"));
    options.put("postgres_superuser_teams", "acid");
    assertThat(people().persons()).containsExactly(new Person("anna", true));
  }

  @Test
  void whoIsInTwoTeamsIsASuperuserAsSoonAsOneMakesThemOne() {
    api.put("acid", Set.of("anna"));
    api.put("root", Set.of("anna"));
    options.put("postgres_superuser_teams", "root");
    assertThat(people().persons()).containsExactly(new Person("anna", true));
  }

  @Test
  void theOwningTeamAloneMayBeMadeSuperusers() {
    api.put("acid", Set.of("anna"));
    api.put("b", Set.of("bert"));
    team = new PostgresTeam(Map.of(), Map.of("acid", List.of("b")), Map.of());
    options.put("enable_team_superuser", "true");
    assertThat(people().persons())
        .containsExactly(new Person("anna", true), new Person("bert", false));
  }

  @Test
  void whereTheApiIsOffNobodyAsksIt() {
    api.put("acid", Set.of("anna"));
    options.put("enable_teams_api", "false");
    assertThat(people()).isEqualTo(People.NOBODY);
  }

  @Test
  void oneTeamThatIsNotKnownLeavesOpenWhoElseThereIs() {
    options.put("postgres_superuser_teams", "root");
    People people =
        Teams.people(
            "acid",
            OperatorConfigs.fromConfigMap(options).config().roles().teams(),
            TeamRelations.of(List.of(team)),
            name ->
                name.equals("root")
                    ? new TeamMembers(Set.of("rita"), false, "root is away")
                    : new TeamMembers(Set.of("anna"), true, ""));
    assertThat(people)
        .isEqualTo(
            new People(
                List.of(new Person("anna", false), new Person("rita", true)),
                false,
                List.of("root is away")));
  }

  @Test
  void peopleLogInByPamAndWithoutAPassword() {
    Blueprint b =
        Blueprints.with(
            new RoleSources(
                List.of(),
                new People(
                    List.of(new Person("anna", false), new Person("rita", true)), true, List.of())),
            "",
            Map.of());
    RoleDefinition anna = Roles.of(b).named("anna").orElseThrow();
    assertThat(anna.flags()).containsExactly("LOGIN");
    assertThat(anna.standing()).isEqualTo(new Standing(List.of("zalandos", "admin"), "", false));
    assertThat(anna.parameters()).isEqualTo(Map.of("log_statement", "all"));
    assertThat(anna.credential()).isEmpty();
    RoleDefinition rita = Roles.of(b).named("rita").orElseThrow();
    assertThat(rita.flags()).containsExactly("LOGIN", "SUPERUSER");
    assertThat(rita.standing().memberOf()).containsExactly("zalandos");
  }

  @Test
  void aPersonMayNotHaveTheNameOfAProtectedRole() {
    Blueprint b =
        Blueprints.with(
            new RoleSources(
                List.of(), new People(List.of(new Person("admin", false)), true, List.of())),
            "",
            Map.of());
    assertThat(Roles.of(b).named("admin")).isEmpty();
    assertThat(Roles.of(b).notes())
        .containsExactly(new RoleNote.ReservedName("admin", RoleOrigin.TEAM));
  }
}
