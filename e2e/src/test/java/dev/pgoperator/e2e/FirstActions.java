package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * When an operator first does something about an edit, as everybody can see it: a pod is taken
 * away, or Patroni's configuration is another one (Patroni keeps it in a ConfigMap, and writes that
 * before it answers the call).
 */
final class FirstActions implements AutoCloseable {
  private final AtomicLong seen = new AtomicLong(); // of System.nanoTime(); 0 is "not yet"
  private final List<SharedIndexInformer<?>> informers;
  private volatile long began = System.nanoTime();

  private FirstActions(Scene scene, PostgresCluster cluster) {
    informers =
        List.of(
            scene
                .client()
                .pods()
                .inNamespace(scene.namespace())
                .withLabels(cluster.labels())
                .runnableInformer(0)
                .addEventHandler(
                    new On<Pod>(
                        (before, now) ->
                            before.getMetadata().getDeletionTimestamp() == null
                                && now.getMetadata().getDeletionTimestamp() != null,
                        gone -> true)),
            scene
                .client()
                .configMaps()
                .inNamespace(scene.namespace())
                .withName(cluster.name() + "-config")
                .runnableInformer(0)
                .addEventHandler(
                    new On<ConfigMap>(
                        (before, now) -> !Objects.equals(config(before), config(now)),
                        gone -> false)));
  }

  static FirstActions on(Scene scene, PostgresCluster cluster) {
    var actions = new FirstActions(scene, cluster);
    actions.informers.forEach(one -> one.start().toCompletableFuture().join());
    return actions;
  }

  private static String config(ConfigMap map) {
    return String.valueOf(map.getMetadata().getAnnotations().get("config"));
  }

  /** From now on. */
  void await() {
    seen.set(0);
    began = System.nanoTime();
  }

  boolean happened() {
    return seen.get() != 0;
  }

  /** From {@link #await} to the first action. */
  Duration after() {
    if (!happened()) {
      throw new AssertionError("nothing was done yet");
    }
    return Duration.ofNanos(seen.get() - began);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }

  private final class On<T extends HasMetadata> implements ResourceEventHandler<T> {
    private final BiPredicate<T, T> counts;
    private final Predicate<T> deletion;

    On(BiPredicate<T, T> counts, Predicate<T> deletion) {
      this.counts = counts;
      this.deletion = deletion;
    }

    @Override
    public void onAdd(T object) {}

    @Override
    public void onUpdate(T before, T now) {
      if (counts.test(before, now)) {
        seen.compareAndSet(0, System.nanoTime());
      }
    }

    @Override
    public void onDelete(T object, boolean unknown) {
      if (deletion.test(object)) {
        seen.compareAndSet(0, System.nanoTime());
      }
    }
  }
}
