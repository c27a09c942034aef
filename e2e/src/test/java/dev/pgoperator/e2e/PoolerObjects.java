package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All that is there for the connection poolers of one cluster, found by their labels. */
record PoolerObjects(Scene scene, PostgresCluster cluster) {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String NAME = "connection-pooler";

  /** What the pods of one pooler are selected by. */
  static Map<String, String> labels(String pooler) {
    String cluster = pooler.substring(0, pooler.indexOf("-pooler"));
    return Map.of("application", "db-connection-pooler", "cluster-name", cluster, NAME, pooler);
  }

  /**
   * Waits until there are these poolers, each complete, and nothing of any other.
   *
   * @param pods of each pooler, all of them ready
   */
  void await(Map<String, Integer> pods) {
    awaitEqual("replicas of Deployments", pods, this::replicas);
    awaitEqual("ready pods", pods, this::readyPods);
    awaitEqual("Services", pods.keySet(), () -> names(Service.class));
    awaitEqual("secrets", secrets(pods.keySet()), () -> names(Secret.class));
  }

  /** A list of users for each, and one login for all. */
  private Set<String> secrets(Set<String> poolers) {
    Set<String> secrets = new TreeSet<>();
    poolers.forEach(pooler -> secrets.add(pooler + "-u"));
    if (!poolers.isEmpty()) {
      secrets.add(cluster.secretName("pooler"));
    }
    return secrets;
  }

  private <T> void awaitEqual(String what, T wanted, Supplier<T> look) {
    scene
        .waiting()
        .forAnswer(
            what + " are " + wanted,
            LIMIT,
            PAUSE,
            () -> Optional.of(look.get()).filter(wanted::equals));
  }

  List<Pod> pods(String pooler) {
    return list(Pod.class).stream()
        .filter(pod -> pooler.equals(pod.getMetadata().getLabels().get(NAME)))
        .toList();
  }

  private Map<String, Integer> replicas() {
    return list(Deployment.class).stream()
        .collect(
            Collectors.toMap(
                deployment -> deployment.getMetadata().getName(),
                deployment -> deployment.getSpec().getReplicas()));
  }

  /** Those that are not ready, are on their way out or hold no pooler count by themselves. */
  private Map<String, Integer> readyPods() {
    Map<String, Integer> counts = new HashMap<>();
    list(Pod.class).forEach(pod -> counts.merge(standing(pod), 1, Integer::sum));
    return counts;
  }

  private static String standing(Pod pod) {
    String pooler = pod.getMetadata().getLabels().getOrDefault(NAME, "nobody's");
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return pooler + ", leaving";
    }
    if (pod.getSpec().getContainers().stream().noneMatch(one -> one.getName().equals(NAME))) {
      return pooler + ", foreign";
    }
    return Readiness.getInstance().isReady(pod) ? pooler : pooler + ", not ready";
  }

  private Set<String> names(Class<? extends HasMetadata> type) {
    return list(type).stream()
        .map(object -> object.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  private <T extends HasMetadata> List<T> list(Class<T> type) {
    return scene
        .client()
        .resources(type)
        .inNamespace(scene.namespace())
        .withLabels(Map.of("application", "db-connection-pooler", "cluster-name", cluster.name()))
        .list()
        .getItems();
  }
}
