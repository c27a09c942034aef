package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * People come and go with their teams, as PostgresTeam objects and a Teams API say, and owners of
 * databases get further roles.
 */
@EndToEnd("e2e-teams")
@Order(200)
class TeamsE2E {
  private static final Duration SOON = Duration.ofSeconds(5);

  /** An answer of the Teams API is used for a minute; then the next round asks again. */
  private static final Duration ROUND = Duration.ofSeconds(100);

  private final Scene scene;
  private final PostgresCluster cluster;
  private final PostgresTeams postgresTeams;
  private OwnOperator operator;
  private TeamsServer teams;

  TeamsE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("people");
    this.postgresTeams = new PostgresTeams(scene);
  }

  @BeforeAll
  void installAnOperatorWithOneCluster() {
    teams = TeamsServer.start(scene);
    teams.put("acid", "anna", "bert");
    scene.secret(
        "token",
        Map.of("read-only-token-type", "Bearer", "read-only-token-secret", TeamsServer.TOKEN));
    postgresTeams.create("team", "{additionalMembers: {acid: [elephant]}}");
    operator =
        OwnOperator.withOptions(
            scene,
            Map.ofEntries(
                Map.entry("enable_teams_api", "true"),
                Map.entry("teams_api_url", teams.url()),
                Map.entry("oauth_token_secret_name", scene.namespace() + "/token"),
                Map.entry("enable_postgres_team_crd", "true"),
                Map.entry("enable_team_member_deprecation", "true"),
                Map.entry("role_deletion_suffix", "_delete_me"),
                Map.entry("resync_period", "15s")));
    scene.create(
        OwnOperator.addressed(
            scene,
            Serialization.unmarshal(
                """
                apiVersion: acid.zalan.do/v1
                kind: postgresql
                metadata: {name: people, annotations: {}}
                spec:
                  teamId: acid
                  numberOfInstances: 1
                  postgresql: {version: "17"}
                  volume: {size: 1Gi}
                  users: {zalando: []}
                  databases: {foo: zalando}
                  preparedDatabases: {bar: {}}
                """,
                GenericKubernetesResource.class)));
    cluster.awaitRunning();
  }

  @AfterAll
  void clear() {
    cluster.delete();
    operator.close();
  }

  private long members(String team, String names) {
    postgresTeams.edit(
        "team", "{\"spec\":{\"additionalMembers\":{\"%s\":[%s]}}}".formatted(team, names));
    return System.nanoTime();
  }

  private List<String> sql(String statement) {
    return cluster.query(cluster.login("postgres", "postgres"), statement);
  }

  /** Those of these roles that exist, each with whether it may log in. */
  private List<String> roles(String... names) {
    return sql(
        "SELECT rolname || ' ' || rolcanlogin FROM pg_roles WHERE rolname IN ('%s') ORDER BY 1"
            .formatted(String.join("','", names)));
  }

  private void await(Duration limit, List<String> wanted, String... names) {
    cluster.waiting().until("the roles are " + wanted, limit, () -> roles(names).equals(wanted));
  }

  @Test
  @Order(1)
  void theMembersOfBothSourcesAreThereAndLogInByPam() {
    await(SOON, List.of("anna true", "bert true", "elephant true"), "anna", "bert", "elephant");
    assertThat(
            sql(
                """
                SELECT string_agg(g.rolname, ',' ORDER BY g.rolname) || r.rolconfig::text
                     || (a.rolpassword IS NULL)
                  FROM pg_roles r JOIN pg_authid a USING (rolname)
                  JOIN pg_auth_members m ON m.member = a.oid JOIN pg_roles g ON g.oid = m.roleid
                 WHERE r.rolname = 'anna' GROUP BY r.rolconfig, a.rolpassword"""))
        .containsExactly("admin,zalandos{log_statement=all}true");
    assertThat(TeamsServer.trouble(cluster)).isEmpty();
  }

  @Test
  @Order(2)
  void anAdditionalTeamBringsItsMembersAtOnce() {
    postgresTeams.edit("team", "{\"spec\":{\"additionalTeams\":{\"acid\":[\"e2e\"]}}}");
    long since = members("e2e", "\"kind\"");
    await(SOON, List.of("elephant true", "kind true"), "elephant", "kind");
    Figures.tell(
        "PostgresTeam is edited, until the member has a role",
        Duration.ofNanos(System.nanoTime() - since));
  }

  @Test
  @Order(3)
  void whoLeavesIsPutAside() {
    long since = members("e2e", "\"tester\"");
    await(SOON, List.of("kind_delete_me false", "tester true"), "kind", "kind_delete_me", "tester");
    Figures.tell(
        "PostgresTeam is edited, until the role of who left is put aside",
        Duration.ofNanos(System.nanoTime() - since));
  }

  @Test
  @Order(4)
  void whoComesBackGetsTheOldRoleAndATakenNameStillCostsTheLogin() {
    sql("CREATE ROLE tester_delete_me NOLOGIN");
    members("e2e", "\"kind\"");
    await(
        SOON,
        List.of("kind true", "tester false", "tester_delete_me false"),
        "kind",
        "kind_delete_me",
        "tester",
        "tester_delete_me");
  }

  @Test
  @Order(5)
  void whoseNameWasTakenLogsInAgain() {
    members("e2e", "\"kind\",\"tester\"");
    await(
        SOON,
        List.of("kind true", "tester true", "tester_delete_me false"),
        "kind",
        "tester",
        "tester_delete_me");
  }

  @Test
  @Order(6)
  void aDeletedPostgresTeamIsNoticed() {
    postgresTeams.create("other", "{additionalMembers: {acid: [guest]}}");
    await(SOON, List.of("guest true"), "guest", "guest_delete_me");
    postgresTeams.delete("other");
    await(SOON, List.of("guest_delete_me false"), "guest", "guest_delete_me");
  }

  @Test
  @Order(7)
  void whoLeftWhileNoOperatorRanIsPutAsideTooButARoleMadeByHandIsNot() {
    sql("CREATE ROLE by_hand LOGIN IN ROLE zalandos, admin");
    operator.operator().stop();
    teams.put("acid", "anna");
    operator.operator().start();
    await(
        Duration.ofSeconds(15),
        List.of("anna true", "bert_delete_me false", "by_hand true"),
        "anna",
        "bert",
        "bert_delete_me",
        "by_hand");
  }

  @Test
  @Order(8)
  void nobodyIsPutAsideWhileTheTeamsApiIsDown() {
    operator.operator().stop();
    teams.fail("acid");
    operator.operator().start();
    cluster
        .waiting()
        .until(
            "the condition tells",
            Duration.ofSeconds(15),
            () -> TeamsServer.trouble(cluster).filter(t -> t.contains("team acid")).isPresent());
    members("e2e", "\"kind\"");
    cluster
        .waiting()
        .holds(
            "everybody stays",
            SOON,
            () ->
                roles("anna", "elephant", "tester")
                    .equals(List.of("anna true", "elephant true", "tester true")));
    assertThat(TeamsServer.trouble(cluster).orElseThrow()).doesNotContain(TeamsServer.TOKEN);
    teams.put("acid", "anna", "dora");
    await(ROUND, List.of("anna true", "dora true", "tester false"), "anna", "dora", "tester");
    cluster
        .waiting()
        .until(
            "the condition tells of the taken name and nothing of the team",
            SOON,
            () ->
                Optional.ofNullable(cluster.status().conditions().get("Complete"))
                    .map(Status.Condition::message)
                    .filter(why -> why.contains("\"tester_delete_me\" already exists"))
                    .filter(why -> !why.contains("team acid"))
                    .isPresent());
  }

  @Test
  @Order(9)
  void aNewMemberOfTheTeamsApiGetsARoleWithTheNextRound() {
    teams.put("acid", "anna", "dora", "emil");
    await(ROUND, List.of("emil true"), "emil");
  }

  @Test
  @Order(10)
  void ownersGetAdditionalRolesEvenWhereTheGrantIsTheWrongWayRound() {
    sql("GRANT bar_owner TO cron_admin");
    OwnOperator.configure(scene, "additional_owner_roles", "cron_admin");
    String members =
        """
        SELECT m.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member
          JOIN pg_roles g ON g.oid = a.roleid WHERE g.rolname = 'cron_admin' ORDER BY 1""";
    cluster
        .waiting()
        .until(
            "the owners are members of cron_admin",
            SOON,
            () -> sql(members).containsAll(List.of("bar_data_owner", "bar_owner", "zalando")));
    assertThat(sql(members)).containsOnly("admin", "bar_data_owner", "bar_owner", "zalando");
    assertThat(sql("SELECT pg_has_role('cron_admin', 'bar_owner', 'MEMBER')"))
        .containsExactly("false");
  }

  @Test
  @Order(11)
  void aNameThatIsTakenIsToldInAConditionAndHindersNobody() {
    cluster.edit("{\"spec\":{\"users\":{\"admin\":[],\"anna\":[],\"fine\":[]}}}");
    cluster.awaitRunning();
    Status.Condition condition =
        Optional.ofNullable(cluster.status().conditions().get("Complete")).orElseThrow();
    assertThat(condition.reason()).isEqualTo("RolesNotAsWritten");
    assertThat(condition.message()).contains("admin", "reserved", "anna");
    assertThat(roles("fine")).containsExactly("fine true");
    assertThat(scene.client().v1().events().inNamespace(scene.namespace()).list().getItems())
        .filteredOn(event -> "Roles".equals(event.getReason()))
        .extracting(Event::getMessage)
        .anyMatch(message -> message.contains("admin"));
  }

  @Test
  @Order(12)
  void theTokenMayBeInAMountedFile() {
    operator.operator().stop();
    OwnOperator.configure(scene, "oauth_token_secret_name", scene.namespace() + "/no-such-secret");
    operator.mount(
        "token", "/var/run/teams", "TEAMS_API_TOKEN_FILE", "/var/run/teams/read-only-token-secret");
    teams.put("acid", "anna", "dora", "frida");
    operator.operator().start();

    await(ROUND, List.of("frida true"), "frida");
  }
}
