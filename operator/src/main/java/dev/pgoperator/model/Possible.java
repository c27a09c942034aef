package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be done to a live object of all that is desired. */
public final class Possible {

  private static final String CLAIMS = "spec.volumeClaimTemplates";
  private static final String SELECTOR = "spec.selector";

  private Possible() {}

  /** The desired object with the live values of those fields that are forbidden to change. */
  public static <T extends HasMetadata> T of(T desired, T live, List<Difference> differences) {
    List<String> forbidden =
        differences.stream()
            .filter(difference -> difference.effect() == Effect.FORBIDDEN)
            .map(Difference::field)
            .toList();
    if (forbidden.isEmpty()
        || !(desired instanceof StatefulSet wanted)
        || !(live instanceof StatefulSet set)) {
      return desired;
    }
    @SuppressWarnings("unchecked") // T is StatefulSet here.
    T possible = (T) of(wanted, set, forbidden);
    return possible;
  }

  private static StatefulSet of(StatefulSet desired, StatefulSet live, List<String> forbidden) {
    var builder = new StatefulSetBuilder(desired).editSpec();
    if (forbidden.stream().anyMatch(field -> field.startsWith(SELECTOR))) {
      builder.withSelector(live.getSpec().getSelector());
    }
    if (forbidden.stream().anyMatch(field -> field.startsWith(CLAIMS))) {
      Map<String, PersistentVolumeClaim> known = new HashMap<>();
      live.getSpec()
          .getVolumeClaimTemplates()
          .forEach(claim -> known.put(claim.getMetadata().getName(), claim));
      builder.withVolumeClaimTemplates(
          desired.getSpec().getVolumeClaimTemplates().stream()
              .map(claim -> sized(claim, known.get(claim.getMetadata().getName())))
              .toList());
    }
    return builder.endSpec().build();
  }

  private static PersistentVolumeClaim sized(
      PersistentVolumeClaim desired,
      @org.jspecify.annotations.Nullable PersistentVolumeClaim live) {
    return live == null
        ? desired
        : desired.edit().editSpec().withResources(live.getSpec().getResources()).endSpec().build();
  }
}
