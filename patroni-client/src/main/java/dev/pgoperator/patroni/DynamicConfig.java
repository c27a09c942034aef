package dev.pgoperator.patroni;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Patroni's configuration that is kept in the state store and shared by all members: {@code GET
 * /config}.
 *
 * <p>Keys that this class does not know are kept: {@link #json()} gives back all that was read. A
 * key that is missing, or whose value has another type than expected, reads as absent. Values may
 * hold secrets (a standby cluster's connection, an archive command), so {@link #toString()} shows
 * only the names of the keys.
 */
public final class DynamicConfig {
  private final JsonObject json;
  private final LenientJson lenient;

  private DynamicConfig(JsonObject json) {
    this.json = json;
    this.lenient = new LenientJson(json);
  }

  /** Takes a copy of a configuration as Patroni writes it. */
  public static DynamicConfig of(JsonObject json) {
    return new DynamicConfig(json.copy());
  }

  /** A copy of everything, unknown keys included. */
  public JsonObject json() {
    return json.copy();
  }

  /**
   * Whether the cluster has been given its configuration. Until the first primary has bootstrapped
   * there is none, and it must be neither compared nor patched.
   */
  public boolean initialised() {
    return json.getValue("postgresql") instanceof JsonObject postgresql
        && postgresql.getValue("parameters") instanceof JsonObject;
  }

  /** How long the leader lock lives without being renewed. */
  public Optional<Duration> ttl() {
    return seconds("ttl");
  }

  /** The pause between two rounds of Patroni's loop. */
  public Optional<Duration> loopWait() {
    return seconds("loop_wait");
  }

  /** How long Patroni tries again when the state store or PostgreSQL does not answer. */
  public Optional<Duration> retryTimeout() {
    return seconds("retry_timeout");
  }

  /** How many bytes of WAL a replica may lag and still take over. */
  public Optional<Long> maximumLagOnFailover() {
    return lenient.number("maximum_lag_on_failover");
  }

  /** {@link SynchronousMode#OFF} when missing, as Patroni takes it. */
  public SynchronousMode synchronousMode() {
    if (lenient.textOrEmpty("synchronous_mode").equalsIgnoreCase("quorum")) {
      return SynchronousMode.QUORUM;
    }
    return lenient.isSet("synchronous_mode") ? SynchronousMode.ON : SynchronousMode.OFF;
  }

  /** Whether commits also wait when no synchronous standby is there. */
  public boolean synchronousModeStrict() {
    return lenient.isSet("synchronous_mode_strict");
  }

  /** How many standbys a commit waits for; Patroni takes 1 when missing. */
  public Optional<Integer> synchronousNodeCount() {
    return lenient.number("synchronous_node_count").map(Long::intValue);
  }

  /**
   * Whether the primary goes on while the state store is out of reach; absent differs from false.
   */
  public Optional<Boolean> failsafeMode() {
    return lenient.flag("failsafe_mode");
  }

  /**
   * Permanent replication slots: by name, their settings (such as {@code type}, {@code plugin}) as
   * text.
   */
  public Map<String, Map<String, String>> slots() {
    LenientJson slots = lenient.object("slots");
    var read = new TreeMap<String, Map<String, String>>();
    for (String name : slots.json().fieldNames()) {
      read.put(name, slots.object(name).texts());
    }
    return Collections.unmodifiableMap(read);
  }

  /** PostgreSQL parameters, as text and sorted by name. */
  public Map<String, String> parameters() {
    return lenient.object("postgresql").object("parameters").texts();
  }

  /** What this cluster follows, if it is a standby cluster: the scalar settings as text. */
  public Optional<Map<String, String>> standbyCluster() {
    LenientJson standby = lenient.object("standby_cluster");
    return standby.json().isEmpty() ? Optional.empty() : Optional.of(standby.texts());
  }

  private Optional<Duration> seconds(String key) {
    return lenient.number(key).map(Duration::ofSeconds);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DynamicConfig config && json.equals(config.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return "DynamicConfig" + json.fieldNames();
  }
}
