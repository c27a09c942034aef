package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The namespace of one test class, and what its tests do there. */
final class Scene {
  private static final Duration CLEARING = Duration.ofMinutes(1);

  private final Run run;
  private final String namespace;
  private final boolean ownOperator;
  private Optional<OwnOperator> own = Optional.empty();

  Scene(Run run, String namespace) {
    this(run, namespace, false);
  }

  /**
   * @param ownOperator whether an operator comes and goes with it, which handles what is created in
   *     it
   */
  Scene(Run run, String namespace, boolean ownOperator) {
    this.run = run;
    this.namespace = namespace;
    this.ownOperator = ownOperator;
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

  /** Who handles its clusters: its own operator if it has one, otherwise the main one. */
  Operator operator() {
    return own.map(OwnOperator::operator).orElseGet(run::operator);
  }

  PostgresCluster cluster(String name) {
    return new PostgresCluster(run, namespace, name);
  }

  /** Creates a cluster from a manifest, as {@code kubectl create} would; does not wait. */
  PostgresCluster create(GenericKubernetesResource manifest) {
    client()
        .genericKubernetesResources(PostgresCluster.KIND)
        .inNamespace(namespace)
        .resource(own.isPresent() ? OwnOperator.addressed(this, manifest) : manifest)
        .create();
    return cluster(manifest.getMetadata().getName());
  }

  /** Creates a secret with this content. */
  void secret(String name, Map<String, String> content) {
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withStringData(content)
                .build())
        .create();
  }

  /** One object of the namespace; {@code get()} is null while there is none. */
  <T extends HasMetadata> Resource<T> object(Class<T> type, String name) {
    return client().resources(type).inNamespace(namespace).withName(name);
  }

  Wait waiting() {
    return new Wait(() -> Diagnosis.withOperators(client(), namespace));
  }

  void open() {
    Resource<Namespace> ours = client().namespaces().withName(namespace);
    if (ours.get() != null) {
      ours.delete(); // of an earlier run that was interrupted, or is being cleared still
      waiting().forObject(namespace + " is gone", CLEARING, ours, now -> now == null);
    }
    client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    if (ownOperator) {
      own = Optional.of(OwnOperator.withOptions(this, Map.of()));
    }
  }

  /**
   * Lets the operator clear its clusters first; then the namespace goes by itself, with whatever is
   * left.
   */
  void close() {
    client().genericKubernetesResources(PostgresCluster.KIND).inNamespace(namespace).delete();
    boolean cleared = waiting().comesTrue(CLEARING, () -> clusterPods() == 0);
    if (!cleared) {
      System.out.println("left in " + namespace + ":\n" + Diagnosis.of(client(), namespace));
    }
    own.ifPresent(OwnOperator::close);
    client().namespaces().withName(namespace).delete();
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
