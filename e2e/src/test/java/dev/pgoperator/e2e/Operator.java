package dev.pgoperator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;

/** The operator as it runs in Kubernetes. Logs of pods that end by its methods are kept. */
final class Operator {
  private static final String NAME = "postgres-operator";
  private static final Duration START = Duration.ofSeconds(90);

  private final KubernetesClient client;
  private final String namespace;
  private final KeptLogs logs;
  private final Wait wait;

  Operator(KubernetesClient client, String namespace, KeptLogs logs) {
    this.client = client;
    this.namespace = namespace;
    this.logs = logs;
    this.wait = new Wait(() -> Diagnosis.ofOperator(client, namespace));
  }

  /** Its pods that are not on their way out. */
  List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabel("name", NAME).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  Pod pod() {
    return pods().stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no pod of the operator"));
  }

  /** Changes whenever its process is another one. */
  String incarnation() {
    return pods().stream()
        .map(pod -> pod.getMetadata().getUid() + " restarts=" + restarts(pod))
        .sorted()
        .toList()
        .toString();
  }

  void awaitReady() {
    wait.forAnswer(
        "the operator is ready",
        START,
        Duration.ofMillis(100),
        () -> pods().stream().filter(Readiness.getInstance()::isReady).findFirst());
  }

  /** Ends it and starts no other. */
  void stop() {
    List<KeptLogs.Kept> kept = pods().stream().map(logs::follow).toList();
    scale(0);
    kept.forEach(logs::awaitEnd);
  }

  /** Starts it after {@link #stop}. */
  void start() {
    scale(1);
    awaitReady();
  }

  /** Ends it as an update would, and waits for the next. */
  void restart() {
    Pod pod = pod();
    KeptLogs.Kept kept = logs.follow(pod);
    client.resource(pod).delete();
    logs.awaitEnd(kept);
    awaitGone(pod);
    awaitReady();
  }

  /**
   * SIGKILL to its process. The pod is deleted after that, because the kubelet would start a
   * process that was killed again and again later each time; its Deployment makes another.
   */
  void kill() {
    Pod pod = pod();
    KeptLogs.Kept kept = logs.follow(pod);
    PodProcesses.of(pod).kill();
    logs.awaitEnd(kept);
    client.resource(pod).withGracePeriod(0).delete();
    awaitGone(pod);
  }

  /** So many pods of it, all of them ready. */
  void scaleTo(int replicas) {
    scale(replicas);
    wait.until(
        replicas + " pods of the operator are ready",
        START,
        () -> pods().stream().filter(Readiness.getInstance()::isReady).count() == replicas);
  }

  private void scale(int replicas) {
    List<Pod> before = pods();
    RollableScalableResource<Deployment> deployment =
        client.apps().deployments().inNamespace(namespace).withName(NAME);
    deployment.scale(replicas);
    if (replicas == 0) {
      before.forEach(this::awaitGone);
    }
  }

  private void awaitGone(Pod pod) {
    String uid = pod.getMetadata().getUid();
    wait.forObject(
        "the operator's pod is gone",
        START,
        client.pods().inNamespace(namespace).withName(pod.getMetadata().getName()),
        now -> now == null || !uid.equals(now.getMetadata().getUid()));
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .mapToInt(container -> container.getRestartCount())
        .sum();
  }
}
