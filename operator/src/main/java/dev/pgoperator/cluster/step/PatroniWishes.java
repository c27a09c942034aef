package dev.pgoperator.cluster.step;

import dev.pgoperator.api.Server.Patroni;
import dev.pgoperator.api.Server.Standby;
import dev.pgoperator.model.Blueprint;
import dev.pgoperator.model.LocalParameters;
import dev.pgoperator.model.Streams;
import dev.pgoperator.patroni.ConfigPatch;
import dev.pgoperator.patroni.DynamicConfig;
import dev.pgoperator.patroni.SynchronousMode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says what the manifest wants of Patroni's dynamic configuration (behaviour.md §4.8). What the
 * manifest does not speak of stays as it is. Pure.
 */
final class PatroniWishes {
  private static final String WAL_LEVEL = "wal_level";
  private static final Set<String> SOURCE = Set.of("host", "port", "primary_slot_name");
  private static final String POSTGRES = "5432";
  private static final String RESTORE =
      "envdir \"/run/etc/wal-e.d/env-standby\" /scripts/restore_command.sh \"%f\" \"%p\"";

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
    standby(patch, b, live);
    return patch.parameters(parameters(b)).build();
  }

  /**
   * Compared with what is in force, not with an earlier manifest, so that a promotion is not missed
   * (behaviour.md §8.4). A standby cluster that is one by a variable of the user's is left alone.
   */
  private static void standby(ConfigPatch.Builder patch, Blueprint b, DynamicConfig live) {
    Optional<Standby> wanted = b.spec().server().standby();
    if (wanted.isEmpty()) {
      if (!b.spec().isStandby()) {
        patch.removeStandbyCluster();
      }
      return;
    }
    Map<String, String> source = source(wanted.get());
    Map<String, String> inForce = new TreeMap<>(live.standbyCluster().orElse(Map.of()));
    inForce.keySet().retainAll(SOURCE);
    if (live.standbyCluster().isEmpty() || !inForce.equals(source)) {
      JsonObject section =
          new JsonObject()
              .put(
                  "create_replica_methods",
                  JsonArray.of("bootstrap_standby_with_wale", "basebackup_fast_xlog"))
              .put("restore_command", RESTORE);
      source.forEach(section::put);
      if (source.getOrDefault("port", "").matches("\\d{1,5}")) {
        section.put("port", Integer.valueOf(source.getOrDefault("port", POSTGRES)));
      }
      patch.set(section, "standby_cluster");
    }
  }

  private static String port(Standby standby) {
    return standby.port().isEmpty() ? POSTGRES : standby.port();
  }

  private static Map<String, String> source(Standby standby) {
    Map<String, String> source = new TreeMap<>();
    source.put("host", standby.host());
    source.put("port", standby.host().isEmpty() ? "" : port(standby));
    source.put("primary_slot_name", standby.primarySlotName());
    source.values().removeIf(String::isEmpty);
    return source;
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
