package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches the pods of a cluster: how many work at each moment, and which are made anew. */
final class PodCensus implements ResourceEventHandler<Pod>, AutoCloseable {
  private final Map<String, Pod> pods = new HashMap<>(); // guarded by this
  private final List<String> replaced = new ArrayList<>(); // guarded by this
  private int fewest = Integer.MAX_VALUE; // guarded by this
  private final SharedIndexInformer<Pod> informer;

  private PodCensus(Scene scene, Map<String, String> labels) {
    informer =
        scene
            .client()
            .pods()
            .inNamespace(scene.namespace())
            .withLabels(labels)
            .runnableInformer(0)
            .addEventHandler(this);
  }

  static PodCensus of(Scene scene, Map<String, String> labels) {
    var census = new PodCensus(scene, labels);
    census.informer.start().toCompletableFuture().join();
    census.begin();
    return census;
  }

  /** What is told of one after the other, and perhaps later, was there from the beginning. */
  private synchronized void begin() {
    informer.getStore().list().forEach(pod -> pods.putIfAbsent(pod.getMetadata().getName(), pod));
    fewest = working();
  }

  /** The smallest number of pods that worked at the same time. */
  synchronized int fewestWorking() {
    return fewest;
  }

  /** Pods that were deleted, in their order. */
  synchronized List<String> replaced() {
    return List.copyOf(replaced);
  }

  private int working() {
    return (int)
        pods.values().stream()
            .filter(pod -> PostgresCluster.isUp(pod) && !PostgresCluster.role(pod).isEmpty())
            .count();
  }

  private synchronized void note(String name, Pod pod) {
    pods.put(name, pod);
    fewest = Math.min(fewest, working());
  }

  @Override
  public void onAdd(Pod pod) {
    note(pod.getMetadata().getName(), pod);
  }

  @Override
  public void onUpdate(Pod before, Pod pod) {
    note(pod.getMetadata().getName(), pod);
  }

  @Override
  public synchronized void onDelete(Pod pod, boolean unknown) {
    pods.remove(pod.getMetadata().getName());
    replaced.add(pod.getMetadata().getName());
    fewest = Math.min(fewest, working());
  }

  @Override
  public void close() {
    informer.close();
  }
}
