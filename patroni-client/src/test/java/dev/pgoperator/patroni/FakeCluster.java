package dev.pgoperator.patroni;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state of a pretended Patroni cluster: who leads, what is configured, what waits for a
 * restart. Orders change it as the real Patroni would, only at once. Safe to use from several
 * threads.
 */
public final class FakeCluster {
  private final String scope;
  private final Map<String, FakeMember> members = new LinkedHashMap<>();
  private final List<String> orders = new ArrayList<>();
  private JsonObject config = new JsonObject();
  private JsonObject scheduled = new JsonObject();

  private FakeCluster(String scope) {
    this.scope = scope;
  }

  /** A cluster without members and configuration, as before its bootstrap. */
  public static FakeCluster named(String scope) {
    return new FakeCluster(scope);
  }

  /** Adds a running primary; {@code host} is the address by which the operator will ask for it. */
  public FakeCluster primary(String name, String host) {
    return add(name, host, "primary");
  }

  /** Adds a running replica without lag. */
  public FakeCluster replica(String name, String host) {
    return add(name, host, "replica");
  }

  private synchronized FakeCluster add(String name, String host, String role) {
    members.put(name, new FakeMember(name, host, role));
    return this;
  }

  /** Replaces the dynamic configuration. */
  public synchronized FakeCluster configured(JsonObject dynamicConfig) {
    config = dynamicConfig.copy();
    return this;
  }

  /** Sets role (Patroni's word) and state of a member. */
  public FakeCluster becomes(String name, String role, String state) {
    return change(
        name,
        member -> {
          member.role = role;
          member.state = state;
        });
  }

  /** Sets the lag of a member: a number of bytes, or the word {@code unknown}. */
  public FakeCluster lags(String name, Object lag) {
    return change(name, member -> member.lag = lag);
  }

  public FakeCluster tagged(String name, String tag, Object value) {
    return change(name, member -> member.tags.put(tag, value));
  }

  /** Takes a member away, as when its pod is deleted. */
  public synchronized FakeCluster remove(String name) {
    members.remove(name);
    return this;
  }

  public synchronized String leader() {
    return members.values().stream()
        .filter(FakeMember::leads)
        .map(m -> m.name)
        .findFirst()
        .orElse("");
  }

  /** How often PostgreSQL of this member was started: one, and one more for every restart. */
  public synchronized int starts(String name) {
    return member(name).starts;
  }

  public synchronized JsonObject config() {
    return config.copy();
  }

  /**
   * Every order that arrived, such as {@code POST /switchover at demo-0}, refused ones included.
   */
  public synchronized List<String> orders() {
    return List.copyOf(orders);
  }

  synchronized List<FakeMember> members() {
    return List.copyOf(members.values());
  }

  synchronized Optional<FakeMember> at(String host) {
    return members.values().stream().filter(member -> member.host.equals(host)).findFirst();
  }

  synchronized void ordered(String order) {
    orders.add(order);
  }

  synchronized JsonObject scheduled() {
    return scheduled;
  }

  synchronized void schedule(JsonObject plan) {
    scheduled = plan;
  }

  synchronized JsonObject statusOf(String name) {
    var replication = new JsonArray();
    members.values().stream()
        .filter(member -> member.runs() && !member.leads())
        .forEach(member -> replication.add(replicationOf(member)));
    return member(name).status(scope, leader().isEmpty(), replication);
  }

  private static JsonObject replicationOf(FakeMember member) {
    return new JsonObject()
        .put("usename", "standby")
        .put("application_name", member.name)
        .put("client_addr", member.host)
        .put("state", "streaming")
        .put("sync_state", member.role.equals("sync_standby") ? "sync" : "async")
        .put("sync_priority", 0);
  }

  synchronized JsonObject topology() {
    var entries = new JsonArray();
    members.values().forEach(member -> entries.add(member.entry()));
    var json = new JsonObject().put("members", entries).put("scope", scope);
    return scheduled.isEmpty() ? json : json.put("scheduled_switchover", scheduled);
  }

  private synchronized FakeCluster change(String name, Consumer<FakeMember> change) {
    change.accept(member(name));
    return this;
  }

  synchronized FakeMember member(String name) {
    FakeMember member = members.get(name);
    if (member == null) {
      throw new IllegalArgumentException("no member " + name + " in " + members.keySet());
    }
    return member;
  }

  synchronized boolean has(String name) {
    return members.containsKey(name);
  }
}
