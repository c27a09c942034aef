package dev.pgoperator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.config.ConfigState;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.EnvironmentObjects;
import dev.pgoperator.kube.FakeKube;
import dev.pgoperator.kube.FakeWatches;
import dev.pgoperator.pace.Limits;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the bell on the real event bus to the clusters that are told. */
class ReloadTest {
  private final Vertx vertx = Vertx.vertx();
  private final FakeWatches watches = new FakeWatches();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final LiveConfig live =
      new LiveConfig(
          ConfigState.start(OperatorConfigs.fromConfigMap(Map.of())).state(),
          () -> Reload.ring(vertx));
  private final Rollout rollout =
      new Rollout(
          () -> Set.of(new ClusterId("shop", "a")),
          (id, trigger) -> told.add(id + " " + trigger.kind()),
          (pause, action) -> {});

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void start() throws Exception {
    Fleet fleet =
        new Fleet(
            vertx,
            new Limits(1, 1),
            (all, mailbox) -> {
              throw new AssertionError("no cluster is taken up here");
            });
    var resync = new Resync(vertx, fleet, () -> live.get().operator().pace().resyncPeriod());
    var journal = new ConfigJournal(new FakeKube(), InstantSource.system());
    var roles =
        new RoleObjectWatch(
            watches, Optional.empty(), new LiveRoleObjects("default"), rollout, journal);
    new Reload(
            live,
            new EnvironmentWatch(watches, Optional.empty(), rollout, new EnvironmentObjects()),
            roles,
            rollout,
            resync)
        .start(vertx)
        .await(10, TimeUnit.SECONDS);
  }

  private void change(String key, String value) {
    live.arrived(OperatorConfigs.fromConfigMap(Map.of(key, value)));
  }

  @Test
  void everyClusterHearsOfAChangedConfiguration() throws Exception {
    start();
    change("inherited_labels", "team");
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/a config-changed");
  }

  @Test
  void objectsThatAreNewlyNamedAreWatchedBeforeAnybodyReadsThem() throws Exception {
    start();
    change("pod_environment_secret", "extra");
    assertThat(watches.begun().poll(10, TimeUnit.SECONDS)).isEqualTo("Secret */extra");
    assertThat(told).as("a change that nobody would hear of is still possible").isEmpty();
    watches.listed();
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/a config-changed");
  }

  @Test
  void roundsAreSpreadOverThePeriod() {
    assertThat(Resync.slot(Duration.ofMinutes(30))).isEqualTo(30_000);
    assertThat(Resync.slot(Duration.ofMillis(1))).as("a timer of zero is none").isEqualTo(1);
  }
}
