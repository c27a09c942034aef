package dev.pgoperator.watch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.cluster.ClusterVerticle.Next;
import dev.pgoperator.cluster.Pending;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.kube.FakeWatches;
import dev.pgoperator.kube.FollowedSecrets;
import dev.pgoperator.kube.Inventory;
import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.pace.Limits;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretFollowingTest {
  private static final ClusterId ORDERS = new ClusterId("shop", "orders");
  private static final ClusterId BILLS = new ClusterId("shop", "bills");
  private static final ObjectKey BROUGHT = ObjectKey.of(Secret.class, "shop", "brought");

  private final Vertx vertx = Vertx.vertx();
  private final FakeWatches watches = new FakeWatches();
  private final BlockingQueue<String> synced = new LinkedBlockingQueue<>();
  private final Fleet fleet =
      new Fleet(
          vertx,
          new Limits(2, 2),
          (all, mailbox) ->
              (Pending pending, dev.pgoperator.cluster.step.Turn turn) -> {
                synced.add(mailbox.id() + " " + pending.kinds());
                return new Next.Settled();
              });
  private final SecretFollowing following = new SecretFollowing(watches, fleet);
  private final Inventory inventory = new Inventory(live -> "", this::begin);
  private final FollowedSecrets followed = inventory.followed();

  private void begin(ObjectKey secret) {
    following.begin(followed, secret);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(5, SECONDS);
  }

  private static Secret brought(String version) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("brought")
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }

  @Test
  void aChangeIsToldToTheClusterWithItsVersion() throws Exception {
    fleet.tell(ORDERS, new Trigger.Resync());
    assertThat(synced.poll(5, SECONDS)).isEqualTo("shop/orders [resync]");
    followed.follow(BROUGHT, ORDERS);
    assertThat(watches.watched()).containsExactly("Secret shop/brought");

    watches.present(brought("7"));

    assertThat(synced.poll(5, SECONDS)).isEqualTo("shop/orders [object-changed]");
    assertThat(followed.version(BROUGHT)).isEqualTo("7");

    watches.gone(brought("7"));
    assertThat(synced.poll(5, SECONDS)).isEqualTo("shop/orders [object-changed]");
    assertThat(followed.version(BROUGHT)).isEmpty();
  }

  @Test
  void aSecretIsWatchedOnceAndUntilItsLastClusterIsGone() {
    followed.follow(BROUGHT, ORDERS);
    followed.follow(BROUGHT, ORDERS);
    followed.follow(BROUGHT, BILLS);
    assertThat(watches.watched()).containsExactly("Secret shop/brought");

    followed.release(ORDERS);
    following.tidy(followed);
    assertThat(watches.watched()).containsExactly("Secret shop/brought");

    followed.release(BILLS);
    following.tidy(followed);
    assertThat(watches.watched()).isEmpty();
  }

  @Test
  void thereAreNeverMoreThanTheBoundAllows() {
    for (int i = 0; i < SecretFollowing.MOST + 5; i++) {
      followed.follow(ObjectKey.of(Secret.class, "shop", "brought-" + i), ORDERS);
    }
    assertThat(watches.watched()).hasSize(SecretFollowing.MOST);
  }
}
