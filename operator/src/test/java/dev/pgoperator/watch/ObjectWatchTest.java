package dev.pgoperator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.Change;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.pace.Limits;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a changed object is told to. */
class ObjectWatchTest {
  private static final ClusterId ORDERS = new ClusterId("shop", "orders");
  private static final ClusterId OTHER = new ClusterId("shop", "other");

  /** One run of a cluster's work. */
  private record Run(ClusterId id, boolean byObject) {}

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Run> runs = new LinkedBlockingQueue<>();
  private final Fleet fleet =
      new Fleet(
          vertx,
          new Limits(2, 2),
          (fleet, mailbox) ->
              (pending, preempted) -> {
                runs.add(new Run(mailbox.id(), pending.kinds().contains("object-changed")));
                return new Next.Settled();
              });
  private final ObjectWatch<Secret> watch =
      new ObjectWatch<>(fleet, new Inventory(object -> "same"), "cluster-name");

  @BeforeEach
  void twoClusters() throws InterruptedException {
    fleet.tell(ORDERS, new Trigger.Retry("test"));
    fleet.tell(OTHER, new Trigger.Retry("test"));
    assertThat(runs.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(runs.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static Change<Secret> edited(String namespace, String version) {
    return new Change.Present<>(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("app")
            .withUid("s")
            .withResourceVersion(version)
            .addToLabels("cluster-name", "orders")
            .endMetadata()
            .build());
  }

  @Test
  void aSecretBesideItsClusterConcernsThatClusterOnly() throws Exception {
    watch.accept(edited("shop", "1"));

    assertThat(runs.poll(10, TimeUnit.SECONDS)).isEqualTo(new Run(ORDERS, true));
  }

  @Test
  void aSecretInAnotherNamespaceFindsItsCluster() throws Exception {
    watch.accept(edited("vault", "1"));
    assertThat(runs.poll(10, TimeUnit.SECONDS)).isEqualTo(new Run(ORDERS, true));

    watch.accept(edited("vault", "2"));
    assertThat(runs.poll(10, TimeUnit.SECONDS)).isEqualTo(new Run(ORDERS, true));
    assertThat(runs).isEmpty();
  }
}
