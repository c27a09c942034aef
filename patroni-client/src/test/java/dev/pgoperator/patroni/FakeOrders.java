package dev.pgoperator.patroni;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/** What a member of a {@link FakeCluster} answers to a request. */
final class FakeOrders {
  private static final Set<String> NEED_A_RESTART =
      Set.of(
          "max_connections",
          "max_wal_senders",
          "max_worker_processes",
          "shared_buffers",
          "wal_level");

  private final FakeCluster cluster;

  /** Status and body. */
  record Answer(int status, String body) {}

  FakeOrders(FakeCluster cluster) {
    this.cluster = cluster;
  }

  Answer answer(FakeMember member, String request, JsonObject body) {
    synchronized (cluster) {
      if (!cluster.has(member.name)) {
        return new Answer(503, "this member is gone");
      }
      if (!request.startsWith("GET ")) {
        cluster.ordered(request + " at " + member.name);
      }
      return switch (request) {
        case "GET /patroni" -> json(200, cluster.statusOf(member.name));
        case "GET /cluster" -> json(200, cluster.topology());
        case "GET /config" -> config();
        case "GET /primary" -> probe(member, member.role.equals("primary") && member.runs());
        case "GET /readiness" -> probe(member, member.runs());
        case "GET /liveness" -> json(200, cluster.statusOf(member.name));
        case "PATCH /config" -> patch(body);
        case "POST /switchover" -> switchover(new LenientJson(body));
        case "DELETE /switchover" -> cancel();
        case "POST /restart" -> restart(member, new LenientJson(body));
        case "POST /reload" -> new Answer(202, "reload scheduled");
        case "POST /reinitialize" -> reinitialize(member);
        default -> new Answer(501, "not known to the fake: " + request);
      };
    }
  }

  private Answer probe(FakeMember member, boolean yes) {
    return json(yes ? 200 : 503, cluster.statusOf(member.name));
  }

  /**
   * Before its bootstrap a cluster has no configuration, and Patroni answers as a broken gateway.
   */
  private Answer config() {
    JsonObject config = cluster.config();
    return config.isEmpty()
        ? new Answer(502, "<!DOCTYPE HTML><p>Bad Gateway.</p>")
        : json(200, config);
  }

  private Answer patch(JsonObject patch) {
    JsonObject before = parameters(cluster.config());
    JsonObject config = merged(cluster.config(), patch);
    cluster.configured(config);
    JsonObject after = parameters(config);
    for (String name : NEED_A_RESTART) {
      if (!String.valueOf(before.getValue(name)).equals(String.valueOf(after.getValue(name)))) {
        var reason =
            new JsonObject()
                .put("old_value", String.valueOf(before.getValue(name)))
                .put("new_value", String.valueOf(after.getValue(name)));
        cluster.members().forEach(member -> member.pendingRestart.put(name, reason));
      }
    }
    return json(200, config);
  }

  private static JsonObject parameters(JsonObject config) {
    return new LenientJson(config).object("postgresql").object("parameters").json();
  }

  /** Patroni's merge: objects go into each other, null removes, anything else replaces. */
  static JsonObject merged(JsonObject config, JsonObject patch) {
    for (String key : patch.fieldNames()) {
      switch (patch.getValue(key)) {
        case null -> config.remove(key);
        case JsonObject inner when config.getValue(key) instanceof JsonObject present ->
            config.put(key, merged(present, inner));
        case Object value -> config.put(key, value);
      }
    }
    return config;
  }

  private Answer switchover(LenientJson order) {
    String leader = order.textOrEmpty("leader");
    String candidate = order.textOrEmpty("candidate");
    if (!leader.equals(cluster.leader()) || leader.isEmpty()) {
      return new Answer(412, "leader name does not match");
    }
    if (!cluster.has(candidate)) {
      return new Answer(412, "candidate does not exists");
    }
    if (order.text("scheduled_at").isPresent()) {
      cluster.schedule(
          new JsonObject()
              .put("at", order.textOrEmpty("scheduled_at"))
              .put("from", leader)
              .put("to", candidate));
      return new Answer(202, "Switchover scheduled");
    }
    if (!cluster.member(candidate).runs()) {
      return new Answer(412, "switchover is not possible: no good candidates have been found");
    }
    cluster.member(leader).role = "replica";
    cluster.member(candidate).role = "primary";
    cluster.members().forEach(member -> member.timeline++);
    return new Answer(200, "Successfully switched over to \"" + candidate + "\"");
  }

  private Answer cancel() {
    boolean had = !cluster.scheduled().isEmpty();
    cluster.schedule(new JsonObject());
    return had
        ? new Answer(200, "scheduled switchover deleted")
        : new Answer(404, "no switchover is scheduled");
  }

  private static Answer restart(FakeMember member, LenientJson order) {
    String role = order.text("role").orElse(member.role);
    if ((order.isSet("restart_pending") && member.pendingRestart.isEmpty())
        || !role.equals(member.role)) {
      return new Answer(503, "restart conditions are not satisfied");
    }
    member.starts++;
    member.pendingRestart.clear();
    return new Answer(200, "restarted successfully");
  }

  private static Answer reinitialize(FakeMember member) {
    if (member.leads()) {
      return new Answer(503, "I am the leader, can not reinitialize");
    }
    member.state = "creating replica";
    return new Answer(200, "reinitialize started");
  }

  private static Answer json(int status, JsonObject body) {
    return new Answer(status, body.encode());
  }
}
