package dev.pgoperator.config;

import dev.pgoperator.api.MaintenanceWindow;
import dev.pgoperator.api.SecretText;
import dev.pgoperator.config.RoleSettings.InfrastructureSecret;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads options of one group by key and type. A value of the wrong form is reported and replaced by
 * the default. In an {@code OperatorConfiguration} an empty text, list or map, and a zero where
 * zero makes no sense, count as absent; in a ConfigMap an empty text is a value of its own (api.md
 * §2.2, §2.3).
 */
final class OptionReader {

  private final ConfigSource source;
  private final String group;

  OptionReader(ConfigSource source, String group) {
    this.source = source;
    this.group = group;
  }

  OptionReader group(String name) {
    return new OptionReader(source, name);
  }

  private boolean isObject() {
    return source.dialect() == Dialect.OBJECT;
  }

  private void problem(String key, Object found, String expected) {
    source.problem(source.path(group, key), shown(found), expected);
  }

  /** A structure is named by its kind only: what is in it may be a secret. */
  private static String shown(Object found) {
    return switch (found) {
      case String text -> "\"" + text + "\"";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      default -> found.toString();
    };
  }

  private <T> T read(
      String key, T otherwise, String expected, Function<Object, Optional<T>> parse) {
    Optional<Object> raw = source.value(group, key);
    if (raw.isEmpty() || (isObject() && isEmpty(raw.get()))) {
      return otherwise;
    }
    Optional<T> parsed = parse.apply(raw.get());
    if (parsed.isEmpty()) {
      problem(key, raw.get(), expected);
    }
    return parsed.orElse(otherwise);
  }

  private static boolean isEmpty(Object value) {
    return value.equals("") || value.equals(List.of()) || value.equals(Map.of());
  }

  String text(String key, String otherwise) {
    return read(key, otherwise, "a text", Literals::text);
  }

  /** A text that an {@code OperatorConfiguration}, too, can set to nothing. */
  String textOrEmpty(String key, String otherwise) {
    return source.value(group, key).filter(""::equals).isPresent() ? "" : text(key, otherwise);
  }

  String oneOf(String key, String otherwise, String... allowed) {
    String text = text(key, otherwise);
    if (text.isEmpty() || Arrays.asList(allowed).contains(text)) {
      return text.isEmpty() ? otherwise : text;
    }
    problem(key, text, "one of " + String.join(", ", allowed));
    return otherwise;
  }

  SecretText secret(String key) {
    Optional<Object> raw = source.value(group, key);
    Optional<String> text = raw.flatMap(Literals::text);
    if (raw.isPresent() && text.isEmpty()) {
      source.problem(source.path(group, key), "a value that is not shown", "a text");
    }
    return new SecretText(text.orElse(""));
  }

  NamespacedName name(String key, String otherwise) {
    return NamespacedName.parse(text(key, otherwise));
  }

