package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose passwords rotate, and how. */
class RotationRuleTest {
  private static final Map<String, String> ON =
      Map.of("enable_password_rotation", "true", "password_rotation_interval", "30");
  private static final RotationRule NEVER = new RotationRule.Never();
  private static final RotationRule NEW_USER = new RotationRule.NewUser(Duration.ofDays(30));
  private static final RotationRule IN_PLACE = new RotationRule.InPlace(Duration.ofDays(30));
  private static final String USERS =
      "  users: {app: [], owner: [], group: [nologin]}\n  databases: {shop: owner}\n";

  private static RotationRule rule(String spec, Map<String, String> options, String role) {
    Blueprint b = Blueprints.of(spec, options);
    return RotationRule.of(b, Roles.of(b).named(role).orElseThrow());
  }

  @Test
  void nobodyRotatesUnlessSomebodySaysSo() {
    assertThat(rule(USERS, Map.of(), "app")).isEqualTo(NEVER);
  }

  @Test
  void allUsersRotateExceptOwnersGroupsAndTheSystemsOwn() {
    assertThat(rule(USERS, ON, "app")).isEqualTo(NEW_USER);
    assertThat(rule(USERS, ON, "owner")).isEqualTo(NEVER);
    assertThat(rule(USERS, ON, "group")).isEqualTo(NEVER);
    assertThat(rule(USERS, ON, "postgres")).isEqualTo(NEVER);
    assertThat(rule(USERS, ON, "standby")).isEqualTo(NEVER);
  }

  @Test
  void usersOfPreparedDatabasesRotateExceptTheOwner() {
    String prepared = "  preparedDatabases: {shop: {defaultUsers: true}}\n";
    assertThat(rule(prepared, ON, "shop_reader_user")).isEqualTo(NEW_USER);
    assertThat(rule(prepared, ON, "shop_owner_user")).isEqualTo(NEVER);
    assertThat(rule(prepared, ON, "shop_reader")).isEqualTo(NEVER);
  }

  @Test
  void listsOfTheManifestGoBeforeTheConfiguration() {
    String listed =
        USERS
            + "  usersWithSecretRotation: [owner]\n"
            + "  usersWithInPlaceSecretRotation: [app]\n";
    assertThat(rule(listed, Map.of("password_rotation_interval", "30"), "owner"))
        .isEqualTo(NEW_USER);
    assertThat(rule(listed, ON, "app")).isEqualTo(IN_PLACE);
    assertThat(rule(listed + "  usersIgnoringSecretRotation: [app]\n", ON, "app")).isEqualTo(NEVER);
  }

  @Test
  void theSystemsOwnRotateInPlaceWhicheverListTheyAreIn() {
    String listed =
        USERS
            + "  usersWithSecretRotation: [postgres]\n"
            + "  usersWithInPlaceSecretRotation: [standby]\n";
    assertThat(rule(listed, ON, "postgres")).isEqualTo(IN_PLACE);
    assertThat(rule(listed, ON, "standby")).isEqualTo(IN_PLACE);
  }
}
