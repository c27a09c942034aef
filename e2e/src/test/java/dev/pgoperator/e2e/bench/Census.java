package dev.pgoperator.e2e.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What stands of all clusters: by ids, so that what was made anew counts as lost. */
record Census(Set<String> ids) {

  static Census take(KubernetesClient client) {
    Set<String> found = new HashSet<>();
    Stream.of(
            client.apps().statefulSets(),
            client.services(),
            client.secrets(),
            client.policy().v1().podDisruptionBudget(),
            client.pods())
        .forEach(kind -> found.addAll(ids(kind.inAnyNamespace())));
    return new Census(found);
  }

  private static Set<String> ids(
      AnyNamespaceOperation<? extends HasMetadata, ? extends KubernetesResourceList<?>, ?> kind) {
    Set<String> found = new HashSet<>();
    for (HasMetadata one :
        kind.withLabel("application", "spilo").list().getItems().toArray(HasMetadata[]::new)) {
      found.add(
          one.getKind() + " " + one.getMetadata().getName() + " " + one.getMetadata().getUid());
    }
    return found;
  }

  /** What is not there any more. */
  List<String> lostSince(Census before) {
    return before.ids.stream().filter(one -> !ids.contains(one)).toList();
  }

  /** Manifests of which the status does not say that their newest form is in effect. */
  static long unsettled(KubernetesClient client) {
    return client
        .genericKubernetesResources(Fleet.POSTGRESQL)
        .inAnyNamespace()
        .list()
        .getItems()
        .stream()
        .filter(one -> !isSettled(one))
        .count();
  }

  private static boolean isSettled(GenericKubernetesResource manifest) {
    Object phase = manifest.get("status", "PostgresClusterStatus");
    Object seen = manifest.get("status", "observedGeneration");
    return "Running".equals(phase)
        && seen instanceof Number number
        && number.longValue() == manifest.getMetadata().getGeneration();
  }
}
