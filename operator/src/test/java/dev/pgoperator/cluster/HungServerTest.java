package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
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
import dev.pgoperator.pace.Limits;
import dev.pgoperator.pg.PgSync;
import dev.pgoperator.pg.PgTimeouts;
import dev.pgoperator.teams.FakeTeams;
import dev.pgoperator.teams.TeamBook;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
  private final FakePatroni patroni = new FakePatroni();
  private final BlockingQueue<ClusterId> statefulSets = new LinkedBlockingQueue<>();
  private final Promise<Void> connected = Promise.promise();
  private final Promise<Void> hungUp = Promise.promise();
  private final Promise<Void> gone = Promise.promise();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aDeletionDoesNotWaitForIt() throws Exception {
    silent(PORT);
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

  @Test
  void anEditDoesNotWaitForPostgresAndOthersHaveItsPlaceMeanwhile() throws Exception {
    silent(PORT);
    othersAndEditsComeThrough(connected.future());
  }

  @Test
  void anEditDoesNotWaitForPatroniAndOthersHaveItsPlaceMeanwhile() throws Exception {
    othersAndEditsComeThrough(patroni.fallSilent());
  }

  private void othersAndEditsComeThrough(Future<Void> hung) throws Exception {
    inventory.note(PodState.of(primary(), "cluster-name", "spilo-role"));
    Fleet fleet = fleet();
    fleet.tell(ORDERS, new Trigger.SpecChanged(Manifests.valid("orders", "a", 1)));
    hung.await(30, TimeUnit.SECONDS);
    awaitStep(ORDERS);

    ClusterId other = new ClusterId("shop", "other");
    fleet.tell(other, new Trigger.SpecChanged(Manifests.valid("other", "b", 1)));
    awaitStep(other);
    assertThat(kube.names(StatefulSet.class)).contains("other");

    fleet.tell(ORDERS, new Trigger.SpecChanged(Manifests.with(2, "  users: {buyer: []}\n")));
    awaitStep(ORDERS);
    assertThat(kube.names(Secret.class))
        .contains("buyer.orders.credentials.postgresql.acid.zalan.do");
  }

  /** The step that comes after the secrets has ended; soon, compared with the patience. */
  private void awaitStep(ClusterId id) throws InterruptedException {
    for (ClusterId done = null; !id.equals(done); ) {
      done = statefulSets.poll(1, TimeUnit.SECONDS);
      assertThat(done).as("a StatefulSet of %s within a second", id).isNotNull();
    }
  }

  private void silent(int port) throws Exception {
    NetServer silent =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  connected.tryComplete();
                  socket.closeHandler(closed -> hungUp.tryComplete());
                });
    silent.listen(port, ADDRESS).await(10, TimeUnit.SECONDS);
  }

  /** Everything of the operator but its watches; its patience with the server is long. */
  private Fleet fleet() {
    var ports =
        new Ports(
            kube,
            inventory,
            new Ports.Servers(
                patroni, new PgSync(vertx, new PgTimeouts(PATIENCE, PATIENCE, PATIENCE))),
            new FakeDisks(),
            InstantSource.system(),
            new StepsHeard(statefulSets));
    var config = OperatorConfigs.fromConfigMap(Map.of()).config();
    return new Fleet(
        vertx,
        new Limits(1, 2),
        (fleet, mailbox) ->
            new ClusterWork(
                mailbox,
                ports,
                () -> config,
                new RoleLookup(() -> RoleObjects.none("default"), nobody()),
                id -> gone.tryComplete()));
  }

  private record StepsHeard(BlockingQueue<ClusterId> statefulSets) implements Chronicle {
    @Override
    public void began(ClusterId id, String step) {}

    @Override
    public void ended(ClusterId id, String step, String how, Duration took) {
      if (step.equals("statefulset")) {
        statefulSets.add(id);
      }
    }

    @Override
    public void said(ClusterId id, ClusterStatus status) {}
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
