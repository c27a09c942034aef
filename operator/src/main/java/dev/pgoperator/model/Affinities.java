package dev.pgoperator.model;

import dev.pgoperator.config.PodSettings.AntiAffinity;
import dev.pgoperator.config.PodSettings.NodeReadiness;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeAffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
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
    AffinityBuilder affinity = new AffinityBuilder();
    Optional<NodeAffinity> nodes = nodes(b);
    nodes.ifPresent(affinity::withNodeAffinity);
    AntiAffinity anti = b.config().pods().scheduling().antiAffinity();
    if (anti.enabled()) {
      separate(affinity, anti, apart);
    }
    return anti.enabled() || nodes.isPresent() ? Optional.of(affinity.build()) : Optional.empty();
  }

  /** Affinity of pods that should be near others with these labels, on a node that is ready. */
  static Affinity near(Blueprint b, Map<String, String> labels) {
    AffinityBuilder affinity =
        new AffinityBuilder()
            .withNewPodAffinity()
            .addNewPreferredDuringSchedulingIgnoredDuringExecution()
            .withWeight(1)
            .withNewPodAffinityTerm()
            .withNewLabelSelector()
            .withMatchLabels(labels)
            .endLabelSelector()
            .withTopologyKey(HOSTNAME)
            .endPodAffinityTerm()
            .endPreferredDuringSchedulingIgnoredDuringExecution()
            .endPodAffinity();
    Map<String, String> ready = b.config().pods().scheduling().nodeReadiness().labels();
    if (!ready.isEmpty()) {
      affinity.withNodeAffinity(
          new NodeAffinityBuilder()
              .withNewRequiredDuringSchedulingIgnoredDuringExecution()
              .withNodeSelectorTerms(merged(List.of(), expressions(ready), false))
              .endRequiredDuringSchedulingIgnoredDuringExecution()
              .build());
    }
    return affinity.build();
  }

  private static void separate(
      AffinityBuilder affinity, AntiAffinity anti, Map<String, String> labels) {
    PodAffinityTerm term =
        new PodAffinityTermBuilder()
            .withNewLabelSelector()
            .withMatchLabels(labels)
            .endLabelSelector()
            .withTopologyKey(anti.topologyKey())
            .build();
    if (anti.preferred()) {
      affinity
          .withNewPodAntiAffinity()
          .addNewPreferredDuringSchedulingIgnoredDuringExecution()
          .withWeight(1)
          .withPodAffinityTerm(term)
          .endPreferredDuringSchedulingIgnoredDuringExecution()
          .endPodAntiAffinity();
    } else {
      affinity
          .withNewPodAntiAffinity()
          .withRequiredDuringSchedulingIgnoredDuringExecution(term)
          .endPodAntiAffinity();
    }
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
    return Optional.of(
        new NodeAffinityBuilder(base)
            .withNewRequiredDuringSchedulingIgnoredDuringExecution()
            .withNodeSelectorTerms(terms)
            .endRequiredDuringSchedulingIgnoredDuringExecution()
            .build());
  }

  private static List<NodeSelectorTerm> merged(
      List<NodeSelectorTerm> own, List<NodeSelectorRequirement> ready, boolean joinsEveryTerm) {
    if (joinsEveryTerm && !own.isEmpty()) {
      return own.stream()
          .map(t -> new NodeSelectorTermBuilder(t).addAllToMatchExpressions(ready).build())
          .toList();
    }
    List<NodeSelectorTerm> terms = new ArrayList<>(own);
    terms.add(new NodeSelectorTermBuilder().withMatchExpressions(ready).build());
    return terms;
  }

  private static List<NodeSelectorRequirement> expressions(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> new NodeSelectorRequirement(e.getKey(), "In", List.of(e.getValue())))
        .toList();
  }
}
