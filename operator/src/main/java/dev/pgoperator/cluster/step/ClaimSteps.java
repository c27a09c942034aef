package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.KubeFailure;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.ClaimAnnotations;
import dev.pgoperator.model.ClaimGrowth;
import dev.pgoperator.model.Names;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done to claims themselves; Kubernetes grows the volumes and their file systems. */
final class ClaimSteps {
  private static final String PENDING = "file system of ";

  private final SyncContext context;

  ClaimSteps(SyncContext context) {
    this.context = context;
  }

  void annotate(List<PersistentVolumeClaim> claims) {
    for (PersistentVolumeClaim claim : claims) {
      ClaimAnnotations.patch(claim, context.blueprint())
          .ifPresent(
              patch ->
                  Await.await(
                      "annotate the claim " + claim.getMetadata().getName(),
                      patched(claim.getMetadata().getName(), patch)));
    }
  }

  private Future<Void> patched(String name, String patch) {
    return context
        .ports()
        .kube()
        .mergePatch(PersistentVolumeClaim.class, context.id().namespace(), name, patch);
  }

  /** Says what is wrong. */
  List<String> grow(List<PersistentVolumeClaim> claims) {
    List<String> problems = new ArrayList<>();
    claims.forEach(claim -> bring(claim).ifPresent(problems::add));
    return problems;
  }

  private Optional<String> bring(PersistentVolumeClaim claim) {
    String name = claim.getMetadata().getName();
    return switch (ClaimGrowth.of(claim, context.blueprint())) {
      case ClaimGrowth.Fits() ->
          ClaimGrowth.awaitsPod(claim) ? Optional.of(pending(name)) : settled(name);
      case ClaimGrowth.TooLarge(var has, var wanted) ->
          Optional.of("%s keeps %s: it cannot shrink to %s".formatted(name, has, wanted));
      case ClaimGrowth.Grow(var from, var to, var patch) -> grow(name, from, to, patch);
    };
  }

  private Optional<String> settled(String claim) {
    context.memory().stopSince(PENDING + claim);
    return Optional.empty();
  }

  /** What Kubernetes refuses, such as a class that does not grow, is not asked again and again. */
  private Optional<String> grow(String name, String from, String to, String patch) {
    Future<Optional<String>> refused =
        patched(name, patch)
            .map(Optional.<String>empty())
            .recover(
                failure ->
                    failure instanceof KubeFailure.Refused no
                        ? Future.succeededFuture(Optional.of(String.valueOf(no.getMessage())))
                        : Future.failedFuture(failure));
    Optional<String> why = Await.await("grow the claim " + name, refused);
    if (why.isEmpty()) {
      context.journal().tell("Volumes", "claim %s grows from %s to %s".formatted(name, from, to));
    }
    return why;
  }

  /**
   * Kubernetes says that also of a file system that grows under the running pod in a moment. Where
   * it still does after the time that things of Kubernetes have, it needs a new pod.
   */
  private String pending(String claim) {
    Instant now = context.ports().clock().instant();
    Duration waited = Duration.between(context.memory().since(PENDING + claim, now), now);
    Duration limit = context.blueprint().config().operator().waits().resource().timeout();
    String why = claim + ": its file system grows when its pod is made anew";
    if (waited.compareTo(limit) < 0) {
      return why;
    }
    Optional<PodState> pod =
        context.pods().stream()
            .filter(one -> claim.equals(Names.DATA_VOLUME + "-" + one.name()))
            .filter(one -> !one.condemned())
            .findFirst();
    Optional<Outcome> postponed = Interruption.untilWindow(context, "replacing a pod");
    if (pod.isPresent() && postponed.isEmpty()) {
      condemn(pod.get());
    }
    return why;
  }

  private void condemn(PodState pod) {
    context
        .journal()
        .tell("Volumes", "pod " + pod.name() + " is replaced, so that its file system grows");
    Await.await(
        "mark pod " + pod.name(),
        context
            .ports()
            .kube()
            .mergePatch(
                Pod.class,
                context.id().namespace(),
                pod.name(),
                "{\"metadata\":{\"annotations\":{\"%s\":\"true\"}}}".formatted(PodState.REPLACE)));
  }
}
