package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.KubeFailure;
import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.ClaimGrowth;
import dev.pgoperator.model.Labels;
import dev.pgoperator.model.Names;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets the claims of the data volumes grow with the manifest; Kubernetes grows the volumes and
 * their file systems. A claim that cannot be what is wanted is told of and holds nothing up.
 */
public final class GrowVolumes implements Step {
  private static final String IN_SYNC = "volumes";
  private static final Duration RARE = Duration.ofMinutes(5);

  @Override
  public Outcome run(SyncContext context) {
    String mode = context.blueprint().config().server().storage().resizeMode();
    if (mode.equals("off")) {
      return new Outcome.Skipped("storage_resize_mode is off");
    }
    if (mode.equals("ebs")) {
      return new Outcome.Skipped("storage_resize_mode ebs is not done by this version");
    }
    String wishes =
        context.blueprint().spec().storage().volume().size()
            + context.pods().stream().map(PodState::uid).toList();
    // Also in a thorough sync: claims do not shrink, and one that is made anew has another pod.
    if (context.memory().knows(IN_SYNC, wishes)) {
      return Outcome.done();
    }
    List<String> problems = new ArrayList<>();
    for (PersistentVolumeClaim claim : claims(context)) {
      bring(context, claim).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      return new Outcome.Hindered(RARE, "VolumeSize", String.join("; ", problems));
    }
    context.memory().remember(IN_SYNC, wishes);
    return Outcome.done();
  }

  private static List<PersistentVolumeClaim> claims(SyncContext context) {
    var labels = Labels.selector(context.blueprint().config(), context.id());
    String beginning = Names.DATA_VOLUME + "-" + context.id().name() + "-";
    return Await.await(
            "read the claims",
            context
                .ports()
                .kube()
                .list(PersistentVolumeClaim.class, context.id().namespace(), labels))
        .stream()
        .filter(claim -> claim.getMetadata().getName().startsWith(beginning))
        .toList();
  }

  private static Optional<String> bring(SyncContext context, PersistentVolumeClaim claim) {
    String name = claim.getMetadata().getName();
    return switch (ClaimGrowth.of(claim, context.blueprint())) {
      case ClaimGrowth.Fits() ->
          ClaimGrowth.awaitsPod(claim)
              ? Optional.of(name + ": its file system grows when its pod is made anew")
              : Optional.empty();
      case ClaimGrowth.TooLarge(var has, var wanted) ->
          Optional.of("%s keeps %s: it cannot shrink to %s".formatted(name, has, wanted));
      case ClaimGrowth.Grow(var from, var to, var patch) -> grow(context, name, from, to, patch);
    };
  }

  /** What Kubernetes refuses, such as a class that does not grow, is not asked again and again. */
  private static Optional<String> grow(
      SyncContext context, String name, String from, String to, String patch) {
    Future<Optional<String>> refused =
        context
            .ports()
            .kube()
            .mergePatch(PersistentVolumeClaim.class, context.id().namespace(), name, patch)
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
}
