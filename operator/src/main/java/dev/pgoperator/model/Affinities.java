package dev.pgoperator.model;

import dev.pgoperator.config.PodSettings.AntiAffinity;
import dev.pgoperator.config.PodSettings.NodeReadiness;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodAffinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which nodes a cluster's pods may and should run on (behaviour.md §1.6, Affinity). */
final class Affinities {

  private static final String HOSTNAME = "kubernetes.io/hostname";

  private Affinities() {}

  static Optional<Affinity> of(Blueprint b) {
    return of(b, Labels.object(b));
  }

  /** Affinity of pods that keep apart from others with the same labels. */
  static Optional<Affinity> of(Blueprint b, Map<String, String> apart) {
    Affinity affinity = new Affinity();
    nodes(b).ifPresent(affinity::setNodeAffinity);
    AntiAffinity anti = b.config().pods().scheduling().antiAffinity();
    if (anti.enabled()) {
      affinity.setPodAntiAffinity(separate(anti, apart));
    }
    return affinity.equals(new Affinity()) ? Optional.empty() : Optional.of(affinity);
  }

  /** Affinity of pods that should be near others with these labels, on a node that is ready. */
  static Affinity near(Blueprint b, Map<String, String> labels) {
    PodAffinity nearPods = new PodAffinity();
    nearPods.setPreferredDuringSchedulingIgnoredDuringExecution(
        List.of(new WeightedPodAffinityTerm(term(labels, HOSTNAME), 1)));
    Affinity affinity = new Affinity();
    affinity.setPodAffinity(nearPods);
    Map<String, String> ready = b.config().pods().scheduling().nodeReadiness().labels();
    if (!ready.isEmpty()) {
      affinity.setNodeAffinity(
          required(new NodeAffinity(), merged(List.of(), expressions(ready), false)));
    }
    return affinity;
  }

  private static PodAntiAffinity separate(AntiAffinity anti, Map<String, String> labels) {
    PodAffinityTerm term = term(labels, anti.topologyKey());
    PodAntiAffinity affinity = new PodAntiAffinity();
    if (anti.preferred()) {
      affinity.setPreferredDuringSchedulingIgnoredDuringExecution(
          List.of(new WeightedPodAffinityTerm(term, 1)));
    } else {
      affinity.setRequiredDuringSchedulingIgnoredDuringExecution(List.of(term));
    }
    return affinity;
  }

  private static PodAffinityTerm term(Map<String, String> labels, String topologyKey) {
    PodAffinityTerm term = new PodAffinityTerm();
    term.setLabelSelector(new LabelSelector(List.of(), labels));
    term.setTopologyKey(topologyKey);
    return term;
  }

  /** The same with these terms in place of its own. */
  private static NodeAffinity required(NodeAffinity base, List<NodeSelectorTerm> terms) {
    return new NodeAffinity(
        base.getPreferredDuringSchedulingIgnoredDuringExecution(), new NodeSelector(terms));
  }

  private static Optional<NodeAffinity> nodes(Blueprint b) {
    Optional<NodeAffinity> own = b.spec().pods().scheduling().nodeAffinity();
    NodeReadiness readiness = b.config().pods().scheduling().nodeReadiness();
    if (readiness.labels().isEmpty()) {
      return own;
    }
    NodeAffinity base = own.orElseGet(NodeAffinity::new);
    var required = base.getRequiredDuringSchedulingIgnoredDuringExecution();
    List<NodeSelectorTerm> ownTerms =
        required == null ? List.of() : required.getNodeSelectorTerms();
    List<NodeSelectorTerm> terms =
        merged(ownTerms, expressions(readiness.labels()), readiness.joinsEveryTerm());
    return Optional.of(required(base, terms));
  }

  private static List<NodeSelectorTerm> merged(
      List<NodeSelectorTerm> own, List<NodeSelectorRequirement> ready, boolean joinsEveryTerm) {
    if (joinsEveryTerm && !own.isEmpty()) {
      return own.stream()
          .map(t -> new NodeSelectorTermBuilder(t).addAllToMatchExpressions(ready).build())
          .toList();
    }
    List<NodeSelectorTerm> terms = new ArrayList<>(own);
    terms.add(new NodeSelectorTerm(ready, List.of()));
    return terms;
  }

  private static List<NodeSelectorRequirement> expressions(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> new NodeSelectorRequirement(e.getKey(), "In", List.of(e.getValue())))
        .toList();
  }
}
