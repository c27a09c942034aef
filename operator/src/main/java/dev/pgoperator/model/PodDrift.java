package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;

/**
 * What a running pod lacks of the template that it should have been made from. Needs no memory of
 * earlier templates, so an operator that was interrupted still finds the pods that wait for their
 * restart. What a pod has beyond the template is not judged: admission and controllers add to pods
 * as they like, and what we no longer want was found in the StatefulSet.
 */
public final class PodDrift {

  private static final String TEMPLATE = "spec.template.";

  private PodDrift() {}

  /** Differences with paths as in the StatefulSet, sorted by field. */
  public static List<Difference> compare(PodTemplateSpec desired, Pod live, DriftRules rules) {
    Map<String, String> want = flat(desired.getMetadata(), desired.getSpec());
    Map<String, String> have = flat(live.getMetadata(), live.getSpec());
    have.keySet().retainAll(want.keySet());
    return Drift.differences("StatefulSet", want, have, rules);
  }

  private static Map<String, String> flat(Object metadata, Object spec) {
    Map<String, String> flat = FlatObject.part(TEMPLATE + "spec", Json.MAPPER.valueToTree(spec));
    var meta = Json.MAPPER.valueToTree(metadata);
    flat.putAll(FlatObject.part(TEMPLATE + "metadata.labels", meta.path("labels")));
    flat.putAll(FlatObject.part(TEMPLATE + "metadata.annotations", meta.path("annotations")));
    return flat;
  }
}
