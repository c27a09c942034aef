package dev.pgoperator.cluster.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.cloud.FakeDisks;
import dev.pgoperator.kube.FakeKube;
import dev.pgoperator.kube.Fence;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.KubeFailure;
import dev.pgoperator.model.Projection;
import dev.pgoperator.patroni.MemberAddress;
import dev.pgoperator.patroni.PatroniHttp;
import dev.pgoperator.patroni.PatroniTimeouts;
import dev.pgoperator.pg.PgSync;
import dev.pgoperator.pg.PgTimeouts;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cluster's work is given of the outside. */
class PortsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Ports ports =
      new Ports(
          new FakeKube(),
          new Inventory(Projection::hashOfOwned),
          new Ports.Servers(
              new PatroniHttp(vertx, PatroniTimeouts.defaults()),
              new PgSync(vertx, PgTimeouts.DEFAULT)),
          new FakeDisks(),
          InstantSource.system(),
          Chronicle.SILENT);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void areTheSameWhereTheFenceIsAlwaysOpen() {
    assertThat(ports.behind(Fence.OPEN)).isSameAs(ports);
  }

  @Test
  void letNoOrderThroughWhereItIsNever() {
    var order = ports.behind(Fence.CLOSED).patroni().reload(MemberAddress.of("127.0.0.1"));
    assertThat(order.cause()).isInstanceOf(KubeFailure.Withheld.class);
  }
}
