package dev.pgoperator.cloud;

import dev.pgoperator.model.CloudDisk;
import dev.pgoperator.model.CloudDisk.Wish;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * {@link Disks} on the library of AWS. Nothing of that is loaded before a volume is asked for: most
 * operators never do, and it is larger than all the rest of this one.
 */
public final class Ec2Disks implements Disks, AutoCloseable {
  private final Vertx vertx;
  private final Optional<URI> endpoint;
  private final Map<String, Ec2Region> regions = new ConcurrentHashMap<>();

  public Ec2Disks(Vertx vertx) {
    this(vertx, Optional.empty());
  }

  /**
   * @param endpoint to be asked instead of that of the region
   */
  Ec2Disks(Vertx vertx, Optional<URI> endpoint) {
    this.vertx = vertx;
    this.endpoint = endpoint;
  }

  @Override
  public Future<Map<String, CloudDisk>> describe(String region, Set<String> ids) {
    return call(region, ec2 -> ec2.describe(ids));
  }

  @Override
  public Future<Void> modify(String region, Wish wish) {
    return call(region, ec2 -> ec2.modify(wish)).mapEmpty();
  }

  private <T> Future<T> call(String region, Function<Ec2Region, T> request) {
    return vertx
        .executeBlocking(
            () -> request.apply(regions.computeIfAbsent(region, r -> new Ec2Region(r, endpoint))),
            false)
        .recover(failure -> Future.failedFuture(DiskFailure.of(failure)));
  }

  @Override
  public void close() {
    List.copyOf(regions.values()).forEach(Ec2Region::close);
  }
}
