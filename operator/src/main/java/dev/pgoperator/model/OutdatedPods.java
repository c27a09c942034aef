package dev.pgoperator.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The pods of a cluster that were made from an older template, and what they differ in. What does
 * not matter to a running pod is left out.
 *
 * @param byPod differences by the name of the pod; an empty list when nobody knows any more what
 *     the older template was
 */
public record OutdatedPods(Map<String, List<Difference>> byPod) {

  /** Every pod runs the template that is wanted. */
  public static final OutdatedPods NONE = new OutdatedPods(Map.of());

  private static final Set<Effect> NO_MATTER =
      Set.of(Effect.NONE, Effect.PATRONI_CONFIG, Effect.RELOAD, Effect.POSTGRES_RESTART);

  public OutdatedPods {
    Map<String, List<Difference>> sorted = new TreeMap<>();
    byPod.forEach((pod, differences) -> sorted.put(pod, List.copyOf(differences)));
    byPod = Collections.unmodifiableMap(sorted);
  }

  /** The differences that matter to a pod that runs. */
  public static List<Difference> relevant(List<Difference> differences) {
    return differences.stream().filter(one -> !NO_MATTER.contains(one.effect())).toList();
  }

  public boolean isEmpty() {
    return byPod.isEmpty();
  }

  /** Whether a pod has to be replaced to become what it should be, as far as is known. */
  public boolean needReplacement() {
    return byPod.values().stream()
        .anyMatch(
            differences ->
                differences.isEmpty()
                    || differences.stream()
                        .anyMatch(one -> one.effect().compareTo(Effect.POD_RECREATION) >= 0));
  }

  /**
   * The pods that have to be replaced to become what they should be, for reasons that are known. A
   * pod of which nobody knows in what it differs is left to people.
   */
  public Set<String> replaceable() {
    return byPod.entrySet().stream()
        .filter(
            pod ->
                pod.getValue().stream()
                    .anyMatch(one -> one.effect().compareTo(Effect.POD_RECREATION) >= 0))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Which pods differ in what, for people; without any value that could be a secret. */
  public String text() {
    Map<List<Difference>, List<String>> podsByDifferences =
        byPod.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    return podsByDifferences.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().getFirst()))
        .map(entry -> String.join(", ", entry.getValue()) + ": " + text(entry.getKey()))
        .collect(Collectors.joining(". "));
  }

  private static String text(List<Difference> differences) {
    if (differences.isEmpty()) {
      return "made from an older template; in what it differs is not known any more";
    }
    List<Difference> heaviestFirst = new ArrayList<>(differences);
    heaviestFirst.sort(Comparator.comparing(Difference::effect).reversed());
    return heaviestFirst.stream()
        .map(one -> one.shown() + " (" + effect(one.effect()) + ")")
        .collect(Collectors.joining("; "));
  }

  private static String effect(Effect effect) {
    return switch (effect) {
      case NONE, PATRONI_CONFIG, RELOAD, POSTGRES_RESTART -> "does not matter to a running pod";
      case IN_PLACE -> "taken at the next start of the pod";
      case POD_RECREATION -> "the pod has to be replaced";
      case RECREATE_OBJECT, FORBIDDEN -> "not possible for a running pod";
    };
  }
}
