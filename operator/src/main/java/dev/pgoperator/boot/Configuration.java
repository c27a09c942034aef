package dev.pgoperator.boot;

import dev.pgoperator.config.ConfigReading;
import dev.pgoperator.config.OperatorConfigs;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the options from where the process was told (api.md §2.1): an OperatorConfiguration, a
 * ConfigMap, or defaults.
 */
final class Configuration {
  private static final ResourceDefinitionContext OBJECT =
      new ResourceDefinitionContext.Builder()
          .withGroup("acid.zalan.do")
          .withVersion("v1")
          .withKind("OperatorConfiguration")
          .withPlural("operatorconfigurations")
          .withNamespaced(true)
          .build();

  private Configuration() {}

  /**
   * @throws IllegalStateException when the object that was named does not exist: defaults in its
   *     place could restart pods
   */
  static ConfigReading read(KubernetesClient client, Settings settings) {
    if (!settings.configObject().isEmpty()) {
      GenericKubernetesResource object =
          client
              .genericKubernetesResources(OBJECT)
              .inNamespace(settings.namespace())
              .withName(settings.configObject())
              .get();
      return Optional.ofNullable(object)
          .map(OperatorConfigs::fromObject)
          .orElseThrow(
              () ->
                  missing("OperatorConfiguration", settings.namespace(), settings.configObject()));
    }
    if (settings.configMap().isEmpty()) {
      return OperatorConfigs.fromConfigMap(Map.of());
    }
    int slash = settings.configMap().indexOf('/');
    String namespace = slash < 0 ? settings.namespace() : settings.configMap().substring(0, slash);
    String name = settings.configMap().substring(slash + 1);
    ConfigMap map = client.configMaps().inNamespace(namespace).withName(name).get();
    return Optional.ofNullable(map)
        .map(
            found ->
                OperatorConfigs.fromConfigMap(found.getData() == null ? Map.of() : found.getData()))
        .orElseThrow(() -> missing("ConfigMap", namespace, name));
  }

  private static IllegalStateException missing(String kind, String namespace, String name) {
    return new IllegalStateException(kind + " " + namespace + "/" + name + " does not exist");
  }
}
