package dev.pgoperator.boot;

import dev.pgoperator.shard.LeaseNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the process is told from outside (api.md §2.1).
 *
 * @param namespace the operator's own namespace
 * @param configMap name of the ConfigMap with the options, {@code name} or {@code namespace/name};
 *     empty for defaults
 * @param configObject name of the OperatorConfiguration, which goes before the ConfigMap; empty for
 *     none
 * @param teamsTokenFile file with the token for the Teams API; empty for the Secret that the
 *     options name
 * @param scope which manifests are handled
 * @param shared whether several pods share the clusters, by Leases
 */
record Settings(
    String namespace,
    String configMap,
    String configObject,
    String teamsTokenFile,
    Scope scope,
    boolean shared) {
  private static final Path OWN_NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  /**
   * Which manifests are handled.
   *
   * @param watchedNamespace overrides the option of that name; empty for no override
   * @param controllerId only those that carry this id; empty for those without one
   */
  record Scope(String watchedNamespace, String controllerId) {}

  String controllerId() {
    return scope.controllerId();
  }

  static Settings of(Map<String, String> environment) {
    return new Settings(
        ownNamespace(environment),
        environment.getOrDefault("CONFIG_MAP_NAME", ""),
        environment.getOrDefault("POSTGRES_OPERATOR_CONFIGURATION_OBJECT", ""),
        environment.getOrDefault("TEAMS_API_TOKEN_FILE", ""),
        new Scope(
            environment.getOrDefault("WATCHED_NAMESPACE", ""),
            environment.getOrDefault("CONTROLLER_ID", "")),
        Boolean.parseBoolean(environment.getOrDefault("SHARED_FLEET", "false")));
  }

  /** What the leases of this operator's pods are called. */
  LeaseNames leases(Optional<String> watched) {
    return LeaseNames.of(controllerId(), watched.filter(name -> !name.equals(namespace)));
  }

  /** Namespaces to watch: one, or empty for all. */
  Optional<String> watched(String option) {
    String asked = scope.watchedNamespace().isEmpty() ? option : scope.watchedNamespace();
    if (asked.equals("*")) {
      return Optional.empty();
    }
    return Optional.of(asked.isEmpty() ? namespace : asked);
  }

  private static String ownNamespace(Map<String, String> environment) {
    String given = environment.getOrDefault("OPERATOR_NAMESPACE", "");
    if (!given.isEmpty()) {
      return given;
    }
    try {
      return Files.readString(OWN_NAMESPACE).strip();
    } catch (IOException missing) {
      throw new IllegalStateException(
          "the operator's namespace is unknown: set OPERATOR_NAMESPACE, or run with a service"
              + " account",
          missing);
    }
  }
}
