package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cluster of the team {@code shop} says of people's roles. */
class PeopleSyncTest {
  private World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private String complete() {
    return world.kube.conditions("Complete").stream()
        .map(condition -> condition.getReason() + ": " + condition.getMessage())
        .reduce("", (before, last) -> last);
  }

  @Test
  void aTeamThatIsNotKnownIsToldAndEverythingElseIsDone() {
    world.teams.fail("it is away");
    world.sync(Manifests.valid("orders", "a", 1));
    world.retry();
    assertThat(complete())
        .isEqualTo("TeamsUnknown: the Teams API does not say who is in team shop: it is away");
    assertThat(world.kube.names(Secret.class)).hasSize(3);
  }

  @Test
  void peopleHaveNoSecretsAndTheirNamesGoBeforeThoseOfTheManifest() {
    world.teams.put("shop", "anna", "seller");
    world.sync(Manifests.valid("orders", "a", 1));
    world.kube.writes().clear();
    world.thoroughSync();
    assertThat(complete())
        .isEqualTo(
            "RolesNotAsWritten: role seller is defined twice: by the teams, which counts,"
                + " and by the manifest, which does not");
    assertThat(world.kube.names(Secret.class)).noneMatch(name -> name.startsWith("anna"));
  }

  @Test
  void aReservedNameStaysInTheConditionUntilTheManifestIsChanged() {
    world.sync(Manifests.with(1, "  users: {admin: [], fine: []}\n"));
    world.retry();
    assertThat(complete())
        .isEqualTo("RolesNotAsWritten: role admin is left out: the name is reserved");
    assertThat(world.kube.names(Secret.class)).anyMatch(name -> name.startsWith("fine."));
    world.sync(Manifests.with(2, "  users: {fine: []}\n"));
    assertThat(world.kube.conditions("Complete")).isEmpty();
  }

  @Test
  void nobodyIsAskedForWhereTheOperatorStaysOutOfDatabases() {
    world.close();
    world = new World(Map.of("enable_database_access", "false"));
    world.sync(Manifests.valid("orders", "a", 1));
    assertThat(world.teams.asked()).isEmpty();
  }
}
