package dev.pgoperator.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Environment that administrators keep outside the manifest.
 *
 * @param variables contents of the ConfigMap {@code pod_environment_configmap}
 * @param secretKeys keys of the Secret {@code pod_environment_secret}; their values never leave
 *     Kubernetes
 */
public record PodEnvironment(Map<String, String> variables, List<String> secretKeys) {

  public static final PodEnvironment NONE = new PodEnvironment(Map.of(), List.of());

  public PodEnvironment {
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    secretKeys = secretKeys.stream().sorted().toList();
  }
}
