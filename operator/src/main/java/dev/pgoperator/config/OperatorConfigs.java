package dev.pgoperator.config;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.SortedSet;

/** The three places that a configuration can come from (api.md §2.1). */
public final class OperatorConfigs {

  private OperatorConfigs() {}

  /** The built-in defaults of a ConfigMap without keys. */
  public static OperatorConfig defaults() {
    return fromConfigMap(Map.of()).config();
  }

  /** Flat keys with texts (api.md §2.2). */
  public static ConfigReading fromConfigMap(Map<String, String> data) {
    return read(new ConfigSource(Dialect.CONFIG_MAP, data));
  }

  /** The {@code configuration} of an {@code OperatorConfiguration} (api.md §2.3). */
  public static ConfigReading fromObject(GenericKubernetesResource object) {
    Object body = object.getAdditionalProperties().get("configuration");
    ConfigSource source =
        new ConfigSource(Dialect.OBJECT, body instanceof Map<?, ?> map ? map : Map.of());
    if (!(body instanceof Map<?, ?>)) {
      source.problem("configuration", "nothing", "an object");
    }
    return read(source);
  }

  /**
   * Every key that has a meaning, with its group before a dot where it has one; a ConfigMap uses
   * the last word.
   */
  public static SortedSet<String> keys() {
    ConfigSource source = new ConfigSource(Dialect.OBJECT, Map.of());
    read(source);
    return source.knownKeys();
  }

  private static ConfigReading read(ConfigSource source) {
    OptionReader reader = new OptionReader(source, "");
    source.noteDeprecated();
    OperatorConfig config = CrossChecks.apply(OperatorConfig.read(reader), source);
    return new ConfigReading(config, source.problems(), source.unknownKeys(), source.deprecated());
  }
}
