package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps only what an informer needs to notice changes: name, uid, version and labels of each
 * object.
 */
final class MetadataStore<T extends HasMetadata> implements ItemStore<T> {
  private final Map<String, T> items = new ConcurrentHashMap<>();
  private final Supplier<T> blank;

  MetadataStore(Supplier<T> blank) {
    this.blank = blank;
  }

  @Override
  public String getKey(T object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  @Override
  @SuppressWarnings("NullAway") // the contract of ItemStore: null when there was none
  public T put(String key, T object) {
    T kept = blank.get();
    var full = object.getMetadata();
    kept.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(full.getNamespace())
            .withName(full.getName())
            .withUid(full.getUid())
            .withResourceVersion(full.getResourceVersion())
            .withLabels(full.getLabels())
            .build());
    return items.put(key, kept);
  }

  @Override
  @SuppressWarnings("NullAway") // the contract of ItemStore: null when there was none
  public T remove(String key) {
    return items.remove(key);
  }

  @Override
  @SuppressWarnings("NullAway") // the contract of ItemStore: null when there is none
  public T get(String key) {
    return items.get(key);
  }

  @Override
  public Stream<String> keySet() {
    return items.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return items.values().stream();
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
