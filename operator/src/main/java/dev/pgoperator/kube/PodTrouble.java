package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why a pod does not run, in the word that Kubernetes has for it. */
final class PodTrouble {
  private static final String UNSCHEDULABLE = "Unschedulable";
  private static final String CRASHING = "CrashLoopBackOff";

  /** A container that begins waits like that, and nothing is wrong. */
  private static final Set<String> BEGINNING = Set.of("ContainerCreating", "PodInitializing");

  /** Where a container ended at once, the kubelet says this for a moment before each pause. */
  private static final Set<String> BETWEEN_CRASHES =
      Set.of("RunContainerError", "CreateContainerError");

  private PodTrouble() {}

  /** The reason, such as {@code ErrImagePull}; empty when nothing says that something is wrong. */
  static String of(Pod pod) {
    List<ContainerStatus> containers =
        Optional.ofNullable(pod.getStatus())
            .map(status -> status.getContainerStatuses())
            .orElse(List.of());
    return containers.stream()
        .map(PodTrouble::ofContainer)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> isUnschedulable(pod) ? UNSCHEDULABLE : "");
  }

  private static Optional<String> ofContainer(ContainerStatus container) {
    return Optional.ofNullable(container.getState())
        .map(state -> state.getWaiting())
        .map(waiting -> waiting.getReason())
        .filter(reason -> !BEGINNING.contains(reason))
        .map(reason -> hasEnded(container) && BETWEEN_CRASHES.contains(reason) ? CRASHING : reason);
  }

  private static boolean hasEnded(ContainerStatus container) {
    return Optional.ofNullable(container.getLastState())
        .map(state -> state.getTerminated())
        .isPresent();
  }

  private static boolean isUnschedulable(Pod pod) {
    List<PodCondition> conditions =
        Optional.ofNullable(pod.getStatus())
            .map(status -> status.getConditions())
            .orElse(List.of());
    return conditions.stream()
        .anyMatch(
            condition ->
                "PodScheduled".equals(condition.getType())
                    && UNSCHEDULABLE.equals(condition.getReason()));
  }
}
