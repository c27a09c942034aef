package dev.pgoperator.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a running pod lacks of the template that it should have been made from, and what it has of
 * an older template that is no longer wanted. Needs no memory of earlier templates: Kubernetes
 * keeps each as a ControllerRevision, so an operator that was interrupted still finds the pods that
 * wait for their replacement. What a pod has beyond both templates is not judged: admission and
 * controllers add to pods as they like.
 */
public final class PodDrift {

  private static final String TEMPLATE = "spec.template.";

  private PodDrift() {}

  /** For a pod whose own template is not known any more: only what it lacks. */
  public static List<Difference> compare(PodTemplateSpec desired, Pod live, DriftRules rules) {
    return compare(flat(desired), Set.of(), live, rules);
  }

  /**
   * Differences with paths as in the StatefulSet, sorted by field.
   *
   * @param madeFrom the revision of the StatefulSet that the pod was made from
   * @param newest the template of the StatefulSet as it is, whose annotations the pod may have got
   *     later
   */
  public static List<Difference> compare(
      PodTemplateSpec desired,
      ControllerRevision madeFrom,
      Optional<PodTemplateSpec> newest,
      Pod live,
      DriftRules rules) {
    JsonNode template = Json.tree(madeFrom).at("/data/spec/template");
    Set<String> former =
        new TreeSet<>(flat(template.path("metadata"), template.path("spec")).keySet());
    newest.ifPresent(known -> former.addAll(flat(known).keySet()));
    former.removeIf(ServerDefaults::isOne);
    return compare(flat(desired), former, live, rules);
  }

  private static List<Difference> compare(
      Map<String, String> want, Set<String> former, Pod live, DriftRules rules) {
    JsonNode pod = Json.tree(live);
    Map<String, String> have = flat(pod.path("metadata"), pod.path("spec"));
    have.keySet().removeIf(path -> !want.containsKey(path) && !former.contains(path));
    return Drift.differences("StatefulSet", want, have, rules);
  }

  private static Map<String, String> flat(PodTemplateSpec template) {
    return flat(Json.tree(template.getMetadata()), Json.tree(template.getSpec()));
  }

  private static Map<String, String> flat(JsonNode metadata, JsonNode spec) {
    Map<String, String> flat = FlatObject.part(TEMPLATE + "spec", spec);
    flat.putAll(FlatObject.part(TEMPLATE + "metadata.labels", metadata.path("labels")));
    flat.putAll(FlatObject.part(TEMPLATE + "metadata.annotations", metadata.path("annotations")));
    return flat;
  }
}
