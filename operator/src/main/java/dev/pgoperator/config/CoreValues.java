package dev.pgoperator.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import java.util.Map;
import java.util.Optional;

/** Option values whose form Kubernetes defines. */
final class CoreValues {

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private CoreValues() {}

  static <T> Optional<T> convert(Object value, Class<T> type) {
    try {
      return Optional.ofNullable(JSON.convertValue(value, type));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** An object of exactly this kind; its kind may be left out. */
  static <T> Optional<T> parse(String text, Class<T> type) {
    try {
      Map<?, ?> map = YAML.readValue(text, Map.class);
      Object kind = map == null ? "" : map.get("kind");
      boolean right = kind == null || kind.equals(type.getSimpleName());
      return right ? convert(map, type) : Optional.empty();
    } catch (JacksonException | ClassCastException _) {
      return Optional.empty();
    }
  }

  static Optional<Container> container(Object value) {
    return convert(value, Container.class)
        .filter(c -> c.getName() != null && !c.getName().isEmpty())
        .filter(c -> c.getImage() != null && !c.getImage().isEmpty())
        .filter(c -> c.getEnv().stream().allMatch(v -> v != null && v.getName() != null));
  }
}
