package dev.pgoperator.cluster.step;

import dev.pgoperator.api.Server.Patroni;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.LocalParameters;
import dev.pgoperator.model.Streams;
import dev.pgoperator.patroni.ConfigPatch;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.SynchronousMode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says what the manifest wants of Patroni's dynamic configuration (behaviour.md §4.8). What the
 * manifest does not speak of stays as it is. Pure.
 */
final class PatroniWishes {
  private static final String WAL_LEVEL = "wal_level";

  private PatroniWishes() {}

  /**
   * @param formerSlots slots that an earlier form of the manifest asked for; those that are not
   *     wanted any more are removed, and nobody else's
   */
  static ConfigPatch patch(Blueprint b, DynamicConfig live, Set<String> formerSlots) {
    Patroni wanted = b.spec().server().patroni();
    ConfigPatch.Builder patch = ConfigPatch.against(live);
    timing(patch, wanted.timing());
    if (wanted.failover().maximumLag() > 0) {
      patch.maximumLagOnFailover(wanted.failover().maximumLag());
    }
    var synchronous = wanted.synchronous();
    patch
        .synchronousMode(synchronous.mode() ? SynchronousMode.ON : SynchronousMode.OFF)
        .synchronousModeStrict(synchronous.strict())
        .synchronousNodeCount(Math.toIntExact(synchronous.nodeCount()))
        .failsafeMode(
            wanted.failover().failsafeMode().or(b.config().server().consensus().failsafeMode()));
    formerSlots.stream()
        .filter(slot -> !wanted.slots().containsKey(slot))
        .forEach(patch::removeSlot);
    wanted.slots().forEach(patch::slot);
    return patch.parameters(parameters(b)).build();
  }

  private static void timing(ConfigPatch.Builder patch, dev.pgoperator.api.Server.Timing wanted) {
    if (wanted.ttl() > 0) {
      patch.ttl(Duration.ofSeconds(wanted.ttl()));
    }
    if (wanted.loopWait() > 0) {
      patch.loopWait(Duration.ofSeconds(wanted.loopWait()));
    }
    if (wanted.retryTimeout() > 0) {
      patch.retryTimeout(Duration.ofSeconds(wanted.retryTimeout()));
    }
  }

  /** The others are given to each pod; the level that streams need is theirs to say. */
  private static Map<String, String> parameters(Blueprint b) {
    Map<String, String> dynamic = new TreeMap<>(b.spec().server().postgresql().parameters());
    dynamic.keySet().removeIf(LocalParameters::contains);
    if (Streams.areWanted(b)) {
      dynamic.remove(WAL_LEVEL);
    }
    return dynamic;
  }
}
