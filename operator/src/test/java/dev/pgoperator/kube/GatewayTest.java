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
        gateway.call(
            "get nothing",
            () -> {
              throw throttled();
            });
    assertThatThrownBy(() -> call.await(10, TimeUnit.SECONDS))
        .isInstanceOf(KubeFailure.Unavailable.class);
    assertThat(places.free()).as("halved by each of three attempts").isEqualTo(8);

    Future<String> good = gateway.call("get something", () -> "there");
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
    periodic.bound(() -> gateway.call("get a", () -> asked.add("periodic")));
    Future<Boolean> edit = person.bound(() -> gateway.call("get b", () -> asked.add("person")));

    others.getFirst().withdraw();

    edit.await(10, TimeUnit.SECONDS);
    assertThat(asked).containsExactly("person");
    others.forEach(Permits.Ticket::withdraw);
    asked.remove();
    assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("periodic");
  }
}
