package dev.pgoperator.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One JSON object of a manifest, read field by field. A wrong field becomes a problem with its full
 * path and reads as absent, so that one pass finds all of them. {@code null} is the same as absent
 * (api.md §6.1). Fields nobody asked for are unknown.
 */
final class Fields {

  private final String path;
  private final Map<?, ?> values;
  private final Findings findings;
  private final Set<String> known = new HashSet<>();

  Fields(String path, Map<?, ?> values, Findings findings) {
    this.path = path;
    this.values = values;
    this.findings = findings;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  Findings findings() {
    return findings;
  }

  boolean has(String name) {
    known.add(name);
    return values.get(name) != null;
  }

  void problem(String name, String found, String expected) {
    findings.problem(path(name), found, expected);
  }

  private <T> Optional<T> as(String name, Class<T> type, String expected) {
    Object value = values.get(name);
    known.add(name);
    if (value == null) {
      return Optional.empty();
    }
    if (type.isInstance(value)) {
      return Optional.of(type.cast(value));
    }
    problem(name, Shown.value(value), expected);
    return Optional.empty();
  }

  String text(String name) {
    return as(name, String.class, "a text").orElse("");
  }

  /** Text that satisfies a rule; empty text counts as absent and is not checked. */
  String text(String name, Function<String, Optional<String>> complaint) {
    String text = text(name);
    if (!text.isEmpty()) {
      complaint.apply(text).ifPresent(expected -> problem(name, Shown.value(text), expected));
    }
    return text;
  }

  String requiredText(String name) {
    requirePresence(name, "a text");
    return text(name);
  }

  void requirePresence(String name, String expected) {
    if (!has(name)) {
      problem(name, "nothing", expected);
    }
  }

  SecretText secret(String name) {
    if (has(name) && !(values.get(name) instanceof String)) {
      problem(name, "a value that is not shown", "a text");
    }
    return values.get(name) instanceof String s ? new SecretText(s) : SecretText.EMPTY;
  }

  Toggle toggle(String name) {
    return as(name, Boolean.class, "true or false").map(Toggle::of).orElse(Toggle.UNSET);
  }

  boolean flag(String name) {
    return toggle(name).or(false);
  }

  /** A whole number within bounds. */
  OptionalLong whole(String name, long least, long most) {
    Optional<Number> number = as(name, Number.class, Shown.range(least, most));
    if (number.isEmpty()) {
      return OptionalLong.empty();
    }
    double asDouble = number.get().doubleValue();
    long value = number.get().longValue();
    if (asDouble != Math.rint(asDouble)
        || Math.abs(asDouble) > 9.2e18
        || value < least
        || value > most) {
      problem(name, number.get().toString(), Shown.range(least, most));
      return OptionalLong.empty();
    }
    return OptionalLong.of(value);
  }

  int integer(String name, int least, int most) {
    return (int) whole(name, least, most).orElse(0);
  }

  Fields object(String name) {
    Map<?, ?> inner = as(name, Map.class, "an object").orElse(Map.of());
    return new Fields(path(name), inner, findings);
  }

  <T> Optional<T> optional(String name, Function<Fields, T> decode) {
    return as(name, Map.class, "an object").map(m -> decoded(path(name), m, decode));
  }

  /** An object whose keys are names that the user chose. */
  <T> Map<String, T> map(String name, Function<Fields, T> decode) {
    Map<String, T> result = new LinkedHashMap<>();
    as(name, Map.class, "an object")
        .ifPresent(
            m ->
                ((Map<?, ?>) m)
                    .forEach(
                        (key, value) -> {
                          String at = path(name) + "." + key;
                          if (value == null) {
                            result.put(key.toString(), decoded(at, Map.of(), decode));
                          } else if (value instanceof Map<?, ?> inner) {
                            result.put(key.toString(), decoded(at, inner, decode));
                          } else {
                            findings.problem(at, Shown.value(value), "an object");
                          }
                        }));
    return result;
  }

  Map<String, String> texts(String name) {
    Map<String, String> result = new LinkedHashMap<>();
    Fields inner = object(name);
    inner.values.keySet().forEach(key -> result.put(key.toString(), inner.text(key.toString())));
    return result;
  }

  /** Quantities by name; Kubernetes lets them be numbers, too. */
  Map<String, String> quantities(String name) {
    Map<String, String> result = new LinkedHashMap<>();
    Fields inner = object(name);
    inner.values.forEach(
        (key, value) -> {
          String text = value instanceof Number ? value.toString() : inner.text(key.toString());
          result.put(key.toString(), text);
        });
    return result;
  }

  Map<String, List<String>> textLists(String name) {
    Map<String, List<String>> result = new LinkedHashMap<>();
    Fields inner = object(name);
    inner
        .values
        .keySet()
        .forEach(key -> result.put(key.toString(), inner.textList(key.toString())));
    return result;
  }

  Map<String, Map<String, String>> textMaps(String name) {
    Map<String, Map<String, String>> result = new LinkedHashMap<>();
    Fields inner = object(name);
    inner.values.keySet().forEach(key -> result.put(key.toString(), inner.texts(key.toString())));
    return result;
  }

  List<String> textList(String name) {
    return each(
        name,
        (at, value) -> {
          if (value instanceof String s) {
            return Optional.of(s);
          }
          findings.problem(at, Shown.value(value), "a text");
          return Optional.empty();
        });
  }

  /** A list of objects; items of another kind are problems. */
  <T> List<T> objects(String name, Function<Fields, T> decode) {
    return each(
        name,
        (at, value) -> {
          if (value instanceof Map<?, ?> m) {
            return Optional.of(decoded(at, m, decode));
          }
          findings.problem(at, Shown.value(value), "an object");
          return Optional.empty();
        });
  }

  private <T> List<T> each(String name, BiFunction<String, Object, Optional<T>> decode) {
    List<T> result = new ArrayList<>();
    List<?> items = as(name, List.class, "a list").orElse(List.of());
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      decode.apply(path(name) + "[" + i + "]", item == null ? "" : item).ifPresent(result::add);
    }
    return result;
  }

  /** A part whose form belongs to Kubernetes. */
  <T> Optional<T> core(String name, Class<T> type) {
    return as(name, Map.class, "an object")
        .flatMap(m -> CoreTypes.read(path(name), m, type, findings));
  }

  <T> List<T> coreList(String name, Class<T> type) {
    return each(name, (at, value) -> CoreTypes.read(at, value, type, findings));
  }

  private <T> T decoded(String at, Map<?, ?> inner, Function<Fields, T> decode) {
    Fields fields = new Fields(at, inner, findings);
    T result = decode.apply(fields);
    fields.close();
    return result;
  }

  /** Notes the fields that were never asked for. */
  void close() {
    values.forEach(
        (key, value) -> {
          if (value != null && !known.contains(key.toString())) {
            findings.unknown.put(path(key.toString()), value);
          }
        });
  }
}
