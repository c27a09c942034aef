package dev.pgoperator.watch;

import dev.pgoperator.cluster.Trigger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * What follows when another configuration came into force: the objects that it names are watched,
 * every cluster is looked at, and the rounds go on with its period.
 */
public final class Reload {
  /** Address of the bell on the event bus that is rung after the configuration has changed. */
  public static final String BELL = "configuration";

  /** Seconds to wait for objects that may not be readable at all. */
  private static final int PATIENCE = 5;

  private final LiveConfig config;
  private final EnvironmentWatch environment;
  private final RoleObjectWatch roles;
  private final Rollout rollout;
  private final Resync resync;

  public Reload(
      LiveConfig config,
      EnvironmentWatch environment,
      RoleObjectWatch roles,
      Rollout rollout,
      Resync resync) {
    this.config = config;
    this.environment = environment;
    this.roles = roles;
    this.rollout = rollout;
    this.resync = resync;
  }

  /** Rings the bell. */
  public static void ring(Vertx vertx) {
    vertx.eventBus().publish(BELL, "");
  }

  /**
   * Follows the first configuration, and then every bell.
   *
   * @return done when the objects that the configuration names are known, as far as they can be
   */
  public Future<Void> start(Vertx vertx) {
    return vertx
        .eventBus()
        .consumer(BELL, bell -> follow())
        .completion()
        .compose(listening -> known());
  }

  private void follow() {
    resync.pace();
    // In this order, so that no change between a sync and the first list is missed.
    known()
        .onSuccess(
            done -> rollout.tell(id -> true, new Trigger.ConfigChanged("the configuration")));
  }

  private Future<Void> known() {
    return Future.all(environment.follow(config.get()), roles.follow(config.get()))
        .<Void>mapEmpty()
        .timeout(PATIENCE, TimeUnit.SECONDS)
        .otherwiseEmpty();
  }
}
