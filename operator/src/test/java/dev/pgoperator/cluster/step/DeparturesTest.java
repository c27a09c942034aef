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
import dev.pgoperator.pg.plan.Departures;
import dev.pgoperator.pg.plan.Members;
import dev.pgoperator.pg.plan.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which roles of a cluster with the members {@code anna} and {@code admin} may be taken away. */
class DeparturesTest {

  private static Departures departures(boolean complete, Map<String, String> options) {
    var cluster = ((Manifest.Valid) Manifests.with(1, "")).cluster();
    var people =
        new People(
            List.of(new Person("admin", false), new Person("anna", false)), complete, List.of());
    var b =
        new Blueprint(
            cluster,
            OperatorConfigs.fromConfigMap(options).config(),
            PodEnvironment.NONE,
            new RoleSources(List.of(), people));
    return Wishes.departures(b, Roles.of(b), Credentials.NONE, Instant.EPOCH);
  }

  @Test
  void nobodyIsMarkedOrGoesUnlessThatIsSwitchedOn() {
    assertThat(departures(true, Map.of())).isEqualTo(Departures.NONE);
  }

  @Test
  void membersAreMarkedUnlessTheirNameIsReserved() {
    Departures on = departures(true, Map.of("enable_team_member_deprecation", "true"));
    assertThat(on.suffix()).isEqualTo("_deleted");
    assertThat(on.members().mark()).isNotEmpty();
    assertThat(on.members().present()).containsExactly(new RoleName("anna"));
    assertThat(on.members().complete()).isTrue();
  }

  @Test
  void whileNotAllAreKnownNobodyHasLeft() {
    Members members = departures(false, Map.of("enable_team_member_deprecation", "true")).members();
    assertThat(members.complete()).isFalse();
  }

  @Test
  void additionalOwnerRolesGiveWay() {
    assertThat(departures(true, Map.of("additional_owner_roles", "cron_admin")).yielding())
        .containsExactly(new RoleName("cron_admin"));
  }
}
