package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.SecretText;
import dev.pgoperator.model.RoleDefinition.Standing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolesTest {

  private static RoleDefinition role(Blueprint b, String name) {
    return Roles.of(b).named(name).orElseThrow();
  }

  @Test
  void letsRolesLogInUnlessTheySayOtherwise() {
    Blueprint b = Blueprints.of("  users: {app: [createdb], group: [nologin]}\n");
    assertThat(role(b, "app").flags()).containsExactly("CREATEDB", "LOGIN");
    assertThat(role(b, "group").flags()).isEmpty();
    assertThat(role(b, "group").credential()).isPresent();
  }

  @Test
  void givesOwnersTheirAdditionalRoles() {
    Blueprint b =
        Blueprints.of(
            "  users: {app: [], other: []}\n  databases: {shop: app}\n",
            Map.of("additional_owner_roles", "cron_admin"));
    assertThat(role(b, "app").standing())
        .isEqualTo(new Standing(List.of("cron_admin"), "admin", true));
    assertThat(role(b, "other").standing()).isEqualTo(new Standing(List.of(), "admin", false));
  }

  @Test
  void namesTheSecretAfterTheRoleWithDashes() {
    Blueprint b = Blueprints.of("  users: {my_app: []}\n");
    assertThat(role(b, "my_app").credential())
        .contains(
            new RoleCredential("my_app", "my-app.demo.credentials.postgresql.acid.zalan.do", "ns"));
  }

  @Test
  void putsSecretsIntoOtherNamespacesOnlyWhereThatIsAllowed() {
    String users = "  users: {vault.app: []}\n";
    Blueprint closed = Blueprints.of(users);
    Blueprint open = Blueprints.of(users, Map.of("enable_cross_namespace_secret", "true"));
    assertThat(role(closed, "vault.app").credential().map(RoleCredential::namespace))
        .contains("ns");
    assertThat(role(open, "vault.app").credential().map(RoleCredential::namespace))
        .contains("vault");
  }

  @Test
  void makesThreeGroupsAndThreeUsersOfAPreparedDatabase() {
    Blueprint b =
        Blueprints.of(
            "  preparedDatabases: {shop: {defaultUsers: true, schemas: {b: {}, a: {}}}}\n");
    assertThat(Roles.of(b).roles())
        .extracting(RoleDefinition::name)
        .contains(
            "shop_owner",
            "shop_reader",
            "shop_writer",
            "shop_owner_user",
            "shop_a_owner",
            "shop_b_writer")
        .doesNotContain("shop_a_owner_user");
    assertThat(role(b, "shop_writer_user").standing())
        .isEqualTo(new Standing(List.of("shop_writer"), "shop_owner", false));
    assertThat(role(b, "shop_owner").parameters())
        .containsEntry("search_path", "\"$user\", \"a\", \"b\"");
    assertThat(role(b, "shop_owner").credential()).isEmpty();
  }

  @Test
  void prefersPreparedRolesToThoseOfInfrastructureAndTheseToTheManifests() {
    InfrastructureRole robot =
        new InfrastructureRole("robot", new SecretText("p"), List.of(), Standing.ALONE, Map.of());
    Blueprint b =
        Blueprints.with(
            new RoleSources(List.of(robot), People.NOBODY),
            "  users: {shop_owner: [], robot: [createdb]}\n  preparedDatabases: {shop: {}}\n",
            Map.of());
    RoleSet roles = Roles.of(b);
    assertThat(roles.named("shop_owner").orElseThrow().origin()).isEqualTo(RoleOrigin.PREPARED);
    assertThat(roles.named("robot").orElseThrow().origin()).isEqualTo(RoleOrigin.INFRASTRUCTURE);
    assertThat(roles.notes())
        .containsExactlyInAnyOrder(
            new RoleNote.Overridden("shop_owner", RoleOrigin.MANIFEST, RoleOrigin.PREPARED),
            new RoleNote.Overridden("robot", RoleOrigin.MANIFEST, RoleOrigin.INFRASTRUCTURE));
  }

  @Test
  void addsThePoolersRoleWithThePooler() {
    Blueprint own =
        Blueprints.of("  enableConnectionPooler: true\n  connectionPooler: {user: gate}\n");
    Blueprint stolen =
        Blueprints.of("  enableConnectionPooler: true\n  connectionPooler: {user: postgres}\n");
    assertThat(Roles.of(Blueprints.of("")).roles())
        .extracting(RoleDefinition::name)
        .containsExactly("postgres", "standby");
    assertThat(Roles.of(own).roles()).extracting(RoleDefinition::name).contains("gate");
    assertThat(Roles.of(stolen).roles())
        .extracting(RoleDefinition::name)
        .containsExactly("postgres", "standby", "pooler");
  }
}
