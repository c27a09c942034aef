package dev.pgoperator.patroni;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The difference between the configuration that a cluster has and the one that is wanted, as the
 * body of {@code PATCH /config}: only keys that differ, and {@code null} for those to be removed.
 * What was not named stays as it is. {@link #toString()} shows no values.
 */
public final class ConfigPatch {
  private final JsonObject body;
  private final List<ConfigChange> changes;

  private ConfigPatch(JsonObject body, List<ConfigChange> changes) {
    this.body = body;
    this.changes = List.copyOf(changes);
  }

  /** Begins a patch that makes {@code live} what the following calls ask for. */
  public static Builder against(DynamicConfig live) {
    return new Builder(live);
  }

  /** Nothing differs; there is no need to send it. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** A copy of the body to send. */
  public JsonObject body() {
    return body.copy();
  }

  /** Every difference, in the order in which they were asked for. */
  public List<ConfigChange> changes() {
    return changes;
  }

  @Override
  public String toString() {
    return "ConfigPatch" + changes;
  }

  /** Collects what is wanted; a value that the cluster has already adds nothing. */
  public static final class Builder {
    private final DynamicConfig live;
    private final ConfigDifference difference;

    private Builder(DynamicConfig live) {
      this.live = live;
      this.difference = new ConfigDifference(live.json());
    }

    /** Whole seconds; a fraction is cut off. */
    public Builder ttl(Duration ttl) {
      return set(ttl.toSeconds(), "ttl");
    }

    /** Whole seconds; a fraction is cut off. */
    public Builder loopWait(Duration pause) {
      return set(pause.toSeconds(), "loop_wait");
    }

    /** Whole seconds; a fraction is cut off. */
    public Builder retryTimeout(Duration timeout) {
      return set(timeout.toSeconds(), "retry_timeout");
    }

    public Builder maximumLagOnFailover(long bytes) {
      return set(bytes, "maximum_lag_on_failover");
    }

    /** A missing key is {@link SynchronousMode#OFF}. */
    public Builder synchronousMode(SynchronousMode mode) {
      return live.synchronousMode() == mode ? this : set(mode.json(), "synchronous_mode");
    }

    /** A missing key is false. */
    public Builder synchronousModeStrict(boolean strict) {
      return live.synchronousModeStrict() == strict ? this : set(strict, "synchronous_mode_strict");
    }

    /**
     * How many standbys a commit waits for; zero or less removes the key, which means Patroni's
     * default.
     */
    public Builder synchronousNodeCount(int count) {
      return count > 0 ? set(count, "synchronous_node_count") : remove("synchronous_node_count");
    }

    /** A missing key differs from false: it is written. */
    public Builder failsafeMode(boolean on) {
      return set(on, "failsafe_mode");
    }

    /** Makes a permanent slot exactly this; settings it has beyond these are removed. */
    public Builder slot(String name, Map<String, String> settings) {
      return set(new JsonObject(Map.copyOf(settings)), "slots", name);
    }

    public Builder removeSlot(String name) {
      return remove("slots", name);
    }

    /** Sets one parameter of PostgreSQL; values are compared as text. */
    public Builder parameter(String name, String value) {
      return set(value, "postgresql", "parameters", name);
    }

    /** Sets parameters of PostgreSQL; those not named stay. */
    public Builder parameters(Map<String, String> parameters) {
      parameters.forEach(this::parameter);
      return this;
    }

    public Builder removeParameter(String name) {
      return remove("postgresql", "parameters", name);
    }

    /** Makes this a standby cluster that follows exactly this. */
    public Builder standbyCluster(Map<String, String> settings) {
      return set(new JsonObject(Map.copyOf(settings)), "standby_cluster");
    }

    /** Promotes a standby cluster; nothing for a cluster that is none. */
    public Builder removeStandbyCluster() {
      return remove("standby_cluster");
    }

    /**
     * Sets any key.
     *
     * @param value text, number, boolean, a JSON array, or a JSON object, which replaces what is
     *     there
     * @param path the keys from the top, at least one
     */
    public Builder set(Object value, String... path) {
      difference.set(List.of(path), value);
      return this;
    }

    /** Removes any key; nothing if it is not there. */
    public Builder remove(String... path) {
      difference.remove(List.of(path));
      return this;
    }

    public ConfigPatch build() {
      return new ConfigPatch(difference.body(), difference.changes());
    }
  }
}
