package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How a live object differs from the desired one: in the fields that we want, and in those that we
 * once wrote and no longer want. What others added, and what the API server filled in, is not a
 * difference.
 */
public final class Drift {

  private static final String MASK = "***";
  private static final Pattern SECRET_VARIABLE =
      Pattern.compile(
          ".*\\.env\\[[^\\]]*(SECRET|PASSWORD|TOKEN|KEY)\\](\\.value)?", Pattern.CASE_INSENSITIVE);
  private static final List<String> BUDGET_AMOUNTS =
      List.of("spec.minAvailable", "spec.maxUnavailable");

  private Drift() {}

  public static List<Difference> compare(HasMetadata desired, HasMetadata live) {
    return compare(desired, live, DriftRules.STRICT);
  }

  /** All differences, sorted by field; a list item that is new or has to go is one difference. */
  public static List<Difference> compare(HasMetadata desired, HasMetadata live, DriftRules rules) {
    Map<String, String> want = FlatObject.of(desired);
    Map<String, String> have = FlatObject.of(live);
    have.keySet().retainAll(relevant(desired, live, want, have));
    return differences(desired.getKind(), want, have, rules);
  }

  /** What we want, and what is ours and therefore has to go when we do not want it. */
  private static Set<String> relevant(
      HasMetadata desired, HasMetadata live, Map<String, String> want, Map<String, String> have) {
    Set<String> relevant = new TreeSet<>(Ownership.paths(live));
    relevant.removeIf(ServerDefaults::isOne);
    relevant.addAll(want.keySet());
    if (desired.getKind().equals("PodDisruptionBudget")) {
      BUDGET_AMOUNTS.stream().filter(have::containsKey).forEach(relevant::add);
    }
    return relevant;
  }

  static List<Difference> differences(
      String kind, Map<String, String> want, Map<String, String> have, DriftRules rules) {
    TreeSet<String> paths = new TreeSet<>(want.keySet());
    paths.addAll(have.keySet());
    Map<String, Difference> byField = new TreeMap<>();
    for (String path : paths) {
      boolean same = want.containsKey(path) && want.get(path).equals(have.get(path));
      if (same || isIgnored(path, rules)) {
        continue;
      }
      Effect effect =
          Effects.of(kind, path, have.getOrDefault(path, ""), want.getOrDefault(path, ""), rules);
      String field = ListItems.missing(path, want, have);
      Difference difference =
          shown(kind, field, ListItems.text(field, have), ListItems.text(field, want), effect);
      byField.merge(field, difference, Drift::worse);
    }
    return List.copyOf(byField.values());
  }

  private static Difference worse(Difference one, Difference other) {
    return one.effect().compareTo(other.effect()) >= 0 ? one : other;
  }

  private static boolean isIgnored(String path, DriftRules rules) {
    return rules.ignoredAnnotations().stream()
        .anyMatch(key -> path.endsWith(FlatObject.child("annotations", key)));
  }

  private static Difference shown(String kind, String path, String from, String to, Effect effect) {
    boolean secret =
        (kind.equals("Secret") && path.startsWith("data."))
            || SECRET_VARIABLE.matcher(path).matches();
    return secret
        ? new Difference(path, masked(from), masked(to), effect)
        : new Difference(path, from, to, effect);
  }

  private static String masked(String value) {
    return value.isEmpty() ? "" : MASK;
  }
}
