package dev.pgoperator.cloud;

import dev.pgoperator.model.CloudDisk;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** Volumes of EC2. A future fails with a {@link DiskFailure}, whose text is for people. */
public interface Disks {

  /**
   * How these volumes are, all asked for together.
   *
   * @param region such as {@code eu-central-1}
   * @return by their ids; those that are not there are left out
   */
  Future<Map<String, CloudDisk>> describe(String region, Set<String> ids);

  /**
   * Orders a change. It was accepted when the future succeeds; {@link #describe} says how it goes.
   */
  Future<Void> modify(String region, CloudDisk.Wish wish);
}
