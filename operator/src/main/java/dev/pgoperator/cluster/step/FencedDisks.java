package dev.pgoperator.cluster.step;

import dev.pgoperator.cloud.Disks;
import dev.pgoperator.kube.Fence;
import dev.pgoperator.model.CloudDisk;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** Volumes, whose changes a fence lets through or not. */
record FencedDisks(Disks disks, Fence fence) implements Disks {

  @Override
  public Future<Map<String, CloudDisk>> describe(String region, Set<String> ids) {
    return disks.describe(region, ids);
  }

  @Override
  public Future<Void> modify(String region, CloudDisk.Wish wish) {
    return fence.guard("modify a volume", () -> disks.modify(region, wish));
  }
}
