package dev.pgoperator.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the watches know of the ConfigMaps and Secrets from which pods take further variables, so
 * that syncs need not read them. Of a Secret only the names of its keys. Thread-safe.
 */
public final class EnvironmentObjects {
  private final Map<ObjectKey, Map<String, String>> seen = new ConcurrentHashMap<>();

  /**
   * Takes note of an object that is watched.
   *
   * @param variables of a Secret with empty values
   */
  public void note(ObjectKey object, Map<String, String> variables) {
    seen.put(object, variables);
  }

  /** It is gone, or not watched any more. */
  public void forget(ObjectKey object) {
    seen.remove(object);
  }

  /** Empty when there is none, or none that is watched. */
  public Optional<Map<String, String>> find(ObjectKey object) {
    return Optional.ofNullable(seen.get(object));
  }

  /** The variables that an object gives: of a Secret only their names, with empty values. */
  public static Map<String, String> variables(HasMetadata object) {
    return switch (object) {
      case ConfigMap map when map.getData() != null -> Map.copyOf(map.getData());
      case Secret secret when secret.getData() != null ->
          secret.getData().keySet().stream().collect(Collectors.toMap(key -> key, key -> ""));
      default -> Map.of();
    };
  }
}
