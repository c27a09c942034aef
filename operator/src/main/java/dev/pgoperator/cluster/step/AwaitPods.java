package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Replicas;
import java.util.List;

/** Says whether all pods are there, ready, and known to Patroni by a role. */
public final class AwaitPods implements Step {
  /** The reason of the condition {@code Ready} meanwhile. */
  public static final String NOT_READY = "PodsNotReady";

  @Override
  public Outcome run(SyncContext context) {
    int wanted = Replicas.count(context.blueprint());
    long ready = ready(context, wanted);
    if (ready >= wanted) {
      context.memory().stoppedWaiting();
      return Outcome.done();
    }
    return new Outcome.RetryAfter(
        java.time.Duration.ofSeconds(30), // pods announce themselves through the watch
        NOT_READY,
        ready + " of " + wanted + " pods are ready" + trouble(context.pods()));
  }

  /** Whether there is nothing to wait for, as far as the watch has told. */
  static boolean allWork(SyncContext context) {
    int wanted = Replicas.count(context.blueprint());
    return ready(context, wanted) >= wanted;
  }

  private static long ready(SyncContext context, int wanted) {
    return context.pods().stream().filter(pod -> pod.ordinal() < wanted && works(pod)).count();
  }

  static boolean works(PodState pod) {
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