  /** The name of an object that is watched, which only a name of the right form can be. */
  NamespacedName objectName(String key, String otherwise) {
    NamespacedName name = name(key, otherwise);
    if (!name.isSet() || name.isWellFormed()) {
      return name;
    }
    problem(key, text(key, otherwise), "the name of a Secret, or namespace/name");
    return NamespacedName.parse(otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    return read(key, otherwise, "true or false", Literals::flag);
  }

  boolean flag(String key, boolean inConfigMap, boolean inObject) {
    return flag(key, isObject() ? inObject : inConfigMap);
  }

  int integer(String key, int otherwise) {
    return read(key, otherwise, "a whole number", Literals::integer);
  }

  int notNegative(String key, int otherwise) {
    return bounded(key, otherwise, 0);
  }

  int atLeast(int least, String key, int otherwise) {
    return bounded(key, otherwise, least);
  }

  private int bounded(String key, int otherwise, int least) {
    int value = integer(key, otherwise);
    if (value >= least) {
      return value;
    }
    if (!(isObject() && value == 0)) {
      problem(key, value, "a whole number of at least " + least);
    }
    return otherwise;
  }

  /**
   * The reference wants two pooler pods from an {@code OperatorConfiguration}, and is content with
   * one from a ConfigMap.
   */
  int poolerInstances(String key, int otherwise) {
    int value = atLeast(1, key, otherwise);
    return isObject() ? Math.max(2, value) : value;
  }

  OptionalLong identity(String key) {
    Optional<Object> raw = source.value(group, key).filter(v -> !v.equals(""));
    return raw.isEmpty() ? OptionalLong.empty() : identityOf(key, raw.get());
  }

  private OptionalLong identityOf(String key, Object raw) {
    Optional<Integer> number = Literals.integer(raw).filter(n -> n >= 0);
    if (number.isEmpty()) {
      problem(key, raw, "a user or group number");
    }
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  Duration duration(String key, String otherwise) {
    Duration fallback = Literals.duration(otherwise).orElseThrow();
    Duration value = read(key, fallback, "a duration such as 30s or 1h30m", Literals::duration);
    return value.isZero() ? fallback : value;
  }

  String quantity(String key, String otherwise) {
    return read(key, otherwise, "a quantity such as 250m or 1Gi", Literals::quantity);
  }

  List<String> texts(String key, String... otherwise) {
    return read(key, List.of(otherwise), "a list of texts", Literals::texts);
  }

  /** Regular expressions; a broken one is left out. */
  List<String> expressions(String key) {
    return kept(
        key,
        texts(key),
        e -> Literals.isExpression(e) ? Stream.of(e) : Stream.of(),
        "a regular expression");
  }

  List<MaintenanceWindow> windows(String key, List<String> texts) {
    return kept(
        key, texts, t -> MaintenanceWindow.parse(t).stream(), "a window such as Sun:01:00-06:00");
  }

  /** The texts of a list that can be read; each other one is a problem of its own. */
  private <R> List<R> kept(
      String key, List<String> texts, Function<String, Stream<R>> accept, String expected) {
    List<R> kept = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      List<R> accepted = accept.apply(texts.get(i)).toList();
      if (accepted.isEmpty()) {
        problem(key + "[" + i + "]", texts.get(i), expected);
      }
      kept.addAll(accepted);
    }
    return List.copyOf(kept);
  }

  /** The same for larger entries, which are never shown: they may hold a secret. */
  private <R> List<R> entries(
      String key, List<?> entries, Function<Object, Optional<R>> accept, String expected) {
    List<R> kept = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Optional<R> accepted = Optional.<Object>ofNullable(entries.get(i)).flatMap(accept);
      if (accepted.isEmpty()) {
        source.problem(source.path(group, key + "[" + i + "]"), "something else", expected);
      }
      accepted.ifPresent(kept::add);
    }
    return List.copyOf(kept);
  }

  Map<String, String> pairs(String key, Map<String, String> otherwise) {
    return read(key, otherwise, "pairs such as key:value,other:value", Literals::pairs);
  }

  <T> Optional<T> definition(String key, Class<T> kind) {
    return written(
        key,
        "a " + kind.getSimpleName() + " in JSON or YAML",
        raw -> Literals.text(raw).flatMap(t -> CoreValues.parse(t, kind)));
  }

  /** Only an {@code OperatorConfiguration} can hold a probe. */
  Optional<Probe> probe(String key) {
    return written(
        key, "a probe in an OperatorConfiguration", raw -> CoreValues.convert(raw, Probe.class));
  }

  private <T> Optional<T> written(
      String key, String expected, Function<Object, Optional<T>> parse) {
    Optional<Object> raw = source.value(group, key).filter(v -> !isEmpty(v));
    Optional<T> parsed = raw.flatMap(parse);
    if (raw.isPresent() && parsed.isEmpty()) {
      problem(key, "something else", expected);
    }
    return parsed;
  }

  /**
   * Only an {@code OperatorConfiguration} can hold containers; one without name or image is left
   * out.
   */
  List<Container> containers(String key) {
    List<?> items =
        this.<List<?>>written(
                key,
                "a list of containers in an OperatorConfiguration",
                raw -> raw instanceof List<?> list ? Optional.of(list) : Optional.empty())
            .orElse(List.of());
    return entries(key, items, CoreValues::container, "a container with name and image");
  }

  List<InfrastructureSecret> infrastructureSecrets(String key) {
    Optional<Object> raw = source.value(group, key).filter(v -> !isEmpty(v));
    if (raw.isEmpty()) {
      return List.of();
    }
    String expected = "secretname, passwordkey and userkey";
    if (raw.get() instanceof List<?> items) {
      return entries(key, items, Infrastructure::fromObject, expected);
    }
    Optional<InfrastructureSecret> single =
        Literals.pairs(raw.get()).flatMap(Infrastructure::fromPairs);
    if (single.isEmpty()) {
      problem(key, raw.get(), expected);
    }
    return single.stream().toList();
  }
}
