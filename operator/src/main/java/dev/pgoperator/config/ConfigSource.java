package dev.pgoperator.config;

import dev.pgoperator.api.Deprecation;
import dev.pgoperator.api.Problem;
import java.util.ArrayList;
import java.util.Comparator;
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

  private final Dialect dialect;
  private final Map<?, ?> values;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Deprecation> deprecated = new ArrayList<>();
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
      note(DeprecatedOptions.CONFIG_MAP_ONLY);
    }
    DeprecatedOptions.ALL.forEach(this::note);
  }

  private void note(DeprecatedOptions.Entry entry) {
    value(entry.group(), entry.key())
        .filter(entry::isUsed)
        .ifPresent(
            used ->
                deprecated.add(
                    new Deprecation(path(entry.group(), entry.key()), entry.successor())));
  }

  List<Problem> problems() {
    return problems;
  }

  List<Deprecation> deprecated() {
    return deprecated.stream().sorted(Comparator.comparing(Deprecation::name)).toList();
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
