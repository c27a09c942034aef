package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Replicas;
import java.util.List;

/** Says whether all pods are there, ready, and known to Patroni by a role. */
public final class AwaitPods implements Step {

  @Override
  public Outcome run(SyncContext context) {
    int wanted = Replicas.count(context.blueprint());
    List<PodState> ready =
        context.pods().stream().filter(pod -> pod.ordinal() < wanted && works(pod)).toList();
    if (ready.size() >= wanted) {
      context.memory().stoppedWaiting();
      return Outcome.done();
    }
    return new Outcome.RetryAfter(
        java.time.Duration.ofSeconds(30), // pods announce themselves through the watch
        "PodsNotReady",
        ready.size() + " of " + wanted + " pods are ready" + trouble(context.pods()));
  }

  private static boolean works(PodState pod) {
    return pod.reachable() && pod.ready() && !pod.role().isEmpty();
  }

  private static String trouble(List<PodState> pods) {
    return pods.stream()
        .filter(pod -> !pod.trouble().isEmpty())
        .map(pod -> "; " + pod.name() + ": " + pod.trouble())
        .findFirst()
        .orElse("");
  }
}
