package dev.pgoperator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the operator logs in to a primary before it has anything to say there. */
class ConnectAheadTest {
  private final World world = new World(Map.of("enable_database_access", "false"));
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

  @BeforeEach
  void aClusterRunsWhoseDatabaseNobodyHasLookedAt() throws Exception {
    world.sync(Manifests.with(1, ""));
    new LivePods(world).pairRuns("orders-0", "orders-1");
    world.configure(Map.of());
    vertx
        .createNetServer()
        .connectHandler(
            socket -> {
              calls.add(socket.localAddress().host());
              socket.close();
            })
        .listen(5432, LivePods.host("orders-0"))
        .await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    world.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void anEditDoesSoBeforeItsSecretsAreWritten() throws Exception {
    world.kube.failWhen(request -> request.contains("Secret"));

    world.sync(Manifests.with(2, "  users: {buyer: []}\n"));

    assertThat(calls.poll(10, TimeUnit.SECONDS)).isEqualTo(LivePods.host("orders-0"));
    assertThat(world.kube.phases().getLast()).isEqualTo("UpdateFailed");
  }
}
