package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names a request for logs, failures and metrics: its verb, the kind, and the object. */
final class RequestText {
  private RequestText() {}

  /** For one object. */
  static String of(String verb, HasMetadata object) {
    return of(
        verb,
        object.getClass(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName());
  }

  /** For one object by its name, or with an empty one for all of a namespace. */
  static String of(String verb, Class<?> type, String namespace, String name) {
    return verb + " " + type.getSimpleName() + " " + namespace + (name.isEmpty() ? "" : "/" + name);
  }
}
