package dev.pgoperator.patroni;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One member of a {@link FakeCluster}; changed only by its cluster. */
final class FakeMember {
  static final int SERVER_VERSION = 170006;

  final String name;
  final String host;
  String role;
  String state = "running";
  Object lag = 0;
  long timeline = 1;
  int starts = 1;
  final JsonObject tags = new JsonObject();
  final JsonObject pendingRestart = new JsonObject();

  FakeMember(String name, String host, String role) {
    this.name = name;
    this.host = host;
    this.role = role;
  }

  boolean leads() {
    return role.equals("primary") || role.equals("standby_leader");
  }

  boolean runs() {
    return state.equals("running");
  }

  /** The answer to {@code GET /patroni}. */
  JsonObject status(String scope, boolean unlocked, JsonArray replication) {
    var json =
        new JsonObject()
            .put("state", state)
            .put("role", role)
            .put("dcs_last_seen", 1790000000)
            .put(
                "patroni",
                new JsonObject().put("version", "4.0.7").put("scope", scope).put("name", name));
    if (runs()) {
      json.put("server_version", SERVER_VERSION).put("timeline", timeline).put("xlog", xlog());
    }
    if (leads() && !replication.isEmpty()) {
      json.put("replication", replication);
    }
    if (unlocked) {
      json.put("cluster_unlocked", true);
    }
    if (!pendingRestart.isEmpty()) {
      json.put("pending_restart", true).put("pending_restart_reason", pendingRestart.copy());
    }
    return json;
  }

  private JsonObject xlog() {
    return leads()
        ? new JsonObject().put("location", 67108864)
        : new JsonObject()
            .put("received_location", 67108864)
            .put("replayed_location", 67108864)
            .putNull("replayed_timestamp")
            .put("paused", false);
  }

  /** The entry in {@code GET /cluster}. */
  JsonObject entry() {
    var json =
        new JsonObject()
            .put("name", name)
            .put("role", role.equals("primary") ? "leader" : role)
            .put("state", runs() && !leads() ? "streaming" : state)
            .put("api_url", "http://" + host + ":8008/patroni")
            .put("host", host)
            .put("port", 5432)
            .put("timeline", timeline);
    if (!leads()) {
      json.put("lag", lag);
    }
    if (!pendingRestart.isEmpty()) {
      json.put("pending_restart", true).put("pending_restart_reason", pendingRestart.copy());
    }
    if (!tags.isEmpty()) {
      json.put("tags", tags.copy());
    }
    return json;
  }
}
