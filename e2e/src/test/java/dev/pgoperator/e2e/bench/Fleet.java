package dev.pgoperator.e2e.bench;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** The clusters' manifests, in namespaces of fifty, and what else stands around. */
final class Fleet {
  static final ResourceDefinitionContext POSTGRESQL =
      new ResourceDefinitionContext.Builder()
          .withGroup("acid.zalan.do")
          .withVersion("v1")
          .withKind("postgresql")
          .withPlural("postgresqls")
          .withNamespaced(true)
          .build();

  static final int A_NAMESPACE = 50;
  private static final int AT_ONCE = 32;
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final KubernetesClient client;
  private int namespaces;

  /** One cluster. */
  record Cluster(String namespace, String name) {}

  Fleet(KubernetesClient client) {
    this.client = client;
  }

  /** The options of the operator, in place of what was there. */
  void configure(Map<String, String> options) {
    configure("postgres-operator", options);
  }

  /** The same in a ConfigMap of another name. */
  void configure(String configMap, Map<String, String> options) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "enable_database_access", "false",
                "watched_namespace", "*",
                // Copies would share ports of the nodes.
                "enable_master_load_balancer", "false",
                "enable_replica_load_balancer", "false",
                "api_port", Integer.toString(OperatorProcess.PORT),
                "docker_image", "docker.io/pgoperator/spilo:bed"));
    all.putAll(options);
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(configMap)
                .endMetadata()
                .withData(all)
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  /** Names for so many more clusters, in namespaces that are made for them. */
  List<Cluster> plan(String kind, int count) {
    List<Cluster> planned = new ArrayList<>();
    String namespace = "";
    for (int made = 0; made < count; made++) {
      if (made % A_NAMESPACE == 0) {
        namespace = nextNamespace();
        create(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build());
      }
      planned.add(new Cluster(namespace, "acid-%s-%04d".formatted(kind, made % A_NAMESPACE)));
    }
    return planned;
  }

  private String nextNamespace() {
    namespaces++;
    return "fleet-%04d".formatted(namespaces);
  }

  /**
   * So many two-instance clusters that are {@code Running}, with all controllers at rest: the
   * operator makes a namespace of them, and copies make whole namespaces of the others.
   */
  List<Cluster> stand(String kind, int count) {
    boolean copied = count > A_NAMESPACE && count % A_NAMESPACE == 0;
    List<Cluster> standing = new ArrayList<>(plan(kind, copied ? A_NAMESPACE : count));
    try (var phases = new Phases(client)) {
      try (var operator = OperatorProcess.start("grow")) {
        operator.awaitReady();
        apply(standing, 2, false);
        phases.awaitRunning(standing, System.nanoTime(), LONG);
      }
      Waits.untilCalm(0, LONG);
      if (copied) {
        standing.addAll(multiply(standing, count - standing.size()));
        phases.awaitRunning(standing, System.nanoTime(), LONG);
        Waits.untilCalm(0, LONG);
      }
    }
    return standing;
  }

  /**
   * So many more clusters, as copies of these, which fill a namespace and have come to rest.
   *
   * @param count a multiple of {@value #A_NAMESPACE}
   */
  List<Cluster> multiply(List<Cluster> like, int count) {
    String namespace = like.getFirst().namespace();
    if (like.size() != A_NAMESPACE || count % A_NAMESPACE != 0) {
      throw new IllegalArgumentException("only whole namespaces are copied");
    }
    List<Cluster> made = new ArrayList<>();
    // It would see what belongs together in any order, and take claims for lost and pods for
    // orphans.
    Bed.crash("controller-manager");
    try (var etcd = Etcd.connect()) {
      var copy = new NamespaceCopy(namespace, etcd.entriesOf(namespace), etcd.addresses());
      while (made.size() < count) {
        String next = nextNamespace();
        etcd.put(copy.named(next));
        like.forEach(one -> made.add(new Cluster(next, one.name())));
      }
    }
    Bed.complete();
    return made;
  }

  /**
   * Applies the manifests, {@value #AT_ONCE} at a time.
   *
   * @param stuck whether their pods never become ready
   */
  void apply(List<Cluster> clusters, int instances, boolean stuck) {
    all(clusters.stream().map(one -> (Runnable) () -> create(manifest(one, instances, stuck))));
  }

  private static GenericKubernetesResource manifest(Cluster one, int instances, boolean stuck) {
    return Serialization.unmarshal(
        """
        apiVersion: acid.zalan.do/v1
        kind: postgresql
        metadata: {namespace: %s, name: %s}
        spec:
          teamId: acid
          numberOfInstances: %d
          postgresql: {version: "17"}
          volume: {size: 1Gi}
          users: {app: []}
          databases: {app: app}
          podAnnotations: {%s}
        """
            .formatted(
                one.namespace(),
                one.name(),
                instances,
                stuck ? "bed.pgoperator.dev/stuck: \"true\"" : ""),
        GenericKubernetesResource.class);
  }

  /** Secrets that have nothing to do with any cluster, ten for each place. */
  void strangers(List<Cluster> beside) {
    all(
        beside.stream()
            .flatMap(
                one ->
                    IntStream.range(0, 10)
                        .mapToObj(number -> (Runnable) () -> stranger(one, number))));
  }

  private void stranger(Cluster beside, int number) {
    create(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(beside.namespace())
            .withName("stranger-" + beside.name() + "-" + number)
            .addToLabels("app", "something-else")
            .endMetadata()
            .addToStringData("token", "not-a-secret-".repeat(20) + number)
            .build());
  }

  /** Adds a user, whose secret is the first thing that an operator has to make of it. */
  void addUser(KubernetesClient by, Cluster one, String user) {
    by.genericKubernetesResources(POSTGRESQL)
        .inNamespace(one.namespace())
        .withName(one.name())
        .patch(MERGE, "{\"spec\":{\"users\":{\"" + user + "\":[]}}}");
  }

  void delete(KubernetesClient by, Cluster one) {
    by.genericKubernetesResources(POSTGRESQL)
        .inNamespace(one.namespace())
        .withName(one.name())
        .delete();
  }

  private void create(HasMetadata object) {
    client.resource(object).create();
  }

  private static void all(java.util.stream.Stream<Runnable> tasks) {
    var places = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> begun = new ArrayList<>();
      tasks.forEach(
          task -> {
            places.acquireUninterruptibly();
            begun.add(
                threads.submit(
                    () -> {
                      try {
                        task.run();
                      } finally {
                        places.release();
                      }
                    }));
          });
      for (Future<?> one : begun) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
