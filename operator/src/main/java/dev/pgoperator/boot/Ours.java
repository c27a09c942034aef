package dev.pgoperator.boot;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.fleet.Share;
import dev.pgoperator.kube.Fence;
import dev.pgoperator.shard.Keeper;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Which clusters are ours: all of them, unless several pods share them. */
final class Ours {
  private Ours() {}

  /**
   * See {@link Share#of}.
   *
   * @param keeper of this pod's leases; empty for a pod that is alone
   */
  static Optional<BooleanSupplier> share(Optional<Keeper> keeper, ClusterId id) {
    return keeper.isEmpty()
        ? Share.ALL.of(id)
        : keeper.get().tenure(id).map(tenure -> tenure::lasts);
  }

  /** What a write for the cluster has to pass. */
  static Fence fence(Optional<Keeper> keeper, ClusterId id) {
    return keeper.isEmpty()
        ? Fence.OPEN
        : keeper.get().tenure(id).map(Fence.class::cast).orElse(Fence.CLOSED);
  }
}
