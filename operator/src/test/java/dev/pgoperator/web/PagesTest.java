package dev.pgoperator.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.api.ClusterStatus;
import dev.pgoperator.cluster.ClusterVerticle;
import dev.pgoperator.cluster.Trigger;
import dev.pgoperator.fleet.Fleet;
import dev.pgoperator.fleet.FleetView;
import dev.pgoperator.fleet.Observatory;
import dev.pgoperator.pace.Limits;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final ClusterId ORDERS = new ClusterId("shop", "orders");

  private final Vertx vertx = Vertx.vertx();

  /** Kept, because Vert.x closes a client that nobody holds any more. */
  private final HttpClient client = vertx.createHttpClient();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Observatory observatory =
      new Observatory(vertx.eventBus(), registry, InstantSource.system());
  private final AtomicBoolean ready = new AtomicBoolean();
  private volatile Set<String> interrupted = Set.of();
  private int port;

  @BeforeEach
  void listen() throws Exception {
    Limits limits = new Limits(3, 3);
    Fleet fleet =
        new Fleet(
            vertx,
            limits,
            (all, mailbox) -> (pending, preempted) -> new ClusterVerticle.Next.Settled());
    fleet.tell(ORDERS, new Trigger.Resync());
    FleetView view = new FleetView(fleet, observatory, limits);
    Health health = new Health(ready::get, () -> interrupted);
    port =
        new Pages(health, view, registry, Observatory.CHANGED)
            .listen(vertx, 0)
            .await(5, SECONDS)
            .actualPort();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(5, SECONDS);
  }

  @Test
  void theLivePageNeedsNothingFromElsewhere() throws Exception {
    String page = body("/");

    assertThat(page).contains("EventSource('live')");
    assertThat(page).doesNotContain("http://", "https://", "src=");
  }

  @Test
  void aPageGetsAllClustersFirstAndThenWhatChanges() throws Exception {
    Conversation live = new Conversation();
    open("/live", live);

    assertThat(live.heard("event: all"))
        .contains("\"id\":\"shop/orders\"")
        .contains("\"phase\":\"\"");

    observatory.began(ORDERS, "services");
    assertThat(live.heard("event: changed")).contains("\"step\":\"services\"");

    observatory.ended(ORDERS, "services", "done", Duration.ofMillis(3));
    observatory.said(ORDERS, new ClusterStatus("Running", 1, List.of()));
    assertThat(live.heard("event: changed"))
        .contains("\"phase\":\"Running\"")
        .contains("\"step\":\"\"");
  }

  @Test
  void aPageThatIsOpenedLaterGetsWhatHappenedMeanwhile() throws Exception {
    observatory.said(ORDERS, new ClusterStatus("Creating", 1, List.of()));
    Conversation live = new Conversation();
    open("/live", live);
    assertThat(live.heard("event: all")).contains("\"phase\":\"Creating\"");

    observatory.said(ORDERS, new ClusterStatus("Running", 1, List.of()));

    assertThat(live.heard("event: changed")).contains("\"phase\":\"Running\"");
  }

  @Test
  void stepsAreCountedForPrometheusAndForThePage() throws Exception {
    observatory.ended(ORDERS, "services", "failed", Duration.ofMillis(3));
    Conversation live = new Conversation();
    open("/live", live);

    assertThat(live.heard("event: numbers")).contains("services").contains("\"free\":");
    assertThat(body("/metrics"))
        .contains("pgoperator_step_seconds_count{outcome=\"failed\",step=\"services\"} 1");
  }

  @Test
  void probesAndHealthSayHowItIs() throws Exception {
    assertThat(status("/livez/")).isEqualTo(200);
    assertThat(status("/readyz")).isEqualTo(503);

    ready.set(true);
    assertThat(status("/readyz/")).isEqualTo(200);
    assertThat(status("/health")).isEqualTo(200);

    interrupted = Set.of("Pod");
    assertThat(status("/health")).isEqualTo(503);
    assertThat(body("/health")).contains("\"interruptedWatches\":[\"Pod\"]");
    assertThat(status("/readyz")).as("it acts on what it knows").isEqualTo(200);
    assertThat(status("/nowhere")).isEqualTo(404);
  }

  private Future<HttpClientResponse> get(String path) {
    return client
        .request(HttpMethod.GET, port, "localhost", path)
        .compose(request -> request.send());
  }

  private int status(String path) throws Exception {
    return get(path).await(5, SECONDS).statusCode();
  }

  private String body(String path) throws Exception {
    return get(path).compose(HttpClientResponse::body).map(Buffer::toString).await(5, SECONDS);
  }

  private void open(String path, Conversation conversation) throws Exception {
    get(path).onSuccess(response -> response.handler(conversation::hear)).await(5, SECONDS);
  }

  /** What a page has been sent and has not read yet. */
  private static final class Conversation {
    private String unread = "";
    private String awaited = "";
    private Promise<String> reader = Promise.promise();

    synchronized void hear(Buffer part) {
      unread += part;
      deliver();
    }

    /** The next event that begins with this, without those before it. */
    String heard(String event) throws Exception {
      Future<String> next;
      synchronized (this) {
        awaited = event;
        reader = Promise.promise();
        next = reader.future();
        deliver();
      }
      return next.await(5, SECONDS);
    }

    private void deliver() {
      int begin = awaited.isEmpty() ? -1 : unread.indexOf(awaited);
      int end = begin < 0 ? -1 : unread.indexOf("\n\n", begin);
      if (end >= 0) {
        String event = unread.substring(begin, end);
        unread = unread.substring(end + 2);
        awaited = "";
        reader.complete(event);
      }
    }
  }
}
