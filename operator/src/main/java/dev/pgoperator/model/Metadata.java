package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;

/**
 * Metadata of an object in the cluster's namespace. Made without the client library's builders, as
 * is every part with parts of its own: a builder copies whatever it is given, and a pod template
 * passes through four of them.
 */
final class Metadata {

  private Metadata() {}

  static ObjectMeta of(
      Blueprint b, String name, Map<String, String> labels, Map<String, String> annotations) {
    ObjectMeta metadata = unnamed(b.namespace(), labels, annotations);
    metadata.setName(name);
    metadata.setOwnerReferences(Owners.of(b));
    return metadata;
  }

  /** As a pod template has it. */
  static ObjectMeta unnamed(
      String namespace, Map<String, String> labels, Map<String, String> annotations) {
    ObjectMeta metadata = new ObjectMeta();
    metadata.setNamespace(namespace);
    metadata.setLabels(labels);
    metadata.setAnnotations(annotations);
    return metadata;
  }
}
