package dev.pgoperator.config;

import dev.pgoperator.api.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The written configuration while it is read: gives raw values, remembers which keys were asked for
 * and what was wrong.
 */
final class ConfigSource {

  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "enable_crd_validation",
          "aws_or_gcp.enable_ebs_gp3_migration",
          "aws_or_gcp.enable_ebs_gp3_migration_max_size");
  private static final List<String> SUPERSEDED =
      List.of(
          "sidecar_docker_images",
          "kubernetes.infrastructure_roles_secret_name",
          "scalyr.scalyr_api_key",
          "scalyr.scalyr_image");

  /** Never had a place in an {@code OperatorConfiguration}. */
  private static final String CONFIG_MAP_ONLY = "enable_load_balancer";

  private final Dialect dialect;
  private final Map<?, ?> values;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> deprecated = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();

  ConfigSource(Dialect dialect, Map<?, ?> values) {
    this.dialect = dialect;
    this.values = values;
  }

  Dialect dialect() {
    return dialect;
  }

  /** What is written at a key; {@code null} is the same as nothing. */
  Optional<Object> value(String group, String key) {
    if (dialect == Dialect.CONFIG_MAP) {
      asked.add(key);
      return Optional.ofNullable(values.get(key));
    }
    asked.add(joined(group, key));
    if (group.isEmpty()) {
      return Optional.ofNullable(values.get(key));
    }
    Object body = values.get(group);
    if (asked.add(group) && body != null && !(body instanceof Map<?, ?>)) {
      problem(path("", group), "something else", "a group of options");
    }
    return body instanceof Map<?, ?> inner ? Optional.ofNullable(inner.get(key)) : Optional.empty();
  }

  String path(String group, String key) {
    return dialect == Dialect.CONFIG_MAP ? key : "configuration." + joined(group, key);
  }

  private static String joined(String group, String key) {
    return group.isEmpty() ? key : group + "." + key;
  }

  void problem(String path, String found, String expected) {
    problems.add(new Problem(path, found, expected));
  }

  /** Takes note of keys that still may stand there but should not. */
  void noteDeprecated() {
    if (dialect == Dialect.CONFIG_MAP) {
      note(CONFIG_MAP_ONLY);
    }
    WITHOUT_EFFECT.forEach(this::note);
    SUPERSEDED.forEach(this::note);
  }

  private void note(String path) {
    int dot = path.indexOf('.');
    String group = dot < 0 ? "" : path.substring(0, dot);
    String key = path.substring(dot + 1);
    value(group, key)
        .filter(v -> !v.toString().isEmpty() && !v.equals(Map.of()))
        .ifPresent(v -> deprecated.add(path(group, key)));
  }

  List<Problem> problems() {
    return problems;
  }

  List<String> deprecatedKeys() {
    return deprecated.stream().sorted().toList();
  }

  List<String> unknownKeys() {
    List<String> unknown = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          String name = key.toString();
          if (!asked.contains(name)) {
            unknown.add(path("", name));
          } else if (dialect == Dialect.OBJECT
              && value instanceof Map<?, ?> inner
              && isGroup(name)) {
            inner.keySet().stream()
                .filter(k -> !asked.contains(name + "." + k))
                .forEach(k -> unknown.add(path(name, k.toString())));
          }
        });
    return unknown.stream().sorted().toList();
  }

  SortedSet<String> knownKeys() {
    SortedSet<String> keys = new TreeSet<>(asked);
    keys.removeIf(this::isGroup);
    return keys;
  }

  private boolean isGroup(String name) {
    return asked.stream().anyMatch(a -> a.startsWith(name + "."));
  }
}
