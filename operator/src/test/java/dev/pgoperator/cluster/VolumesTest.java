package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.Manifest;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.CloudDisk.Change;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Volumes that grow, the way that the options say, sync by sync. */
class VolumesTest {
  private World world = new World(Map.of());
  private LivePods pods = new LivePods(world);

  private void begin(String mode) {
    world.close();
    world =
        new World(
            Map.of(
                "enable_database_access", "false",
                "storage_resize_mode", mode,
                "inherited_annotations", "owned-by,cost"));
    pods = new LivePods(world);
    world.sync(manifest(1, "1Gi", ""));
    pods.pairRuns("orders-0", "orders-1");
  }

  private static Manifest manifest(int generation, String size, String more) {
    return Manifests.decoded(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata:
          {name: orders, namespace: shop, uid: a, generation: %d, resourceVersion: "1", annotations: {owned-by: acid, other: x}}
        spec:
          teamId: shop
          numberOfInstances: 2
          volume: {size: %s %s}
          postgresql: {version: "17"}
        """
            .formatted(generation, size, more));
  }

  private void volume(int ordinal, String disk) {
    world.kube.seed(
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName("pgdata-orders-" + ordinal)
            .withNamespace("shop")
            .withLabels(Map.of("application", "spilo", "cluster-name", "orders"))
            .addToAnnotations("cost", "of-another-time")
            .addToAnnotations("foreign", "stays")
            .endMetadata()
            .withNewSpec()
            .withVolumeName("pv-" + ordinal)
            .withNewResources()
            .addToRequests("storage", new Quantity("1Gi"))
            .endResources()
            .endSpec()
            .build());
    world.kube.seed(
        new PersistentVolumeBuilder()
            .withNewMetadata()
            .withName("pv-" + ordinal)
            .withUid("pv-" + ordinal)
            .withResourceVersion("1")
            .endMetadata()
            .withNewSpec()
            .addToCapacity("storage", new Quantity("1Gi"))
            .withNewCsi()
            .withDriver("ebs.csi.aws.com")
            .withVolumeHandle(disk)
            .endCsi()
            .endSpec()
            .build());
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String capacity(int ordinal) {
    return String.valueOf(
        world
            .kube
            .named(PersistentVolume.class, "pv-" + ordinal)
            .getSpec()
            .getCapacity()
            .get("storage"));
  }

  private String request() {
    return String.valueOf(
        world
            .kube
            .named(PersistentVolumeClaim.class, "pgdata-orders-0")
            .getSpec()
            .getResources()
            .getRequests()
            .get("storage"));
  }

  @Test
  void ebsGrowsTheVolumeThenTheFileSystemThenWhatKubernetesBelieves() {
    begin("ebs");
    volume(0, "vol-0a");
    volume(2, "vol-2c"); // of a pod that is gone
    world.disks.has("vol-0a", 1, new Change.None());
    world.disks.has("vol-2c", 1, new Change.None());
    world.kube.pods.sent().clear();
    world.sync(manifest(2, "3Gi", ", iops: 5000"));
    assertThat(world.disks.orders()).containsExactly("eu-central-1: vol-0a to 3 GiB");
    assertThat(world.kube.pods.sent()).noneMatch(command -> command.contains("resize2fs"));

    world.disks.has("vol-0a", 1, new Change.Underway());
    world.retry();
    assertThat(world.disks.orders()).hasSize(1);
    assertThat(world.kube.condition("Progressing").getMessage()).contains("EC2 is changing");

    world.disks.has("vol-0a", 3, new Change.None());
    world.retry();
    assertThat(world.kube.pods.sent()).filteredOn(c -> c.contains("resize2fs")).hasSize(1);
    assertThat(capacity(0)).isEqualTo("3Gi");
    assertThat(request()).as("of the claim").isEqualTo("1Gi");

    world.thoroughSync();
    assertThat(world.disks.orders()).hasSize(1);
    assertThat(world.kube.pods.sent()).filteredOn(c -> c.contains("resize2fs")).hasSize(1);
  }

  @Test
  void mixedBringsEverythingAtOnceAndTheClaimsGrowWhateverEc2Says() {
    begin("mixed");
    volume(0, "vol-0a");
    world.disks.has("vol-0a", 1, new Change.None());
    world.sync(manifest(2, "3Gi", ", iops: 5000, throughput: 250, type: io2"));
    assertThat(world.disks.orders())
        .containsExactly("eu-central-1: vol-0a to 3 GiB, type io2, 5000 iops, 250 MiB/s");
    assertThat(request()).isEqualTo("3Gi");

    world.disks.fail("nobody is there");
    world.sync(manifest(3, "4Gi", ""));
    assertThat(request()).isEqualTo("4Gi");
    assertThat(world.kube.condition("Complete").getMessage()).contains("EC2 cannot be asked");
  }

  @Test
  void withoutEc2TheStatusSaysSoAndNothingElseIsHeldUp() {
    begin("ebs");
    volume(0, "vol-0a");
    world.disks.fail("nobody is there");
    world.sync(manifest(2, "3Gi", ""));
    world.garbageIsCollected(); // the StatefulSet is made anew for the larger claims
    assertThat(world.kube.condition("Complete").getReason()).isEqualTo("VolumeSize");
    assertThat(world.kube.phases().getLast()).isEqualTo("Running");
    assertThat(capacity(0)).isEqualTo("1Gi");
  }

  @Test
  void aFailureAtEc2IsToldAndAVolumeOfOthersToo() {
    begin("ebs");
    volume(0, "vol-0a");
    volume(1, "not-of-ec2");
    world.disks.has("vol-0a", 1, new Change.None());
    world.sync(manifest(2, "3Gi", ""));
    world.disks.has("vol-0a", 1, new Change.Failed("no room"));
    world.retry();
    assertThat(world.kube.condition("Complete").getMessage())
        .contains("no room", "its volume is none of EC2");
  }

  @Test
  void inheritedAnnotationsComeAndGoAlsoWhereNothingGrows() {
    begin("off");
    volume(0, "vol-0a");
    world.sync(manifest(2, "3Gi", ""));
    assertThat(
            world
                .kube
                .named(PersistentVolumeClaim.class, "pgdata-orders-0")
                .getMetadata()
                .getAnnotations())
        .isEqualTo(Map.of("owned-by", "acid", "foreign", "stays"));
    assertThat(request()).isEqualTo("1Gi");
    assertThat(claimPatches()).hasSize(1);
    world.thoroughSync();
    assertThat(claimPatches()).as("nothing is sent twice").hasSize(1);
  }

  private List<String> claimPatches() {
    return world.kube.writes().stream()
        .filter(write -> write.startsWith("patch PersistentVolumeClaim"))
        .toList();
  }

  @Test
  void aFileSystemThatWaitsForItsPodGetsANewPodAfterAWhile() {
    begin("pvc");
    volume(1, "vol-1b");
    world.sync(manifest(2, "2Gi", ""));
    assertThat(world.kube.named(PersistentVolumeClaim.class, "pgdata-orders-1").getSpec())
        .satisfies(
            spec ->
                assertThat(spec.getResources().getRequests().get("storage"))
                    .isEqualTo(new Quantity("2Gi")));
    world.kube.seed(
        new PersistentVolumeClaimBuilder(
                world.kube.named(PersistentVolumeClaim.class, "pgdata-orders-1"))
            .withNewStatus()
            .addToCapacity("storage", new Quantity("1Gi"))
            .addNewCondition()
            .withType("FileSystemResizePending")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build());
    world.thoroughSync();
    assertThat(condemned("orders-1")).as("it may grow under the running pod").isFalse();
    world.timePasses(Duration.ofMinutes(11));
    world.thoroughSync();
    assertThat(condemned("orders-1")).isTrue();
    assertThat(condemned("orders-0")).isFalse();
  }

  private boolean condemned(String pod) {
    return PodState.of(world.kube.named(Pod.class, pod), "cluster-name", "spilo-role").condemned();
  }
}
