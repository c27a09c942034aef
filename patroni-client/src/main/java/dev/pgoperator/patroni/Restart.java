package dev.pgoperator.patroni;

import io.vertx.core.json.JsonObject;

/**
 * An order to restart the PostgreSQL of one member.
 *
 * @param onlyIfPending do nothing unless changed parameters wait for it
 * @param onlyAs do nothing unless the member still has this role, so that an order meant for a
 *     replica cannot hit the member that was just promoted
 */
public record Restart(boolean onlyIfPending, Role onlyAs) {

  /** The role that a member must have to be restarted. */
  public enum Role {
    ANY,
    PRIMARY,
    REPLICA
  }

  /** A restart if one is pending, whatever the role. */
  public static Restart ifPending() {
    return new Restart(true, Role.ANY);
  }

  /** A restart in any case. */
  public static Restart always() {
    return new Restart(false, Role.ANY);
  }

  /** The same, but only while the member has this role. */
  public Restart as(Role role) {
    return new Restart(onlyIfPending, role);
  }

  JsonObject body() {
    var body = new JsonObject();
    if (onlyIfPending) {
      body.put("restart_pending", true);
    }
    return switch (onlyAs) {
      case ANY -> body;
      case PRIMARY -> body.put("role", "primary");
      case REPLICA -> body.put("role", "replica");
    };
  }
}
