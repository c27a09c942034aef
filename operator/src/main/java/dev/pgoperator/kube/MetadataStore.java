package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps only what an informer needs to notice changes, and what a listener needs of an object that
 * vanished unseen: name, version, the labels that the watch selects by, and the uid where it
 * selects by none. Objects with that much are made when they are asked for: as objects of the
 * client library they would take a kilobyte each, of which a fleet has hundreds of thousands.
 */
final class MetadataStore<T extends HasMetadata> implements ItemStore<T> {
  private final Map<String, Kept> items = new ConcurrentHashMap<>();
  private final Supplier<T> blank;
  private final WatchScope scope;

  /**
   * Of one object.
   *
   * @param owner value of the label whose presence the watch asks for; empty where it asks for none
   * @param uid empty where the owner is known
   */
  private record Kept(String version, String owner, String uid) {}

  /**
   * @param blank makes an empty object of the kind
   * @param scope what the watch selects
   */
  MetadataStore(Supplier<T> blank, WatchScope scope) {
    this.blank = blank;
    this.scope = scope;
  }

  /** Namespace and name; the namespace is empty for a kind that has none. */
  @Override
  public String getKey(T object) {
    String namespace = Objects.requireNonNullElse(object.getMetadata().getNamespace(), "");
    return namespace + "/" + object.getMetadata().getName();
  }

  @Override
  @SuppressWarnings("NullAway") // the contract of ItemStore: null when there was none
  public T put(String key, T object) {
    var meta = object.getMetadata();
    String owner =
        scope.labelPresent().isEmpty() || meta.getLabels() == null
            ? ""
            : meta.getLabels().getOrDefault(scope.labelPresent(), "");
    String uid = owner.isEmpty() ? Objects.requireNonNullElse(meta.getUid(), "") : "";
    // A cluster has a dozen objects: they share its name.
    return restored(key, items.put(key, new Kept(meta.getResourceVersion(), owner.intern(), uid)));
  }

  @Override
  @SuppressWarnings("NullAway") // the contract of ItemStore: null when there was none
  public T remove(String key) {
    return restored(key, items.remove(key));
  }

  @Override
  @SuppressWarnings("NullAway") // the contract of ItemStore: null when there is none
  public T get(String key) {
    return restored(key, items.get(key));
  }

  private @Nullable T restored(String key, @Nullable Kept kept) {
    if (kept == null) {
      return null;
    }
    int slash = key.indexOf('/');
    Map<String, String> labels = new HashMap<>();
    if (!kept.owner().isEmpty()) {
      labels.putAll(scope.labels());
      labels.put(scope.labelPresent(), kept.owner());
    }
    T object = blank.get();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(slash == 0 ? null : key.substring(0, slash))
            .withName(key.substring(slash + 1))
            .withUid(kept.uid().isEmpty() ? null : kept.uid())
            .withResourceVersion(kept.version())
            .withLabels(labels)
            .build());
    return object;
  }

  @Override
  public Stream<String> keySet() {
    return items.keySet().stream();
  }

  @Override
  @SuppressWarnings("NullAway") // nothing is kept as null
  public Stream<T> values() {
    return items.entrySet().stream().map(entry -> restored(entry.getKey(), entry.getValue()));
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
