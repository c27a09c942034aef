package dev.pgoperator.e2e.bench;

import dev.pgoperator.e2e.bench.Fleet.Cluster;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each StatefulSet was gone, as a watch heard of it. */
final class Departures implements ResourceEventHandler<StatefulSet>, AutoCloseable {
  private final Map<Cluster, Long> gone = new ConcurrentHashMap<>();
  private final SharedIndexInformer<StatefulSet> informer;

  Departures(KubernetesClient client) {
    this.informer = client.apps().statefulSets().inAnyNamespace().withLimit(500L).inform(this);
  }

  boolean isGone(Cluster one) {
    return gone.containsKey(one);
  }

  /** In nanoseconds, as {@link System#nanoTime}. */
  long moment(Cluster one) {
    return gone.getOrDefault(one, Long.MAX_VALUE);
  }

  @Override
  public void onAdd(StatefulSet set) {}

  @Override
  public void onUpdate(StatefulSet before, StatefulSet set) {}

  @Override
  public void onDelete(StatefulSet last, boolean missed) {
    gone.put(
        new Cluster(last.getMetadata().getNamespace(), last.getMetadata().getName()),
        System.nanoTime());
  }

  @Override
  public void close() {
    informer.stop();
  }
}
