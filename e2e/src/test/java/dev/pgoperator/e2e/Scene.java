package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;

/** The namespace of one test class, and what its tests do there. */
final class Scene {
  private static final Duration CLEARING = Duration.ofMinutes(2);

  private final Run run;
  private final String namespace;

  Scene(Run run, String namespace) {
    this.run = run;
    this.namespace = namespace;
  }

  Run run() {
    return run;
  }

  KubernetesClient client() {
    return run.client();
  }

  String namespace() {
    return namespace;
  }

  Operator operator() {
    return run.operator();
  }

  PostgresCluster cluster(String name) {
    return new PostgresCluster(run, namespace, name);
  }

  /** Creates a cluster from a manifest, as {@code kubectl create} would; does not wait. */
  PostgresCluster create(GenericKubernetesResource manifest) {
    client()
        .genericKubernetesResources(PostgresCluster.KIND)
        .inNamespace(namespace)
        .resource(manifest)
        .create();
    return cluster(manifest.getMetadata().getName());
  }

  /** One object of the namespace; {@code get()} is null while there is none. */
  <T extends HasMetadata> Resource<T> object(Class<T> type, String name) {
    return client().resources(type).inNamespace(namespace).withName(name);
  }

  Wait waiting() {
    return new Wait(
        () -> Diagnosis.of(client(), namespace) + Diagnosis.ofOperator(client(), "default"));
  }

  void open() {
    if (client().namespaces().withName(namespace).get() != null) {
      close(); // an earlier run was interrupted
    }
    client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  /** Lets the operator clear its clusters first, then the namespace goes with whatever is left. */
  void close() {
    client().genericKubernetesResources(PostgresCluster.KIND).inNamespace(namespace).delete();
    try {
      waiting().until("the pods of " + namespace + " are gone", CLEARING, () -> clusterPods() == 0);
    } finally {
      client().namespaces().withName(namespace).delete();
    }
    waiting()
        .forObject(
            namespace + " is gone",
            CLEARING,
            client().namespaces().withName(namespace),
            n -> n == null);
  }

  private int clusterPods() {
    return client()
        .pods()
        .inNamespace(namespace)
        .withLabel("application", "spilo")
        .list()
        .getItems()
        .size();
  }
}
