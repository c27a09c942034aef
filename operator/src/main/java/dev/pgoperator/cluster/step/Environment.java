package dev.pgoperator.cluster.step;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.kube.EnvironmentObjects;
import dev.pgoperator.kube.ObjectKey;
import dev.pgoperator.model.PodEnvironment;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the ConfigMap and the Secret from which an administrator gives variables to all database
 * pods (behaviour.md §2.1).
 */
public final class Environment {
  private Environment() {}

  /**
   * What stands in them now.
   *
   * @throws StepFailed when one is configured and does not exist: pods without it would miss their
   *     backups
   */
  public static PodEnvironment observe(ClusterId id, OperatorConfig config, Ports ports) {
    var mounts = config.pods().mounts();
    return new PodEnvironment(
        variables(id, mounts.environmentConfigMap(), ports),
        secretKeys("pod_environment_secret", id, mounts.environmentSecret(), ports));
  }

  /**
   * The keys of the secret that is handed to logical backups (behaviour.md §9.2).
   *
   * @throws StepFailed when one is configured and does not exist
   */
  static List<String> ofLogicalBackup(SyncContext context) {
    String name = context.blueprint().config().addOns().logicalBackup().job().environmentSecret();
    return secretKeys(
        "logical_backup_cronjob_environment_secret", context.id(), name, context.ports());
  }

  /** Looked up in the namespace that the option names, then in the cluster's own. */
  private static Map<String, String> variables(ClusterId id, NamespacedName name, Ports ports) {
    if (!name.isSet()) {
      return Map.of();
    }
    return find(ports, ConfigMap.class, name.namespaceOr(id.namespace()), name.name())
        .or(() -> find(ports, ConfigMap.class, id.namespace(), name.name()))
        .orElseThrow(
            () -> new StepFailed("pod_environment_configmap " + name.name() + " does not exist"));
  }

  private static List<String> secretKeys(String option, ClusterId id, String name, Ports ports) {
    if (name.isEmpty()) {
      return List.of();
    }
    return find(ports, Secret.class, id.namespace(), name)
        .map(variables -> variables.keySet().stream().sorted().toList())
        .orElseThrow(
            () -> new StepFailed(option + " " + id.namespace() + "/" + name + " does not exist"));
  }

  /** As a watch has told it; what none has told of is asked for. */
  private static Optional<Map<String, String>> find(
      Ports ports, Class<? extends HasMetadata> type, String namespace, String name) {
    return ports
        .inventory()
        .environment()
        .find(ObjectKey.of(type, namespace, name))
        .or(
            () ->
                Await.await("read " + name, ports.kube().find(type, namespace, name))
                    .map(EnvironmentObjects::variables));
  }
}
