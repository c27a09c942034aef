package dev.pgoperator.api;

import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Optional;

/** Volumes of the database pods. */
public record Storage(
    DataVolume volume, List<AdditionalVolume> additionalVolumes, Toggle sharedMemory) {

  public Storage {
    additionalVolumes = List.copyOf(additionalVolumes);
  }

  /** The data volume of every pod; {@code size} is a quantity. */
  public record DataVolume(
      String size,
      String storageClass,
      Optional<LabelSelector> selector,
      SubPath subPath,
      Provisioning provisioning) {}

  /**
   * Part of a volume that is mounted; {@code expression} lets it refer to environment variables.
   */
  public record SubPath(String path, boolean expression) {}

  /** Performance of a cloud volume; 0 and empty mean "not managed". */
  public record Provisioning(int iops, int throughput, String type) {}

  /**
   * A volume of the user.
   *
   * @param source a volume of this name, with the source that the manifest gives
   * @param targetContainers container names; empty is the database only, {@code all} every
   *     container
   */
  public record AdditionalVolume(
      String name,
      String mountPath,
      SubPath subPath,
      List<String> targetContainers,
      io.fabric8.kubernetes.api.model.Volume source) {
    public AdditionalVolume {
      targetContainers = List.copyOf(targetContainers);
    }
  }
}
