package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Watches whose events a test delivers by hand. */
public final class FakeWatches implements Watches {
  private final List<Running<?>> running = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

  private record Running<T extends HasMetadata>(
      Class<T> type,
      WatchScope scope,
      Consumer<Change<T>> listener,
      Promise<Void> first,
      List<Running<?>> all)
      implements Subscription {
    @Override
    public Future<Void> listed() {
      return first.future();
    }

    @Override
    public void end() {
      all.remove(this);
    }

    private String text() {
      String name = scope.fields().getOrDefault("metadata.name", "*");
      return type.getSimpleName() + " " + scope.namespace().orElse("*") + "/" + name;
    }

    private boolean isFor(HasMetadata object) {
      var meta = object.getMetadata();
      String name = scope.fields().getOrDefault("metadata.name", meta.getName());
      return type.isInstance(object)
          && name.equals(meta.getName())
          && scope.namespace().orElse(meta.getNamespace()).equals(meta.getNamespace());
    }

    private void hear(HasMetadata object, boolean gone) {
      T typed = type.cast(object);
      listener.accept(gone ? new Change.Gone<>(typed) : new Change.Present<>(typed));
    }
  }

  @Override
  public <T extends HasMetadata> Subscription subscribe(
      Class<T> type, Supplier<T> blank, WatchScope scope, Consumer<Change<T>> listener) {
    var one = new Running<>(type, scope, listener, Promise.promise(), running);
    running.add(one);
    begun.add(one.text());
    return one;
  }

  @Override
  public <T extends HasMetadata> Future<Void> watchIfDefined(
      Class<T> type, Supplier<T> blank, WatchScope scope, Consumer<Change<T>> listener) {
    return watch(type, blank, scope, listener);
  }

  @Override
  public Subscription subscribeToConfigurations(
      WatchScope scope, Consumer<Change<GenericKubernetesResource>> listener) {
    return subscribe(
        GenericKubernetesResource.class, GenericKubernetesResource::new, scope, listener);
  }

  @Override
  public Subscription subscribeToTeams(
      WatchScope scope, Consumer<Change<GenericKubernetesResource>> listener) {
    return subscribeToConfigurations(scope, listener);
  }

  @Override
  public Future<Void> watchManifests(
      WatchScope scope, Consumer<Change<GenericKubernetesResource>> listener) {
    return subscribeToConfigurations(scope, listener).listed();
  }

  /** What is watched, such as {@code ConfigMap shop/extra}; a star stands for all namespaces. */
  public List<String> watched() {
    return running.stream().map(Running::text).sorted().toList();
  }

  /** Each watch in the order in which they began, in the same words. */
  public BlockingQueue<String> begun() {
    return begun;
  }

  /** The first lists of all watches have been delivered. */
  public void listed() {
    List.copyOf(running).forEach(one -> one.first().tryComplete());
  }

  /** An object is new or changed. */
  public void present(HasMetadata object) {
    hearing(object).forEach(one -> one.hear(object, false));
  }

  /** An object was deleted. */
  public void gone(HasMetadata object) {
    hearing(object).forEach(one -> one.hear(object, true));
  }

  private List<Running<?>> hearing(HasMetadata object) {
    return List.copyOf(running).stream().filter(one -> one.isFor(object)).toList();
  }

  @Override
  public Set<String> interrupted() {
    return Set.of();
  }

  @Override
  public void close() {
    running.clear();
  }
}
