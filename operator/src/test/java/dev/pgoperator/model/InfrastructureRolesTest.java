package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.config.RoleObjects;
import dev.pgoperator.model.InfrastructureRoles.Found;
import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Roles from Secrets in the namespace {@code admin}, where the operator is. */
class InfrastructureRolesTest {
  private static final NamespacedName ROBOTS = new NamespacedName("admin", "robots");
  private static final Map<String, String> NUMBERED =
      Map.of("infrastructure_roles_secret_name", "robots");
  private static final Map<String, String> SINGLE =
      Map.of(
          "infrastructure_roles_secrets",
          "secretname:admin/robots,userkey:u,passwordkey:p,rolekey:r,details:d");

  private static RoleObjects robots(String... keysAndValues) {
    Map<String, SecretText> content = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      content.put(keysAndValues[i], new SecretText(keysAndValues[i + 1]));
    }
    return RoleObjects.none("admin").withSecret(ROBOTS, content);
  }

  private static Found read(Map<String, String> options, RoleObjects objects) {
    return InfrastructureRoles.read(config(options), objects);
  }

  private static OperatorConfig config(Map<String, String> options) {
    var reading = OperatorConfigs.fromConfigMap(options);
    assertThat(reading.problems()).isEmpty();
    return reading.config();
  }

  private static InfrastructureRole role(String name, String... memberOf) {
    return new InfrastructureRole(
        name, new SecretText("p"), List.of(), new Standing(List.of(memberOf), "", false), Map.of());
  }

  @Test
  void readsNumberedRolesUntilTheFirstGap() {
    RoleObjects robots =
        robots(
            "user1",
            "a",
            "password1",
            "p",
            "inrole1",
            "r",
            "user2",
            "b",
            "password2",
            "p",
            "user3",
            "c",
            "password3",
            "p",
            "user5",
            "e",
            "password5",
            "p");
    assertThat(read(NUMBERED, robots).roles())
        .containsExactly(role("a", "r"), role("b"), role("c"));
  }

  @Test
  void leavesOutARoleWithoutPasswordAndSaysWhichKey() {
    Found found = read(NUMBERED, robots("user1", "a", "user2", "b", "password2", "p"));
    assertThat(found.roles()).containsExactly(role("b"));
    assertThat(found.problems())
        .containsExactly("Secret admin/robots, user1: role a has no password");
  }

  @Test
  void readsTheConfiguredKeysOrTheirStandIns() {
    assertThat(read(SINGLE, robots("u", "a", "p", "p", "r", "x")).roles())
        .containsExactly(role("a", "x"));
    Map<String, String> standIns =
        Map.of(
            "infrastructure_roles_secrets",
            "secretname:admin/robots,userkey:u,passwordkey:p,rolekey:r,"
                + "defaultuservalue:robot,defaultrolevalue:robots");
    assertThat(read(standIns, robots("p", "p")).roles()).containsExactly(role("robot", "robots"));
    assertThat(read(SINGLE, robots("p", "p")).problems())
        .containsExactly("Secret admin/robots: has no name");
  }

  @Test
  void readsDetailsFromTheSecret() {
    String details =
        """
        user_flags: [createdb]
        inrole: [x, y]
        db_parameters: {log_statement: all}
        admin_role: boss
        """;
    assertThat(read(SINGLE, robots("u", "a", "p", "p", "d", details)).roles())
        .containsExactly(
            new InfrastructureRole(
                "a",
                new SecretText("p"),
                List.of("createdb"),
                new Standing(List.of("x", "y"), "boss", false),
                Map.of("log_statement", "all")));
  }

  @Test
  void aConfigMapOfTheSameNameDescribesFurtherRoles() {
    RoleObjects objects =
        robots("u", "a", "p", "p", "b", "p")
            .withConfigMap(ROBOTS, Map.of("b", "inrole: [x]", "c", "inrole: [x]"));
    Found found = read(SINGLE, objects);
    assertThat(found.roles()).containsExactly(role("a"), role("b", "x"));
    assertThat(found.problems())
        .containsExactly("ConfigMap admin/robots, c: role c has no password");
  }

  @Test
  void aBadRoleHarmsNoOther() {
    RoleObjects objects =
        robots("u", "a", "p", "p", "b", "p", "c", "p", "Bad Name", "p")
            .withConfigMap(
                ROBOTS,
                Map.of(
                    "Bad Name", "", "b", "user_flags: [fly]", "c", "user_flags: [login, nologin]"));
    Found found = read(SINGLE, objects);
    assertThat(found.roles()).containsExactly(role("a"));
    assertThat(found.problems()).hasSize(3).anyMatch(p -> p.contains("FLY"));
  }

  @Test
  void noProblemQuotesWhatASecretHolds() {
    RoleObjects objects = robots("u", "a", "p", "p", "d", "- hunter2: [");
    assertThat(read(SINGLE, objects).problems())
        .singleElement()
        .satisfies(p -> assertThat(p).doesNotContain("hunter2"));
  }

  @Test
  void oneMissingSecretDoesNotStopTheOthers() {
    Map<String, String> both = new HashMap<>(SINGLE);
    both.put("infrastructure_roles_secret_name", "elsewhere/missing");
    Found found = read(both, robots("u", "a", "p", "p"));
    assertThat(found.roles()).containsExactly(role("a"));
    assertThat(found.problems())
        .containsExactly("Secret elsewhere/missing does not exist or is empty");
  }

  @Test
  void aBareNameInAConfigMapMeansTheNamespaceDefault() {
    Map<String, String> bare =
        Map.of("infrastructure_roles_secrets", "secretname:robots,userkey:u,passwordkey:p");
    RoleObjects objects =
        robots()
            .withSecret(
                new NamespacedName("default", "robots"),
                Map.of("u", new SecretText("a"), "p", new SecretText("p")));
    assertThat(read(bare, objects).roles()).containsExactly(role("a"));
  }

  @Test
  void givesEveryClusterASecretOfItsOwn() {
    Blueprint b =
        Blueprints.with(new RoleSources(List.of(role("robot_1")), People.NOBODY), "", Map.of());
    RoleSet roles = Roles.of(b);
    RoleCredential credential =
        new RoleCredential("robot_1", "robot-1.demo.credentials.postgresql.acid.zalan.do", "ns");
    assertThat(roles.named("robot_1").orElseThrow().canLogIn()).isTrue();
    assertThat(roles.named("robot_1").orElseThrow().credential()).contains(credential);
    assertThat(InfrastructureRoles.passwords(b, roles))
        .containsExactly(Map.entry(credential, new SecretText("p")));
  }
}
