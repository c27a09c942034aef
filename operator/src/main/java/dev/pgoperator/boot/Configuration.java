package dev.pgoperator.boot;

import dev.pgoperator.config.ConfigReading;
import dev.pgoperator.config.OperatorConfigs;
import dev.pgoperator.kube.Fabric8Watches;
import dev.pgoperator.kube.WatchScope;
import dev.pgoperator.kube.Watches;
import dev.pgoperator.watch.ConfigJournal;
import dev.pgoperator.watch.ConfigWatch;
import dev.pgoperator.watch.LiveConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where the options are, as the process was told (api.md §2.1). */
sealed interface Configuration {

  /**
   * The options as they are now.
   *
   * @param object what they were read from; empty for defaults
   */
  record Found(ConfigReading reading, Optional<HasMetadata> object) {}

  /**
   * Reads it once.
   *
   * @throws IllegalStateException when the object that was named does not exist: defaults in its
   *     place could restart pods
   */
  Found read(KubernetesClient client);

  /** Has every later change judged. */
  void follow(Watches watches, LiveConfig live, ConfigJournal journal);

  static Configuration of(Settings settings) {
    if (!settings.configObject().isEmpty()) {
      return new InObject(settings.namespace(), settings.configObject());
    }
    if (settings.configMap().isEmpty()) {
      return new Defaults();
    }
    int slash = settings.configMap().indexOf('/');
    return new InConfigMap(
        slash < 0 ? settings.namespace() : settings.configMap().substring(0, slash),
        settings.configMap().substring(slash + 1));
  }

  /** No object was named. */
  record Defaults() implements Configuration {
    @Override
    public Found read(KubernetesClient client) {
      return new Found(OperatorConfigs.fromConfigMap(Map.of()), Optional.empty());
    }

    @Override
    public void follow(Watches watches, LiveConfig live, ConfigJournal journal) {}
  }

  /** An {@code OperatorConfiguration}. */
  record InObject(String namespace, String name) implements Configuration {
    @Override
    public Found read(KubernetesClient client) {
      var all = client.genericKubernetesResources(Fabric8Watches.OPERATOR_CONFIGURATION);
      GenericKubernetesResource object = all.inNamespace(namespace).withName(name).get();
      return found("OperatorConfiguration", namespace, name, object, OperatorConfigs::fromObject);
    }

    @Override
    public void follow(Watches watches, LiveConfig live, ConfigJournal journal) {
      watches.subscribeToConfigurations(
          WatchScope.named(Optional.of(namespace), name),
          new ConfigWatch<>(live, OperatorConfigs::fromObject, journal));
    }
  }

  /** A ConfigMap. */
  record InConfigMap(String namespace, String name) implements Configuration {
    @Override
    public Found read(KubernetesClient client) {
      ConfigMap map = client.configMaps().inNamespace(namespace).withName(name).get();
      return found("ConfigMap", namespace, name, map, InConfigMap::options);
    }

    @Override
    public void follow(Watches watches, LiveConfig live, ConfigJournal journal) {
      watches.subscribe(
          ConfigMap.class,
          ConfigMap::new,
          WatchScope.named(Optional.of(namespace), name),
          new ConfigWatch<>(live, InConfigMap::options, journal));
    }

    private static ConfigReading options(ConfigMap map) {
      return OperatorConfigs.fromConfigMap(map.getData() == null ? Map.of() : map.getData());
    }
  }

  private static <T extends HasMetadata> Found found(
      String kind,
      String namespace,
      String name,
      @org.jspecify.annotations.Nullable T object,
      Function<T, ConfigReading> read) {
    if (object == null) {
      throw new IllegalStateException(kind + " " + namespace + "/" + name + " does not exist");
    }
    return new Found(read.apply(object), Optional.of(object));
  }
}
