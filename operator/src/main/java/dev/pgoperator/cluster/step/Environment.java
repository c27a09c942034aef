package dev.pgoperator.cluster.step;

import dev.pgoperator.api.ClusterId;
import dev.pgoperator.config.NamespacedName;
import dev.pgoperator.config.OperatorConfig;
import dev.pgoperator.kube.Kube;
import dev.pgoperator.model.PodEnvironment;
import io.fabric8.kubernetes.api.model.ConfigMap;
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
        variables(id, mounts.environmentConfigMap(), ports.kube()),
        secretKeys("pod_environment_secret", id, mounts.environmentSecret(), ports.kube()));
  }

  /**
   * The keys of the secret that is handed to logical backups (behaviour.md §9.2).
   *
   * @throws StepFailed when one is configured and does not exist
   */
  static List<String> ofLogicalBackup(SyncContext context) {
    String name = context.blueprint().config().addOns().logicalBackup().job().environmentSecret();
    return secretKeys(
        "logical_backup_cronjob_environment_secret", context.id(), name, context.ports().kube());
  }

  /** Looked up in the namespace that the option names, then in the cluster's own. */
  private static Map<String, String> variables(ClusterId id, NamespacedName name, Kube kube) {
    if (!name.isSet()) {
      return Map.of();
    }
    Optional<ConfigMap> named =
        find(kube, ConfigMap.class, name.namespaceOr(id.namespace()), name.name());
    return named
        .or(() -> find(kube, ConfigMap.class, id.namespace(), name.name()))
        .map(map -> map.getData() == null ? Map.<String, String>of() : map.getData())
        .orElseThrow(
            () -> new StepFailed("pod_environment_configmap " + name.name() + " does not exist"));
  }

  private static List<String> secretKeys(String option, ClusterId id, String name, Kube kube) {
    if (name.isEmpty()) {
      return List.of();
    }
    return find(kube, Secret.class, id.namespace(), name)
        .map(
            secret ->
                secret.getData() == null
                    ? List.<String>of()
                    : secret.getData().keySet().stream().sorted().toList())
        .orElseThrow(
            () -> new StepFailed(option + " " + id.namespace() + "/" + name + " does not exist"));
  }

  private static <T extends io.fabric8.kubernetes.api.model.HasMetadata> Optional<T> find(
      Kube kube, Class<T> type, String namespace, String name) {
    return Await.await("read " + name, kube.find(type, namespace, name));
  }
}
