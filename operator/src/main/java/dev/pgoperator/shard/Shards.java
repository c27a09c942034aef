package dev.pgoperator.shard;

import dev.pgoperator.api.ClusterId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** How clusters are spread over shards: by their names, the same in every pod and version. */
public final class Shards {
  /**
   * As many pods can share the work, which is more than one process's limits ask for (one holds ten
   * thousand clusters); each shard costs a request every five seconds. All pods of one operator
   * must use the same number, so it is no option.
   */
  public static final int COUNT = 8;

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private Shards() {}

  /** The shard of a cluster, from 0 to {@link #COUNT} - 1. */
  public static int of(ClusterId id) {
    int hash = FNV_OFFSET; // FNV-1a: stable, where hashCode of a record promises nothing
    for (byte one : id.toString().getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * FNV_PRIME;
    }
    // The low bits alone are weak for names that differ in their last character only.
    return Math.floorMod(hash ^ (hash >>> 15), COUNT);
  }

  static List<Integer> all() {
    return IntStream.range(0, COUNT).boxed().toList();
  }
}
