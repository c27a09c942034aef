package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The CronJob of the logical backup over the life of a cluster. */
class LogicalBackupSyncTest {

  private static final String ON = "  enableLogicalBackup: true\n";
  private static final String NAME = "logical-backup-orders";

  private World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void isMadeOnceAndThenLeftAlone() {
    world.sync(Manifests.with(1, ON));
    assertThat(world.kube.names(CronJob.class)).containsExactly(NAME);
    world.kube.writes().clear();

    world.sync(Manifests.with(1, ON));

    assertThat(world.kube.writes()).isEmpty();
  }

  @Test
  void isChangedWhenItsScheduleIs() {
    world.sync(Manifests.with(1, ON));
    world.kube.writes().clear();

    world.sync(Manifests.with(2, ON + "  logicalBackupSchedule: \"5 4 * * 0\"\n"));

    assertThat(world.kube.writes()).contains("apply CronJob " + NAME);
    assertThat(world.kube.only(CronJob.class).getSpec().getSchedule()).isEqualTo("5 4 * * 0");
  }

  @Test
  void comesBackWhenSomebodyDeletesIt() {
    world.sync(Manifests.with(1, ON));
    world.deletedByHand(CronJob.class, NAME);

    world.retry();

    assertThat(world.kube.names(CronJob.class)).containsExactly(NAME);
  }

  @Test
  void goesWhenItIsSwitchedOff() {
    world.sync(Manifests.with(1, ON));

    world.sync(Manifests.with(2, ""));

    assertThat(world.kube.names(CronJob.class)).isEmpty();
    world.kube.writes().clear();
    world.retry();
    assertThat(world.kube.writes()).as("nothing is deleted twice").isEmpty();
  }

  @Test
  void goesAlsoWhenItWasSwitchedOffWhileNoOperatorRan() {
    world.sync(Manifests.with(1, ON));

    world.forget();
    world.watchesDeliver(CronJob.class);
    world.sync(Manifests.with(2, ""));

    assertThat(world.kube.names(CronJob.class)).isEmpty();
  }

  @Test
  void isReplacedWhenTheConfiguredPrefixChanges() {
    world.sync(Manifests.with(1, ON));
    World renamed = new World(Map.of("logical_backup_job_prefix", "dump-"), world.kube);
    renamed.watchesDeliver(CronJob.class);

    renamed.sync(Manifests.with(1, ON));

    assertThat(renamed.kube.names(CronJob.class)).containsExactly("dump-orders");
    renamed.close();
  }

  @Test
  void waitsForTheSecretOfItsEnvironmentWhileTheClusterGoesOn() {
    world.close();
    world = new World(Map.of("logical_backup_cronjob_environment_secret", "extra"));

    world.sync(Manifests.with(1, ON));
    assertThat(world.kube.names(CronJob.class)).isEmpty();
    assertThat(world.kube.names(StatefulSet.class)).containsExactly("orders");
    assertThat(world.kube.events())
        .anySatisfy(
            event ->
                assertThat(event.getMessage())
                    .contains("logical_backup_cronjob_environment_secret shop/extra"));

    world.kube.createIfAbsent(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("extra")
            .endMetadata()
            .addToData("TZ", "VVRD")
            .build());
    world.retry();
    assertThat(world.kube.names(CronJob.class)).containsExactly(NAME);
  }

  @Test
  void goesWithItsCluster() {
    world.sync(Manifests.with(1, ON));

    world.delete("a");

    assertThat(world.kube.names(CronJob.class)).isEmpty();
  }
}
