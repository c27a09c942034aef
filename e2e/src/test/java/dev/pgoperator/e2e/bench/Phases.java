package dev.pgoperator.e2e.bench;

import dev.pgoperator.e2e.bench.Fleet.Cluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Follows what the status of every manifest says. */
final class Phases implements ResourceEventHandler<GenericKubernetesResource>, AutoCloseable {
  private final Map<Cluster, String> phases = new ConcurrentHashMap<>();
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  Phases(KubernetesClient client) {
    this.informer =
        client
            .genericKubernetesResources(Fleet.POSTGRESQL)
            .inAnyNamespace()
            .withLimit(500L)
            .inform(this);
  }

  /** Waits until all of them are {@code Running}; how long that took from the given moment. */
  Duration awaitRunning(Collection<Cluster> clusters, long since, Duration limit) {
    Waits.until(
        clusters.size() + " clusters are Running",
        limit,
        () -> clusters.stream().allMatch(one -> "Running".equals(phases.get(one))));
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private static Cluster of(GenericKubernetesResource manifest) {
    var meta = manifest.getMetadata();
    return new Cluster(meta.getNamespace(), meta.getName());
  }

  @Override
  public void onAdd(GenericKubernetesResource manifest) {
    Object said = manifest.get("status", "PostgresClusterStatus");
    phases.put(of(manifest), said == null ? "" : said.toString());
  }

  @Override
  public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource manifest) {
    onAdd(manifest);
  }

  @Override
  public void onDelete(GenericKubernetesResource last, boolean missed) {
    phases.remove(of(last));
  }

  @Override
  public void close() {
    informer.stop();
  }
}
