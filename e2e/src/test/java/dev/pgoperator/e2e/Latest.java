package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Map;

/** Keeps the newest form of each watched object under its name. */
record Latest<T extends HasMetadata>(Map<String, T> objects) implements ResourceEventHandler<T> {

  @Override
  public void onAdd(T object) {
    objects.put(object.getMetadata().getName(), object);
  }

  @Override
  public void onUpdate(T before, T object) {
    onAdd(object);
  }

  @Override
  public void onDelete(T object, boolean unknown) {
    objects.remove(object.getMetadata().getName());
  }
}
