package dev.pgoperator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What all classes of one run share: the connection to Kubernetes, and what was seen and measured
 * on the way.
 */
final class Run implements AutoCloseable {
  private final KubernetesClient client = connected();
  private final Vertx vertx = Vertx.vertx();
  private final Evidence evidence = new Evidence(client);
  private final Doors doors = new Doors(client);
  private final KeptLogs logs = new KeptLogs(client, Path.of("target", "operator-logs"));

  private static KubernetesClient connected() {
    KubernetesClient client = new KubernetesClientBuilder().build();
    try {
      client.getKubernetesVersion();
      return client;
    } catch (KubernetesClientException nothing) {
      throw new IllegalStateException(
          "no Kubernetes answers at "
              + client.getMasterUrl()
              + "; e2e/run brings one up, or uses the one of KUBECONFIG",
          nothing);
    }
  }

  KubernetesClient client() {
    return client;
  }

  Vertx vertx() {
    return vertx;
  }

  Evidence evidence() {
    return evidence;
  }

  Doors doors() {
    return doors;
  }

  KeptLogs logs() {
    return logs;
  }

  /** The operator that {@code manifests} installs. */
  Operator operator() {
    return operator("default");
  }

  Operator operator(String namespace) {
    return new Operator(client, namespace, logs);
  }

  /** The API server's record of the operator's requests, where the cluster is the bed. */
  static Optional<Path> auditLog() {
    return Optional.ofNullable(System.getenv("PGOPERATOR_AUDIT_LOG"))
        .filter(path -> !path.isEmpty())
        .map(Path::of);
  }

  @Override
  public void close() throws TimeoutException {
    doors.close();
    logs.close();
    evidence.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    client.close();
  }
}
