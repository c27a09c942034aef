package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.ExecResult;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.CloudDisk;
import dev.pgoperator.model.DiskGrowth;
import dev.pgoperator.model.Names;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Volumes that grow without their claims, mode {@code ebs} (behaviour.md §5): at EC2, then the file
 * system in the running pod, then what Kubernetes believes. Each run does what is possible and
 * remembers nothing: what EC2 and Kubernetes say is the state of it.
 */
final class GrowDisks {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private static final String RESIZE =
      """
      read -r device type _ <<<"$(df -T /home/postgres/pgdata | tail -n 1)"
      case $type in
        ext2|ext3|ext4) resize2fs "$device" 2>&1 ;;
        *) echo "a file system of type $type does not grow this way"; exit 1 ;;
      esac
      """;

  private final SyncContext context;
  private final List<String> problems = new ArrayList<>();
  private boolean waits;

  GrowDisks(SyncContext context) {
    this.context = context;
  }

  /**
   * How far it got.
   *
   * @param waits whether EC2 is still at work
   */
  record Result(List<String> problems, boolean waits) {}

  Result run(List<PersistentVolumeClaim> claims) {
    Blueprint b = context.blueprint();
    var volumes = new CloudVolumes(context);
    List<CloudVolumes.Volume> small = new ArrayList<>();
    for (CloudVolumes.Volume one : volumes.of(claims)) {
      if (DiskGrowth.isLarger(one.volume(), b)) {
        problems.add(one.claim() + ": its volume cannot shrink");
      } else if (DiskGrowth.isSmaller(one.volume(), b)) {
        if (one.disk().isPresent()) {
          small.add(one);
        } else {
          problems.add(
              one.claim() + ": its volume is none of EC2, which storage_resize_mode ebs needs");
        }
      }
    }
    if (!small.isEmpty()) {
      grow(volumes, small);
    }
    return new Result(List.copyOf(problems), waits);
  }

  private void grow(CloudVolumes volumes, List<CloudVolumes.Volume> small) {
    var ids = small.stream().flatMap(one -> one.disk().stream()).collect(Collectors.toSet());
    switch (volumes.describe(ids)) {
      case CloudVolumes.Answer.Silent(var why) -> problems.add(why);
      case CloudVolumes.Answer.Known(var disks) -> {
        Map<String, String> troubles = volumes.order(disks, DiskGrowth::size);
        for (CloudVolumes.Volume one : small) {
          String id = one.disk().orElseThrow();
          Optional.ofNullable(troubles.get(id))
              .or(() -> finish(one, Optional.ofNullable(disks.get(id))))
              .ifPresent(why -> problems.add(one.claim() + ": " + why));
        }
      }
    }
  }

  /** What is left to do for a volume that needs no order; says what is wrong. */
  private Optional<String> finish(CloudVolumes.Volume one, Optional<CloudDisk> known) {
    if (known.isEmpty()) {
      return Optional.of("EC2 knows no volume " + one.disk().orElseThrow());
    }
    CloudDisk disk = known.get();
    if (disk.change() instanceof CloudDisk.Change.Failed(var why)) {
      return Optional.of("EC2 could not change volume " + disk.id() + ": " + why);
    }
    boolean ordered = DiskGrowth.size(disk, context.blueprint()).isPresent();
    if (ordered || disk.change() instanceof CloudDisk.Change.Underway) {
      waits = true;
      return Optional.empty();
    }
    return resize(one).or(() -> believe(one.volume()));
  }

  private Optional<String> resize(CloudVolumes.Volume one) {
    String pod = one.claim().substring(Names.DATA_VOLUME.length() + 1);
    if (context.pods().stream().noneMatch(p -> p.name().equals(pod) && p.reachable())) {
      return Optional.of("its file system grows when pod " + pod + " runs");
    }
    ExecResult result =
        Await.await(
            "grow the file system of " + pod,
            context
                .ports()
                .kube()
                .exec(
                    context.id().namespace(),
                    pod,
                    Names.DATABASE_CONTAINER,
                    List.of("/bin/bash", "-c", RESIZE),
                    DEADLINE));
    return result.succeeded() ? Optional.empty() : Optional.of(lastLine(result.output()));
  }

  private static String lastLine(String output) {
    return "its file system did not grow: "
        + output
            .lines()
            .filter(line -> !line.isBlank())
            .reduce((a, b) -> b)
            .orElse("no reason given");
  }

  /** Last, because it says that all is done. Somebody who was faster is asked again next time. */
  private Optional<String> believe(PersistentVolume volume) {
    String size = context.blueprint().spec().storage().volume().size();
    boolean written =
        Await.await(
                "write the capacity of the volume",
                context
                    .ports()
                    .kube()
                    .replace(
                        new PersistentVolumeBuilder(volume)
                            .editSpec()
                            .addToCapacity("storage", new Quantity(size))
                            .endSpec()
                            .build()))
            .isPresent();
    waits |= !written;
    if (written) {
      context
          .journal()
          .tell("Volumes", "volume " + volume.getMetadata().getName() + " has grown to " + size);
    }
    return Optional.empty();
  }
}
