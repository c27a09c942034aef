package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an API server keeps, and what somebody else does to it. */
class FakeObjects {
  /** When everything was made, whatever the time is. */
  private static final String BEGIN = "2026-03-04T12:00:00Z";

  final Map<String, HasMetadata> objects = new TreeMap<>();
  private int version;

  public List<String> names(Class<? extends HasMetadata> type) {
    return objects.values().stream()
        .filter(type::isInstance)
        .map(object -> object.getMetadata().getName())
        .toList();
  }

  /** An object that somebody else has made. */
  public void seed(HasMetadata object) {
    objects.put(key(object), object);
  }

  /** The only object of a kind. */
  public <T extends HasMetadata> T only(Class<T> type) {
    List<T> found = objects.values().stream().filter(type::isInstance).map(type::cast).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of " + type.getSimpleName());
    }
    return found.getFirst();
  }

  /** An object of the test's only namespace. */
  public <T extends HasMetadata> T named(Class<T> type, String name) {
    return objects.values().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
  }

  public void remove(Class<? extends HasMetadata> type, String namespace, String name) {
    objects.remove(key(type, namespace, name));
  }

  /** As the real one does, which keeps it until what it controlled knows of no controller. */
  void leave(String key) {
    HasMetadata live = objects.get(key);
    if (live != null) {
      HasMetadata leaving = Serialization.clone(live);
      leaving.getMetadata().setDeletionTimestamp(BEGIN);
      leaving.getMetadata().setResourceVersion(String.valueOf(++version));
      objects.put(key, leaving);
    }
  }

  /** The garbage collector has freed what objects on their way out controlled. */
  public List<HasMetadata> collectGarbage() {
    List<HasMetadata> freed =
        objects.values().stream()
            .filter(object -> object.getMetadata().getDeletionTimestamp() != null)
            .filter(StatefulSet.class::isInstance)
            .toList();
    freed.forEach(object -> objects.remove(key(object)));
    return freed;
  }

  boolean isLeaving(HasMetadata object) {
    HasMetadata live = objects.get(key(object));
    return live != null && live.getMetadata().getDeletionTimestamp() != null;
  }

  <T extends HasMetadata> List<T> matching(
      Class<T> type, String namespace, Map<String, String> labels) {
    return objects.values().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(object -> object.getMetadata().getNamespace().equals(namespace))
        .filter(object -> object.getMetadata().getLabels() != null)
        .filter(
            object -> object.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
        .toList();
  }

  <T extends HasMetadata> T store(T desired) {
    T stored = Serialization.clone(desired);
    if (stored.getMetadata().getUid() == null) {
      stored.getMetadata().setUid(key(desired));
      stored.getMetadata().setCreationTimestamp(BEGIN);
    }
    stored.getMetadata().setResourceVersion(String.valueOf(++version));
    stored.getMetadata().setManagedFields(List.of(FakeWrites.ownerOf(desired)));
    objects.put(key(desired), stored);
    return stored;
  }

  static String key(HasMetadata object) {
    return key(
        object.getClass(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  /** Objects of the whole Kubernetes have no namespace. */
  static String key(Class<?> type, @Nullable String namespace, String name) {
    return type.getSimpleName() + " " + Objects.requireNonNullElse(namespace, "") + "/" + name;
  }
}
