package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks on while the minimal cluster is created, and takes the time between what happens and what
 * the operator does.
 */
final class Creation implements AutoCloseable {
  private static final int PATRONI = 8008;
  private static final String PRIMARY = "the first pod is the primary";
  private static final Duration PRECISION = Duration.ofMillis(20);
  private static final String EXISTING =
      """
      SELECT (SELECT count(*) FROM pg_roles WHERE rolname IN ('zalando', 'foo_user', 'bar_owner', 'bar_data_reader'))
           + (SELECT count(*) FROM pg_database WHERE datname IN ('foo', 'bar'))""";
  private static final List<String> ALL = List.of("6");

  private final Scene scene;
  private final PostgresCluster cluster;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Nanoseconds of the first moment at which each thing was seen. */
  private final Map<String, Long> seen = new ConcurrentHashMap<>();

  private final List<SharedIndexInformer<?>> watches;

  Creation(Scene scene, PostgresCluster cluster) {
    this.scene = scene;
    this.cluster = cluster;
    watches =
        List.of(
            scene
                .client()
                .pods()
                .inNamespace(scene.namespace())
                .withLabels(cluster.labels())
                .inform(new Appearances<>(this::pod)),
            scene
                .client()
                .genericKubernetesResources(PostgresCluster.KIND)
                .inNamespace(scene.namespace())
                .inform(new Appearances<>(this::manifest)));
  }

  /**
   * From Patroni's word that the primary is one, to the last of the manifest's roles and databases.
   */
  Duration fromPrimaryToRoles() {
    Pod first =
        cluster
            .waiting()
            .forAnswer(
                "the first pod has an address",
                Duration.ofMinutes(1),
                PRECISION,
                () -> cluster.pods().stream().filter(PostgresCluster::isUp).findFirst());
    InetSocketAddress server = cluster.address(first);
    Login postgres = cluster.login("postgres", "postgres");
    Sql sql = new Sql(scene.run().vertx());
    Thread patroni = Thread.startVirtualThread(() -> notePrimary(first));
    // Connected before the time counts: our own first connection takes longer than what is
    // measured.
    try (Sql.Look look =
        cluster
            .waiting()
            .forAnswer(
                "the server lets the superuser in",
                Duration.ofMinutes(1),
                PRECISION,
                () -> sql.triedLook(server, postgres))) {
      cluster
          .waiting()
          .until(
              "roles and databases exist",
              Duration.ofSeconds(60),
              () -> look.column(EXISTING).equals(ALL));
      long complete = System.nanoTime();
      patroni.join(Duration.ofMinutes(1));
      return Duration.ofNanos(complete - moment(PRIMARY));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private void notePrimary(Pod pod) {
    InetSocketAddress patroni = scene.run().doors().to(pod, PATRONI);
    cluster
        .waiting()
        .forAnswer(
            "Patroni says primary", Duration.ofMinutes(1), PRECISION, () -> primary(patroni));
    seen.put(PRIMARY, System.nanoTime());
  }

  /** From the moment at which all pods were ready and had a role, to the status that says so. */
  Duration fromLastPodToRunning() {
    cluster.awaitRunning();
    cluster
        .waiting()
        .until("the status was seen", Duration.ofSeconds(5), () -> seen.containsKey("Running"));
    long last =
        cluster.pods().stream()
            .mapToLong(pod -> moment(pod.getMetadata().getName()))
            .max()
            .orElseThrow();
    return Duration.ofNanos(Math.max(0, moment("Running") - last));
  }

  private long moment(String what) {
    return Optional.ofNullable(seen.get(what))
        .orElseThrow(() -> new AssertionError(what + " was not seen"));
  }

  private void pod(Pod pod) {
    if (Readiness.getInstance().isReady(pod) && !PostgresCluster.role(pod).isEmpty()) {
      seen.putIfAbsent(pod.getMetadata().getName(), System.nanoTime());
    }
  }

  private void manifest(GenericKubernetesResource manifest) {
    seen.putIfAbsent(Status.of(manifest).phase(), System.nanoTime());
  }

  private Optional<Boolean> primary(InetSocketAddress patroni) {
    URI page =
        URI.create("http://" + patroni.getHostString() + ":" + patroni.getPort() + "/primary");
    try {
      HttpRequest request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(2)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200
          ? Optional.of(true)
          : Optional.empty();
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    watches.forEach(SharedIndexInformer::close);
    http.close();
  }
}
