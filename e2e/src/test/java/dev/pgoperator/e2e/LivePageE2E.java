package dev.pgoperator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a person sees who opens the operator in a browser, and a Prometheus that scrapes it. */
@EndToEnd("e2e-live")
@Isolated("the page shows everything, and a browser needs the machine")
@Order(95)
class LivePageE2E {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Scene scene;
  private final PostgresCluster cluster;
  private Browser browser;

  LivePageE2E(Scene scene) {
    this.scene = scene;
    this.cluster = scene.cluster("acid-live");
  }

  @BeforeAll
  void openThePage() {
    Assumptions.assumeTrue(Browser.isInstalled(), "there is no chromium on this machine");
    browser = Browser.start();
    browser.open(address("/"));
    scene.waiting().until("the page is live", SOON, () -> text("state").equals("live"));
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private String address(String path) {
    return "http://" + scene.operator().pod().getStatus().getPodIP() + ":8080" + path;
  }

  private String text(String element) {
    return browser.value("document.getElementById('" + element + "').textContent");
  }

  private String phase() {
    return browser.value(
        "document.querySelector('[data-cluster=\"%s/%s\"]')?.dataset.phase"
            .formatted(scene.namespace(), cluster.name()));
  }

  @Test
  @Order(1)
  void aNewClusterAppearsOnTheOpenPageAndBecomesRunning() {
    scene.create(Manifests.small(cluster.name(), 1));

    scene.waiting().until("the page shows its creation", SOON, () -> phase().equals("Creating"));
    cluster.awaitRunning();
    scene.waiting().until("the page shows that it runs", SOON, () -> phase().equals("Running"));
    browser.picture(Path.of("target", "live-page.png"));
  }

  @Test
  @Order(2)
  void thePageCountsStepsRequestsAndBusMessages() {
    assertThat(text("steps")).contains("statefulset", "database");
    assertThat(text("requests")).contains("apply 200");
    assertThat(text("bus")).contains("cluster.*");
    assertThat(text("tiles")).contains("permits free");
  }

  @Test
  @Order(3)
  void aDeletedClusterLeavesTheOpenPage() {
    scene
        .client()
        .genericKubernetesResources(PostgresCluster.KIND)
        .inNamespace(scene.namespace())
        .withName(cluster.name())
        .delete();

    scene
        .waiting()
        .until(
            "the page lets it go",
            Duration.ofMinutes(1),
            () -> phase().equals("undefined") || phase().isEmpty());
  }

  @Test
  @Order(4)
  void prometheusFindsVertxTheGatewayAndTheSteps() throws Exception {
    assertThat(get("/metrics").body())
        .contains("vertx_eventbus_delivered_total", "address=\"cluster.*\"")
        .contains("pgoperator_kube_request_seconds_count{status=\"200\",verb=\"apply\"}")
        .contains("pgoperator_step_seconds_count", "pgoperator_permits_free")
        .doesNotContain("cluster.e2e");
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address(path))).build(), BodyHandlers.ofString());
    }
  }
}
