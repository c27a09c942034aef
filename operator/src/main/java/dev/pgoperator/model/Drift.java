package dev.pgoperator.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
          ".*\\.env\\[[^\\]]*(SECRET|PASSWORD|TOKEN|API_KEY|ACCOUNT_KEY)[^\\]]*\\]\\.value");
  private static final List<String> BUDGET_AMOUNTS =
      List.of("spec.minAvailable", "spec.maxUnavailable");

  private Drift() {}

  public static List<Difference> compare(HasMetadata desired, HasMetadata live) {
    return compare(desired, live, DriftRules.STRICT);
  }

  /** All differences, sorted by field. */
  public static List<Difference> compare(HasMetadata desired, HasMetadata live, DriftRules rules) {
    Map<String, String> want = FlatObject.of(desired);
    Map<String, String> have = FlatObject.of(live);
    Map<String, String> extra = new TreeMap<>(Ownership.of(live));
    extra.keySet().removeIf(path -> want.containsKey(path) || ServerDefaults.isOne(path));
    if (desired.getKind().equals("PodDisruptionBudget")) {
      BUDGET_AMOUNTS.stream()
          .filter(path -> have.containsKey(path) && !want.containsKey(path))
          .forEach(path -> extra.put(path, have.getOrDefault(path, "")));
    }
    List<Difference> differences = new ArrayList<>();
    Map<String, String> all = new TreeMap<>(want);
    extra.forEach((path, value) -> all.put(path, ""));
    all.forEach(
        (path, to) -> {
          String from = have.getOrDefault(path, "");
          boolean isExtra = extra.containsKey(path);
          if (!isIgnored(path, rules) && (isExtra || !from.equals(to) || !have.containsKey(path))) {
            Effect effect = Effects.of(desired.getKind(), path, from, to, rules);
            differences.add(shown(desired.getKind(), path, from, to, effect));
          }
        });
    return List.copyOf(differences);
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
