package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** What requests are called in failures, logs and metrics: the verb, the kind, the object. */
final class RequestNames {
  private RequestNames() {}

  static String request(String verb, HasMetadata object) {
    return request(
        verb,
        object.getClass(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName());
  }

  /**
   * @param name empty for all of a namespace
   */
  static String request(String verb, Class<?> type, String namespace, String name) {
    return verb + " " + type.getSimpleName() + " " + namespace + (name.isEmpty() ? "" : "/" + name);
  }
}
