package dev.pgoperator.cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.Manifest;
import dev.pgoperator.cluster.Manifests;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.People;
import dev.pgoperator.model.Person;
import dev.pgoperator.model.PodEnvironment;
import dev.pgoperator.model.RoleSources;
import dev.pgoperator.model.Roles;
import dev.pgoperator.pg.plan.Members;
import dev.pgoperator.pg.plan.RoleName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which roles of a cluster with the members {@code anna} and {@code admin} may be taken away. */
class DeparturesTest {

  private static Blueprint blueprint(boolean complete, Map<String, String> options) {
    var cluster = ((Manifest.Valid) Manifests.with(1, "")).cluster();
    var people =
        new People(
            List.of(new Person("admin", false), new Person("anna", false)), complete, List.of());
    return new Blueprint(
        cluster,
        OperatorConfigs.fromConfigMap(options).config(),
        PodEnvironment.NONE,
        new RoleSources(List.of(), people));
  }

  private static Members members(boolean complete, Map<String, String> options) {
    Blueprint b = blueprint(complete, options);
    return Wishes.members(b, Roles.of(b));
  }

  @Test
  void nobodyIsMarkedOrGoesUnlessThatIsSwitchedOn() {
    assertThat(members(true, Map.of())).isEqualTo(Members.UNKNOWN);
  }

  @Test
  void membersAreMarkedUnlessTheirNameIsReserved() {
    Members on = members(true, Map.of("enable_team_member_deprecation", "true"));
    assertThat(on.mark()).isNotEmpty();
    assertThat(on.present()).containsExactly(new RoleName("anna"));
    assertThat(on.complete()).isTrue();
  }

  @Test
  void whileNotAllAreKnownNobodyHasLeft() {
    assertThat(members(false, Map.of("enable_team_member_deprecation", "true")).complete())
        .isFalse();
  }

  @Test
  void additionalOwnerRolesGiveWay() {
    Blueprint b = blueprint(true, Map.of("additional_owner_roles", "cron_admin"));
    assertThat(Wishes.yielding(b)).containsExactly(new RoleName("cron_admin"));
  }
}
