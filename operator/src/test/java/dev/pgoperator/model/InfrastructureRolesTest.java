package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.RoleSettings.InfrastructureSecret;
import dev.pgoperator.model.InfrastructureRoles.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfrastructureRolesTest {

  private static Source source(String name, String... memberOf) {
    return new Source(name, new SecretText("p"), List.of(memberOf));
  }

  @Test
  void readsTemplatesUntilTheFirstGap() {
    Map<String, String> data =
        Map.of(
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
            "user4",
            "d",
            "password4",
            "p");
    assertThat(InfrastructureRoles.fromTemplate(data))
        .containsExactly(source("a", "r"), source("b"));
  }

  @Test
  void leavesOutARoleWithoutPassword() {
    assertThat(
            InfrastructureRoles.fromTemplate(Map.of("user1", "a", "user2", "b", "password2", "p")))
        .containsExactly(source("b"));
  }

  @Test
  void readsTheConfiguredKeysOrTheirStandIns() {
    NamespacedName name = new NamespacedName("", "s");
    var keys = new InfrastructureSecret(name, "u", "p", "r", "robot", "robots");
    assertThat(InfrastructureRoles.fromKeys(keys, Map.of("u", "a", "p", "p", "r", "x")))
        .contains(source("a", "x"));
    assertThat(InfrastructureRoles.fromKeys(keys, Map.of("p", "p")))
        .contains(source("robot", "robots"));
    assertThat(InfrastructureRoles.fromKeys(keys, Map.of("u", "a"))).isEmpty();
  }

  @Test
  void givesEveryClusterASecretOfItsOwn() {
    RoleDefinition role = InfrastructureRoles.in(Blueprints.of(""), source("robot_1"));
    assertThat(role.canLogIn()).isTrue();
    assertThat(role.credential())
        .contains(
            new RoleCredential(
                "robot_1", "robot-1.demo.credentials.postgresql.acid.zalan.do", "ns"));
  }
}
