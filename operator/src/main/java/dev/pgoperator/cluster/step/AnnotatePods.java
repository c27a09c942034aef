package dev.pgoperator.cluster.step;

import dev.pgoperator.kube.PodState;
import dev.pgoperator.model.Difference;
import dev.pgoperator.model.PodAnnotations;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/**
 * Gives running pods the annotations of a changed template, so that nobody has to replace them for
 * that. Works on what {@link ComparePods} has found in this sync.
 */
public final class AnnotatePods implements Step {

  @Override
  public Outcome run(SyncContext context) {
    if (!context.memory().hasPodDrift()) {
      return Outcome.done();
    }
    var hold = new VersionHold(context);
    String template = ComparePods.key(context, hold.desired(hold.choice()));
    for (PodState pod : context.pods()) {
      List<Difference> differences =
          context.memory().podDrift(template, pod.uid()).orElse(List.of());
      Optional<String> patch = PodAnnotations.patch(differences);
      if (patch.isPresent() && !pod.health().deleting()) {
        var patched =
            context
                .ports()
                .kube()
                .mergePatch(Pod.class, context.id().namespace(), pod.name(), patch.get());
        Await.await("annotate pod " + pod.name(), patched);
        context
            .memory()
            .rememberPodDrift(
                template,
                pod.uid(),
                differences.stream().filter(one -> !PodAnnotations.isOne(one)).toList());
      }
    }
    return Outcome.done();
  }
}
