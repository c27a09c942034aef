package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/** Metadata of an object in the cluster's namespace. */
final class Metadata {

  private Metadata() {}

  static ObjectMeta of(
      Blueprint b, String name, Map<String, String> labels, Map<String, String> annotations) {
    return new ObjectMetaBuilder()
        .withNamespace(b.namespace())
        .withName(name)
        .withLabels(labels)
        .withAnnotations(annotations)
        .withOwnerReferences(Owners.of(b))
        .build();
  }
}
