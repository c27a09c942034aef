package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cloud.FakeDisks;
import dev.pgoperator.cluster.step.Chronicle;
import dev.pgoperator.cluster.step.Ports;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.config.RoleObjects;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.FakeKube;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Projection;
import dev.pgoperator.patroni.PatroniHttp;
import dev.pgoperator.patroni.PatroniTimeouts;
import dev.pgoperator.pg.PgSync;
import dev.pgoperator.pg.PgTimeouts;
import dev.pgoperator.teams.FakeTeams;
import dev.pgoperator.teams.TeamBook;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that takes connections and never answers holds up its own cluster's SQL only. */
class HungServerTest {
  /** PostgreSQL's port on an address of this machine that nobody else uses. */
  private static final String ADDRESS = "127.0.77.1";

  private static final int PORT = 5432;
  private static final ClusterId ORDERS = new ClusterId("shop", "orders");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Vertx vertx = Vertx.vertx();
  private final FakeKube kube = new FakeKube();
  private final Inventory inventory = new Inventory(Projection::hashOfOwned);
  private final Promise<Void> connected = Promise.promise();
  private final Promise<Void> hungUp = Promise.promise();
  private final Promise<Void> gone = Promise.promise();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aDeletionDoesNotWaitForIt() throws Exception {
    NetServer silent =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  connected.tryComplete();
                  socket.closeHandler(closed -> hungUp.tryComplete());
                });
    silent.listen(PORT, ADDRESS).await(10, TimeUnit.SECONDS);
    inventory.note(PodState.of(primary(), "cluster-name", "spilo-role"));
    Fleet fleet = fleet();

    fleet.tell(ORDERS, new Trigger.SpecChanged(Manifests.valid("orders", "a", 1)));
    connected.future().await(30, TimeUnit.SECONDS);
    fleet.tell(ORDERS, new Trigger.Deleted(Manifests.valid("orders", "a", 1).origin()));

    hungUp.future().await(10, TimeUnit.SECONDS);
    inventory.forget(PodState.of(primary(), "cluster-name", "spilo-role"));
    fleet.tell(ORDERS, new Trigger.PodChanged("orders-0"));
    gone.future().await(30, TimeUnit.SECONDS);
    assertThat(kube.names(StatefulSet.class)).isEmpty();
  }

  /** Everything of the operator but its watches; its patience with the server is long. */
  private Fleet fleet() {
    var ports =
        new Ports(
            kube,
            inventory,
            new Ports.Servers(
                new PatroniHttp(vertx, PatroniTimeouts.defaults()),
                new PgSync(vertx, new PgTimeouts(PATIENCE, PATIENCE, PATIENCE))),
            new FakeDisks(),
            InstantSource.system(),
            Chronicle.SILENT);
    var config = OperatorConfigs.fromConfigMap(Map.of()).config();
    return new Fleet(
        vertx,
        new Permits(2),
        (fleet, mailbox) ->
            new ClusterWork(
                mailbox,
                ports,
                () -> config,
                new RoleLookup(() -> RoleObjects.none("default"), nobody()),
                id -> gone.tryComplete()));
  }

  private static TeamBook nobody() {
    return new TeamBook(
        new FakeTeams(), InstantSource.system(), (pause, action) -> {}, (team, readers) -> {});
  }

  private static Pod primary() {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("orders-0")
        .withUid("p")
        .addToLabels("application", "spilo")
        .addToLabels("cluster-name", "orders")
        .addToLabels("spilo-role", "master")
        .endMetadata()
        .withNewStatus()
        .withPhase("Running")
        .withPodIP(ADDRESS)
        .endStatus()
        .build();
  }
}
