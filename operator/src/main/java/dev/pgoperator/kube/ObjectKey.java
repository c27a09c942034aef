package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names one Kubernetes object. */
public record ObjectKey(String kind, String namespace, String name) {

  public static ObjectKey of(HasMetadata object) {
    return new ObjectKey(
        object.getClass().getSimpleName(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName());
  }

  public static ObjectKey of(Class<? extends HasMetadata> type, String namespace, String name) {
    return new ObjectKey(type.getSimpleName(), namespace, name);
  }

  /** The same for keeping: those of one namespace share its name. */
  ObjectKey shared() {
    return new ObjectKey(kind, namespace.intern(), name);
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
