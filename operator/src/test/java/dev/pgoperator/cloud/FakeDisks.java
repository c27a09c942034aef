package dev.pgoperator.cloud;

import dev.pgoperator.model.CloudDisk;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Volumes of a cloud in memory: they change when they are told that they have. */
public final class FakeDisks implements Disks {
  private final Map<String, CloudDisk> disks = new HashMap<>();
  private final List<String> orders = new ArrayList<>();
  private Optional<String> trouble = Optional.empty();

  /** One of type gp3 with its usual performance. */
  public void has(String id, int gib, CloudDisk.Change change) {
    disks.put(id, new CloudDisk(id, gib, new CloudDisk.Performance("gp3", 3000, 125), change));
  }

  /** From now on nothing is done, for this reason. */
  public void fail(String why) {
    trouble = Optional.of(why);
  }

  public List<String> orders() {
    return orders;
  }

  @Override
  public Future<Map<String, CloudDisk>> describe(String region, Set<String> ids) {
    if (trouble.isPresent()) {
      return Future.failedFuture(DiskFailure.of(new IllegalStateException(trouble.get())));
    }
    Map<String, CloudDisk> found = new HashMap<>(disks);
    found.keySet().retainAll(ids);
    return Future.succeededFuture(Map.copyOf(found));
  }

  @Override
  public Future<Void> modify(String region, CloudDisk.Wish wish) {
    orders.add(region + ": " + wish.text());
    return Future.succeededFuture();
  }
}
