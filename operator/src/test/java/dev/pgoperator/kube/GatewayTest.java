package dev.pgoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgoperator.pace.Claim;
import dev.pgoperator.pace.Lane;
import dev.pgoperator.pace.Permits;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gateway with calls that stand for an API server. */
class GatewayTest {
  private static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1));

  private final Vertx vertx = Vertx.vertx();
  private final Permits places = new Permits(Fabric8Kube.MOST_REQUESTS);
  private final Gateway gateway = new Gateway(vertx, places, QUICK, Requests.UNHEARD);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static KubernetesClientException throttled() {
    return new KubernetesClientException(new StatusBuilder().withCode(429).build());
  }

  @Test
  void anApiServerThatThrottlesIsAskedLessAtTheSameTime() throws Exception {
    Future<Object> call =
        gateway.read(
            "get nothing",
            () -> {
              throw throttled();
            });
    assertThatThrownBy(() -> call.await(10, TimeUnit.SECONDS))
        .isInstanceOf(KubeFailure.Unavailable.class);
    assertThat(places.free()).as("halved by each of three attempts").isEqualTo(8);

    Future<String> good = gateway.read("get something", () -> "there");
    assertThat(good.await(10, TimeUnit.SECONDS)).isEqualTo("there");
  }

  @Test
  void whatAPersonWaitsForGoesFirst() throws Exception {
    List<Permits.Ticket> others = new ArrayList<>();
    for (int i = 0; i < Fabric8Kube.MOST_REQUESTS; i++) {
      others.add(places.acquire(new Claim(Lane.PERSON, "busy")));
    }
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    var periodic = new Claim(Lane.PERIODIC, "shop");
    var person = new Claim(Lane.PERSON, "shop");
    periodic.bound(() -> gateway.read("get a", () -> asked.add("periodic")));
    Future<Boolean> edit = person.bound(() -> gateway.read("get b", () -> asked.add("person")));

    others.getFirst().withdraw();

    edit.await(10, TimeUnit.SECONDS);
    assertThat(asked).containsExactly("person");
    others.forEach(Permits.Ticket::withdraw);
    asked.remove();
    assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("periodic");
  }

  /** A fence that lets as many writes through as it is told. */
  private record Turnstile(AtomicInteger left, AtomicInteger inside) implements Fence {
    @Override
    public boolean enter() {
      boolean open = left.getAndDecrement() > 0;
      inside.addAndGet(open ? 1 : 0);
      return open;
    }

    @Override
    public void leave() {
      inside.decrementAndGet();
    }
  }

  @Test
  void aClosedFenceStopsTheRepetitionsOfACallThatHasBegun() {
    var turnstile = new Turnstile(new AtomicInteger(2), new AtomicInteger());
    AtomicInteger sent = new AtomicInteger();
    Future<Object> call =
        gateway
            .behind(turnstile)
            .write(
                "apply Service shop/orders",
                () -> {
                  sent.incrementAndGet();
                  throw throttled();
                });
    assertThatThrownBy(() -> call.await(10, TimeUnit.SECONDS))
        .isInstanceOf(KubeFailure.Withheld.class)
        .hasMessageContaining("apply Service shop/orders");
    assertThat(sent).as("the third attempt was not made").hasValue(2);
    assertThat(turnstile.inside()).hasValue(0);
  }

  @Test
  void aClosedFenceStopsCommandsAndNoQuestions() throws Exception {
    Gateway closed = gateway.behind(Fence.CLOSED);
    assertThatThrownBy(() -> closed.writeOnce("exec id", () -> 0).await(10, TimeUnit.SECONDS))
        .isInstanceOf(KubeFailure.Withheld.class);
    assertThat(closed.read("get something", () -> "there").await(10, TimeUnit.SECONDS))
        .isEqualTo("there");
    assertThat(places.free()).as("no place is kept").isEqualTo(Fabric8Kube.MOST_REQUESTS);
  }
}
