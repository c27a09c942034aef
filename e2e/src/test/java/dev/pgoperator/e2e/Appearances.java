package dev.pgoperator.e2e;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Hands on each version of an object that a watch shows; an object that goes is no news. */
record Appearances<T>(Consumer<T> note) implements ResourceEventHandler<T> {
  @Override
  public void onAdd(T object) {
    note.accept(object);
  }

  @Override
  public void onUpdate(T before, T object) {
    note.accept(object);
  }

  @Override
  public void onDelete(T object, boolean unknown) {
    // What it was has been noted.
  }
}
