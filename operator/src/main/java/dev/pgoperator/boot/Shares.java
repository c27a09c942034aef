package dev.pgoperator.boot;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.shard.Circumstances;
import dev.pgoperator.shard.Identity;
import dev.pgoperator.shard.Keeper;
import dev.pgoperator.shard.KubeLeases;
import dev.pgoperator.shard.LeaseNames;
import dev.pgoperator.shard.Shards;
import dev.pgoperator.shard.Shifts;
import dev.pgoperator.shard.Tenure;
import dev.pgoperator.shard.Terms;
import dev.pgoperator.watch.TeardownMarks;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Has the fleet take up the clusters of shards that this pod takes, and let go of the others. */
final class Shares implements Shifts {
  private final Fleet fleet;
  private final TeardownMarks marks;
  private final Consumer<ClusterId> left;
  private final MeterRegistry registry;
  private volatile boolean ready;

  /**
   * @param left is told of each cluster that this pod does not work for any more
   */
  Shares(Fleet fleet, TeardownMarks marks, Consumer<ClusterId> left, MeterRegistry registry) {
    this.fleet = fleet;
    this.marks = marks;
    this.left = left;
    this.registry = registry;
  }

  /** The keeper of this pod's leases, which tells all that to this. */
  Keeper keeper(Vertx vertx, KubeLeases leases, LeaseNames names) {
    var around =
        new Circumstances(
            new VertxTime(vertx, vertx.getOrCreateContext()),
            InstantSource.system(),
            new Random()::nextDouble);
    return new Keeper(leases, names, Identity.of(System.getenv()), around, this);
  }

  /** All manifests are known: what is unfinished of ours is taken up. */
  void ready(Predicate<ClusterId> ours) {
    ready = true;
    marks.resume(fleet, ours);
  }

  @Override
  public void taken(Tenure tenure) {
    count("taken");
    Predicate<ClusterId> of = in(tenure);
    if (ready) {
      marks.takeUp(fleet, of);
    } else {
      // What was seen of teardowns may be of manifests that are not known yet.
      fleet.known().stream().filter(of).forEach(id -> fleet.takeUp(id, Optional.empty()));
    }
  }

  @Override
  public Future<Void> ended(Tenure tenure, End how) {
    count(how.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    List<ClusterId> clusters = fleet.known().stream().filter(in(tenure)).toList();
    return Future.join(clusters.stream().map(id -> fleet.letGo(id, Terms.GIVE_WAY)).toList())
        .onComplete(stopped -> clusters.forEach(left))
        .mapEmpty();
  }

  private static Predicate<ClusterId> in(Tenure tenure) {
    return id -> Shards.of(id) == tenure.shard();
  }

  private void count(String how) {
    registry.counter("pgoperator.shards.changes", "how", how).increment();
  }
}
