package dev.pgoperator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.model.Instance.State;
import dev.pgoperator.model.MajorUpgrade.Next;
import dev.pgoperator.model.MajorVersions.Choice;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** When the data is upgraded, and which version pods have until then. */
class MajorUpgradeTest {

  private static final List<Instance> WELL =
      List.of(
          new Instance("c-0", State.LEADING, false), new Instance("c-1", State.STREAMING, false));

  private static Next next(MajorUpgrade upgrade, Map<String, String> options, String spec) {
    Blueprint b = Blueprints.of(spec);
    return upgrade.next(
        new Blueprint(
            b.cluster(), OperatorConfigs.fromConfigMap(options).config(), PodEnvironment.NONE));
  }

  private static Next next(MajorUpgrade upgrade) {
    return next(upgrade, Map.of(), "");
  }

  @Test
  void beginsWhenAllMembersWork() {
    assertThat(next(new MajorUpgrade(15, 17, false, WELL, 2))).isEqualTo(new Next.Begin());
  }

  @Test
  void doesNothingWhenTheDataIsNewEnoughOrTheModeIsOff() {
    assertThat(next(new MajorUpgrade(17, 17, false, WELL, 2))).isEqualTo(new Next.Nothing());
    assertThat(next(new MajorUpgrade(17, 15, true, WELL, 2))).isEqualTo(new Next.Nothing());
    assertThat(
            next(
                new MajorUpgrade(15, 17, false, WELL, 2),
                Map.of("major_version_upgrade_mode", "off"),
                ""))
        .isEqualTo(new Next.Nothing());
  }

  @Test
  void aTeamOfTheListIsUpgradedAlthoughTheModeIsOff() {
    String team = Blueprints.of("").spec().teamId();
    assertThat(
            next(
                new MajorUpgrade(15, 17, false, WELL, 2),
                Map.of(
                    "major_version_upgrade_mode",
                    "off",
                    "major_version_upgrade_team_allow_list",
                    team),
                ""))
        .isEqualTo(new Next.Begin());
  }

  @Test
  void waitsForAMemberThatDoesNotStreamOrIsNotThere() {
    List<Instance> behind = List.of(WELL.getFirst(), new Instance("c-1", State.BEHIND, false));
    assertThat(next(new MajorUpgrade(15, 17, false, behind, 2))).isInstanceOf(Next.Await.class);
    assertThat(next(new MajorUpgrade(15, 17, false, WELL, 3))).isInstanceOf(Next.Await.class);
  }

  @Test
  void whatFailedIsNotRepeated() {
    assertThat(next(new MajorUpgrade(15, 17, true, WELL, 2)))
        .isInstanceOfSatisfying(
            Next.Refused.class, no -> assertThat(no.reason()).isEqualTo("UpgradeFailed"));
  }

  @Test
  void aStandbyClusterIsNotUpgraded() {
    assertThat(
            next(
                new MajorUpgrade(15, 17, false, WELL, 2),
                Map.of(),
                "  standby: {standby_host: elsewhere}\n"))
        .isInstanceOf(Next.Refused.class);
  }

  @Test
  void podsKeepTheirVersionUntilTheWindowOpens() {
    assertThat(MajorVersions.choose("15", OptionalInt.of(15), "17", false))
        .isEqualTo(new Choice.Later("15"));
    assertThat(MajorVersions.choose("15", OptionalInt.of(15), "17", true))
        .isEqualTo(new Choice.Take("17"));
  }

  @Test
  void aLowerVersionIsTakenOnlyIfTheDataIsNoNewer() {
    assertThat(MajorVersions.choose("17", OptionalInt.of(17), "15", true))
        .isEqualTo(new Choice.Never("17"));
    assertThat(MajorVersions.choose("18", OptionalInt.of(16), "16", false))
        .as("an upgrade that was never done is taken back")
        .isEqualTo(new Choice.Take("16"));
    assertThat(MajorVersions.choose("17", OptionalInt.empty(), "16", true))
        .as("nobody knows what the data is of")
        .isEqualTo(new Choice.Never("17"));
  }
}
